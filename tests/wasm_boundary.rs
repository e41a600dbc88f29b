//! The boundary to JavaScript, on Node.js: what `pkg/` lays out, the core reads; and the other way.
//!
//! In: the package's own modules, as they ship (`pkg/dist/cjs`). Out: messages that were read, failures and the default
//! transport as JavaScript sees them. What the steps decide is tested natively (`golden.rs`), and the package as a whole in
//! `runtimes/`.

#![cfg(target_family = "wasm")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that panics fails")]

use js_sys::{Array, Function, Map, Object, Reflect};
use refport_edge::{
    boundary::{
        layout::{RequestPart, ValueIs},
        message::Message,
    },
    proto::{
        error::{ErrorKind, Failure, Issue},
        fields::Value,
        time::Millis,
    },
    wasm::{delivery::fetch, failure::failure_out},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::RequestInit;

/// Lays `values`, the text of a JavaScript expression that may use the package's `message.js` and `request.js`.
const LAY: &str = r#"
    const { createRequire } = process.getBuiltinModule("node:module");
    const load = createRequire(folder + "/");
    const message = load("./message.js");
    const { REQUEST_PARTS } = load("./dist/layout.js");
    const { readRequest } = load("./request.js");
    const given = new Function("Json", "DateText", "OTHER", "readRequest", `return ${values};`);
    const found = given(message.Json, message.DateText, message.OTHER, readRequest);
    const list = Array.isArray(found) ? found : REQUEST_PARTS.map((name) => found[name]);
    const numbers = [];
    const text = message.lay(list, (place, number) => { numbers[place] = number; });
    return [text, ...numbers];"#;

fn laid(values: &str) -> (&'static str, Vec<f64>) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/pkg/dist/cjs");
    let lay = Function::new_with_args("folder, values", LAY);
    let result: Array = lay.call2(&JsValue::NULL, &folder.into(), &values.into()).unwrap().unchecked_into();
    let text = result.get(0).as_string().unwrap().leak();
    let numbers = result.iter().skip(1).map(|number| number.as_f64().unwrap_or(f64::NAN)).collect();
    (text, numbers)
}

fn no_number(_: usize) -> f64 {
    f64::NAN
}

#[wasm_bindgen_test]
fn values_that_the_package_lays_are_read_as_what_they_are() {
    let (text, _) = laid(
        r#"["text", undefined, null, "", new Json('{"a":1}'), true, false, OTHER, "a\0b", "\ud83d", new DateText("d")]"#,
    );
    let message = Message::parse(text, no_number).unwrap();
    let values: Vec<_> = (0..11).map(|place| message.value(place)).collect();
    assert_eq!(
        values,
        [
            Value::Text("text"),
            Value::Absent,
            Value::Absent,
            Value::Text(""),
            Value::Json(r#"{"a":1}"#),
            Value::Flag(true),
            Value::Flag(false),
            Value::Other,
            Value::IllFormed("a\u{fffd}b"),
            Value::IllFormed("\u{fffd}"),
            Value::Text("d"),
        ]
    );
}

#[wasm_bindgen_test]
fn numbers_cross_apart_and_with_their_shortest_text() {
    let (text, numbers) = laid(r#"["a", 49.9, 1e21, NaN]"#);
    let message = Message::parse(text, no_number).unwrap();
    assert_eq!([1, 2, 3].map(|place| message.text(place)), ["49.9", "1e+21", "NaN"]);
    assert_eq!(numbers.get(1..3).unwrap(), [49.9, 1e21]);
    assert!(matches!(message.value(1), Value::Number(_)));
}

#[wasm_bindgen_test]
fn the_parts_of_a_request_are_read_by_their_names() {
    let (text, _) = laid(
        r#"readRequest(new Request("https://shop.test/?click=new", { headers: { cookie: "click=old" } }), "click")"#,
    );
    let message = Message::parse(text, no_number).unwrap();
    assert_eq!(message.request(0).click_id().unwrap().as_str(), "new");
    assert_eq!(message.text(RequestPart::Cookies.place()), "click=old");
    let (text, _) = laid(r#"readRequest({}, "refp_id")"#);
    let request = Message::parse(text, no_number).unwrap().request(0);
    assert!(request.click_id().is_none() && request.problem.is_some());
}

#[wasm_bindgen_test]
fn every_kind_of_value_is_a_digit() {
    assert!(ValueIs::COUNT <= 10);
}

/// The value at a path, of objects, lists and maps.
fn member(object: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(object.clone(), |value, name| match value.dyn_ref::<Map>() {
        Some(map) => map.get(&name.into()),
        None => Reflect::get(&value, &name.into()).unwrap(),
    })
}

#[wasm_bindgen_test]
fn a_failure_has_the_names_that_the_package_reads() {
    let failure = Failure {
        status: Some(429),
        service_code: Some("RATE_LIMITED".to_owned()),
        retry_after: Some(Millis(2_000)),
        ..Failure::new(ErrorKind::RateLimit, true)
    };
    let out = failure_out(&failure);
    let mut names = Vec::new();
    out.unchecked_ref::<Map>().for_each(&mut |_, name| names.push(name.as_string().unwrap()));
    assert_eq!(
        names,
        ["kind", "message", "status", "code", "serviceMessage", "retryable", "maybeRecorded", "retryAfterMs", "issues"]
    );
    assert_eq!(member(&out, "kind").as_string().as_deref(), Some("rate_limit"));
    assert_eq!((member(&out, "status").as_f64(), member(&out, "retryAfterMs").as_f64()), (Some(429.0), Some(2000.0)));
    assert!(member(&out, "serviceMessage").is_null());
    assert_eq!(member(&out, "retryable").as_bool(), Some(true));
    let refused = failure_out(&Failure::refused(vec![Issue::of("amount", "is required")]));
    assert_eq!(member(&refused, "issues.0.field").as_string().as_deref(), Some("amount"));
    assert_eq!(member(&refused, "issues.0.message").as_string().as_deref(), Some("is required"));
}

#[wasm_bindgen_test]
fn the_default_transport_is_the_global_fetch_as_a_bare_function() {
    let spy = r#"
        "use strict";
        const { fetch } = globalThis;
        globalThis.fetch = function (...args) {
            globalThis.fetch = fetch;
            globalThis.seenByFetch = [this === undefined, args.length, args[0], args[1]];
            return Promise.resolve();
        };"#;
    Function::new_no_args(spy).call0(&JsValue::NULL).unwrap();
    let init = RequestInit::new();
    let _ = fetch(&"https://shop.test/".into(), &init);
    let seen: Array = member(&js_sys::global(), "seenByFetch").unchecked_into();
    assert_eq!(seen.get(0).as_bool(), Some(true), "its `this` is undefined");
    assert_eq!((seen.get(1).as_f64(), seen.get(2).as_string().as_deref()), (Some(2.0), Some("https://shop.test/")));
    assert!(Object::is(&seen.get(3), &init));
}
