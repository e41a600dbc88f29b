//! Making the module small.
//!
//! In: a module with names. Out: the smallest equivalent one that `wasm-opt` finds, as it ships or with names for reading.
//! Not its job: deciding what is dead; earlier steps do, this one only notices.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::base::paths::Paths;
use crate::base::{npm, tools};

/// What the Rust target emits and every runtime of the package has; never `--all-features`, which workerd refuses.
const FEATURES: &[&str] = &[
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Of those tried, the one with the smallest result after gzip, for every core. Less inlining makes the file longer and its
/// gzip shorter.
const STRATEGY: &[&str] =
    &["--one-caller-inline-max-function-size=20", "--flatten", "--rereloop", "-Oz", "-Oz", "--converge"];

/// After it: functions and locals that are used much get the numbers that take one byte.
const REORDER: &[&str] = &["--reorder-locals", "--reorder-functions"];

/// What a runtime has no use for.
const STRIPS: &[&str] = &["--strip-debug", "--strip-producers", "--strip-target-features"];

/// Optimises a core for size.
pub fn smallest(paths: &Paths, named: &Path) -> Result<Vec<u8>> {
    run(paths, named, "smallest", &[STRATEGY, REORDER, STRIPS].concat())
}

/// Optimises for size and keeps the function names, for people and checks to read.
pub fn with_names(paths: &Paths, named: &Path) -> Result<Vec<u8>> {
    run(paths, named, "with-names", &["-Oz", "--converge", "-g"])
}

fn run(paths: &Paths, input: &Path, name: &str, options: &[&str]) -> Result<Vec<u8>> {
    let dir = paths.work().join("optimised");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    let output = dir.join(name).with_extension("wasm");
    let script = npm::bin(&paths.build_tools(), "wasm-opt");
    let mut command = Command::new(npm::system_node()?);
    command.arg(script).args(FEATURES).args(options).arg(input).arg("-o").arg(&output);
    tools::quietly(&mut command, "see wasm-opt's message above")?;
    fs::read(&output).with_context(|| format!("cannot read {}", output.display()))
}
