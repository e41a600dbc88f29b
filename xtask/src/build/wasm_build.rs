//! `cargo xtask build`: from Rust to `pkg/dist`.
//!
//! In: the crate, and the package's entries. Out: each core as `<core>.wasm`, `glue/<core>.js` (what it imports) and
//! `base64/<core>.js`; `layout.js` and `services/` (the names of what crosses); the entries, once for each way of loading.
//! Not its job: the package's own JavaScript, and packing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use walrus::Module;

use crate::base::paths::Paths;
use crate::base::stamp::{Inputs, Stamp};
use crate::base::{compress, lock, npm, progress, rust, tools};
use crate::build::cores::{self, Core};
use crate::build::dist::{self, Built};
use crate::build::{glue, scrub, wasm_opt};

/// Writes `pkg/dist`; does nothing but check when it is up to date.
pub fn build(paths: &Paths) -> Result<()> {
    rust::ensure_wasm_target(paths)?;
    let _alone = lock::exclusive(paths)?;
    let cores: Vec<Core> = cores::single().into_iter().chain([cores::whole()]).collect();
    let compiled = cores.iter().map(|core| compile(paths, core, &[])).collect::<Result<Vec<_>>>()?;
    let stamp = Stamp::new(paths, "build", inputs(paths, &compiled)?);
    if stamp.is_fresh(&outputs(paths, &cores)) {
        progress::say("build", "up to date");
        return Ok(());
    }
    npm::install_alone(paths, &paths.build_tools())?;
    let task = progress::begin("build", "generating the glue, and optimising for size");
    let mut built = Vec::new();
    for (core, file) in cores.iter().zip(&compiled) {
        let named = paths.named_wasm(&core.name);
        let glue = bind(paths, file, &named)?;
        let wasm = wasm_opt::smallest(paths, &named)?;
        let (bytes, packed) = (progress::count(wasm.len(), "byte"), progress::thousands(compress::gzip(&wasm)));
        progress::say("build", &format!("{}.wasm is {bytes}, {packed} after gzip", core.name));
        built.push(Built { name: &core.name, wasm, glue });
    }
    dist::write(paths, &paths.dist(), &built)?;
    stamp.write()?;
    task.done();
    Ok(())
}

/// Writes cores with freed memory poisoned to another `dist`, not optimised: for tests.
pub fn build_poisoned(paths: &Paths, dist: &Path) -> Result<()> {
    rust::ensure_wasm_target(paths)?;
    let _alone = lock::exclusive(paths)?;
    let cores: Vec<Core> = cores::single().into_iter().chain([cores::whole()]).collect();
    let mut built = Vec::new();
    for core in &cores {
        let named = paths.work().join("poisoned.wasm");
        let glue = bind(paths, &compile(paths, core, &["poison"])?, &named)?;
        let wasm = fs::read(&named).with_context(|| format!("cannot read {}", named.display()))?;
        built.push(Built { name: &core.name, wasm, glue });
    }
    dist::write(paths, dist, &built)
}

/// Compiles a core with some features more. Cargo would compile each anew: all go to the same place, and the next core is in it.
pub fn compile(paths: &Paths, core: &Core, more: &[&str]) -> Result<PathBuf> {
    let features = core.features.iter().map(String::as_str).chain(more.iter().copied()).collect::<Vec<_>>().join(",");
    let name = [&[core.name.as_str()], more].concat().join("-");
    let kept = paths.work().join("compiled").join(&name).with_extension("wasm");
    let stamp = Stamp::new(paths, &format!("compiled-{name}"), sources(paths, &features)?);
    if stamp.is_fresh(std::slice::from_ref(&kept)) {
        return Ok(kept);
    }
    let task = progress::begin("build", &format!("compiling the core `{}`", core.name));
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
        "--no-default-features",
        "--features",
        &features,
    ]);
    let files = rust::artifacts(&mut command, "refport-edge")?;
    let wasm = files.into_iter().find(|file| file.extension().is_some_and(|extension| extension == "wasm"));
    let wasm = wasm.context("cargo made no .wasm file: the crate needs crate-type `cdylib`")?;
    fs::create_dir_all(paths.work().join("compiled")).context("cannot create target/xtask/compiled")?;
    fs::copy(&wasm, &kept).with_context(|| format!("cannot copy {}", wasm.display()))?;
    stamp.write()?;
    task.done();
    Ok(kept)
}

/// All that a compiled core depends on.
fn sources(paths: &Paths, features: &str) -> Result<Inputs> {
    let root = &paths.root;
    let compiler = tools::stdout_of(Command::new("rustc").current_dir(root).arg("-vV"), "install Rust with rustup")?;
    Inputs::default()
        .text(features)
        .text(&compiler)
        .tree(&root.join("src"))?
        .tree(&root.join("arena/src"))?
        .file(&root.join("arena/Cargo.toml"))?
        .file(&root.join("Cargo.toml"))?
        .file(&root.join("Cargo.lock"))?
        .file(&root.join(".cargo/config.toml"))
}

/// All that the files in `pkg/dist` depend on: the compiled cores, the package's files that they are made for, and what of this
/// program makes them. The rooms above import from these two, and never the other way.
fn inputs(paths: &Paths, compiled: &[PathBuf]) -> Result<Inputs> {
    let this_program = paths.build_tools();
    let inputs = compiled.iter().try_fold(Inputs::default(), |inputs, file| inputs.file(file))?;
    inputs
        .text(&callers(paths)?)
        .text(&dist::lists().into_iter().map(|(_, text)| text).collect::<String>())
        .tree(&paths.entries())?
        .tree(&this_program.join("src/build"))?
        .tree(&this_program.join("src/base"))?
        .file(&this_program.join("package-lock.json"))?
        .file(&paths.root.join("Cargo.lock"))
}

fn outputs(paths: &Paths, cores: &[Core]) -> Vec<PathBuf> {
    let files = cores.iter().flat_map(|core| {
        let wasm = paths.dist().join(&core.name).with_extension("wasm");
        [wasm, paths.named_wasm(&core.name)]
    });
    files.chain([paths.dist().join("layout.js"), paths.dist().join("inline/index.js")]).collect()
}

/// The text of the package's files that call exports by name.
pub fn callers(paths: &Paths) -> Result<String> {
    let read = |file: &PathBuf| fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()));
    paths.callers().iter().map(read).collect()
}

/// Cuts, binds, and keeps the module with its names for the optimiser and the checks; answers the glue.
fn bind(paths: &Paths, compiled: &Path, named: &Path) -> Result<String> {
    let mut module = Module::from_file(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    scrub::scrub(&mut module, &rust::registry());
    let mut bound = glue::bind(paths, module, &callers(paths)?, &paths.work())?;
    fs::create_dir_all(paths.work().join("named")).context("cannot create target/xtask/named")?;
    fs::write(named, bound.module.emit_wasm()).with_context(|| format!("cannot write {}", named.display()))?;
    Ok(bound.glue)
}
