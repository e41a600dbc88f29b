//! The boundary to JavaScript, on wasm. Thin: it hands on, and decides nothing.
//!
//! A build has the steps of its features: each service has a core of its own in the package.
//!
//! - `lookup`: whom a request is from
//! - `delivery`: the steps of a delivery, to whichever service
//! - `webhook`: whether a webhook is a service's own; RefCampaign's hash of an e-mail address
//! - `letters`: what crosses in a step, by name
//! - `failure`: why a call failed, for `pkg/errors.js`
//! - `fetch`: the default transport, through web-sys

#[cfg(feature = "delivery")]
pub mod delivery;
#[cfg(feature = "delivery")]
pub mod failure;
#[cfg(feature = "delivery")]
mod fetch;
#[cfg_attr(not(feature = "delivery"), expect(dead_code, reason = "a lookup has few words"))]
mod letters;
#[cfg(feature = "lookup")]
pub mod lookup;
#[cfg(any(feature = "refcampaign", feature = "bare-webhook"))]
pub mod webhook;
