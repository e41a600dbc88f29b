//! JavaScript's values to ours and back.
//!
//! In come plain arrays of primitives only: `pkg/api.js` has read the caller's objects already, because a getter or a
//! Proxy that throws inside a wasm frame costs the whole instance. Out go plain objects, through serde.

use core::time::Duration;

use js_sys::{Array, JsString, Uint32Array};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::proto::{
    delivery::{Delivery, Handled, Outcome, Saved, Step},
    error::{ErrorKind, Failure, Issue, Issues},
    fields::{Fields, Value},
    request::{OutgoingRequest, PrivateValues},
    retry::Jitter,
};

/// The one field whose value is an object: it arrives as JSON text.
const JSON_FIELD: &str = "metadata";

/// `values` as the fields called `names`, and `extra`, a list of names and JSON texts in turn.
pub fn fields(names: &[&'static str], values: &Array, extra: &Array) -> Fields {
    let mut fields = Fields::default();
    for (index, name) in (0..).zip(names) {
        fields.set(name, value(name, &values.get(index)));
    }
    fields.extra = pairs(extra);
    fields
}

fn value(name: &str, js: &JsValue) -> Value {
    match js.as_string() {
        Some(json) if name == JSON_FIELD => Value::Json(json),
        Some(text) if text.contains(char::REPLACEMENT_CHARACTER) && !is_well_formed(js) => Value::IllFormed(text),
        Some(text) => Value::Text(text),
        None if js.is_undefined() || js.is_null() => Value::Absent,
        None => js.as_f64().map_or(Value::Other, Value::Number),
    }
}

fn is_well_formed(text: &JsValue) -> bool {
    text.unchecked_ref::<JsString>().is_valid_utf16()
}

/// The issues that reading the caller's values brought up: a list of fields and messages in turn.
pub fn issues(list: &Array) -> Issues {
    let mut issues = Issues::default();
    for (field, message) in pairs(list) {
        issues.push_message(&field, message);
    }
    issues
}

fn pairs(list: &Array) -> Vec<(String, String)> {
    let mut texts = list.iter().map(|text| text.as_string().unwrap_or_default());
    core::iter::from_fn(|| texts.next().zip(texts.next())).collect()
}

/// Milliseconds as JavaScript's clocks give them. (A float cast saturates; NaN is 0.)
pub fn duration(milliseconds: f64) -> Duration {
    Duration::from_millis(whole(milliseconds))
}

/// A number of JavaScript's, cut to a whole one that is not negative.
pub fn whole(number: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates")]
    {
        number as u64
    }
}

/// The dice of a step.
pub fn jitter(random: f64) -> Jitter {
    Jitter(u32::try_from(whole(random * 4_294_967_296.0)).unwrap_or(u32::MAX))
}

#[wasm_bindgen]
extern "C" {
    /// js-sys has these with a `&str`, which would be decoded anew for every call.
    #[wasm_bindgen(js_name = String)]
    type Text;
    #[wasm_bindgen(method, js_name = indexOf)]
    fn index_of(this: &Text, what: &JsString, from: u32) -> i32;
    #[wasm_bindgen(method, js_name = lastIndexOf)]
    fn last_index_of(this: &Text, what: &JsString, from: u32) -> i32;
}

/// Whether `name` occurs in `text`.
pub fn occurs(text: &JsString, name: &JsString) -> bool {
    text.unchecked_ref::<Text>().index_of(name, 0) >= 0
}

/// The cookies of a header in which `name` occurs. To find them where they are, in JavaScript's memory, is cheaper than
/// to bring a long header over.
pub fn narrow(header: &JsString, name: &JsString) -> String {
    let text = header.unchecked_ref::<Text>();
    let separator = JsString::from(";");
    let mut cookies = String::new();
    let mut from = 0;
    while let Ok(hit) = u32::try_from(text.index_of(name, from)) {
        let start = u32::try_from(text.last_index_of(&separator, hit)).unwrap_or(0);
        let end = u32::try_from(text.index_of(&separator, hit)).unwrap_or_else(|_| header.length());
        cookies.push_str(&String::from(header.substring(start, end)));
        // An empty name occurs everywhere, at the end of the text too.
        if end <= from {
            break;
        }
        from = end;
    }
    cookies
}

/// A delivery between two steps: an array that only this module looks into, owned by the JavaScript frame of its call.
pub struct Parcel(Array);

impl Parcel {
    const URL: u32 = 0;
    const AUTHORIZATION: u32 = 1;
    const BODY: u32 = 2;
    const DELIVERY: u32 = 3;

    /// Packs what the next steps need.
    pub fn pack(request: &OutgoingRequest, delivery: &Delivery) -> Self {
        let numbers = Uint32Array::from(delivery.save().as_slice());
        Self(Array::of4(
            &request.url.as_str().into(),
            &request.authorization().into(),
            &request.body.as_str().into(),
            &numbers.into(),
        ))
    }

    /// Opens what [`pack`](Self::pack) packed.
    pub fn open(parcel: &Array) -> Self {
        Self(parcel.clone())
    }

    /// The delivery; `None` when this is no parcel.
    pub fn delivery(&self) -> Option<Delivery> {
        let mut saved = Saved::default();
        let numbers = self.0.get(Self::DELIVERY).unchecked_into::<Uint32Array>();
        (numbers.length() == u32::try_from(saved.len()).ok()?).then(|| numbers.copy_to(&mut saved))?;
        Delivery::load(&saved)
    }

    /// Keeps how far the delivery is.
    pub fn update(&self, delivery: &Delivery) {
        self.0.get(Self::DELIVERY).unchecked_into::<Uint32Array>().copy_from(&delivery.save());
    }

    /// What must not show in anything that is told of an answer.
    pub fn private_values(&self) -> PrivateValues {
        let text = |index| self.0.get(index).as_string().unwrap_or_default();
        let authorization = text(Self::AUTHORIZATION);
        let key = authorization.split_once(' ').map_or("", |(_, key)| key);
        PrivateValues::of(key, &text(Self::BODY))
    }

    pub fn url(&self) -> JsValue {
        self.0.get(Self::URL)
    }

    pub fn authorization(&self) -> JsValue {
        self.0.get(Self::AUTHORIZATION)
    }

    pub fn body(&self) -> JsValue {
        self.0.get(Self::BODY)
    }
}

/// A step, as `pkg/driver.js` reads it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StepOut<'a> {
    step: &'static str,
    /// Of a `send`: for the whole attempt. Of a `sleep`: how long.
    #[serde(skip_serializing_if = "Option::is_none")]
    milliseconds: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<ResultOut<'a>>,
    status: Option<u16>,
    kind: Option<&'static str>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    parcel: JsValue,
}

