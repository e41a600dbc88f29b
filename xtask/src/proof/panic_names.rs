//! The names of what panics.
//!
//! In: the readable name of a function. Out: whether it does nothing but panic. Not its job: who calls it.

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

/// Whether a readable name is that of such a function.
pub fn is_panic(name: &str) -> bool {
    ENTRY_POINTS.contains(&name) || ENTRY_MODULES.iter().any(|module| name.starts_with(module))
}
