//! `cargo xtask check`: no panic can be reached from an export.
//!
//! In: the core as the compiler made it, before its panics are cut out. Out: every place where control can come to a
//! panic, with a shortest road to it from an export; and whether the list of those that cannot be helped has them all.
//! Not its job: who calls whom; `reach` knows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use walrus::{FunctionId, Module};

use crate::base::paths::Paths;
use crate::base::{lock, progress, rust, tools};
use crate::build::{cores, glue, wasm_build};
use crate::proof::check::Check;
use crate::proof::panic_names;
use crate::proof::reach::{self, Calls};

/// A trap that is no panic of a library.
const BARE_TRAP: &str = "unreachable";

/// Panics that are not of Rust's own libraries.
const OTHER_ENTRY_POINTS: &[&str] = &["wasm_bindgen::throw_str", "wasm_bindgen::throw_val"];

/// A panic that may be reached.
struct Allowed {
    panic: &'static str,
    /// Where it may be; everywhere, if this is empty.
    caller: &'static str,
    why: &'static str,
}

const fn allowed(panic: &'static str, caller: &'static str, why: &'static str) -> Allowed {
    Allowed { panic, caller, why }
}

/// All that may be reached. Each of these means that memory is at its ceiling, or a defect in wasm-bindgen; `pkg/core.js`
/// recovers from it by a fresh instance.
const ALLOWED: &[Allowed] = &[
    allowed("alloc::raw_vec::handle_error", "", "a text or a list cannot grow: memory is at its ceiling"),
    allowed("alloc::raw_vec::capacity_overflow", "", "the same, for more bytes than a pointer can tell apart"),
    allowed("alloc::alloc::handle_alloc_error", "", "a box has no room: memory is at its ceiling"),
    allowed(BARE_TRAP, "__wbindgen_malloc", "wasm-bindgen has no room for a text that comes in"),
    allowed(BARE_TRAP, "__wbindgen_realloc", "the same, for a text that is longer in UTF-8 than it seemed"),
    allowed(BARE_TRAP, "__externref_table_alloc", "wasm-bindgen's table of JavaScript's values cannot grow"),
    allowed(BARE_TRAP, "__externref_table_dealloc", "wasm-bindgen checks that a value is given back only once"),
    allowed(
        "wasm_bindgen::throw_str",
        "<core::option::Option<T> as wasm_bindgen::UnwrapThrowExt<T>>::unwrap_throw",
        "serde-wasm-bindgen checks that each value of a map comes behind its key",
    ),
];

/// A place where control can come to a panic.
#[derive(Debug)]
struct Site {
    panic: String,
    /// The function it is in.
    caller: String,
    /// The exports from which control can come there.
    exports: BTreeSet<String>,
    /// The shortest road from any of them, by names.
    road: Vec<String>,
}

impl Site {
    fn is_allowed_by(&self, allowed: &Allowed) -> bool {
        allowed.panic == self.panic && (allowed.caller.is_empty() || allowed.caller == self.caller)
    }

    fn is_allowed(&self) -> bool {
        ALLOWED.iter().any(|allowed| self.is_allowed_by(allowed))
    }

    fn shown(&self) -> String {
        let exports: Vec<_> = self.exports.iter().map(String::as_str).collect();
        format!("{} (from {})", self.road.join(" -> "), exports.join(", "))
    }
}

/// What there is to say of a module.
struct Report {
    exports: usize,
    /// Functions that can run at all.
    functions: usize,
    sites: Vec<Site>,
}

