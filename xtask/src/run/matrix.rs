//! `cargo xtask matrix`: the packed tarball in every runtime, bundler, framework and test runner.
//!
//! In: which rows. Out: the run's own output and exit code, with all it needs built and installed first.
//! Not its job: the rows; `tests/runtimes/matrix.mjs` has them. It takes minutes: `test` runs the quick ones.

use std::process::{Command, ExitCode};

use anyhow::{Result, bail};
use clap::Args;

use crate::base::paths::Paths;
use crate::base::{npm, progress, tools};
use crate::build::pack;
use crate::run::{chromium, nginx};

/// What to run; each is an option of `matrix.mjs`.
#[derive(Args)]
pub struct Options {
    /// Run only set-ups whose name, or one of whose rows, begins so; may be given more than once.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Run only the rows that `cargo xtask test` runs.
    #[arg(long)]
    quick: bool,
    /// Print the rows and what each one is.
    #[arg(long)]
    list: bool,
}

/// Prepares the run, and answers its exit code.
pub fn run(paths: &Paths, options: &Options) -> Result<ExitCode> {
    let mut command = command(paths, options)?;
    if options.is_whole() {
        match chromium::find(paths)? {
            chromium::Found::Program(program) => {
                command.env(chromium::VARIABLE, program);
            }
            chromium::Found::Nowhere(reason) => {
                progress::say("matrix", &format!("rows in Chromium will fail: {reason}"))
            }
        }
        match nginx::find(paths)? {
            nginx::Found::Program(program) => {
                command.env(nginx::VARIABLE, program);
            }
            nginx::Found::Nowhere(reason) => progress::say("matrix", &format!("rows behind nginx will fail: {reason}")),
        }
    }
    tools::exit_code(&mut command)
}

/// The rows that are quick, for `test`.
pub fn quick(paths: &Paths) -> Result<Vec<Command>> {
    Ok(vec![command(paths, &Options { only: vec![], quick: true, list: false })?])
}

fn command(paths: &Paths, options: &Options) -> Result<Command> {
    let dir = paths.runtimes();
    let script = dir.join("matrix.mjs");
    if !script.is_file() {
        bail!("{} is missing: the checkout is incomplete", script.display());
    }
    if !options.list {
        pack::pack(paths)?;
    }
    npm::install(paths, &dir)?;
    let mut command = Command::new(npm::modern_node(&dir)?);
    command.current_dir(&paths.root).arg(script).args(options.arguments());
    Ok(command)
}

impl Options {
    /// The quick rows need neither a browser nor a cache.
    fn is_whole(&self) -> bool {
        !self.quick && !self.list
    }

    /// As `matrix.mjs` reads them.
    fn arguments(&self) -> Vec<String> {
        let mut arguments: Vec<_> = self.only.iter().flat_map(|name| ["--only".to_owned(), name.clone()]).collect();
        for (flag, is_given) in [("--quick", self.quick), ("--list", self.list)] {
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
        let options = Options { only: vec!["next-16".to_owned(), "deno".to_owned()], quick: true, list: true };
        assert_eq!(options.arguments(), ["--only", "next-16", "--only", "deno", "--quick", "--list"]);
        assert!(Options { only: vec![], quick: false, list: false }.arguments().is_empty());
    }

    #[test]
    fn a_browser_and_a_cache_are_looked_for_only_where_a_row_may_need_them() {
        for (quick, list, is_whole) in [(false, false, true), (true, false, false), (false, true, false)] {
            assert_eq!(Options { only: vec![], quick, list }.is_whole(), is_whole);
        }
    }
}
