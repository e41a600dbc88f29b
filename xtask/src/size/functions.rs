//! What the module's bytes go to.
//!
//! In: the module with its names. Out: tables of its crates and of its largest functions, once optimised.
//! Not its job: judging them.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig};

use crate::base::paths::Paths;
use crate::base::progress;
use crate::build::{cores, wasm_opt};

/// How many functions are shown, unless all are wanted.
const SHOWN: usize = 20;

/// Optimises a copy that keeps its names, and lists its crates and what is largest in it.
pub fn report(paths: &Paths, all: bool) -> Result<String> {
    let task = progress::begin("size", "optimising a copy with names");
    let wasm = wasm_opt::with_names(paths, &paths.named_wasm(cores::WHOLE))?;
    let file = paths.work().join("core.named.wasm");
    fs::write(&file, &wasm).with_context(|| format!("cannot write {}", file.display()))?;
    task.done();
    let module = ModuleConfig::new().parse(&wasm).context("cannot read the optimised core")?;
    let data: usize = module.data.iter().map(|segment| segment.value.len()).sum();
    let functions = sizes(&module);
    Ok(crates(&functions, data) + &largest(functions, if all { usize::MAX } else { SHOWN }))
}

/// Bytes by crate. Of a generic function it is the crate that wrote it.
fn crates(functions: &[(usize, String)], data: usize) -> String {
    let mut crates: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (size, name) in functions {
        let (bytes, count) = crates.entry(crate_of(name)).or_default();
        *bytes += size;
        *count += 1;
    }
    let mut crates: Vec<_> = crates.into_iter().collect();
    crates.push(("constant data", (data, 0)));
    crates.sort_by_key(|(_, (bytes, _))| std::cmp::Reverse(*bytes));
    let total: usize = crates.iter().map(|(_, (bytes, _))| bytes).sum();
    let mut table = format!("\n{:>8}{:>6}  of the module, before gzip, by crate\n", "bytes", "%");
    for (name, (bytes, count)) in crates {
        let functions = if count > 0 { format!(", {}", progress::count(count, "function")) } else { String::new() };
        let share = bytes * 100 / total.max(1);
        table += &format!("{:>8}{share:>6}  {name}{functions}\n", progress::thousands(bytes));
    }
    table
}

/// The crate in a readable name such as `<alloc::string::String as core::fmt::Write>::write_str`.
fn crate_of(name: &str) -> &str {
    let path = name.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let path = path.strip_prefix("impl ").unwrap_or(path);
    match path.split_once("::") {
        // An export of ours, and all that was merged into it.
        _ if name.ends_with(" externref shim") => "refport_edge",
        Some(("std", _)) => "std",
        Some(("str", _)) => "core",
        Some((first, _)) if first.chars().all(|c| c.is_alphanumeric() || c == '_') => first,
        _ if name.starts_with("<str>") || name.starts_with("<[") => "core",
        _ => "no crate (memcpy, malloc and the like)",
    }
}

fn largest(mut functions: Vec<(usize, String)>, shown: usize) -> String {
    functions.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut table = format!("\n{:>8}  by function\n", "bytes");
    for (size, name) in functions.iter().take(shown) {
        table += &format!("{:>8}  {name}\n", progress::thousands(*size));
    }
    if functions.len() > shown {
        let rest: usize = functions.iter().skip(shown).map(|(size, _)| size).sum();
        let more = progress::count(functions.len() - shown, "function");
        table += &format!("{:>8}  {more} more: --functions lists them\n", progress::thousands(rest));
    }
    table
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_functions_crate_is_read_from_its_name() {
        assert_eq!(crate_of("<alloc::string::String as core::fmt::Write>::write_str"), "alloc");
        assert_eq!(
            crate_of("<&refport_edge::wasm::convert::Given as refport_edge::proto::Source>::take"),
            "refport_edge"
        );
        assert_eq!(crate_of("core::str::<impl str>::get"), "core");
        assert_eq!(crate_of("<str>::trim_ascii"), "core");
        assert_eq!(crate_of("begin externref shim"), "refport_edge");
        assert_eq!(crate_of("memcmp"), "no crate (memcpy, malloc and the like)");
    }

    #[test]
    fn the_table_adds_up_and_says_what_it_leaves_out() {
        let functions =
            vec![(30, "core::a".to_owned()), (50, "refport_edge::b".to_owned()), (20, "core::c".to_owned())];
        let table = crates(&functions, 100);
        assert!(table.contains("     100    50  constant data\n      50    25  core, 2 functions\n"), "{table}");
        let largest = largest(functions, 1);
        assert!(
            largest.ends_with("      50  refport_edge::b\n      50  2 functions more: --functions lists them\n"),
            "{largest}"
        );
    }
}
