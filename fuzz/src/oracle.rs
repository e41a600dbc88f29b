//! What each kind of field takes, spelt out once more and independently of the core: from the documentation of the services
//! and the design, with a library's numbers and the golden list of currencies.
//!
//! In: the fields of an endpoint and the values given for them. Out: what must become of each.

use refport_edge::proto::{
    fields::Value,
    rule::{Kind, Rule},
};
use serde_json::Value as Json;

/// What must become of a value.
#[derive(Debug, PartialEq)]
pub enum Expected {
    /// It is an issue.
    Wrong,
    /// It is not on the wire.
    LeftOut,
    /// It is on the wire so.
    Sent(Json),
    /// The request's click ID is on the wire.
    FromRequest,
    /// It is part of an object that goes out as a whole.
    Inside(String),
}

/// What must become of all of them.
pub struct Reading {
    /// One for each field.
    pub expected: Vec<Expected>,
    /// Nothing says whom the event is about. It matters to some endpoints only.
    pub is_unidentified: bool,
}

/// A field's name and rule, and the value given for it.
pub type Given<'a> = (&'a str, &'a Rule, Value<'a>);

const CURRENCIES: &str = include_str!("../../tests/golden/currencies.json");
const LARGEST: u64 = (1 << 53) - 1;

/// Reads the values in the order of their fields.
pub fn read(given: &[Given<'_>], has_fallback: bool, own_id: Option<&str>) -> Reading {
    let of = |kind| given.iter().find(|(_, rule, _)| rule.kind == kind).map_or(Value::Absent, |(_, _, value)| *value);
    let decimals = match of(Kind::KnownCurrency) {
        Value::Text(code) => decimals_of(&code.to_ascii_uppercase()),
        _ => None,
    };
    let order_id = match of(Kind::OrderId) {
        Value::Text(text) => Some(text.to_owned()).filter(|text| !is_blank(text) && text.encode_utf16().count() <= 255),
        Value::Number(number) => integer(number).map(|number| number.to_string()),
        _ => None,
    };
    let has_object = matches!(of(Kind::Object), Value::Json(json) if json.starts_with('{'));
    let mut is_unidentified = true;
    let mut expected = vec![];
    for &(_, field, value) in given {
        let one = match (field.kind, value) {
            (Kind::ClickId, Value::Absent) if has_fallback => Expected::FromRequest,
            (Kind::ClickId, Value::Text(text)) if has_fallback && is_blank(text) => Expected::FromRequest,
            (Kind::OwnId, Value::Absent) => match order_id.as_deref().or(own_id) {
                Some(id) => Expected::Sent(id.into()),
                None => Expected::Wrong,
            },
            (Kind::ConversionType, Value::Absent) => Expected::Sent("SALE".into()),
            (_, Value::Absent) if field.required && (has_object || !field.inner) => Expected::Wrong,
            (_, Value::Absent) => Expected::LeftOut,
            (Kind::SessionId, Value::Text(text) | Value::IllFormed(text))
                if !is_session_id(text) && !is_unidentified =>
            {
                Expected::LeftOut
            }
            _ => present(field, value, decimals.unwrap_or(4)),
        };
        is_unidentified &= !field.identifies || one == Expected::LeftOut;
        expected.push(one);
    }
    Reading { expected, is_unidentified }
}

/// What must become of a value that is there, by itself.
fn present(field: &Rule, value: Value<'_>, decimals: usize) -> Expected {
    let is_too_long = |text: &str| field.max_len > 0 && text.encode_utf16().count() > usize::from(field.max_len);
    let one_of = |is_right: bool, text: String| if is_right { Expected::Sent(text.into()) } else { Expected::Wrong };
    match (field.kind, value) {
        (Kind::Text, Value::Text(text) | Value::IllFormed(text)) => match text {
            _ if is_blank(text) => Expected::LeftOut,
            _ if is_too_long(text) => Expected::Wrong,
            _ if field.inner => Expected::Inside(text.to_owned()),
            _ => Expected::Sent(text.into()),
        },
        (Kind::OrderId, _) => Expected::LeftOut,
        (Kind::ClickId | Kind::Id | Kind::OwnId, Value::Text(text)) => match text {
            _ if is_blank(text) || is_too_long(text) => Expected::Wrong,
            _ if field.inner => Expected::Inside(text.to_owned()),
            _ => Expected::Sent(text.into()),
        },
        (Kind::SessionId, Value::Text(text)) => one_of(is_session_id(text), text.to_owned()),
        (Kind::EmailHash, Value::Text(text)) => {
            let is_right = text.chars().count() == 64 && text.chars().all(|digit| digit.is_ascii_hexdigit());
            one_of(is_right, text.to_ascii_lowercase())
        }
        (Kind::ConversionType, Value::Text(text)) => {
            one_of(["SALE", "LEAD", "TRIAL", "CUSTOM"].contains(&text), text.to_owned())
        }
        (Kind::Currency, Value::Text(text)) => {
            let is_right = text.chars().count() == 3 && text.chars().all(|letter| letter.is_ascii_alphabetic());
            one_of(is_right, if field.strict { text.to_ascii_uppercase() } else { text.to_owned() })
        }
        (Kind::KnownCurrency, Value::Text(text)) => {
            let code = text.to_ascii_uppercase();
            one_of(decimals_of(&code).is_some(), code)
        }
        (Kind::Amount, Value::Number(number)) => {
            money(integer(number).and_then(|number| number.try_into().ok()), field)
        }
        (Kind::MajorAmount, Value::Text(text)) => money(minor_units(text, decimals), field),
        // Display has no exponent; where JavaScript writes one, the amount is too large, or has too many decimals.
        (Kind::MajorAmount, Value::Number(number)) => money(minor_units(&number.to_string(), decimals), field),
        (Kind::Object, Value::Json(json)) if json.starts_with('{') => {
            serde_json::from_str(json).map_or(Expected::Wrong, Expected::Sent)
        }
        _ => Expected::Wrong,
    }
}

fn money(amount: Option<u64>, field: &Rule) -> Expected {
    match amount {
        Some(amount) if amount <= LARGEST && (amount > 0 || !field.strict) => Expected::Sent(amount.into()),
        _ => Expected::Wrong,
    }
}

/// Digits, perhaps with a point and more digits behind it, of which no more than `decimals` count.
fn minor_units(text: &str, decimals: usize) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit());
    let fraction_that_counts = fraction.trim_end_matches('0');
    if !are_digits(whole) || !are_digits(fraction) || fraction_that_counts.len() > decimals {
        return None;
    }
    let digits = format!("{whole}{fraction_that_counts:0<decimals$}");
    match digits.trim_start_matches('0') {
        "" => Some(0),
        digits => digits.parse().ok(),
    }
}

/// A whole number that JavaScript holds exactly.
fn integer(number: f64) -> Option<i64> {
    let is_safe = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_991.0;
    is_safe.then(|| format!("{number:.0}").trim_start_matches("-0").parse().unwrap_or(0))
}

fn decimals_of(code: &str) -> Option<usize> {
    // The list's first line is about no currency: it has one that nobody uses.
    let line = CURRENCIES.lines().find(|line| line.contains(&format!("\"currency\": \"{code}\", ")))?;
    line.split("\"exponent\": ").nth(1)?.trim_end_matches(['}', ',', ' ']).parse().ok()
}

fn is_session_id(text: &str) -> bool {
    (8..=512).contains(&text.chars().count())
        && text.chars().all(|one| one.is_ascii_alphanumeric() || one == '-' || one == '_')
}

fn is_blank(text: &str) -> bool {
    text.trim_ascii().is_empty()
}
