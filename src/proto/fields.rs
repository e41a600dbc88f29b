//! The caller's values before they are checked.
//!
//! In: values as a caller gave them, by name. Out: the same, one by one. What the fields mean is
//! [`event`](super::event)'s and [`config`](super::config)'s.

use super::money::decimal_text;

/// One value as the caller gave it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Absent, `undefined` or `null`: left out of the wire.
    Absent,
    /// Text.
    Text(String),
    /// Text that is not well-formed Unicode; each lone surrogate became U+FFFD.
    IllFormed(String),
    /// A number.
    Number(f64),
    /// JSON text: what `JSON.stringify` made of an object.
    Json(String),
    /// Anything else.
    Other,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// Where the values of one call come from.
pub trait Source {
    /// The value of the field `name`, which stands at `index` in the table of fields.
    fn take(&mut self, index: u32, name: &str) -> Value;

    /// `number`, which was the value at `index`, as its shortest decimal text: what a person would write.
    fn decimal(&mut self, index: u32, number: f64) -> String;

    /// Members this package does not know, as the inside of a JSON object: a new field of the service must not cost a
    /// sale.
    fn take_extra(&mut self) -> String;

    /// An ID made for this one call, for an event that comes without.
    fn own_id(&mut self) -> Option<String>;
}

/// The values of one call, by name.
#[derive(Debug, Default, Clone)]
pub struct Fields {
    known: Vec<(&'static str, Value)>,
    extra: String,
    own_id: Option<String>,
}

impl Fields {
    /// Sets a known field.
    pub fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        self.known.push((name, value.into()));
    }

    /// Sets the members this package does not know: the inside of a JSON object.
    pub fn set_extra(&mut self, inside: &str) {
        self.extra = inside.to_owned();
    }

    /// Sets the ID that an event gets which comes without: a random one, made for this one call.
    pub fn set_own_id(&mut self, id: &str) {
        self.own_id = Some(id.to_owned());
    }
}

impl Source for Fields {
    fn take(&mut self, _: u32, name: &str) -> Value {
        let found = self.known.iter_mut().find(|(known, _)| *known == name);
        found.map_or(Value::Absent, |(_, value)| core::mem::replace(value, Value::Absent))
    }

    fn decimal(&mut self, _: u32, number: f64) -> String {
        decimal_text(number)
    }

    fn take_extra(&mut self) -> String {
        core::mem::take(&mut self.extra)
    }

    fn own_id(&mut self) -> Option<String> {
        self.own_id.take()
    }
}

impl<const N: usize> From<[(&'static str, Value); N]> for Fields {
    fn from(known: [(&'static str, Value); N]) -> Self {
        Self { known: known.into(), ..Self::default() }
    }
}
