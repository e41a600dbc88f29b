//! The contract with a core that poisons what it frees: a wrong use of freed memory shows.
//!
//! In: the package and its contract. Out: a copy of both under `target/xtask/poison`, with the poisoned core in the package,
//! and the command that runs it. Not its job: the pattern; `arena` has it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::base::npm;
use crate::base::paths::Paths;
use crate::build::wasm_build;

/// Copies, builds, and answers the contract's launcher for Node.
pub fn contract(paths: &Paths) -> Result<Vec<Command>> {
    let dir = paths.work().join("poison");
    if dir.exists() {
        fs::remove_dir_all(&dir).with_context(|| format!("cannot remove {}", dir.display()))?;
    }
    let runtimes = dir.join("runtimes");
    let package = runtimes.join("node_modules/refport-edge");
    copy(&paths.root.join("tests/golden"), &dir.join("golden"))?;
    copy(&paths.runtimes(), &runtimes)?;
    copy(&paths.runtimes().join("contract"), &runtimes.join("contract"))?;
    copy(&paths.pkg(), &package)?;
    wasm_build::build_poisoned(paths, &package.join("dist"))?;
    let mut command = Command::new(npm::system_node()?);
    command.current_dir(&runtimes).arg("contract-node.mjs");
    Ok(vec![command])
}

/// The files of a directory, without those below.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let file = entry?.path();
        if let (true, Some(name)) = (file.is_file(), file.file_name()) {
            fs::copy(&file, to.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
        }
    }
    Ok(())
}
