//! What must hold of the core for any input at all: the fuzz targets, one file each.
//!
//! In: bytes, from libFuzzer (`fuzz_targets/`) or from a seeded generator (`tests/fuzz.rs` of the crate itself). Out: the
//! name of what the input came to; a panic where something does not hold. Making good bytes is not their job.

pub mod bytes;
pub mod click_id;
pub mod delivery;
pub mod event;
pub mod oracle;
pub mod retry_after;

/// A fuzz target, as a generator needs it.
pub struct Target {
    /// Its name, and that of its directory in `corpus`.
    pub name: &'static str,
    /// Checks one input.
    pub run: fn(&[u8]) -> &'static str,
    /// Everything an input can come to: a generator that misses one proves nothing about it.
    pub ends: &'static [&'static str],
    /// What interesting inputs are made of.
    pub words: &'static [&'static str],
}

/// Every target.
pub const ALL: &[Target] = &[
    Target { name: "click_id", run: click_id::run, ends: click_id::ENDS, words: click_id::WORDS },
    Target { name: "retry_after", run: retry_after::run, ends: retry_after::ENDS, words: retry_after::WORDS },
    Target { name: "delivery", run: delivery::run, ends: delivery::ENDS, words: &[] },
    Target { name: "event", run: event::run, ends: event::ENDS, words: &[] },
];
