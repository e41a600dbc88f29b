//! `cargo xtask pack`: the tarball that npm would publish.
//!
//! In: `pkg`, built. Out: `target/package/refport-edge-<version>.tgz`, and the same as `refport-edge.tgz`.
//! Not its job: publishing. The same content gives the same bytes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::base::paths::Paths;
use crate::base::stamp::{Inputs, Stamp};
use crate::base::{lock, npm, progress, tools};
use crate::build::npm_readme::{self, Addresses};
use crate::build::{commonjs, wasm_build};

/// Files of the repository that the package ships as they are. It ships the README too, with links that work there.
const SHIPPED: &[&str] = &["CHANGELOG.md", "LICENSE"];

/// The packed package, under its two names.
pub struct Tarball {
    /// With the version in its name, as npm makes it.
    pub versioned: PathBuf,
    /// Without, for whoever installs it.
    pub stable: PathBuf,
}

/// Builds and packs; does nothing but check when both are up to date.
pub fn pack(paths: &Paths) -> Result<Tarball> {
    wasm_build::build(paths)?;
    let _alone = lock::exclusive(paths)?;
    commonjs::write(paths)?;
    copy_shipped(paths)?;
    let dir = paths.package();
    let versioned = dir.join(format!("refport-edge-{}.tgz", version(&paths.pkg())?));
    let tarball = Tarball { versioned, stable: dir.join("refport-edge.tgz") };
    let stamp = Stamp::new(paths, "pack", Inputs::default().tree(&paths.pkg())?);
    if stamp.is_fresh(&[tarball.versioned.clone(), tarball.stable.clone()]) {
        progress::say("pack", "up to date");
        return Ok(tarball);
    }
    let task = progress::begin("pack", "packing the npm package");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    let mut command = npm::npm(&paths.pkg())?;
    command.args(["pack", "--ignore-scripts", "--pack-destination"]).arg(&dir);
    tools::quietly(&mut command, "see npm's message above")?;
    fs::copy(&tarball.versioned, &tarball.stable)
        .with_context(|| format!("npm did not write {}", tarball.versioned.display()))?;
    stamp.write()?;
    task.done();
    Ok(tarball)
}

/// A new Node, in a directory where the packed tarball is installed.
pub fn node_in(paths: &Paths, dir: &Path) -> Result<Command> {
    npm::install_with_tarball(paths, dir, &pack(paths)?.stable)?;
    let mut command = Command::new(npm::modern_node(dir)?);
    command.current_dir(dir);
    Ok(command)
}

/// Copies what the package ships from the repository's root.
fn copy_shipped(paths: &Paths) -> Result<()> {
    let readme = paths.root.join("README.md");
    let text = fs::read_to_string(&readme).with_context(|| format!("the package ships {}", readme.display()))?;
    let text = npm_readme::for_npm(&text, &Addresses::of(&manifest(&paths.pkg())?));
    fs::write(paths.pkg().join("README.md"), text).context("cannot write the package's README")?;
    for name in SHIPPED {
        let from = paths.root.join(name);
        fs::copy(&from, paths.pkg().join(name))
            .with_context(|| format!("the package ships {name}: write {}", from.display()))?;
    }
    Ok(())
}

/// The package's version, which must be the crate's.
pub fn version(pkg: &Path) -> Result<String> {
    let manifest = manifest(pkg)?;
    let version = manifest["version"].as_str().unwrap_or_default();
    ensure!(!version.is_empty(), "pkg/package.json has no version");
    Ok(version.to_owned())
}

fn manifest(pkg: &Path) -> Result<Value> {
    let file = pkg.join("package.json");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))
}
