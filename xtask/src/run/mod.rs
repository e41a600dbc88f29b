//! What is started and watched: the suites, and the programs that have a command of their own.
//!
//! In scope: the list of the suites, running and counting them, a browser for them; the matrix, the recipes, the torture, the benchmark,
//! the documentation and the demo, with all they need built and installed first.
//! Out of scope: what those programs do; they are JavaScript, in `tests/`, `bench/`, `docs/` and `worker-example/`.

pub mod bench;
mod chromium;
mod counts;
pub mod demo;
pub mod docs;
pub mod matrix;
mod nginx;
mod poison;
pub mod prose;
pub mod recipes;
pub mod rust_worker;
mod suites;
pub mod test_run;
pub mod torture;
