//! `cargo xtask check`: no panic can be reached from an export.
//!
//! In: the core as the compiler made it, its panics not yet cut out. Out: every place where control can come to a panic,
//! by name, with a shortest road from an export; and whether all of them are on the list of those that cannot be helped.
//! Not its job: who calls whom; `reach` knows.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use walrus::{FunctionId, Module};

use crate::checks::Check;
use crate::paths::Paths;
use crate::reach::{self, Calls};
use crate::{glue, lock, progress, rust, snip, tools, wasm_build};

/// A trap in a function that is no panic of Rust's libraries.
const BARE_TRAP: &str = "unreachable";

/// Panics of the libraries that are not Rust's own.
const OTHER_ENTRY_POINTS: &[&str] = &["wasm_bindgen::throw_str", "wasm_bindgen::throw_val", "wasm_bindgen::__rt::throw"];

/// One panic that may be reached, from where, and why that cannot be helped.
struct Allowed {
    panic: &'static str,
    /// The function that calls it; any, where it is empty.
    caller: &'static str,
    why: &'static str,
}

/// All that may be reached.
const ALLOWED: &[Allowed] = &[];

/// A place where control can come to a panic.
#[derive(Debug, PartialEq, Eq)]
struct Site {
    panic: String,
    caller: String,
    /// The exports from which control can come there.
    exports: Vec<String>,
    /// The shortest road from any of them, by names.
    road: Vec<String>,
}

impl Site {
    fn allowance(&self) -> Option<usize> {
        let is_mine = |allowed: &Allowed| {
            allowed.panic == self.panic && (allowed.caller.is_empty() || allowed.caller == self.caller)
        };
        ALLOWED.iter().position(is_mine)
    }

    fn shown(&self) -> String {
        format!("{}: {}", self.panic, self.road.join(" → "))
    }
}

/// What was found in a module.
struct Report {
    exports: Vec<String>,
    functions: usize,
    sites: Vec<Site>,
}

/// Checks the core and prints what was found; the exit code says whether it is good.
pub fn report(paths: &Paths) -> Result<ExitCode> {
    let report = Report::of(&core(paths)?)?;
    let beyond: Vec<_> = report.sites.iter().filter(|site| site.allowance().is_none()).collect();
    for site in &beyond {
        println!("panic  {}\n       from {}", site.shown(), site.exports.join(", "));
    }
    let stale = report.stale();
    for words in &stale {
        println!("stale  {words}");
    }
    for allowed in ALLOWED {
        println!("may    {} {}: {}", allowed.panic, allowed.caller, allowed.why);
        for site in report.sites.iter().filter(|site| site.allowance().is_some_and(|at| ALLOWED[at].panic == allowed.panic && ALLOWED[at].caller == allowed.caller)) {
            println!("         {}\n         from {}", site.shown(), site.exports.join(", "));
        }
    }
    println!(
        "check  {}, {} reachable, {} beyond the allow-list ({} allowed)",
        progress::count(report.exports.len(), "export"),
        progress::count(report.functions, "function"),
        progress::count(beyond.len(), "panic"),
        ALLOWED.len()
    );
    Ok(if beyond.is_empty() && stale.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The core as it is before anything is cut out of it, without the exports that the package does not use.
fn core(paths: &Paths) -> Result<Module> {
    rust::ensure_wasm_target(paths)?;
    let _alone = lock::exclusive(paths)?;
    let compiled = wasm_build::compile(paths)?;
    let module = Module::from_file(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let start = paths.start_file();
    let start = fs::read_to_string(&start).with_context(|| format!("cannot read {}", start.display()))?;
    Ok(glue::bind(module, &start, &paths.work().join("panics"))?.module)
}

impl Report {
    fn of(module: &Module) -> Result<Self> {
        let calls = Calls::of(module)?;
        let name = |id: FunctionId| readable(module, id);
        let mut exports = Vec::new();
        let mut reachable: BTreeMap<FunctionId, ()> = BTreeMap::new();
        let mut sites: BTreeMap<(String, String), Site> = BTreeMap::new();
        for (export, root) in reach::exported(module) {
            let export = if export.starts_with('_') { name(root) } else { export };
            let callers = calls.reached_from(root, |id| is_panic(&name(id)));
            for (id, caller) in &callers {
                reachable.insert(*id, ());
                let body = calls.body(*id);
                let mut note = |panic: String, caller: FunctionId| {
                    let mut road: Vec<_> = reach::road(&callers, caller).into_iter().map(name).collect();
                    road.push(panic.clone());
                    let key = (panic.clone(), name(caller));
                    let site = sites.entry(key).or_insert_with_key(|(panic, caller)| Site {
                        panic: panic.clone(),
                        caller: caller.clone(),
                        exports: vec![],
                        road: road.clone(),
                    });
                    if road.len() < site.road.len() {
                        site.road = road;
                    }
                    site.exports.push(export.clone());
                };
                let _ = caller;
                if is_panic(&name(*id)) {
                    continue;
                }
                for callee in body.map(|body| &body.calls).into_iter().flatten() {
                    if is_panic(&name(*callee)) {
                        note(name(*callee), *id);
                    }
                }
                if body.is_some_and(|body| body.traps) {
                    note(BARE_TRAP.to_owned(), *id);
                }
            }
            exports.push(export);
        }
        Ok(Self { exports, functions: reachable.len(), sites: sites.into_values().collect() })
    }

    fn stale(&self) -> Vec<String> {
        let used: Vec<_> = self.sites.iter().filter_map(Site::allowance).collect();
        let stale = ALLOWED.iter().enumerate().filter(|(index, _)| !used.contains(index));
        stale.map(|(_, allowed)| format!("{} {}", allowed.panic, allowed.caller)).collect()
    }
}

fn is_panic(name: &str) -> bool {
    snip::is_entry_name(name) || OTHER_ENTRY_POINTS.contains(&name)
}

fn readable(module: &Module, id: FunctionId) -> String {
    let mangled = module.funcs.get(id).name.as_deref().unwrap_or("(no name)");
    format!("{:#}", rustc_demangle::demangle(mangled))
}
