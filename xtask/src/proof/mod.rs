//! What is exact, and so can be held: each property has a verdict.
//!
//! In scope: which file imports which, panics, the shape of the built module, the instructions of a call, what a release says of itself, the same
//! bytes from two clones.
//! Out of scope: behaviour, which the suites of `run` try; times, which depend on the machine.

pub mod arrows;
mod calls;
pub mod check;
pub mod checks;
pub mod effort;
mod instrument;
mod panic_names;
pub mod panics;
mod reach;
pub mod release;
pub mod reproduce;
mod stack;
mod workflows;
