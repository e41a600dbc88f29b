//! From the sources to the packed tarball.
//!
//! In scope: compiling the core, the glue, `wasm-opt`, the CommonJS files, packing.
//! Out of scope: judging what came of it; `size` weighs it, `proof` checks it.

mod commonjs;
pub mod cores;
mod dist;
pub mod glue;
pub mod npm_readme;
pub mod pack;
mod scrub;
pub mod shorten;
pub mod wasm_build;
pub mod wasm_opt;
