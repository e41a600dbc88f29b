//! Cuts the panic machinery out of the core.
//!
//! In: the module as the compiler left it, with its names. Out: the same module, in which every road to a panic message
//! ends in a trap. On this target std's panic hook prints nowhere, so nothing is lost; the formatting code behind it
//! becomes dead, and the optimiser removes it.
//! Not its job: removing panics. What trapped before still traps, only sooner.

use anyhow::{Result, bail};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module};

/// Functions of Rust's libraries that end in a panic and do nothing else.
const ENTRY_POINTS: &[&str] = &[
    "__rustc::rust_begin_unwind",
    "__rustc::__rust_alloc_error_handler",
    "std::panicking::panic_with_hook",
    "std::alloc::rust_oom",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::cell::panic_already_borrowed",
    "core::cell::panic_already_mutably_borrowed",
    "core::str::slice_error_fail",
    "core::str::slice_error_fail_rt",
];

/// Modules of Rust's libraries in which every function is such an entry point.
const ENTRY_MODULES: &[&str] = &["core::panicking::", "core::slice::index::slice_", "core::num::int_log10::panic"];

/// Replaces the body of every panic entry point by a trap; answers how many there were.
///
/// Fails when there is none, because then the toolchain has renamed them.
pub fn snip(module: &mut Module) -> Result<usize> {
    let found: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|id| module.funcs.get(*id).name.as_deref().is_some_and(is_entry_point))
        .collect();
    if found.is_empty() {
        bail!(
            "no panic entry point found in the core: compare the names in xtask/src/build/snip.rs with the toolchain's"
        );
    }
    for id in &found {
        let trap = trap_like(module, *id);
        module.funcs.get_mut(*id).kind = FunctionKind::Local(trap);
    }
    Ok(found.len())
}

/// Whether a mangled name is that of a panic entry point.
fn is_entry_point(mangled: &str) -> bool {
    is_entry_name(&format!("{:#}", rustc_demangle::demangle(mangled)))
}

/// Whether a readable name is that of a panic entry point.
pub fn is_entry_name(name: &str) -> bool {
    ENTRY_POINTS.contains(&name) || ENTRY_MODULES.iter().any(|module| name.starts_with(module))
}

/// A function with the signature of the given one that traps at once.
fn trap_like(module: &mut Module, id: FunctionId) -> LocalFunction {
    let ty = module.funcs.get(id).ty();
    let params = module.types.get(ty).params().to_vec();
    let results = module.types.get(ty).results().to_vec();
    let args = params.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    builder.func_body().unreachable();
    builder.local_func(args)
}

#[cfg(test)]
mod tests {
    use walrus::ValType;
    use walrus::ir::Instr;

    use super::*;

    fn module_with(name: &str) -> (Module, FunctionId) {
        let mut module = Module::default();
        let arg = module.locals.add(ValType::I32);
        let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
        builder.name(name.to_owned()).func_body().local_get(arg);
        let id = builder.finish(vec![arg], &mut module.funcs);
        (module, id)
    }

    fn instructions(module: &Module, id: FunctionId) -> Vec<Instr> {
        let function = module.funcs.get(id).kind.unwrap_local();
        function.block(function.entry_block()).instrs.iter().map(|(instr, _)| instr.clone()).collect()
    }

    #[test]
    fn a_panic_entry_point_becomes_a_trap_and_keeps_its_signature() {
        let (mut module, id) = module_with("_RNvNtCsgXGp5Oqx2Ny_4core9panicking9panic_fmt");
        let ty = module.funcs.get(id).ty();
        assert_eq!(snip(&mut module).unwrap(), 1);
        assert_eq!(module.funcs.get(id).ty(), ty);
        assert!(matches!(instructions(&module, id)[..], [Instr::Unreachable(_)]));
    }

    #[test]
    fn a_module_without_any_entry_point_is_refused() {
        let (mut module, _) = module_with("_RNvNtCsgXGp5Oqx2Ny_4core3fmt5write");
        assert!(snip(&mut module).unwrap_err().to_string().contains("xtask/src/build/snip.rs"));
    }

    #[test]
    fn names_of_both_mangling_schemes_are_read() {
        assert!(is_entry_point("_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind"));
        assert!(is_entry_point("_RNvNtCsebHcaeoSrxy_3std9panicking15panic_with_hook"));
        assert!(is_entry_point("_ZN4core9panicking5panic17h7978a53f4a9e9e16E"));
        assert!(!is_entry_point("_RNvNtCsgXGp5Oqx2Ny_4core3fmt5write"));
        assert!(!is_entry_point("hello"));
    }
}
