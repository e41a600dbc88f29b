//! `cargo xtask torture`: tens of thousands of calls through everything that can go wrong at once.
//!
//! In: which parts, and how much of each. Out: the run's own output and exit code, with all it needs built and
//! installed first.
//! Not its job: the torture; `tests/faults/torture/torture.mjs` is it. It takes minutes, so it is no suite of `test`.

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;

use crate::base::paths::Paths;
use crate::base::progress;
use crate::base::tools;
use crate::build::pack;

/// What to run; each is an option of `torture.mjs`.
#[derive(Args)]
pub struct Options {
    /// Run this part only (schedules, sales, tolt, dub, conversions, once, storm, endings,
    /// wear, memory, growth, random, outbox, background); may be given more than once.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Run a tenth of everything.
    #[arg(long)]
    quick: bool,
    /// Draw the faults of an earlier run, which printed this seed.
    #[arg(long)]
    seed: Option<u32>,
}

/// Prepares the run, and answers its exit code.
pub fn run(paths: &Paths, options: &Options) -> Result<ExitCode> {
    let dir = paths.root.join("tests/faults");
    let script = dir.join("torture/torture.mjs");
    if !script.is_file() {
        bail!("{} is missing: the checkout is incomplete", script.display());
    }
    let mut command = pack::node_in(paths, &dir)?;
    progress::say("torture", "starting");
    command.current_dir(&paths.root).arg(script).args(options.arguments());
    tools::exit_code(&mut command)
}

impl Options {
    /// As `torture.mjs` reads them.
    fn arguments(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        for name in &self.only {
            arguments.extend(["--only".to_owned(), name.clone()]);
        }
        if self.quick {
            arguments.push("--quick".to_owned());
        }
        if let Some(seed) = self.seed {
            arguments.extend(["--seed".to_owned(), seed.to_string()]);
        }
        arguments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_reaches_the_script() {
        let options = Options { only: vec!["sales".to_owned(), "storm".to_owned()], quick: true, seed: Some(7) };
        assert_eq!(options.arguments(), ["--only", "sales", "--only", "storm", "--quick", "--seed", "7"]);
        assert!(Options { only: vec![], quick: false, seed: None }.arguments().is_empty());
    }
}
