//! JavaScript's values to ours and back.
//!
//! In: [`Given`], what `pkg/values.js` and `pkg/request.js` have read from the caller's objects. (A getter or a Proxy that
//! throws inside a wasm frame costs the whole instance, so none is touched here.) Out: plain lists, through serde.

use std::borrow::Cow;

use js_sys::Array;
use serde::{Serialize, Serializer};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::proto::{
    body::{Body, Lookup},
    click_id::{ClickId, DEFAULT_COOKIE_NAME, Sources},
    delivery::{Delivery, Handled, Outcome, Saved, Step},
    error::{ErrorKind, Failure},
    fields::{Source, Value},
    request::OutgoingRequest,
    time::{Millis, Timestamp},
    webhook::Reason,
};

#[wasm_bindgen]
extern "C" {
    /// A list of primitives that JavaScript has read: the class of that name in `pkg/given.js`.
    pub type Given;

    /// What the value is: 0 absent, 1 text, 2 ill-formed text, 3 a number, 4 JSON text, 5 false, 6 true, 7 anything else.
    #[wasm_bindgen(method)]
    fn kind(this: &Given, index: u32) -> u32;

    /// The value, where it is a text; empty where it is absent.
    #[wasm_bindgen(method, js_name = text)]
    fn owned_text(this: &Given, index: u32) -> String;

    /// The value, where it is a number.
    #[wasm_bindgen(method, js_name = value)]
    fn number(this: &Given, index: u32) -> f64;

    /// The value, where it is a whole number.
    #[wasm_bindgen(method, js_name = value)]
    fn integer(this: &Given, index: u32) -> u32;

    /// The value, where it is bytes.
    #[wasm_bindgen(method, js_name = value)]
    fn owned_bytes(this: &Given, index: u32) -> Vec<u8>;

    /// The text at a path in the answer's body, empty where there is none.
    #[wasm_bindgen(method, js_name = textAt)]
    fn find_text(this: &Given, path: &str) -> String;

    /// The boolean at a path in the answer's body: 0 none, 1 false, 2 true, 3 none but the text of a date.
    #[wasm_bindgen(method, js_name = flagAt)]
    fn find_flag(this: &Given, path: &str) -> u32;

    /// Puts a number there.
    #[wasm_bindgen(method)]
    fn set(this: &Given, index: u32, number: u32);
}

impl<'a> Source<'a> for &'a Given {
    fn take(&mut self, index: u32, _: &str) -> Value<'a> {
        match self.kind(index) {
            0 => Value::Absent,
            1 => Value::Text(self.text(index)),
            2 => Value::IllFormed(self.text(index)),
            3 => Value::Number(self.number(index)),
            4 => Value::Json(self.text(index)),
            5 => Value::Flag(false),
            6 => Value::Flag(true),
            // Its text is not asked for: that would run the caller's own `toString` in here.
            _ => Value::Other,
        }
    }

    /// JavaScript writes the number: as short as it can, as it is read back exactly.
    fn decimal(&mut self, index: u32, _: f64) -> Cow<'a, str> {
        Cow::Borrowed(self.text(index))
    }

    /// `pkg/values.js` puts them behind the known fields. No JSON text is empty.
    fn extra(&mut self, index: u32) -> Option<(&'a str, &'a str)> {
        let at = index.wrapping_mul(2).wrapping_add(EXTRA);
        let json = self.optional_text(at.wrapping_add(1))?;
        Some((self.text(at), json))
    }

    fn own_id(&mut self) -> Option<&'a str> {
        self.optional_text(OWN_ID)
    }
}

impl Lookup for &Given {
    fn text_at(&self, path: &str) -> Option<String> {
        unless_empty(self.find_text(path))
    }

    fn flag_at(&self, path: &str) -> Option<bool> {
        match self.find_flag(path) {
            1 => Some(false),
            2 => Some(true),
            _ => None,
        }
    }

    fn has_date_at(&self, path: &str) -> bool {
        self.find_flag(path) == 3
    }
}

/// Where the ID made for this call is, and the members that are not known, each as a name and a JSON text: behind the fields
/// of every event.
const OWN_ID: u32 = 32;
const EXTRA: u32 = 33;

impl Given {
    /// The value, where it is a text; empty where it is absent. It stays in memory until the next step, as all does.
    pub fn text(&self, index: u32) -> &str {
        self.owned_text(index).leak()
    }

    /// The value, where it is there and not empty.
    pub fn optional_text(&self, index: u32) -> Option<&str> {
        let text = self.text(index);
        if text.is_empty() { None } else { Some(text) }
    }

    /// The value, where it is bytes; none where it is absent.
    pub fn bytes(&self, index: u32) -> Option<Vec<u8>> {
        if self.kind(index) == 0 { None } else { Some(self.owned_bytes(index)) }
    }

    /// The body of an answer: what is at `index` says what it is.
    pub fn body(&self, index: u32) -> Body<&Self> {
        match self.integer(index) {
            0 => Body::Empty,
            1 => Body::Null,
            2 => Body::Json(self),
            _ => Body::Unreadable,
        }
    }

    /// All texts from `index` on.
    pub fn texts_from(&self, index: u32) -> Vec<&str> {
        let mut texts = Vec::new();
        let mut index = index;
        while let Some(text) = self.optional_text(index) {
            texts.push(text);
            index = index.wrapping_add(1);
        }
        texts
    }

