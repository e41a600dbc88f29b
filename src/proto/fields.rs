//! The caller's values before they are checked, and the one reader that checks them.
//!
//! In: named values as a caller gave them. Out: text, numbers and JSON of the wanted kind, and an issue for each field
//! that is none. What the fields mean is [`event`](super::event)'s and [`config`](super::config)'s.

use super::error::Issues;

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

/// The named values of one call.
#[derive(Debug, Default, Clone)]
pub struct Fields {
    known: Vec<(&'static str, Value)>,
    /// Members this package does not know, as JSON text: a new field of the service must not cost a sale.
    pub extra: Vec<(String, String)>,
}

impl Fields {
    /// Sets a known field.
    pub fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        self.known.push((name, value.into()));
    }
}

impl<const N: usize> From<[(&'static str, Value); N]> for Fields {
    fn from(known: [(&'static str, Value); N]) -> Self {
        Self { known: known.into(), extra: Vec::new() }
    }
}

/// Takes fields out of [`Fields`], noting every issue on the way. A field with an issue reads as absent.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The values that nobody took yet.
    pub fields: Fields,
    /// What was wrong so far.
    pub issues: &'a mut Issues,
}

impl Reader<'_> {
    /// The value of `name`, whatever it is.
    pub fn take(&mut self, name: &str) -> Value {
        let found = self.fields.known.iter_mut().find(|(known, _)| *known == name);
        found.map_or(Value::Absent, |(_, value)| core::mem::replace(value, Value::Absent))
    }

    /// Text that identifies something: not blank and well-formed, since a mended ID would be another's.
    pub fn identifier(&mut self, name: &str) -> Option<String> {
        match self.take(name) {
            Value::Absent => None,
            value => self.identifier_of(name, value),
        }
    }

    /// As [`identifier`](Self::identifier), and an issue when it is absent.
    pub fn required_identifier(&mut self, name: &str) -> Option<String> {
        match self.take(name) {
            Value::Absent => self.issue(name, "is required"),
            value => self.identifier_of(name, value),
        }
    }

    /// As [`identifier`](Self::identifier), of a value taken already.
    pub fn identifier_of(&mut self, name: &str, value: Value) -> Option<String> {
        match value {
            Value::Text(text) if !text.trim().is_empty() => Some(text),
            Value::Text(_) => self.issue(name, "must not be empty"),
            Value::IllFormed(_) => self.issue(name, "must be well-formed Unicode: it holds half of a surrogate pair"),
            Value::Absent | Value::Number(_) | Value::Json(_) | Value::Other => self.issue(name, "must be a string"),
        }
    }

    /// Text for people to read. Blank is absent, and half of a surrogate pair (a name cut in the middle of an emoji) is
    /// mended to U+FFFD: neither is worth a sale.
    pub fn optional_text(&mut self, name: &str) -> Option<String> {
        match self.take(name) {
            Value::Absent => None,
            Value::Text(text) | Value::IllFormed(text) => {
                if text.trim().is_empty() {
                    None
                } else {
                    Some(text)
                }
            }
            Value::Number(_) | Value::Json(_) | Value::Other => self.issue(name, "must be a string"),
        }
    }

    /// A JSON object, as text.
    pub fn optional_object(&mut self, name: &str) -> Option<String> {
        match self.take(name) {
            Value::Absent => None,
            Value::Json(json) if json.starts_with('{') => Some(json),
            _ => self.issue(name, "must be an object that JSON can hold"),
        }
    }

    /// A positive, finite number.
    pub fn positive_number(&mut self, name: &str) -> Option<f64> {
        match self.take(name) {
            Value::Absent => None,
            Value::Number(number) if number.is_finite() && number > 0.0 => Some(number),
            _ => self.issue(name, "must be a positive, finite number"),
        }
    }

    /// Notes an issue; the field reads as absent.
    pub fn issue<T>(&mut self, name: &str, complaint: &str) -> Option<T> {
        self.issues.push(name, complaint);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(issues: &mut Issues, value: Value) -> Reader<'_> {
        Reader { fields: [("field", value)].into(), issues }
    }

    fn complaint(read: impl Fn(&mut Reader<'_>), value: Value) -> Option<String> {
        let mut issues = Issues::default();
        read(&mut reader(&mut issues, value));
        issues.into_vec().pop().map(|issue| issue.message)
    }

    #[test]
    fn an_identifier_is_never_mended_but_a_name_is() {
        let ill_formed = Value::IllFormed("a\u{fffd}".into());
        assert!(
            complaint(|reader| drop(reader.identifier("field")), ill_formed.clone()).unwrap().contains("surrogate")
        );
        assert_eq!(reader(&mut Issues::default(), ill_formed).optional_text("field").unwrap(), "a\u{fffd}");
    }

    #[test]
    fn a_required_field_has_one_complaint_the_right_one() {
        let required = |reader: &mut Reader<'_>| drop(reader.required_identifier("field"));
        assert_eq!(complaint(required, Value::Absent).unwrap(), "field is required");
        assert_eq!(complaint(required, "  ".into()).unwrap(), "field must not be empty");
        assert_eq!(complaint(required, Value::Other).unwrap(), "field must be a string");
        assert_eq!(complaint(required, "a".into()), None);
    }

    #[test]
    fn an_array_or_a_text_is_no_object() {
        for value in [Value::Json("[1]".into()), "{}".into(), Value::Number(1.0), Value::Other] {
            assert!(complaint(|reader| drop(reader.optional_object("field")), value).is_some());
        }
    }

    #[test]
    fn only_positive_finite_numbers_are_options() {
        for number in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(complaint(|reader| drop(reader.positive_number("field")), number.into()).is_some());
        }
    }
}
