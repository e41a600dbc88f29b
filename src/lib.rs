//! Referral-conversion tracking for edge runtimes.
//!
//! A visitor came through a partner's link, so the browser holds a click ID. When that visitor signs up or pays, the
//! shop's server tells the service exactly once, or a partner goes unpaid or is paid twice. This crate decides how:
//! what is sent, what an answer means, whether and when to send again, and what is known in the end.
//!
//! Two rooms, and the arrows between them point one way:
//!
//! - [`proto`] is pure: no clock, no randomness, no I/O, no JavaScript. It runs natively and is tested there.
//! - `wasm` is thin: it takes values over the boundary to JavaScript and back. It decides nothing, and exists on wasm
//!   targets only.
//!
//! The loop that waits (for a timer, for `fetch`) is JavaScript, `pkg/driver.js`: nothing of a call lives in here
//! between two steps, so a request that the runtime kills can harm no other.

pub mod proto;

#[cfg(target_family = "wasm")]
#[doc(hidden)]
pub mod wasm;

// The global allocator: `pkg/start.js` empties it before each step.
#[cfg(target_family = "wasm")]
use refport_edge_arena as _;
