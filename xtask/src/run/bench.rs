//! `cargo xtask bench`: this package beside a plain JavaScript client and other SDKs, on this machine.
//!
//! In: which rows. Out: the run's own tables and exit code, with all it needs built and installed first.
//! Not its job: measuring; `bench/bench.mjs` does. Times are reported and never gated; what is gated is exact (`size`,
//! `counts`).

use std::process::{Command, ExitCode};

use anyhow::Result;
use clap::Args;

use crate::base::paths::Paths;
use crate::base::{npm, progress, tools};
use crate::build::pack;

/// What to measure; each is an option of `bench.mjs`.
#[derive(Args)]
pub struct Options {
    /// Measure this row only (see --list); may be given more than once. Nothing is written.
    #[arg(long, value_name = "ROW")]
    only: Vec<String>,
    /// Measure a fifth of the rounds, in about two minutes. Nothing is written.
    #[arg(long)]
    quick: bool,
    /// Write the results of a quick run all the same.
    #[arg(long, requires = "quick")]
    write: bool,
    /// Measure nothing: judge the targets, and make RESULTS.md, the plot and the part of docs/performance.md again.
    #[arg(long)]
    render: bool,
    /// Print the rows and what each one is.
    #[arg(long)]
    list: bool,
}

/// Prepares the run, and answers its exit code: success whatever is measured.
pub fn run(paths: &Paths, options: &Options) -> Result<ExitCode> {
    let dir = paths.bench();
    if options.measures() {
        let tarball = pack::pack(paths)?;
        npm::install_with_tarball(paths, &dir, &tarball.stable)?;
        progress::say("bench", "starting");
    } else {
        npm::install(paths, &dir)?;
    }
    let mut command = Command::new(npm::modern_node(&dir)?);
    command.current_dir(&paths.root).arg(dir.join("bench.mjs")).args(options.arguments());
    tools::exit_code(&mut command)
}

impl Options {
    fn measures(&self) -> bool {
        !self.list && !self.render
    }

    /// As `bench.mjs` reads them.
    fn arguments(&self) -> Vec<String> {
        let flags =
            [(self.quick, "--quick"), (self.write, "--write"), (self.render, "--render"), (self.list, "--list")];
        let rows = self.only.iter().flat_map(|name| ["--only".to_owned(), name.clone()]);
        let flags = flags.into_iter().filter(|(is_given, _)| *is_given).map(|(_, flag)| flag.to_owned());
        rows.chain(flags).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_reaches_the_script() {
        let only = vec!["sale".to_owned()];
        let all = Options { only, quick: true, write: true, render: true, list: true };
        assert_eq!(all.arguments(), ["--only", "sale", "--quick", "--write", "--render", "--list"]);
    }
}
