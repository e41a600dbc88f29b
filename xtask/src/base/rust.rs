//! Cargo and rustup.
//!
//! In: what to compile. Out: the files it gave, with the target and components added where they were missing.
//! Not its job: what is done with the files.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::base::paths::Paths;
use crate::base::{progress, tools};

/// The target of the core.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Cargo, in the workspace, as this program was started by it.
pub fn cargo(paths: &Paths) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&paths.root).env("CARGO_TERM_COLOR", "never");
    command
}

/// The directory of downloaded crates, as it stands in the paths of their source files.
pub fn registry() -> String {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    home.join("registry").display().to_string()
}

/// Adds the WebAssembly target to the toolchain when it is missing.
pub fn ensure_wasm_target(paths: &Paths) -> Result<()> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(&paths.root).args(["--print", "sysroot"]);
    let sysroot = tools::stdout_of(&mut rustc, "install Rust with rustup")?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    progress::say("build", &format!("adding the target {WASM_TARGET}"));
    rustup(paths, &["target", "add", WASM_TARGET])
}

/// Adds a component such as `clippy` to the toolchain when it is missing.
pub fn ensure_component(paths: &Paths, component: &str, subcommand: &str) -> Result<()> {
    if tools::capture(cargo(paths).args([subcommand, "--version"]))?.status.success() {
        return Ok(());
    }
    progress::say("test", &format!("adding the component {component}"));
    rustup(paths, &["component", "add", component])
}

fn rustup(paths: &Paths, args: &[&str]) -> Result<()> {
    let words = args.join(" ");
    if tools::find("rustup").is_none() {
        bail!("rustup is missing: install it, or give your toolchain what `rustup {words}` would");
    }
    let remedy = format!("check the network, then run `rustup {words}` yourself to see more");
    tools::quietly(Command::new("rustup").current_dir(&paths.root).args(args), &remedy).map(drop)
}

/// Compiles, and answers the files Cargo names for the given package. Cargo's own messages go to stderr.
pub fn artifacts(command: &mut Command, package: &str) -> Result<Vec<PathBuf>> {
    command.arg("--message-format=json-render-diagnostics");
    let messages = tools::stdout_of(command, "see the messages above")?;
    let files = files_in(&messages, package);
    if files.is_empty() {
        bail!("cargo built {package} but named no file of it");
    }
    Ok(files)
}

/// The files of one package in Cargo's JSON messages.
fn files_in(messages: &str, package: &str) -> Vec<PathBuf> {
    let target_name = package.replace('-', "_");
    let is_ours = |message: &Value| {
        let name = message["target"]["name"].as_str().unwrap_or_default();
        message["reason"] == "compiler-artifact" && name.replace('-', "_") == target_name
    };
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let files =
        messages.filter(is_ours).flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default());
    files.filter_map(|file| file.as_str().map(PathBuf::from)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_files_of_the_package_are_taken() {
        let messages = concat!(
            r#"{"reason":"compiler-artifact","target":{"name":"serde"},"filenames":["/t/serde.rlib"]}"#,
            "\nnot json\n",
            r#"{"reason":"compiler-artifact","target":{"name":"refport_edge"},"filenames":["/t/a.wasm","/t/a.rlib"]}"#,
            "\n",
            r#"{"reason":"build-finished","success":true}"#,
        );
        let files = files_in(messages, "refport-edge");
        assert_eq!(files, [PathBuf::from("/t/a.wasm"), PathBuf::from("/t/a.rlib")]);
    }
}
