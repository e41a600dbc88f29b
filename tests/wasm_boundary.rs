//! The boundary to JavaScript, on Node.js: what the exported steps take and give, seen from the other side.
//!
//! In: values as `pkg/values.js` reads them. Out: objects as `pkg/driver.js` reads those. What the steps decide is tested
//! natively (`golden.rs`), and the package as a whole in `runtimes/`.

#![cfg(target_family = "wasm")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that panics fails")]

use js_sys::{Array, Function, Object, Reflect};
use refport_edge::wasm::{
    Given,
    exports::{attempt, begin, fetch, field_names, find_click_id, handle, poll},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::RequestInit;

const SALE: u32 = 1;
const CONFIGURATION: u32 = 8;
const ANSWERED: u32 = 0;
const TIMED_OUT: u32 = 2;
const ABORTED: u32 = 3;

/// The class of that name in `pkg/given.js`, as far as the core uses it.
const GIVEN: &str = r#"
    return {
        values,
        kind(index) {
            const value = this.values[index];
            if (value === undefined || value === null) return 0;
            if (typeof value === "number") return 3;
            if (typeof value === "boolean") return value ? 6 : 5;
            if (typeof value !== "string") return 7;
            if (value.startsWith("{")) return 4;
            return /\p{Surrogate}/u.test(value) ? 2 : 1;
        },
        text(index) { return this.values[index] ?? ""; },
        value(index) { return this.values[index] ?? 0; },
        set(index, number) { this.values[index] = number; },
        textAt(path) {
            const found = path.split(".").reduce((value, name) => name ? value?.[name] : value, this.values.body);
            return typeof found === "string" && found !== "" ? found : undefined;
        },
    };"#;

/// A `Given` of what the JavaScript expression `values` is.
fn given(values: &str) -> Given {
    let values = Function::new_no_args(&format!("return {values};")).call0(&JsValue::NULL).unwrap();
    Function::new_with_args("values", GIVEN).call1(&JsValue::NULL, &values).unwrap().unchecked_into()
}

/// In place of a request, where there is none.
fn nothing() -> Given {
    JsValue::NULL.unchecked_into()
}

/// What stands where in the lists that cross; `pkg/driver.js` and `pkg/errors.js` read them by the same places.
const REQUEST: &[&str] = &["url", "authorization", "body"];
const STEP: &[&str] = &["step", "milliseconds", "kind", "requestId", "outcome", "failure or request"];
const FAILURE: &[&str] =
    &["kind", "message", "status", "code", "serviceMessage", "retryable", "maybeRecorded", "retryAfterMs"];

const SEND: Option<f64> = Some(0.0);
const SLEEP: Option<f64> = Some(1.0);
const DONE: Option<f64> = Some(2.0);

fn place(list: &JsValue, names: &[&str], wanted: &str) -> JsValue {
    let index = names.iter().position(|name| *name == wanted).unwrap_or_else(|| panic!("nothing is called {wanted}"));
    list.unchecked_ref::<Array>().get(index.try_into().unwrap())
}

/// A part of what every attempt sends; it comes with the first step.
fn request(first: &JsValue, wanted: &str) -> JsValue {
    place(&step(first, "failure or request"), REQUEST, wanted)
}

fn step(step: &JsValue, wanted: &str) -> JsValue {
    place(step, STEP, wanted)
}

/// A part of the error of the last step.
fn failure(last: &JsValue, wanted: &str) -> JsValue {
    place(&step(last, "failure or request"), FAILURE, wanted)
}

/// The fields of the issues of the last step: every other value behind the failure itself.
fn issues(last: &JsValue) -> Vec<String> {
    let failure: Array = step(last, "failure or request").unchecked_into();
    let mut fields: Vec<_> = failure.iter().skip(FAILURE.len()).step_by(2).map(|field| text(&field)).collect();
    fields.sort();
    fields
}

fn text(value: &JsValue) -> String {
    value.as_string().unwrap_or_else(|| panic!("{value:?} is no text"))
}

fn member(object: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(object.clone(), |object, name| Reflect::get(&object, &name.into()).unwrap())
}

/// The beginning of a sale with an invoice ID: what it answers, and the delivery's state.
fn begun(aborted: bool) -> (JsValue, Given) {
    let state = given("[]");
    let sale = given("['abc123', 'user_001', 4900, null, null, 'inv_001']");
    let first = begin(&state, SALE, &given("['rk_test']"), &sale, &nothing(), false, aborted);
    (first.into(), state)
}

const EMPTY: &str = "0";
const JSON: &str = "2";
const NO_HEADERS: &str = "null, null, null";

/// The headers of an answer, what its body is and, where that is JSON, its value. The key is not to be told.
fn answer(headers: &str, body_is: &str, body: &str) -> Given {
    given(&format!("Object.assign([{headers}, {body_is}, 'rk_test'], {{ body: {body} }})"))
}

#[wasm_bindgen_test]
fn every_field_is_named_in_the_order_in_which_its_value_is_wanted() {
    let names = |of: u32| field_names(of.try_into().unwrap()).as_string().unwrap();
    assert!(names(SALE).starts_with("clickId,customerExternalId,amount,currency,eventName,invoiceId,"));
    assert!(names(CONFIGURATION).starts_with("apiKey,dangerouslyAllowHttp,baseUrl,"));
}

#[wasm_bindgen_test]
fn a_click_id_is_a_text_or_null() {
    let find = |parts| find_click_id(&given(parts));
    assert_eq!(find("['refp_id', undefined, undefined, 'a=1; refp_id=caf%C3%A9']").as_string().unwrap(), "café");
    assert!(find("['refp_id']").is_null());
}

#[wasm_bindgen_test]
fn a_sale_begins_with_all_that_every_attempt_sends() {
    let (begun, _) = begun(false);
    assert_eq!(text(&request(&begun, "url")), "https://app.refport.co/api/track/sale");
    assert_eq!(text(&request(&begun, "authorization")), "Bearer rk_test");
    assert!(text(&request(&begun, "body")).contains(r#""invoiceId":"inv_001""#));
    let first = begun;
    assert_eq!((step(&first, "step").as_f64(), step(&first, "milliseconds").as_f64()), (SEND, Some(5000.0)));
}

#[wasm_bindgen_test]
fn what_is_absent_is_null_and_never_undefined() {
    let (_, state) = begun(false);
    let over = handle(&state, ANSWERED, 400, &answer(NO_HEADERS, EMPTY, "null"), 10, 0.0, 0);
    let error: Array = step(&over, "failure or request").unchecked_into();
    assert!(over.unchecked_ref::<Array>().iter().chain(error.iter()).all(|value| !value.is_undefined()));
    assert!(step(&over, "requestId").is_null());
    assert!(failure(&over, "serviceMessage").is_null() && failure(&over, "retryAfterMs").is_null());
    assert_eq!(failure(&over, "status").as_f64(), Some(400.0));
    assert_eq!(text(&failure(&over, "code")), "UNKNOWN");
    assert_eq!(failure(&over, "retryable").as_bool(), Some(false));
}

#[wasm_bindgen_test]
fn values_that_are_refused_are_issues_and_no_request() {
    let refused = begin(&given("[]"), SALE, &given("[]"), &given("[7, 'user_001', 49.9]"), &nothing(), false, false);
    assert_eq!((step(&refused, "step").as_f64(), text(&step(&refused, "outcome"))), (DONE, "failed".to_owned()));
    assert_eq!(issues(&refused), ["amount", "apiKey", "clickId"]);
}

#[wasm_bindgen_test]
fn a_customer_without_a_click_is_skipped() {
    let request = given("['refp_id']");
    let over =
        begin(&given("[]"), SALE, &given("['rk_test']"), &given("[null, 'user_001', 1]"), &request, false, false);
    assert_eq!(text(&step(&over, "outcome")), "skipped");
    assert!(step(&over, "failure or request").is_undefined());
}

#[wasm_bindgen_test]
fn half_of_a_surrogate_pair_refuses_an_id_and_is_mended_in_a_name() {
    let config = given("['rk_test']");
    let id = given(r"['abc\ud83d', 'user_001', 1]");
    assert_eq!(issues(&begin(&given("[]"), SALE, &config, &id, &nothing(), false, false)), ["clickId"]);
    let name = given(r"['abc', 'user_001', 1, null, null, null, null, null, 'Al\ud83d']");
    let begun = begin(&given("[]"), SALE, &config, &name, &nothing(), false, false);
    assert!(text(&request(&begun, "body")).contains("\"Al\u{fffd}\""));
}

#[wasm_bindgen_test]
fn the_state_carries_a_delivery_over_a_wait_to_its_record() {
    let (_, state) = begun(false);
    let wait = handle(&state, ANSWERED, 503, &answer("'2', null, 'req_1'", EMPTY, "null"), 100, 0.0, 1 << 31);
    assert_eq!((step(&wait, "step").as_f64(), step(&wait, "milliseconds").as_f64()), (SLEEP, Some(2000.0)));
    assert_eq!(text(&step(&wait, "kind")), "unavailable");
    let early = poll(&state, 2000);
    assert_eq!((step(&early, "step").as_f64(), step(&early, "milliseconds").as_f64()), (SLEEP, Some(100.0)));
    assert_eq!(step(&poll(&state, 2100), "step").as_f64(), SEND);
    let proof = answer("null, null, 'req_2'", JSON, "{ sale: { id: 'sale_xyz' } }");
    let over = handle(&state, ANSWERED, 200, &proof, 2200, 0.0, 0);
    assert_eq!([text(&step(&over, "outcome")), text(&step(&over, "requestId"))], ["recorded", "req_2"]);
}

#[wasm_bindgen_test]
fn a_state_that_is_none_is_a_defect_and_no_trap() {
    for state in ["[]", "[1, 2, 3]", "[7, 7, 7, 7, 7, 7, 7, 7, 7]"] {
        let over = poll(&given(state), 0);
        assert_eq!(step(&over, "step").as_f64(), DONE, "{state}");
        assert_eq!(text(&failure(&over, "kind")), "internal", "{state}");
    }
}

#[wasm_bindgen_test]
fn a_signal_ends_a_delivery_before_and_during_an_attempt() {
    let (first, _) = begun(true);
    assert_eq!((step(&first, "step").as_f64(), text(&failure(&first, "kind"))), (DONE, "aborted".to_owned()));
    assert_eq!(failure(&first, "maybeRecorded").as_bool(), Some(false));
    let (_, state) = begun(false);
    let over = handle(&state, ABORTED, 0, &answer(NO_HEADERS, EMPTY, "null"), 1, 0.0, 0);
    assert_eq!(failure(&over, "maybeRecorded").as_bool(), Some(true));
}

#[wasm_bindgen_test]
fn clocks_and_dice_that_give_nonsense_do_no_harm() {
    for (nonsense, now) in [(0, f64::NAN), (u32::MAX, f64::INFINITY), (0, f64::NEG_INFINITY), (u32::MAX, -1.0)] {
        let (_, state) = begun(false);
        let next = handle(&state, TIMED_OUT, 0, &answer(NO_HEADERS, EMPTY, "null"), nonsense, now, nonsense);
        assert!([SLEEP, DONE].contains(&step(&next, "step").as_f64()), "{nonsense} {now}");
    }
}

#[wasm_bindgen_test]
fn the_services_words_come_without_the_key() {
    let (_, state) = begun(false);
    let words = "{ error: { code: 'VALIDATION_ERROR', message: 'rk_test is no key' }, meta: { requestId: 'req_3' } }";
    let over = handle(&state, ANSWERED, 400, &answer(NO_HEADERS, JSON, words), 10, 0.0, 0);
    assert_eq!(text(&failure(&over, "serviceMessage")), "[redacted] is no key");
    assert_eq!([text(&failure(&over, "code")), text(&step(&over, "requestId"))], ["VALIDATION_ERROR", "req_3"]);
}

#[wasm_bindgen_test]
fn an_attempt_posts_json_and_follows_no_redirect() {
    let controller = Function::new_no_args("return new AbortController()").call0(&JsValue::NULL).unwrap();
    let signal = member(&controller, "signal").unchecked_into();
    let init: JsValue = attempt(&"Bearer rk_test".into(), &"{}".into(), &signal).into();
    let mut members: Vec<_> =
        Object::keys(init.unchecked_ref::<Object>()).iter().filter_map(|name| name.as_string()).collect();
    members.sort();
    assert_eq!(members, ["body", "headers", "method", "redirect", "signal"]);
    assert_eq!(["method", "redirect", "body"].map(|name| text(&member(&init, name))), ["POST", "manual", "{}"]);
    let headers =
        ["headers.accept", "headers.content-type", "headers.authorization"].map(|path| text(&member(&init, path)));
    assert_eq!(headers, ["application/json", "application/json", "Bearer rk_test"]);
    assert!(Object::is(&member(&init, "signal"), &signal));
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
