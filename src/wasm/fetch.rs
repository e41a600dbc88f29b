//! HTTP by the runtime's own `fetch`, through web-sys.
//!
//! In: what `proto` wants sent. Out: the `init` of one attempt, and the default transport. It awaits nothing and reads no
//! answer: an answer may be an object of the caller's, which is read in JavaScript (`pkg/driver.js`).

use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::{AbortSignal, RequestInit, RequestRedirect};

use crate::proto::request::OutgoingRequest;

#[wasm_bindgen]
extern "C" {
    /// The global `fetch` as a bare function, so that its `this` is undefined: workerd refuses to have it called as a
    /// method of anything.
    pub fn fetch(url: &JsValue, init: &RequestInit) -> Promise;

    #[wasm_bindgen(js_name = Object)]
    type Headers;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> Headers;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set(this: &Headers, name: &str, value: &JsValue);
}

/// The second argument of one attempt's `fetch`; `authorization` and `body` are null where there is none. A plain `init` and not a `Request`: a Request of one realm is refused by
/// the fetch of another, and test doubles read `init.body`.
/// What keeps the attempt out of caches is added in `pkg/uncached.js`.
pub fn init(authorization: &JsValue, body: &JsValue, signal: &AbortSignal) -> RequestInit {
    let headers = Headers::new();
    let set = |(name, value): (&str, &str)| headers.set(name, &value.into());
    set(OutgoingRequest::ACCEPT);
    if !body.is_null() {
        set(OutgoingRequest::CONTENT_TYPE);
    }
    if !authorization.is_null() {
        headers.set("authorization", authorization);
    }

    let init = RequestInit::new();
    init.set_method(OutgoingRequest::method_with(!body.is_null()));
    init.set_headers(&headers);
    if !body.is_null() {
        init.set_body(body);
    }
    // A redirect that is followed takes the key to wherever it points, and turns the POST into a GET.
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(signal));
    init
}
