//! A failed call for JavaScript: a `Map` with the names that `pkg/errors.js` reads.
//!
//! In: a [`Failure`]. Out: the same, through serde. Calls that fail are few, so this need not be fast. Maps, since for structs
//! serde-wasm-bindgen keeps the names of fields in memory, and a step keeps nothing there; and since an object inherits what
//! somebody has put on `Object.prototype`.

use serde::{Serialize, Serializer, ser::SerializeMap};
use wasm_bindgen::JsValue;

use crate::proto::error::{Failure, Issue};

struct Out<'a>(&'a Failure);

impl Serialize for Out<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(failure) = self;
        let issues: Vec<_> = failure.issues.iter().map(Field).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", failure.kind.as_str())?;
        map.serialize_entry("message", failure.kind.message())?;
        map.serialize_entry("status", &failure.status)?;
        map.serialize_entry("code", failure.code())?;
        map.serialize_entry("serviceMessage", &failure.service_message)?;
        map.serialize_entry("retryable", &failure.retryable)?;
        map.serialize_entry("maybeRecorded", &failure.maybe_recorded)?;
        map.serialize_entry("retryAfterMs", &failure.retry_after.map(|wait| wait.0))?;
        map.serialize_entry("issues", &issues)?;
        map.end()
    }
}

struct Field<'a>(&'a Issue);

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(issue) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("field", &*issue.field)?;
        map.serialize_entry("message", &*issue.message)?;
        map.end()
    }
}

/// The map. (What is put in always serialises.)
pub fn failure_out(failure: &Failure) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    Out(failure).serialize(&serializer).unwrap_or(JsValue::NULL)
}
