//! `cargo xtask build`: from Rust to `pkg/dist`.
//!
//! In: the crate. Out: `core.wasm`, `glue.js` (what the module imports), `inline.js` (the module as base64 text) and `layout.js`
//! (the names of what crosses).
//! Not its job: the package's own JavaScript, and packing.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use refport_edge::boundary::layout;
use walrus::Module;

use crate::base::paths::Paths;
use crate::base::stamp::{Inputs, Stamp};
use crate::base::{compress, lock, npm, progress, rust};
use crate::build::{glue, scrub, snip, wasm_opt};

/// Writes `pkg/dist`; does nothing but check when it is up to date.
pub fn build(paths: &Paths) -> Result<()> {
    rust::ensure_wasm_target(paths)?;
    let _alone = lock::exclusive(paths)?;
    let compiled = compile(paths, &[])?;
    let stamp = Stamp::new(paths, "build", inputs(paths, &compiled)?);
    if stamp.is_fresh(&outputs(paths)) {
        progress::say("build", "up to date");
        return Ok(());
    }
    npm::install_alone(paths, &paths.build_tools())?;
    let task = progress::begin("build", "generating the glue");
    let bound = bind(paths, &compiled, &paths.named_wasm())?;
    progress::say("build", "optimising for size");
    let wasm = wasm_opt::smallest(paths, &paths.named_wasm())?;
    write_dist(&paths.dist(), &wasm, &bound)?;
    stamp.write()?;
    let sizes = format!(
        "core.wasm is {}, {} after gzip",
        progress::count(wasm.len(), "byte"),
        progress::thousands(compress::gzip(&wasm))
    );
    progress::say("build", &sizes);
    task.done();
    Ok(())
}

/// Writes a core with freed memory poisoned to another `dist`, not optimised: for tests.
pub fn build_poisoned(paths: &Paths, dist: &Path) -> Result<()> {
    rust::ensure_wasm_target(paths)?;
    let _alone = lock::exclusive(paths)?;
    let compiled = compile(paths, &["--features=poison"])?;
    let named = paths.work().join("poisoned.wasm");
    let glue = bind(paths, &compiled, &named)?;
    let wasm = fs::read(&named).with_context(|| format!("cannot read {}", named.display()))?;
    write_dist(dist, &wasm, &glue)
}

/// Compiles the core; Cargo itself knows whether there is anything to do.
pub fn compile(paths: &Paths, options: &[&str]) -> Result<PathBuf> {
    let task = progress::begin("build", "compiling the core");
    let mut command = rust::cargo(paths);
    command.args([
        "rustc",
        "--quiet",
        "--release",
        "--lib",
        // An rlib beside it would turn link-time optimisation off: Cargo optimises no unit that has both.
        "--crate-type=cdylib",
        "--package",
        "refport-edge",
        "--target",
        rust::WASM_TARGET,
    ]);
    command.args(options);
    let files = rust::artifacts(&mut command, "refport-edge")?;
    let wasm = files.into_iter().find(|file| file.extension().is_some_and(|extension| extension == "wasm"));
    task.done();
    wasm.context("cargo made no .wasm file: the crate needs crate-type `cdylib`")
}

/// All that the files in `pkg/dist` depend on: the compiled core, the exports the package calls, and what of this program makes
/// them. The rooms above import from these two, and never the other way.
fn inputs(paths: &Paths, compiled: &Path) -> Result<Inputs> {
    let this_program = paths.build_tools();
    Inputs::default()
        .file(compiled)?
        .text(&callers(paths)?)
        .text(&layout::javascript())
        .tree(&this_program.join("src/build"))?
        .tree(&this_program.join("src/base"))?
        .file(&this_program.join("package-lock.json"))?
        .file(&paths.root.join("Cargo.lock"))
}

fn outputs(paths: &Paths) -> Vec<PathBuf> {
    let dist = paths.dist();
    let files = ["core.wasm", "glue.js", "inline.js", "layout.js"].map(|name| dist.join(name));
    files.into_iter().chain([paths.named_wasm()]).collect()
}

/// The text of the package's files that call exports by name.
pub fn callers(paths: &Paths) -> Result<String> {
    let read = |file: &PathBuf| fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()));
    paths.callers().iter().map(read).collect()
}

/// Cuts, binds, and keeps the module with its names for the optimiser and the checks; answers the glue.
fn bind(paths: &Paths, compiled: &Path, named: &Path) -> Result<String> {
    let mut module = Module::from_file(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    snip::snip(&mut module)?;
    scrub::scrub(&mut module, &rust::registry());
    let mut bound = glue::bind(module, &callers(paths)?, &paths.work())?;
    fs::write(named, bound.module.emit_wasm()).with_context(|| format!("cannot write {}", named.display()))?;
    Ok(bound.glue)
}

fn write_dist(dist: &Path, wasm: &[u8], glue: &str) -> Result<()> {
    if dist.exists() {
        // A file of an earlier build must not be packed with this one's.
        fs::remove_dir_all(dist).with_context(|| format!("cannot remove {}", dist.display()))?;
    }
    fs::create_dir_all(dist).with_context(|| format!("cannot create {}", dist.display()))?;
    let inline = format!("export const base64 = \"{}\";\n", STANDARD.encode(wasm));
    let layout = layout::javascript();
    for (name, content) in [
        ("core.wasm", wasm),
        ("glue.js", glue.as_bytes()),
        ("inline.js", inline.as_bytes()),
        ("layout.js", layout.as_bytes()),
    ] {
        let file = dist.join(name);
        fs::write(&file, content).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}
