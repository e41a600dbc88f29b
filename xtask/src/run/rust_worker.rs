//! `cargo xtask rust-worker`: a Cloudflare Worker in Rust delivers to the fake service.
//!
//! In: examples/worker. Out: the lines of its test, and its exit code. It is a command of its own, since the Worker's
//! dependencies are compiled for minutes.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::base::paths::Paths;
use crate::base::{npm, progress, rust, tools};
use crate::build::pack;

/// Compiles the Worker, makes its glue, and runs its test.
pub fn run(paths: &Paths) -> Result<ExitCode> {
    rust::ensure_wasm_target(paths)?;
    let task = progress::begin("rust", "compiling a Worker and its dependencies; the first time takes minutes");
    let target = paths.root.join("target/rust-worker");
    let mut cargo = rust::cargo(paths);
    cargo.current_dir(paths.root.join("examples/worker")).args([
        "build",
        "--quiet",
        "--release",
        "--target",
        rust::WASM_TARGET,
    ]);
    cargo.arg("--target-dir").arg(&target);
    tools::quietly(&mut cargo, "see Cargo's message above")?;
    let made = target.join(rust::WASM_TARGET).join("release/refport_edge_worker_example.wasm");
    let bound = target.join("bound");
    bind(&made, &bound)?;
    task.done();
    let dir = paths.worker_example();
    npm::install_with_tarball(paths, &dir, &pack::pack(paths)?.stable)?;
    let mut test = Command::new(npm::modern_node(&dir)?);
    test.current_dir(&dir).arg("test/rust-worker.mjs").arg(&bound);
    tools::exit_code(&mut test)
}

/// wasm-bindgen's own glue: here nothing is made small.
fn bind(wasm: &Path, out: &Path) -> Result<()> {
    let mut output = Bindgen::new()
        .bundler(true)?
        .input_path(wasm)
        .out_name("worker")
        .typescript(false)
        .generate_output()
        .context("wasm-bindgen cannot read the Worker: its Cargo.lock wants the version xtask is built with")?;
    output.emit(out).with_context(|| format!("cannot write {}", out.display()))
}
