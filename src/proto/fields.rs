//! The caller's values before they are checked.
//!
//! In: values as a caller gave them, by name. Out: the same, one by one. What the fields mean is
//! [`event`](super::event)'s and [`config`](super::config)'s.

use std::borrow::Cow;

use super::money::decimal_text;

/// One value as the caller gave it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Absent, `undefined` or `null`: left out of the wire.
    Absent,
    /// Text.
    Text(&'a str),
    /// Text that is not well-formed Unicode; each lone surrogate became U+FFFD.
    IllFormed(&'a str),
    /// A number.
    Number(f64),
    /// JSON text: what `JSON.stringify` made of an object.
    Json(&'a str),
    /// A boolean.
    Flag(bool),
    /// Anything else.
    Other,
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// Where the values of one call come from.
pub trait Source<'a> {
    /// The value of the field `name`, which stands at `index` in the table of fields.
    fn take(&mut self, index: u32, name: &str) -> Value<'a>;

    /// `number`, which was the value at `index`, as its shortest decimal text: what a person would write.
    fn decimal(&mut self, index: u32, number: f64) -> Cow<'a, str>;

    /// The member at `index` of those this package does not know: its name, and its value as JSON text. A new field of the
    /// service must not cost a sale.
    fn extra(&mut self, index: u32) -> Option<(&'a str, &'a str)>;

    /// An ID made for this one call, for an event that comes without.
    fn own_id(&mut self) -> Option<&'a str>;
}

/// The values of one call, by name.
#[derive(Debug, Default, Clone)]
pub struct Fields<'a> {
    known: Vec<(&'static str, Value<'a>)>,
    extra: Vec<(&'a str, &'a str)>,
    own_id: Option<&'a str>,
}

impl<'a> Fields<'a> {
    /// Sets a known field.
    pub fn set(&mut self, name: &'static str, value: impl Into<Value<'a>>) {
        self.known.push((name, value.into()));
    }

    /// Adds a member this package does not know, with its value as JSON text.
    pub fn push_extra(&mut self, name: &'a str, json: &'a str) {
        self.extra.push((name, json));
    }

    /// Sets the ID that an event gets which comes without: a random one, made for this one call.
    pub fn set_own_id(&mut self, id: &'a str) {
        self.own_id = Some(id);
    }
}

impl<'a> Source<'a> for Fields<'a> {
    fn take(&mut self, _: u32, name: &str) -> Value<'a> {
        let found = self.known.iter().find(|(known, _)| *known == name);
        found.map_or(Value::Absent, |(_, value)| *value)
    }

    fn decimal(&mut self, _: u32, number: f64) -> Cow<'a, str> {
        Cow::Owned(decimal_text(number))
    }

    fn extra(&mut self, index: u32) -> Option<(&'a str, &'a str)> {
        self.extra.get(usize::try_from(index).ok()?).copied()
    }

    fn own_id(&mut self) -> Option<&'a str> {
        self.own_id
    }
}

impl<'a, const N: usize> From<[(&'static str, Value<'a>); N]> for Fields<'a> {
    fn from(known: [(&'static str, Value<'a>); N]) -> Self {
        Self { known: known.into(), ..Self::default() }
    }
}
