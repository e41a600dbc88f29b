//! How many bytes a Worker ships.
//!
//! In scope: the weight of a bundle, its budget, the record of the last release, and which function the bytes go to.
//! Out of scope: making anything smaller; `build` does.

pub mod bundle;
mod functions;
mod last_sizes;
