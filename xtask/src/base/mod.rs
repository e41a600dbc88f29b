//! What every other room stands on.
//!
//! In scope: where things are, other programs and how they are run (Cargo, npm, Node.js), one xtask at a time, doing nothing
//! when nothing changed, words to the person who waits, lengths after compression.
//! Out of scope: the package. Nothing here knows what is built, measured, proven or run.

pub mod compress;
pub mod lock;
pub mod npm;
pub mod paths;
pub mod progress;
pub mod rust;
pub mod stamp;
pub mod tools;
