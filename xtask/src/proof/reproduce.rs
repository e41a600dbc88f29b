//! `cargo xtask reproduce`: packs twice, from two fresh clones in different places, and compares.
//!
//! In: the last commit. Out: both hashes, and whether they are the same. It compiles everything twice: minutes.
//! Not its job: another machine or another toolchain; the lock files and `rust-version` pin what can be pinned.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::base::paths::Paths;
use crate::base::{progress, rust, tools};

/// Unlike in length and depth, so that a path which leaks into the tarball shows.
const PLACES: [&str; 2] = ["a", "another/place/altogether"];

/// Prints the hashes; the exit code says whether they are the same.
pub fn run(paths: &Paths) -> Result<ExitCode> {
    let dir = paths.root.join("target/reproduce");
    if dir.exists() {
        fs::remove_dir_all(&dir).with_context(|| format!("cannot remove {}", dir.display()))?;
    }
    let mut hashes = Vec::new();
    // The second is a clone of the first: whatever is committed here meanwhile, both have the same commit.
    let mut origin = paths.root.clone();
    for place in PLACES {
        let task = progress::begin("clone", &format!("packing in target/reproduce/{place}"));
        let clone = dir.join(place);
        let hash = pack_in(&origin, &clone)?;
        origin = clone;
        task.done();
        println!("{hash}  {place}");
        hashes.push(hash);
    }
    hashes.dedup();
    let same = hashes.len() == 1;
    println!("{}", if same { "the same, byte for byte" } else { "NOT the same" });
    Ok(if same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn pack_in(origin: &Path, clone: &Path) -> Result<String> {
    let mut git = Command::new("git");
    git.args(["clone", "--quiet", "--no-hardlinks"]).arg(origin).arg(clone);
    tools::quietly(&mut git, "this must be a git clone itself")?;
    let mut cargo = rust::cargo(&Paths { root: clone.to_path_buf() });
    // Its own, whatever this one was told.
    cargo.env_remove("CARGO_TARGET_DIR").args(["xtask", "pack"]);
    tools::quietly(&mut cargo, "see the messages above")?;
    let tarball = clone.join("target/package/refport-edge.tgz");
    let bytes = fs::read(&tarball).with_context(|| format!("cannot read {}", tarball.display()))?;
    // Gigabytes, and nobody builds there again.
    let target = clone.join("target");
    fs::remove_dir_all(&target).with_context(|| format!("cannot remove {}", target.display()))?;
    Ok(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}
