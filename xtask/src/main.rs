//! `cargo xtask`: builds, packs, measures, tests and demonstrates refport-edge.
//!
//! In: a command line. Out: files under `pkg/dist` and `target`, progress on stderr, results on stdout, an exit code.
//! Not its job: anything the package does at run time.

mod base;
mod build;
mod cli;
mod proof;
mod run;
mod size;

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
