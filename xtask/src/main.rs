//! `cargo xtask`: builds, packs, measures, tests and demonstrates refport-edge.
//!
//! In: a command line. Out: files under `pkg/dist` and `target`, progress on stderr, results on stdout, an exit code.
//! Not its job: anything the package does at run time.

mod bench;
mod calls;
mod checks;
mod chromium;
mod cli;
mod commonjs;
mod compress;
mod counts;
mod demo;
mod effort;
mod functions;
mod glue;
mod imports;
mod instrument;
mod last_sizes;
mod lock;
mod matrix;
mod npm;
mod pack;
mod panics;
mod paths;
mod poison;
mod progress;
mod reach;
mod release;
mod reproduce;
mod rust;
mod scrub;
mod shorten;
mod size;
mod snip;
mod stack;
mod stamp;
mod suites;
mod test_run;
mod tools;
mod torture;
mod wasm_build;
mod wasm_opt;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match cli::Cli::parse().run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
