//! What a shop reports, checked.
//!
//! In: the fields as the caller gave them, and the table of what the endpoint takes. Out: a [`ConversionEvent`], or every
//! issue at once. After [`ConversionEvent::parse`] invalid data cannot exist. Which fields an endpoint has is the
//! [`provider`](super::provider)'s.

use super::{
    click_id::ClickId,
    error::{Issue, Issues},
    fields::{Source, Value},
    json::ObjectWriter,
    money::{Currency, MinorUnits},
    provider::Endpoint,
    text::is_blank,
};

/// One field of an event, as its service documents it.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name, for callers and on the wire.
    pub name: &'static str,
    /// What it takes.
    pub rule: Rule,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The click that is to be credited: among the fields, or else the request's.
    ClickId,
    /// Text that identifies something; required.
    RequiredId,
    /// Text that identifies something.
    Id,
    /// Text for people to read. Blank is absent, and half of a surrogate pair (a name cut in the middle of an emoji) is
    /// mended to U+FFFD: neither is worth a sale.
    Text,
    /// A whole number of the smallest currency unit; required.
    Amount,
    /// An ISO 4217 code.
    Currency,
    /// A JSON object.
    Object,
}

/// Where the click ID is, when it is not among the fields.
#[derive(Debug)]
pub enum Fallback {
    /// In the request the event came with, or nowhere: then the customer is organic, and there is no event.
    Request(Option<ClickId>),
    /// Nowhere: the fields must have it.
    None,
}

/// A valid event, as its service wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversionEvent {
    /// Where it goes.
    pub(super) endpoint: Endpoint,
    /// The JSON body.
    pub(super) body: String,
    /// The service recognises the event when it sees it twice, so that sending it again is harmless.
    pub(super) replay_safe: bool,
    /// What the caller sent in a customer's fields.
    pub(super) private: Vec<String>,
}

impl ConversionEvent {
    /// Checks `fields` against the table of `endpoint`. `None` without an issue: the customer is organic.
    pub fn parse(
        endpoint: Endpoint,
        mut fields: impl Source,
        mut fallback: Fallback,
        issues: &mut Issues,
    ) -> Option<Self> {
        let mut body = ObjectWriter::default();
        let mut replay_safe = false;
        let mut organic = false;
        let mut private = Vec::new();
        for (index, field) in (0..).zip(endpoint.fields()) {
            let mut value = fields.take(index, field.name);
            if field.rule == Rule::ClickId && fall_back(&mut value, &mut fallback) {
                organic = true;
                continue;
            }
            match check(field.rule, value) {
                Ok(Checked::Absent) => continue,
                Ok(Checked::Text(text)) => {
                    body.text(field.name, &text);
                    if field.name.starts_with("customer") {
                        private.push(text);
                    }
                }
                Ok(Checked::Integer(number)) => body.integer(field.name, number),
                Ok(Checked::Json(json)) => body.raw(field.name, &json),
                Err(complaint) => issues.push(Issue { field: field.name, complaint }),
            }
            replay_safe |= endpoint.replay_key() == Some(field.name);
        }
        body.members(&fields.take_extra());
        if organic || !issues.is_empty() {
            return None;
        }
        Some(Self { endpoint, body: body.finish(), replay_safe, private })
    }
}

/// Takes the request's click ID where the fields have none; true where there is none either. With a request to fall
/// back on, a blank one is an absent one.
fn fall_back(value: &mut Value, fallback: &mut Fallback) -> bool {
    let Fallback::Request(found) = fallback else { return false };
    let absent = match value {
        Value::Absent => true,
        Value::Text(text) => is_blank(text),
        _ => false,
    };
    if absent {
        *value = found.take().map_or(Value::Absent, |click_id| Value::Text(click_id.into_string()));
    }
    absent && *value == Value::Absent
}

/// A value that keeps its field's rule.
enum Checked {
    Absent,
    Text(String),
    Integer(u64),
    Json(String),
}

fn check(rule: Rule, value: Value) -> Result<Checked, &'static str> {
    match (rule, value) {
        (Rule::ClickId | Rule::RequiredId | Rule::Amount, Value::Absent) => Err("is required"),
        (_, Value::Absent) => Ok(Checked::Absent),
        (Rule::Amount, Value::Number(number)) => Ok(Checked::Integer(MinorUnits::parse(number)?.get())),
        (Rule::Amount, _) => Err(MinorUnits::WANTED),
        (Rule::Object, Value::Json(json)) if json.starts_with('{') => Ok(Checked::Json(json)),
        (Rule::Object, _) => Err("must be an object that JSON can hold"),
        (Rule::Text, Value::Text(text) | Value::IllFormed(text)) => {
            Ok(if is_blank(&text) { Checked::Absent } else { Checked::Text(text) })
        }
        (Rule::Currency, Value::Text(text)) => Ok(Checked::Text(Currency::parse(text)?.into_string())),
        (_, Value::Text(text)) if is_blank(&text) => Err("must not be empty"),
        (_, Value::Text(text)) => Ok(Checked::Text(text)),
        // A mended ID would be another's.
        (_, Value::IllFormed(_)) => Err("must be well-formed Unicode"),
        (_, Value::Number(_) | Value::Json(_) | Value::Other) => Err("must be a string"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::fields::Fields;
    use proptest::prelude::*;

    fn any_value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Absent),
            any::<String>().prop_map(Value::Text),
            any::<String>().prop_map(Value::IllFormed),
            any::<f64>().prop_map(Value::Number),
            Just(Value::Json("{\"a\":1}".into())),
            Just(Value::Other),
        ]
    }

    proptest! {
        #[test]
        fn whatever_a_caller_gives_is_a_json_body_or_an_issue(
            values in prop::collection::vec(any_value(), 11),
            sale in any::<bool>(),
        ) {
            let endpoint = if sale { Endpoint::RefportSale } else { Endpoint::RefportLead };
            let mut fields = Fields::default();
            for (field, value) in endpoint.fields().iter().zip(values) {
                fields.set(field.name, value);
            }
            let mut issues = Issues::default();
            let event = ConversionEvent::parse(endpoint, fields, Fallback::None, &mut issues);
            prop_assert_eq!(event.is_some(), issues.is_empty());
            if let Some(event) = event {
                let body: serde_json::Value = serde_json::from_str(&event.body).unwrap();
                prop_assert!(body["clickId"].is_string() && body.as_object().unwrap().values().all(|value| !value.is_null()));
            }
        }
    }
}
