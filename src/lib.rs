//! Referral-conversion tracking for edge runtimes.
//!
//! A visitor came through a partner's link, so the browser holds a click ID. When that visitor signs up or pays, the
//! shop's server tells the service exactly once, or a partner goes unpaid or is paid twice. This crate decides how. It
//! makes the request, reads the answer, and says whether to send again and when. In the end it says what is known.
//!
//! ```no_run
//! use refport_edge::{Refport, Sale};
//! # use refport_edge::{OutgoingRequest, Transport};
//! # fn report(mut transport: impl Transport) -> Result<(), refport_edge::Invalid> {
//!
//! let refport = Refport::new("rk_live_example", Default::default())?;
//! let sale = Sale {
//!     click_id: "abc123",
//!     customer_external_id: "user_001",
//!     amount: 4900,
//!     invoice_id: Some("inv_001"),
//!     ..Default::default()
//! };
//! let outcome = refport.sale(&sale)?.run(&mut transport);
//! # Ok(())
//! # }
//! ```
//!
//! The transport is the program's own HTTP client: `examples/deliver.rs` has ureq, `examples/worker` is a Cloudflare Worker.
//!
//! Four rooms, and the arrows between them point one way:
//!
//! - `client`: the clients for Rust
//! - [`proto`] is pure: no clock, no randomness, no I/O, no JavaScript. It runs natively and is tested there.
//! - `boundary` names what crosses to JavaScript and back, and reads it.
//! - `wasm` is thin: it takes values over the boundary to JavaScript and back. It decides nothing, and exists in the builds
//!   for the npm package only.
//!
//! There, the loop that waits (for a timer, for `fetch`) is JavaScript, `pkg/driver.js`. Nothing of a call lives in here
//! between two steps, so a request that the runtime kills can harm no other.

#[cfg(all(feature = "native", feature = "delivery"))]
mod client;

#[cfg(all(feature = "native", feature = "delivery"))]
pub use client::*;
#[cfg(all(feature = "native", feature = "delivery"))]
pub use proto::{
    delivery::{Outcome, Step},
    error::{ErrorKind, Failure, Issue},
    request::OutgoingRequest,
};

#[doc(hidden)]
pub mod boundary;
pub mod proto;

#[cfg(all(target_family = "wasm", feature = "package"))]
#[doc(hidden)]
pub mod wasm;

// The global allocator: `pkg/core.js` empties it before each step.
#[cfg(all(target_family = "wasm", feature = "package"))]
use refport_edge_arena as _;
