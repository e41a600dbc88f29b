//! HTTP by the runtime's own `fetch`, through web-sys.
//!
//! In: what `proto` wants sent. Out: the `(url, init)` of one attempt, and the default transport. It awaits nothing and
//! reads no answer: an answer may be an object of the caller's, which is read in JavaScript (`pkg/driver.js`).

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortSignal, RequestInit, RequestRedirect};

use super::convert::Parcel;
use crate::proto::request::OutgoingRequest;

/// The arguments of one attempt's `fetch`: `[url, init]`. A plain `init` and not a `Request`: a Request of one realm is
/// refused by the fetch of another, and test doubles read `init.body`.
pub fn arguments(parcel: &Parcel, signal: &AbortSignal) -> Array {
    let headers = Object::new();
    for (name, value) in OutgoingRequest::HEADERS {
        set(&headers, name, &(*value).into());
    }
    set(&headers, "authorization", &parcel.authorization());

    let init = RequestInit::new();
    init.set_method(OutgoingRequest::METHOD);
    init.set_headers(&headers);
    init.set_body(&parcel.body());
    // A redirect that is followed takes the key to wherever it points, and turns the POST into a GET.
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(signal));
    Array::of2(&parcel.url(), &init)
}

/// A fresh plain object takes any member.
fn set(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

/// Calls the global `fetch` as a bare function: workerd refuses to have it called as a method.
pub fn fetch(url: &JsValue, init: &JsValue) -> Promise {
    Reflect::get(&js_sys::global(), &"fetch".into())
        .and_then(|fetch| fetch.unchecked_into::<Function>().call2(&JsValue::UNDEFINED, url, init))
        .map_or_else(|error| Promise::reject(&error), |answer| Promise::resolve(&answer))
}
