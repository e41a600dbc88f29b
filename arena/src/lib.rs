//! The memory of one step.
//!
//! Nothing of a call lives in wasm memory between two steps, so memory need not be given back piece by piece: a step
//! takes what it needs from the top, and the next one starts anew from the floor. With a general allocator the module is
//! 1.5 kB larger after gzip, most of it code that drops strings one by one.
//!
//! - [`blocks`] is the arithmetic: where a block goes, and what is freed. It touches no memory.
//! - [`arena`] is the allocator over it: addresses become pointers, and blocks are copied and wiped.
//! - `wasm` is the memory of a wasm module, and the two functions that `pkg/core.js` calls. It exists on wasm only.
//!
//! - `mailbox` is where JavaScript and a step leave each other what crosses. On wasm only.
//!
//! The first two run on the host, where `tests/` has them do random things; `cargo +nightly miri test -p refport-edge-arena`
//! does so under Miri. All of the project's `unsafe` is in the last three.
//!
//! The feature `poison` is for tests: what is freed is filled with a pattern, at once.

#![no_std]

pub mod arena;
pub mod blocks;

#[cfg(target_family = "wasm")]
pub mod mailbox;
#[cfg(target_family = "wasm")]
mod wasm;
