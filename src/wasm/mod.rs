//! The boundary to JavaScript, on wasm. Thin: it hands on, and decides nothing.
//!
//! - `exports`: the steps that `pkg/` calls
//! - `failure`: why a call failed, for `pkg/errors.js`
//! - `fetch`: the default transport, through web-sys

pub mod exports;
pub mod failure;
mod fetch;
