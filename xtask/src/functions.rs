//! The largest functions of the core.
//!
//! In: the module with its names. Out: a table of the functions that weigh most once optimised.
//! Not its job: judging them.

use std::fs;

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig};

use crate::paths::Paths;
use crate::{progress, wasm_opt};

/// How many functions are shown.
const SHOWN: usize = 400;

/// Optimises a copy that keeps its names, and lists what is largest in it.
pub fn largest(paths: &Paths) -> Result<String> {
    let task = progress::begin("size", "optimising a copy with names");
    let wasm = wasm_opt::with_names(paths, &paths.named_wasm())?;
    let file = paths.work().join("core.named.wasm");
    fs::write(&file, &wasm).with_context(|| format!("cannot write {}", file.display()))?;
    task.done();
    table(&wasm)
}

fn table(wasm: &[u8]) -> Result<String> {
    let module = ModuleConfig::new().parse(wasm).context("cannot read the optimised core")?;
    let mut functions = sizes(&module);
    functions.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let code: usize = functions.iter().map(|(size, _)| size).sum();
    let data: usize = module.data.iter().map(|segment| segment.value.len()).sum();
    let mut table = format!("\n{:>8}  function\n", "bytes");
    for (size, name) in functions.iter().take(SHOWN) {
        table += &format!("{:>8}  {name}\n", progress::thousands(*size));
    }
    let all = progress::count(functions.len(), "function");
    table +=
        &format!("{:>8}  {all} together\n{:>8}  constant data\n", progress::thousands(code), progress::thousands(data));
    Ok(table)
}

/// The length in the file and the readable name of every function.
fn sizes(module: &Module) -> Vec<(usize, String)> {
    let local = module.funcs.iter_local();
    local
        .map(|(id, function)| {
            let mangled = module.funcs.get(id).name.clone().unwrap_or_else(|| "(no name)".to_owned());
            let bytes = function.original_range.as_ref().map_or(0, |range| range.end - range.start);
            (bytes, format!("{:#}", rustc_demangle::demangle(&mangled)))
        })
        .collect()
}
