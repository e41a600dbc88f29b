//! The stock wasm-bindgen test runner as a program of this workspace, so that nobody has to install it.
//!
//! In: the path of a test module, from Cargo. Out: the tests' results on stdout, and the exit code.
//! Not its job: choosing or counting tests (`xtask` does that).

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
