//! The clients for Rust: typed values in, and a call that whoever has an HTTP client can carry out.
//!
//! In: a sale, a lead, a conversion, a refund and the like. Out: a [`Call`], which says what to send and when to stop. It has no HTTP
//! client, no clock and no executor of its own, so it runs under any of them: `examples/deliver.rs` has ureq,
//! `examples/worker` has Cloudflare Workers.

mod call;
#[cfg(feature = "dub")]
pub mod dub;
#[cfg(feature = "refcampaign")]
mod refcampaign;
#[cfg(feature = "refport")]
mod refport;
#[cfg(feature = "tolt")]
pub mod tolt;

#[cfg(feature = "refcampaign")]
pub use refcampaign::{Conversion, RefCampaign, Refund};
#[cfg(feature = "refport")]
pub use refport::{Lead, Refport, Sale};

pub use call::{Answer, Attempt, Call, Invalid, Options, Transport};