/// Checks the core and prints what was found; the exit code says whether it is good.
pub fn report(paths: &Paths) -> Result<ExitCode> {
    let report = Report::of(&core(paths)?)?;
    let beyond = report.beyond();
    print!("{}", report.allowed_shown());
    for site in &beyond {
        println!("PANIC  {site}");
    }
    println!(
        "check  {}, {} reachable, {} beyond the allow-list ({} allowed)",
        progress::count(report.exports, "export"),
        progress::count(report.functions, "function"),
        progress::count(beyond.len(), "panic"),
        report.used().len(),
    );
    Ok(if beyond.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The same as a suite, and that it would notice.
pub fn checks(paths: &Paths) -> Result<Vec<Check>> {
    let core = Report::of(&core(paths)?)?;
    let mut checks = vec![Check { name: "no export of the core reaches a panic", offenders: core.beyond() }];
    let fixture = Report::of(&fixture(paths)?)?;
    checks.extend(FIXTURES.iter().map(|fixture_case| fixture.judge(fixture_case)));
    Ok(checks)
}

/// The core before anything is cut out of it, without the exports that the package does not use.
fn core(paths: &Paths) -> Result<Module> {
    rust::ensure_wasm_target(paths)?;
    let _alone = lock::exclusive(paths)?;
    let compiled = wasm_build::compile(paths, &cores::whole(), &[])?;
    let module = Module::from_file(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    Ok(glue::bind(paths, module, &wasm_build::callers(paths)?, &paths.work().join("panics"))?.module)
}

impl Report {
    fn of(module: &Module) -> Result<Self> {
        let calls = Calls::of(module)?;
        let name = |id: FunctionId| readable(module, id);
        let exported = reach::exported(module);
        let mut reachable = BTreeSet::new();
        let mut sites: BTreeMap<(String, String), Site> = BTreeMap::new();
        for (export, root) in &exported {
            // The glue knows bindgen's own exports by a letter or two.
            let export = if export.starts_with('_') || export.len() < 3 { name(*root) } else { export.clone() };
            let callers = calls.reached_from(*root, |id| is_panic(&name(id)));
            reachable.extend(callers.keys().copied());
            for id in callers.keys().copied().filter(|id| !is_panic(&name(*id))) {
                let Some(body) = calls.body(id) else { continue };
                let called = body.calls.iter().map(|callee| name(*callee)).filter(|callee| is_panic(callee));
                for panic in called.chain(body.traps.then(|| BARE_TRAP.to_owned())) {
                    let mut road: Vec<_> = reach::road(&callers, id).into_iter().map(name).collect();
                    road.push(panic.clone());
                    let site = sites.entry((panic.clone(), name(id))).or_insert_with(|| Site {
                        panic,
                        caller: name(id),
                        exports: BTreeSet::new(),
                        road: road.clone(),
                    });
                    site.exports.insert(export.clone());
                    if road.len() < site.road.len() {
                        site.road = road;
                    }
                }
            }
        }
        Ok(Self { exports: exported.len(), functions: reachable.len(), sites: sites.into_values().collect() })
    }

    /// The panics that are not on the list.
    fn beyond(&self) -> Vec<String> {
        self.sites.iter().filter(|site| !site.is_allowed()).map(Site::shown).collect()
    }

    /// The entries of the list that something reaches.
    fn used(&self) -> Vec<&'static Allowed> {
        ALLOWED.iter().filter(|allowed| self.sites.iter().any(|site| site.is_allowed_by(allowed))).collect()
    }

    /// The list as far as it is used, and the roads to it.
    fn allowed_shown(&self) -> String {
        let mut shown = String::new();
        for allowed in self.used() {
            let at = if allowed.caller.is_empty() { "anywhere" } else { allowed.caller };
            shown += &format!("may    {} in {at}: {}\n", allowed.panic, allowed.why);
            for site in self.sites.iter().filter(|site| site.is_allowed_by(allowed)) {
                shown += &format!("         {}\n", site.shown());
            }
        }
        shown
    }
}

fn is_panic(name: &str) -> bool {
    panic_names::is_panic(name) || OTHER_ENTRY_POINTS.contains(&name)
}

fn readable(module: &Module, id: FunctionId) -> String {
    let mangled = module.funcs.get(id).name.as_deref().unwrap_or("(no name)");
    format!("{:#}", rustc_demangle::demangle(mangled))
}

/// A function of which it is known whether it can panic: the check's own check.
struct Fixture {
    name: &'static str,
    export: &'static str,
    /// The panic beyond the allow-list that it can come to.
    panic: Option<&'static str>,
}

const fn fixture_of(name: &'static str, export: &'static str, panic: Option<&'static str>) -> Fixture {
    Fixture { name, export, panic }
}

const FIXTURES: &[Fixture] = &[
    fixture_of("an index out of bounds is noticed", "index", Some("core::panicking::panic_bounds_check")),
    fixture_of("`get` in its place passes", "get", None),
    fixture_of(
        "a division by zero is noticed",
        "divide",
        Some("core::panicking::panic_const::panic_const_div_by_zero"),
    ),
    fixture_of("an unwrap is noticed", "unwrap", Some("core::option::unwrap_failed")),
    fixture_of("a cut inside a character is noticed", "slice", Some("core::str::slice_error_fail")),
    fixture_of("a panic behind a function pointer is noticed", "pointer", Some("core::panicking::panic_bounds_check")),
    fixture_of("an abort is noticed", "abort", Some(BARE_TRAP)),
    fixture_of("a match on every variant passes", "every_variant", None),
    fixture_of("an allocation may fail", "allocate", None),
];

/// The module of `xtask/fixture/panics.rs`, compiled as the core is.
fn fixture(paths: &Paths) -> Result<Module> {
    let dir = paths.work().join("panics");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    let (source, wasm) = (paths.build_tools().join("fixture/panics.rs"), dir.join("fixture.wasm"));
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.current_dir(&paths.root).args(["--edition=2024", "--target", rust::WASM_TARGET, "-Copt-level=z"]);
    rustc.args(["-Clto=fat", "-Ccodegen-units=1", "-Cpanic=abort", "-o"]).arg(&wasm).arg(&source);
    tools::quietly(&mut rustc, "see the compiler's message above")?;
    Module::from_file(&wasm).with_context(|| format!("cannot read {}", wasm.display()))
}

impl Report {
    /// Whether of a fixture is said what is known of it.
    fn judge(&self, fixture: &Fixture) -> Check {
        let mine = self.sites.iter().filter(|site| site.exports.contains(fixture.export) && !site.is_allowed());
        let mine: Vec<_> = mine.collect();
        let is_right = match fixture.panic {
            Some(panic) => mine.iter().any(|site| site.panic == panic),
            None => mine.is_empty(),
        };
        let found = mine.iter().map(|site| site.shown());
        let offenders =
            if is_right { vec![] } else { found.chain([format!("expected {:?}", fixture.panic)]).collect() };
        Check { name: fixture.name, offenders }
    }
}

#[cfg(test)]
mod tests {
    use walrus::FunctionBuilder;

    use super::*;

    /// A module whose export `a` calls `b`, which calls the function of the given name.
    fn module(callee: &str) -> Module {
        let mut module = Module::default();
        let mut next = None;
        for name in [callee, "b", "a"] {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
            builder.name(name.to_owned());
            match next {
                Some(callee) => builder.func_body().call(callee),
                None => builder.func_body().unreachable(),
            };
            next = Some(builder.finish(vec![], &mut module.funcs));
        }
        module.exports.add("a", next.unwrap());
        module
    }

    #[test]
    fn a_panic_is_reported_with_its_road_and_its_exports() {
        let report = Report::of(&module("_ZN4core6option13unwrap_failed17h0123456789abcdefE")).unwrap();
        assert_eq!((report.exports, report.functions), (1, 3));
        assert_eq!(report.beyond(), ["a -> b -> core::option::unwrap_failed (from a)"]);
    }

    #[test]
    fn a_trap_that_no_library_knows_is_reported_too() {
        let report = Report::of(&module("core::renamed::panic")).unwrap();
        assert_eq!(report.beyond(), ["a -> b -> core::renamed::panic -> unreachable (from a)"]);
    }

    #[test]
    fn what_is_on_the_list_is_shown_with_its_reason_and_passes() {
        let report = Report::of(&module("_ZN5alloc7raw_vec12handle_error17h0123456789abcdefE")).unwrap();
        assert!(report.beyond().is_empty());
        assert!(report.allowed_shown().contains("memory is at its ceiling"));
    }

    #[test]
    fn a_trap_is_allowed_in_its_own_function_only() {
        assert!(Report::of(&module("__wbindgen_malloc")).unwrap().beyond().is_empty());
        assert_eq!(Report::of(&module("malloc")).unwrap().beyond().len(), 1);
    }
}