    /// What is wrong with a request in which nothing was found, if anything is.
    pub fn complaint(&self) -> Option<&str> {
        self.optional_text(4)
    }

    /// The click ID in the parts of a request: its name, where it is not the default, the URL, a stored value and the cookies.
    pub fn click_id(&self) -> Option<ClickId> {
        self.sources().find(self.optional_text(0).unwrap_or(DEFAULT_COOKIE_NAME))
    }

    /// The parts of a request, behind the click ID's name.
    pub fn sources(&self) -> Sources<'_> {
        Sources { url: self.optional_text(1), stored: self.optional_text(2), cookie_header: self.optional_text(3) }
    }

    /// The delivery whose numbers these are.
    pub fn delivery(&self) -> Delivery {
        let mut saved = Saved::default();
        for (index, number) in (0..).zip(&mut saved) {
            *number = self.integer(index);
        }
        Delivery::load(&saved)
    }

    /// Keeps the delivery as numbers.
    pub fn keep(&self, delivery: &Delivery) {
        for (index, number) in (0..).zip(&delivery.save()) {
            self.set(index, *number);
        }
    }
}

fn unless_empty(text: String) -> Option<String> {
    if text.is_empty() { None } else { Some(text) }
}

/// A time as JavaScript's `Date` gives it, in whole milliseconds since 1970.
pub fn timestamp(milliseconds: f64) -> Timestamp {
    Timestamp(whole(milliseconds))
}

/// The whole part of a number that is not negative.
pub fn whole(number: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates")]
    {
        number as u64
    }
}

/// A value for JavaScript, through serde. One type for all, since serde's code is made anew for each.
#[derive(Clone, Copy)]
enum Out<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(&'a str),
}

impl<'a> Out<'a> {
    fn optional_text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }

    fn milliseconds(duration: Option<Millis>) -> Self {
        duration.map_or(Self::Null, |duration| Self::Number(duration.0.into()))
    }
}

impl Serialize for Out<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(bool) => serializer.serialize_bool(bool),
            Self::Number(number) => serializer.serialize_f64(number),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// A list, which JavaScript takes apart by place: names would be spelt on both sides. (What we put in always serialises; an
/// absent value is `null`, as the contract has it.)
fn list(values: &[Out<'_>]) -> Array {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    serializer.collect_seq(values).unwrap_or(JsValue::NULL).unchecked_into()
}

/// How a step goes on, as `pkg/driver.js` numbers it.
const SEND: f64 = 0.0;
const SLEEP: f64 = 1.0;
const DONE: f64 = 2.0;

/// Where a step has its failure, or what to send.
pub const LAST: u32 = 5;

/// A step, as `pkg/driver.js` reads it: `[step, milliseconds, kind, requestId, outcome, failure]`. `milliseconds` is the
/// timeout of a send or the length of a sleep; `outcome` comes with the last step, and `failure` where it is one.
pub fn step_out(handled: &Handled) -> Array {
    let (step, milliseconds, outcome) = match &handled.step {
        Step::Send { timeout } => (SEND, Some(*timeout), None),
        Step::Sleep(wait) => (SLEEP, Some(*wait), None),
        Step::Done(outcome) => (DONE, None, Some(outcome)),
    };
    let step = list(&[
        Out::Number(step),
        Out::milliseconds(milliseconds),
        Out::optional_text(handled.kind.map(ErrorKind::as_str)),
        Out::optional_text(handled.request_id.as_deref()),
        Out::optional_text(outcome.map(Outcome::as_str)),
    ]);
    if let Some(Outcome::Failed(failure)) = outcome {
        step.set(LAST, failure_out(failure).into());
    }
    step
}

/// What every attempt sends, and what is to be kept out of all that is told of an answer:
/// `[url, authorization, body, ...privateValues]`, the second and the third being null where there is none. It comes with
/// the first step, where a failure would be.
pub fn request_out(request: &OutgoingRequest) -> Array {
    let authorization = request.authorization();
    let mut values = vec![
        Out::Text(&request.url),
        Out::optional_text(authorization.as_deref()),
        Out::optional_text(request.body.as_deref()),
    ];
    for value in &request.private_values().0 {
        values.push(Out::Text(value));
    }
    list(&values)
}

/// Why a webhook is not to be trusted, as `pkg/webhook.js` reads it: `[reason, message]`.
pub fn reason_out(reason: Reason) -> Array {
    list(&[Out::Text(reason.as_str()), Out::Text(reason.message())])
}

/// What an error holds, as `pkg/errors.js` reads it: `[kind, message, status, code, serviceMessage, retryable,
/// maybeRecorded, retryAfterMs, ...issues]`, an issue being a field and a complaint.
pub fn failure_out(failure: &Failure) -> Array {
    let mut values = vec![
        Out::Text(failure.kind.as_str()),
        Out::Text(failure.kind.message()),
        failure.status.map_or(Out::Null, |status| Out::Number(status.into())),
        Out::Text(failure.code()),
        Out::optional_text(failure.service_message.as_deref()),
        Out::Bool(failure.retryable),
        Out::Bool(failure.maybe_recorded),
        Out::milliseconds(failure.retry_after),
    ];
    for issue in &failure.issues {
        values.push(Out::Text(&issue.field));
        values.push(Out::Text(&issue.complaint));
    }
    list(&values)
}
