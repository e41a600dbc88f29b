//! `cargo xtask recipes`: every program of docs/recipes, run from the packed tarball against the fake service.
//!
//! In: which recipes. Out: the run's own output and exit code, with all it needs built and installed first.
//! Not its job: the recipes; `tests/runtimes/recipes.mjs` runs them. With the frameworks it takes minutes: `test` runs the others.

use std::process::{Command, ExitCode};

use anyhow::Result;
use clap::Args;

use crate::base::paths::Paths;
use crate::base::tools;
use crate::build::pack;

/// What to run; each is an option of `recipes.mjs`.
#[derive(Args)]
pub struct Options {
    /// Run only recipes whose name begins so; may be given more than once.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Run only what `cargo xtask test` runs: no framework builds anything.
    #[arg(long)]
    quick: bool,
    /// Print the recipes and their files.
    #[arg(long)]
    list: bool,
}

/// Prepares the run, and answers its exit code.
pub fn run(paths: &Paths, options: &Options) -> Result<ExitCode> {
    tools::exit_code(&mut command(paths, options)?)
}

/// Those that are quick, for `test`.
pub fn quick(paths: &Paths) -> Result<Vec<Command>> {
    Ok(vec![command(paths, &Options { only: vec![], quick: true, list: false })?])
}

fn command(paths: &Paths, options: &Options) -> Result<Command> {
    let dir = paths.runtimes();
    let mut command = pack::node_in(paths, &dir)?;
    command.arg(dir.join("recipes.mjs")).args(options.arguments());
    Ok(command)
}

impl Options {
    /// As `recipes.mjs` reads them.
    fn arguments(&self) -> Vec<String> {
        let mut arguments: Vec<_> = self.only.iter().flat_map(|name| ["--only".to_owned(), name.clone()]).collect();
        for (flag, is_given) in [("--all", !self.quick), ("--list", self.list)] {
            if is_given {
                arguments.push(flag.to_owned());
            }
        }
        arguments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_reaches_the_script() {
        let options = Options { only: vec!["hono".to_owned()], quick: false, list: true };
        assert_eq!(options.arguments(), ["--only", "hono", "--all", "--list"]);
        assert!(Options { only: vec![], quick: true, list: false }.arguments().is_empty());
    }
}
