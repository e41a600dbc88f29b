//! The boundary to JavaScript. Thin: it converts and hands on, and decides nothing.
//!
//! - `exports`: the functions that `pkg/` calls
//! - `convert`: JavaScript's values to ours and back; no `JsValue` goes further
//! - `fetch`: requests, through web-sys

mod convert;
pub mod exports;
mod fetch;

pub use convert::Given;