/// A result, as the caller gets it: `pkg/errors.js` gives the error its class, `pkg/driver.js` adds `data`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultOut<'a> {
    outcome: &'static str,
    attempts: u32,
    request_id: Option<&'a str>,
    error: Option<FailureOut<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FailureOut<'a> {
    kind: &'static str,
    message: &'a str,
    status: Option<u16>,
    code: &'a str,
    service_message: Option<&'a str>,
    retryable: bool,
    maybe_recorded: bool,
    retry_after_ms: Option<f64>,
    attempts: u32,
    request_id: Option<&'a str>,
    issues: Vec<IssueOut<'a>>,
}

#[derive(Serialize)]
struct IssueOut<'a> {
    field: &'a str,
    message: &'a str,
}

/// What is next for `delivery`, which is packed in `parcel`.
pub fn step_out(delivery: &Delivery, handled: &Handled, parcel: &Parcel) -> JsValue {
    let (step, milliseconds, result) = match &handled.step {
        Step::Send { timeout } => ("send", Some(*timeout), None),
        Step::Sleep(wait) => ("sleep", Some(*wait), None),
        Step::Done(outcome) => {
            ("done", None, Some(result_out(outcome, delivery.attempts(), handled.request_id.as_deref())))
        }
    };
    serialize(&StepOut {
        step,
        milliseconds: milliseconds.map(as_milliseconds),
        result,
        status: handled.status,
        kind: handled.kind.map(ErrorKind::as_str),
        parcel: parcel.0.clone().into(),
    })
}

/// A call that ends before its delivery began.
pub fn ended_early(outcome: &Outcome) -> JsValue {
    serialize(&StepOut {
        step: "done",
        milliseconds: None,
        result: Some(result_out(outcome, 0, None)),
        status: None,
        kind: None,
        parcel: JsValue::UNDEFINED,
    })
}

/// A failure alone, for a constructor to throw.
pub fn failure(failure: &Failure) -> JsValue {
    serialize(&failure_out(failure, 0, None))
}

fn result_out<'a>(outcome: &'a Outcome, attempts: u32, request_id: Option<&'a str>) -> ResultOut<'a> {
    let (outcome, error) = match outcome {
        Outcome::Recorded => ("recorded", None),
        Outcome::Duplicate => ("duplicate", None),
        Outcome::Unattributed => ("unattributed", None),
        Outcome::Skipped => ("skipped", None),
        Outcome::Failed(failure) => ("failed", Some(failure_out(failure, attempts, request_id))),
    };
    ResultOut { outcome, attempts, request_id, error }
}

fn failure_out<'a>(failure: &'a Failure, attempts: u32, request_id: Option<&'a str>) -> FailureOut<'a> {
    let issue_out = |issue: &'a Issue| IssueOut { field: &issue.field, message: &issue.message };
    FailureOut {
        kind: failure.kind.as_str(),
        message: &failure.message,
        status: failure.status,
        code: &failure.code,
        service_message: failure.service_message.as_deref(),
        retryable: failure.retryable,
        maybe_recorded: failure.maybe_recorded,
        retry_after_ms: failure.retry_after.map(as_milliseconds),
        attempts,
        request_id,
        issues: failure.issues.iter().map(issue_out).collect(),
    }
}

fn as_milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// An absent value is `null`, as the contract has it. (Plain structs of ours always serialise.)
fn serialize(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    value.serialize(&serializer).unwrap_or(JsValue::NULL)
}
