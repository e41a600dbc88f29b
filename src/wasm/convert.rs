//! JavaScript's values to ours and back.
//!
//! In: [`Given`], what `pkg/values.js` and `pkg/request.js` have read from the caller's objects. (A getter or a Proxy that
//! throws inside a wasm frame costs the whole instance, so none is touched here.) Out: plain objects, through serde.

use core::time::Duration;

use serde::{Serialize, Serializer, ser::SerializeMap};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::proto::{
    click_id::{ClickId, Sources},
    delivery::{Handled, Outcome, Step},
    error::{ErrorKind, Failure, Issue, Issues},
    fields::{Fields, Value},
    request::OutgoingRequest,
    retry::Jitter,
};

#[wasm_bindgen]
extern "C" {
    /// A list of primitives that JavaScript has read: the class of that name in `pkg/values.js`.
    pub type Given;

    /// How many there are.
    #[wasm_bindgen(method, getter)]
    fn length(this: &Given) -> u32;

    /// What the value is: 0 absent, 1 text, 2 ill-formed text, 3 a number, 4 JSON text, anything else.
    #[wasm_bindgen(method)]
    fn kind(this: &Given, index: u32) -> u32;

    /// The value, where it is a text.
    #[wasm_bindgen(method)]
    fn text(this: &Given, index: u32) -> String;

    /// The value, where it is a number.
    #[wasm_bindgen(method)]
    fn number(this: &Given, index: u32) -> f64;
}

impl Given {
    fn value(&self, index: u32) -> Value {
        match self.kind(index) {
            0 => Value::Absent,
            1 => Value::Text(self.text(index)),
            2 => Value::IllFormed(self.text(index)),
            3 => Value::Number(self.number(index)),
            4 => Value::Json(self.text(index)),
            _ => Value::Other,
        }
    }

    fn optional_text(&self, index: u32) -> Option<String> {
        (self.kind(index) != 0).then(|| self.text(index))
    }

    /// The values as the fields called `names`.
    pub fn fields(&self, names: impl Iterator<Item = &'static str>) -> Fields {
        let mut fields = Fields::default();
        for (index, name) in (0..).zip(names) {
            fields.set(name, self.value(index));
        }
        fields
    }

    /// The issues that reading the caller's values brought up: fields and messages in turn.
    pub fn issues(&self) -> Issues {
        let mut issues = Issues::default();
        for index in (0..self.length()).step_by(2) {
            issues.push_message(&self.text(index), self.text(index.wrapping_add(1)));
        }
        issues
    }

    /// The click ID in the parts of a request: its name, the URL, a stored value and the cookies.
    pub fn click_id(&self) -> Option<ClickId> {
        let (url, stored, cookies) = (self.optional_text(1), self.optional_text(2), self.optional_text(3));
        let sources = Sources { url: url.as_deref(), stored: stored.as_deref(), cookie_header: cookies.as_deref() };
        sources.find(&self.text(0))
    }
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

/// A value for JavaScript, through serde. One type for all, since serde's code is made anew for each.
#[derive(Clone, Copy)]
pub enum Out<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(&'a str),
    /// `{ step, milliseconds, status, kind, result }`, as `pkg/driver.js` reads it: `milliseconds` is the timeout of a
    /// `"send"` or the length of a `"sleep"`, and `result` comes with a `"done"`.
    Step(&'a Handled, u32),
    /// `{ step, url, authorization, body }`: the first step, with what every attempt sends.
    Start(&'a Handled, u32, &'a OutgoingRequest, &'a str),
    /// A result, as the caller gets it once `pkg/errors.js` has added `data` and given the error its class.
    Result(&'a Outcome, u32, Option<&'a str>),
    /// An error, before it has its class.
    Failure(&'a Failure, u32, Option<&'a str>),
    Issues(&'a [Issue]),
    Issue(&'a Issue),
}

impl<'a> Out<'a> {
    /// The value. (Plain values of ours always serialise; an absent one is `null`, as the contract has it.)
    pub fn to_js(self) -> JsValue {
        let serializer =
            serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true).serialize_maps_as_objects(true);
        self.serialize(&serializer).unwrap_or(JsValue::NULL)
    }

    fn optional_text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }

    fn milliseconds(duration: Option<Duration>) -> Self {
        duration.map_or(Self::Null, |duration| Self::Number(duration.as_secs_f64() * 1000.0))
    }

    fn status(status: Option<u16>) -> Self {
        status.map_or(Self::Null, |status| Self::Number(status.into()))
    }
}

impl Serialize for Out<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(bool) => serializer.serialize_bool(bool),
            Self::Number(number) => serializer.serialize_f64(number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Issues(issues) => serializer.collect_seq(issues.iter().map(Out::Issue)),
            _ => {
                let mut map = serializer.serialize_map(None)?;
                self.members(|name, value| map.serialize_entry(name, &value))?;
                map.end()
            }
        }
    }
}

impl<'a> Out<'a> {
    /// The members of a value that is an object.
    fn members<E>(self, mut set: impl FnMut(&'static str, Out<'a>) -> Result<(), E>) -> Result<(), E> {
        match self {
            Self::Step(handled, attempts) => {
                let (step, milliseconds, result) = match &handled.step {
                    Step::Send { timeout } => ("send", Some(*timeout), Out::Null),
                    Step::Sleep(wait) => ("sleep", Some(*wait), Out::Null),
                    Step::Done(outcome) => {
                        ("done", None, Out::Result(outcome, attempts, handled.request_id.as_deref()))
                    }
                };
                set("step", Out::Text(step))?;
                set("milliseconds", Out::milliseconds(milliseconds))?;
                set("status", Out::status(handled.status))?;
                set("kind", Out::optional_text(handled.kind.map(ErrorKind::as_str)))?;
                set("result", result)
            }
            Self::Start(handled, attempts, request, authorization) => {
                set("step", Out::Step(handled, attempts))?;
                set("url", Out::Text(&request.url))?;
                set("authorization", Out::Text(authorization))?;
                set("body", Out::Text(&request.body))
            }
            Self::Result(outcome, attempts, request_id) => {
                let (outcome, error) = match outcome {
                    Outcome::Recorded => ("recorded", Out::Null),
                    Outcome::Duplicate => ("duplicate", Out::Null),
                    Outcome::Unattributed => ("unattributed", Out::Null),
                    Outcome::Skipped => ("skipped", Out::Null),
                    Outcome::Failed(failure) => ("failed", Out::Failure(failure, attempts, request_id)),
                };
                set("outcome", Out::Text(outcome))?;
                set("error", error)?;
                set("attempts", Out::Number(attempts.into()))?;
                set("requestId", Out::optional_text(request_id))
            }
            Self::Failure(failure, attempts, request_id) => {
                set("kind", Out::Text(failure.kind.as_str()))?;
                set("message", Out::Text(&failure.message))?;
                set("status", Out::status(failure.status))?;
                set("code", Out::Text(&failure.code))?;
                set("serviceMessage", Out::optional_text(failure.service_message.as_deref()))?;
                set("retryable", Out::Bool(failure.retryable))?;
                set("maybeRecorded", Out::Bool(failure.maybe_recorded))?;
                set("retryAfterMs", Out::milliseconds(failure.retry_after))?;
                set("attempts", Out::Number(attempts.into()))?;
                set("requestId", Out::optional_text(request_id))?;
                set("issues", Out::Issues(&failure.issues))
            }
            Self::Issue(issue) => {
                set("field", Out::Text(&issue.field))?;
                set("message", Out::Text(&issue.message))
            }
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::Issues(_) => Ok(()),
        }
    }
}
