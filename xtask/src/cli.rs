//! The command line.
//!
//! In: the arguments. Out: a call to the module that does the work.
//! Not its job: doing any of it.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::base::paths::Paths;
use crate::build::{pack, wasm_build};
use crate::proof::{effort, panics, release, reproduce};
use crate::run::{bench, demo, docs, matrix, prose, recipes, rust_worker, test_run, torture};
use crate::size::bundle;

/// Builds, packs, measures, tests and demonstrates refport-edge.
///
/// Needs rustup's toolchain and Node.js 20 or newer with npm; each command fetches the rest by itself.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compile the core to WebAssembly and write pkg/dist.
    Build,
    /// Build, then pack the npm tarball: target/package/refport-edge.tgz.
    Pack,
    /// Pack, then weigh what a Worker that imports the package ships, by crate and function; fails above a budget.
    Size(bundle::Options),
    /// Count the core's instructions and the crossings of its boundary, call by call; fails above the recorded figures.
    Counts {
        /// Keep the figures as the ones to be held: bench/counts.json.
        #[arg(long)]
        record: bool,
        /// List what each function runs in one call, named as in the table; in a copy with names, optimised a little less.
        #[arg(long, value_name = "CALL", conflicts_with = "record")]
        apart: Option<String>,
    },
    /// Prove from the compiled core that no export can reach a panic, failing allocations excepted.
    Check {
        /// List the sentences of pages, types and comments that a reader has to read twice instead.
        #[arg(long)]
        prose: bool,
    },
    /// Build the documentation as a site, target/docs, and check its links and pages.
    Docs,
    /// Pack in two fresh clones in different places, and compare the tarballs byte for byte; takes some minutes.
    Reproduce,
    /// Say whether this version may be published.
    Release(release::Options),
    /// Run every test suite; the last line of stdout is `N passed, M failed`, and `, K skipped` after it when something was.
    Test {
        /// Run this suite only; may be given more than once.
        #[arg(long, value_name = "NAME")]
        only: Vec<String>,
        /// Fail when anything was skipped, as before a release.
        #[arg(long)]
        no_skip: bool,
        /// Print the suites and what each one is.
        #[arg(long)]
        list: bool,
    },
    /// Run the packed package in every runtime, bundler, framework and test runner; takes some minutes.
    Matrix(matrix::Options),
    /// Run every program of docs/recipes from the packed package against the fake service; takes some minutes.
    Recipes(recipes::Options),
    /// Run tens of thousands of calls through everything that can go wrong at once; takes some minutes.
    Torture(torture::Options),
    /// Run examples/worker, a Cloudflare Worker in Rust, against the fake service; compiles for minutes the first time.
    RustWorker,
    /// Measure the package beside a plain JavaScript client and other SDKs, in some minutes; writes bench/RESULTS.md.
    Bench(bench::Options),
    /// Run the example shop on a local Workers runtime.
    Demo {
        /// The port to listen on; 8787, or with --once any that is free.
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
        port: Option<u16>,
        /// Play the whole story once, from click to sale, print what happened, and end.
        #[arg(long)]
        once: bool,
    },
}

impl Cli {
    /// Does what the command line asks; the exit code is the process's.
    pub fn run(self) -> Result<ExitCode> {
        let paths = Paths::of_this_workspace();
        match self.command {
            Command::Build => wasm_build::build(&paths).map(|()| ExitCode::SUCCESS),
            Command::Pack => pack::pack(&paths).map(|tarball| {
                println!("{}", tarball.versioned.display());
                ExitCode::SUCCESS
            }),
            Command::Size(options) => bundle::report(&paths, &options),
            Command::Counts { record, apart } => effort::report(&paths, record, apart.as_deref()),
            Command::Check { prose: true } => prose::report(&paths),
            Command::Check { prose: false } => panics::report(&paths),
            Command::Docs => docs::run(&paths),
            Command::Reproduce => reproduce::run(&paths),
            Command::Release(options) => release::run(&paths, &options),
            Command::Test { list: true, .. } => {
                test_run::list();
                Ok(ExitCode::SUCCESS)
            }
            Command::Test { only, no_skip, list: false } => test_run::run(&paths, &only, no_skip),
            Command::Matrix(options) => matrix::run(&paths, &options),
            Command::Recipes(options) => recipes::run(&paths, &options),
            Command::Torture(options) => torture::run(&paths, &options),
            Command::RustWorker => rust_worker::run(&paths),
            Command::Bench(options) => bench::run(&paths, &options),
            Command::Demo { port, once } => demo::run(&paths, port, once),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
