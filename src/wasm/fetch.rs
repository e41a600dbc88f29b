//! The runtime's own `fetch`, through web-sys.
//!
//! In: a URL and an `init` of `pkg/init.js`. Out: its promise. It awaits nothing and reads no answer: an answer may be an
//! object of the caller's, which is read in JavaScript (`pkg/answer.js`).

use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::RequestInit;

#[wasm_bindgen]
extern "C" {
    /// The global `fetch` as a bare function, so that its `this` is undefined: workerd refuses to have it called as a
    /// method of anything.
    pub fn fetch(url: &JsValue, init: &RequestInit) -> Promise;
}
