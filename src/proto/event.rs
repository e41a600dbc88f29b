//! What a shop reports, checked.
//!
//! In: the fields as the caller gave them, and the table of what the endpoint takes. Out: a [`ConversionEvent`], or every
//! issue at once. After [`ConversionEvent::parse`] invalid data cannot exist. Which fields an endpoint has is the
//! [`provider`](super::provider)'s.

use super::{
    click_id::{ClickId, is_session_id},
    config::Config,
    error::{Issue, Issues},
    fields::{Source, Value},
    json::{ObjectWriter, integer_text},
    money::{Currency, MinorUnits},
    provider::Endpoint,
    text::{is_blank, is_longer},
};

/// One field of an event, as its service documents it.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name, for callers and (unless [`Endpoint::wire_name`] says otherwise) on the wire.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// It has to be there.
    pub required: bool,
    /// It says whom the event is about or credited to: of these, an endpoint may want at least one.
    pub identifies: bool,
    /// By this field the service recognises an event that comes twice.
    pub recognises: bool,
    /// It is a customer's or a partner's, and kept out of all that is told of an answer.
    pub private: bool,
    /// It is a member of an object that goes out as a whole, and required where that object is there.
    pub inner: bool,
    /// Its amount must not be 0, or its currency is sent in upper case.
    pub strict: bool,
    /// Characters at most, as JavaScript counts them; 0 where nothing is documented.
    pub longest: u16,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The click that is to be credited: among the fields, or else the request's.
    ClickId,
    /// Text that identifies something.
    Id,
    /// The event's own ID, or else the [`OrderId`](Self::OrderId), or else the call's own ([`Source::own_id`]).
    OwnId,
    /// An order's ID, text or a whole number.
    OrderId,
    /// The session that a browser script or a tracking link gave a visitor. One that cannot be right counts as absent where
    /// a field before it identifies the customer: it came out of a cookie, which anybody can write.
    SessionId,
    /// The SHA-256 of an e-mail address, in hexadecimal.
    EmailHash,
    /// What kind of conversion; a sale where nothing is said.
    ConversionType,
    /// Text for people to read. Blank is absent, and half of a surrogate pair (a name cut in the middle of an emoji) is
    /// mended to U+FFFD: neither is worth a sale.
    Text,
    /// A whole number of the smallest currency unit.
    Amount,
    /// Exact decimal text in the major unit of the [`KnownCurrency`](Self::KnownCurrency) before it.
    MajorAmount,
    /// An ISO 4217 code.
    Currency,
    /// An ISO 4217 code of a currency whose minor unit is known.
    KnownCurrency,
    /// A JSON object.
    Object,
}

