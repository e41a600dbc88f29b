//! `cargo xtask check --prose`: sentences that a reader has to read twice.
//!
//! In: the repository's pages, types and comments. Out: what `docs/tools/prose.mjs` prints, and its exit code.
//! Not its job: what makes a sentence hard; that script knows.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::base::paths::Paths;
use crate::base::{npm, tools};

/// Lists the sentences.
pub fn report(paths: &Paths) -> Result<ExitCode> {
    tools::exit_code(&mut command(paths)?)
}

/// The check, with what it needs installed.
pub fn command(paths: &Paths) -> Result<Command> {
    let dir = paths.docs();
    npm::install(paths, &dir)?;
    let mut command = Command::new(npm::system_node()?);
    command.current_dir(&dir).arg("tools/prose.mjs");
    Ok(command)
}