impl Field {
    pub(super) const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            required: false,
            identifies: false,
            recognises: false,
            private: false,
            inner: false,
            strict: false,
            longest: 0,
        }
    }

    pub(super) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub(super) const fn identifies(self) -> Self {
        Self { identifies: true, ..self }
    }

    pub(super) const fn recognises(self) -> Self {
        Self { recognises: true, ..self }
    }

    pub(super) const fn private(self) -> Self {
        Self { private: true, ..self }
    }

    pub(super) const fn inner(self) -> Self {
        Self { inner: true, ..self }
    }

    pub(super) const fn strict(self) -> Self {
        Self { strict: true, ..self }
    }

    pub(super) const fn at_most(self, longest: u16) -> Self {
        Self { longest, ..self }
    }
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
    /// Checks `fields` against the table of `endpoint`. `None` without an issue: the customer is organic. Some names on the
    /// wire are the configuration's, where it is a valid one.
    pub fn parse(
        endpoint: Endpoint,
        mut fields: impl Source,
        mut fallback: Fallback,
        config: Option<&Config>,
        issues: &mut Issues,
    ) -> Option<Self> {
        let mut body = ObjectWriter::default();
        let mut so_far = SoFar::default();
        let mut replay_safe = endpoint.is_replay_safe();
        let mut organic = false;
        let mut private = Vec::new();
        for (index, field) in (0..).zip(endpoint.fields()) {
            let mut value = fields.take(index, field.name);
            if field.kind == Kind::ClickId && fall_back(&mut value, &mut fallback) {
                organic = true;
                continue;
            }
            match (field.kind, &value) {
                (Kind::MajorAmount, Value::Number(number)) => value = Value::Text(fields.decimal(index, *number)),
                (Kind::OwnId, Value::Absent) => {
                    value = so_far.order_id.take().or_else(|| fields.own_id()).map_or(Value::Absent, Value::Text);
                }
                _ => {}
            }
            let name = endpoint.wire_name(index, config).unwrap_or(field.name);
            match check(field, value, &mut so_far) {
                // What is left out identifies nobody.
                Ok(Checked::Absent) => continue,
                Ok(Checked::Text(text)) => {
                    if !field.inner {
                        body.text(name, &text);
                    }
                    if field.private {
                        private.push(text);
                    }
                    replay_safe |= field.recognises;
                }
                Ok(Checked::Integer(number)) => body.integer(name, number),
                Ok(Checked::Json(json)) => body.raw(name, &json),
                Err(complaint) => issues.push(Issue { field: field.name, complaint }),
            }
            so_far.identified |= field.identifies;
        }
        if let Some(issue) = endpoint.unidentified()
            && !so_far.identified
        {
            issues.push(issue);
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

/// What the fields before one have told, for those that look at more than themselves.
#[derive(Default)]
struct SoFar {
    /// One of the fields says whom the event is about.
    identified: bool,
    /// An object is there, whose members follow.
    in_object: bool,
    order_id: Option<String>,
    /// The decimals of the currency.
    exponent: Option<u32>,
}

/// A value that keeps its field's rule.
enum Checked {
    Absent,
    Text(String),
    Integer(u64),
    Json(String),
}

fn check(field: &Field, value: Value, so_far: &mut SoFar) -> Result<Checked, &'static str> {
    let text = match (field.kind, value) {
        (_, Value::Absent) if field.required && (so_far.in_object || !field.inner) => return Err("is required"),
        (Kind::ConversionType, Value::Absent) => "SALE".to_owned(),
        (_, Value::Absent) => return Ok(Checked::Absent),
        (Kind::Amount, Value::Number(number)) => return whole(MinorUnits::parse(number)?, field),
        (Kind::Amount, _) => return Err(MinorUnits::WANTED),
        (Kind::Object, Value::Json(json)) if json.starts_with('{') => {
            so_far.in_object = true;
            return Ok(Checked::Json(json));
        }
        (Kind::Object, _) => return Err("must be an object that JSON can hold"),
        (Kind::OrderId, Value::Number(number)) => {
            so_far.order_id = integer_text(number);
            return Ok(Checked::Absent);
        }
        (_, Value::Text(text)) | (Kind::Text | Kind::SessionId, Value::IllFormed(text)) => text,
        (Kind::OrderId, _) => return Ok(Checked::Absent),
        // A mended ID would be another's.
        (_, Value::IllFormed(_)) => return Err("must be well-formed Unicode"),
        (Kind::MajorAmount, _) => return Err(MinorUnits::WANTED_MAJOR),
        (_, Value::Number(_) | Value::Json(_) | Value::Other) => return Err("must be a string"),
    };
    check_text(field, text, so_far)
}

fn check_text(field: &Field, mut text: String, so_far: &mut SoFar) -> Result<Checked, &'static str> {
    let is_blank = is_blank(&text);
    let is_too_long = field.longest != 0 && is_longer(&text, field.longest);
    match field.kind {
        Kind::Text if is_blank => return Ok(Checked::Absent),
        Kind::OrderId => {
            so_far.order_id = if is_blank || is_too_long { None } else { Some(text) };
            return Ok(Checked::Absent);
        }
        Kind::SessionId if !is_session_id(&text) => {
            return if so_far.identified {
                Ok(Checked::Absent)
            } else {
                Err("must be 8 or more of the characters A-Z a-z 0-9 _ -")
            };
        }
        Kind::MajorAmount => {
            // Where the currency is in doubt, an amount of any will do: the currency's own issue stops the call.
            return whole(MinorUnits::from_major(&text, so_far.exponent.unwrap_or(4))?, field);
        }
        _ if is_blank => return Err("must not be empty"),
        _ if is_too_long => return Err("is too long: 255 characters at most, 500 for a reason"),
        Kind::EmailHash => {
            if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err("must be a SHA-256 in hexadecimal: see hashEmail");
            }
            text.make_ascii_lowercase();
        }
        Kind::ConversionType if !matches!(&*text, "SALE" | "LEAD" | "TRIAL" | "CUSTOM") => {
            return Err("must be SALE, LEAD, TRIAL or CUSTOM");
        }
        Kind::Currency | Kind::KnownCurrency => {
            let currency = if field.strict { Currency::parse_iso(text)? } else { Currency::parse(text)? };
            if field.kind == Kind::KnownCurrency {
                so_far.exponent = Some(currency.exponent()?);
            }
            text = currency.into_string();
        }
        _ => {}
    }
    Ok(Checked::Text(text))
}

fn whole(amount: MinorUnits, field: &Field) -> Result<Checked, &'static str> {
    let amount = if field.strict { amount.positive()? } else { amount };
    Ok(Checked::Integer(amount.get()))
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
            let event = ConversionEvent::parse(endpoint, fields, Fallback::None, None, &mut issues);
            prop_assert_eq!(event.is_some(), issues.is_empty());
            if let Some(event) = event {
                let body: serde_json::Value = serde_json::from_str(&event.body).unwrap();
                prop_assert!(body["clickId"].is_string() && body.as_object().unwrap().values().all(|value| !value.is_null()));
            }
        }
    }
}
