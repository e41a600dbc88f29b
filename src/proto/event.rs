//! What a shop reports, checked.
//!
//! In: the fields as the caller gave them, and the table of what the endpoint takes. Out: a [`ConversionEvent`], or every
//! issue at once. After [`ConversionEvent::parse`] invalid data cannot exist. Which fields an endpoint has is the
//! [`provider`](super::provider)'s.

use std::borrow::Cow;

use super::{
    click_id::{ClickId, is_placeholder, is_session_id},
    config::Config,
    digest::is_digest,
    error::{Issue, Issues},
    fields::{Source, Value},
    json::ObjectWriter,
    money::{Currency, MinorUnits, is_safe_integer},
    near, percent,
    provider::has,
    rule::{Kind, Rule},
    service::Endpoint,
    text::{Names, cut, is_blank, is_longer},
};

/// Where the click ID is, when it is not among the fields.
#[derive(Debug, Clone, Copy)]
pub enum Fallback<'a> {
    /// In the request the event came with, or nowhere: then the customer is organic, and there is no event.
    Request(Option<&'a ClickId>),
    /// What was given as the request is none, and this is what to say of it, unless the fields have a click ID.
    NoRequest(&'a str),
    /// Nowhere: the fields must have it.
    None,
}

/// A valid event, as its service wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversionEvent<'a> {
    /// Where it goes.
    pub(super) endpoint: &'static Endpoint,
    /// The JSON body.
    pub(super) body: String,
    /// What stands in the path, encoded for it.
    pub(super) in_path: String,
    /// The service recognises the event when it sees it twice, so that sending it again is harmless.
    pub(super) replay_safe: bool,
    /// What the caller sent in a customer's fields.
    pub(super) private: Vec<&'a str>,
}

/// In bytes of JSON. A service reads no larger request, and a larger one would not fit the memory of the core.
pub const LARGEST_BODY: usize = 1 << 20;

impl<'a> ConversionEvent<'a> {
    /// Checks `fields` against the table of `endpoint`. `None` without an issue: the customer is organic. Some names on the
    /// wire are the configuration's, where it is a valid one.
    pub fn parse(
        endpoint: &'static Endpoint,
        mut fields: impl Source<'a>,
        fallback: Fallback<'a>,
        config: Option<&Config>,
        issues: &mut Issues,
    ) -> Option<Self> {
        let mut so_far = SoFar { replay_safe: endpoint.is_replay_safe, ..SoFar::default() };
        for (index, (name, field)) in (0..).zip(endpoint.fields.iter()) {
            let given = fields.take(index, name);
            let given = match or_click_of(field, given, &fallback) {
                Clicked::Given(given) => given,
                Clicked::Nowhere => {
                    so_far.organic = true;
                    continue;
                }
                Clicked::Unknown(issue) => {
                    issues.push(issue);
                    continue;
                }
            };
            let wire_name = config.and_then(|config| config.name_of(endpoint, index)).unwrap_or(name);
            if let Err(message) = so_far.take(&mut fields, index, field, (name, wire_name), given) {
                issues.push(Issue::of(name, message));
            }
        }
        if let Some(issue) = &endpoint.unidentified
            && !so_far.identified
        {
            issues.push(issue.clone());
        }
        so_far.take_extra(&mut fields, endpoint, config, issues);
        if so_far.body.written() > LARGEST_BODY {
            let message = "makes the request larger than 1 MiB of JSON: send less of it";
            issues.push(Issue { field: so_far.longest.1, message: message.into() });
        }
        if so_far.organic || !issues.is_empty() {
            return None;
        }
        let SoFar { body, in_path, replay_safe, private, .. } = so_far;
        Some(Self { endpoint, body: body.finish(), in_path, replay_safe, private })
    }
}

fn is_too_long(field: &Rule, text: &str) -> bool {
    field.max_len != 0 && is_longer(text, field.max_len)
}

/// What is said of a text that is longer than this.
fn too_long(max_len: u16) -> &'static str {
    match max_len {
        100 if const { has::limit(100) } => "is too long: 100 characters at most",
        255 if const { has::limit(255) } => "is too long: 255 characters at most",
        500 if const { has::limit(500) } => "is too long: 500 characters at most",
        10_000 if const { has::limit(10_000) } => "is too long: 10,000 characters of JSON at most",
        _ => "is too long",
    }
}

/// Whether a text is in the list behind the colon: `must be one of: a, b`.
fn is_one_of(list: &str, text: &str) -> bool {
    let (_, mut rest) = cut(list, b':');
    while let Some(names) = rest {
        let (name, others) = cut(names, b',');
        if name.trim_ascii() == text {
            return true;
        }
        rest = others;
    }
    false
}

/// What there is for a field, once the request was looked at too.
enum Clicked<'a> {
    Given(Value<'a>),
    /// It takes a click ID, and there is none: the customer is organic.
    Nowhere,
    /// It takes a click ID, and what was given as the request is none.
    Unknown(Issue),
}

/// The value, or the request's click ID where the fields have none, or a blank one, or what a template left in its place.
fn or_click_of<'a>(field: &Rule, given: Value<'a>, fallback: &Fallback<'a>) -> Clicked<'a> {
    if field.kind != Kind::ClickId {
        return Clicked::Given(given);
    }
    let is_missing = match given {
        Value::Absent => true,
        Value::Text("") if const { has::or_empty() } && field.or_empty => false,
        Value::Text(text) => is_blank(text) || is_placeholder(text),
        _ => false,
    };
    if !is_missing {
        return Clicked::Given(given);
    }
    let is_optional = const { has::optional_click() } && !field.required;
    match fallback {
        Fallback::Request(None) | Fallback::None if is_optional => Clicked::Given(Value::Absent),
        Fallback::Request(Some(found)) => Clicked::Given(Value::Text(found.as_str())),
        Fallback::Request(None) => Clicked::Nowhere,
        Fallback::NoRequest(problem) => {
            Clicked::Unknown(Issue { field: "request".into(), message: (*problem).to_owned().into() })
        }
        Fallback::None => Clicked::Given(given),
    }
}

/// The ID of an order, where it can be an event's own.
fn order_id_of<'a>(fields: &mut impl Source<'a>, index: u32, field: &Rule, given: Value<'a>) -> Option<Cow<'a, str>> {
    let id = match given {
        Value::Text(text) => Cow::Borrowed(text),
        Value::Number(number) if is_safe_integer(number) => fields.decimal(index, number),
        _ => return None,
    };
    if is_blank(&id) || is_longer(&id, field.max_len) { None } else { Some(id) }
}

/// The field that is not there, and that may have been meant by `name`.
fn absent_field_near<'a>(fields: &mut impl Source<'a>, endpoint: &Endpoint, name: &str) -> Option<&'static str> {
    for (index, (known, _)) in (0..).zip(endpoint.fields.iter()) {
        if near::is_slip(name, known) && fields.take(index, known) == Value::Absent {
            return Some(known);
        }
    }
    None
}

/// The field that has this name on the wire, and another one for callers.
fn field_on_wire(endpoint: &Endpoint, wire_name: &str, config: Option<&Config>) -> Option<&'static str> {
    let name_of = |index| config?.name_of(endpoint, index);
    let mut fields = (0..).zip(endpoint.fields.iter());
    fields.find(|(index, _)| name_of(*index) == Some(wire_name)).map(|(_, (name, _))| name)
}

/// What the fields so far have come to, and have told for those that look at more than themselves.
#[derive(Default)]
struct SoFar<'a> {
    body: ObjectWriter,
    in_path: String,
    replay_safe: bool,
    /// There is no click ID.
    organic: bool,
    /// One of the fields says whom the event is about.
    identified: bool,
    /// An object is there, whose members follow.
    in_object: bool,
    /// The decimals of the currency.
    exponent: Option<u32>,
    /// The order's ID, where it can be the event's own.
    order_id: Option<Cow<'a, str>>,
    /// What was sent in private fields.
    private: Vec<&'a str>,
    /// The member that takes the most bytes of the body, and how many.
    longest: (usize, Cow<'static, str>),
}

impl<'a> SoFar<'a> {
    /// Takes one known field. `names`: for callers, and on the wire.
    fn take(
        &mut self,
        fields: &mut impl Source<'a>,
        index: u32,
        field: &Rule,
        (name, wire_name): (&'static str, &str),
        given: Value<'a>,
    ) -> Result<(), &'static str> {
        if const { has::field_of(Kind::OrderId) } && field.kind == Kind::OrderId {
            self.order_id = order_id_of(fields, index, field, given);
        }
        let owned;
        let value = match (field.kind, given) {
            (Kind::MajorAmount, Value::Number(number)) if const { has::field_of(Kind::MajorAmount) } => {
                owned = fields.decimal(index, number);
                Value::Text(&owned)
            }
            (Kind::OwnId, Value::Absent) if const { has::field_of(Kind::OwnId) } => {
                owned = self.order_id.clone().or(fields.own_id().map(Cow::Borrowed)).unwrap_or_default();
                if owned.is_empty() { Value::Absent } else { Value::Text(&owned) }
            }
            _ => given,
        };
        let before = self.body.written();
        let checked = self.check(field, wire_name, value);
        // What is left out identifies nobody. What is wrong has an issue of its own.
        self.identified |= field.identifies && checked != Ok(false);
        if checked? {
            self.replay_safe |= field.dedup_key;
            self.weigh(before, || Cow::Borrowed(name));
            if let (true, Value::Text(text) | Value::IllFormed(text)) = (field.private, given) {
                self.private.push(text);
            }
        }
        Ok(())
    }

    /// Takes the unknown members. One is refused when it is a slip of a known one that is absent, or would stand twice in the
    /// body.
    fn take_extra(
        &mut self,
        fields: &mut impl Source<'a>,
        endpoint: &'static Endpoint,
        config: Option<&Config>,
        issues: &mut Issues,
    ) {
        let mut index = 0;
        while let Some((name, json)) = fields.extra(index) {
            index = index.saturating_add(1);
            let known = absent_field_near(fields, endpoint, name).or_else(|| field_on_wire(endpoint, name, config));
            if let Some(known) = known {
                issues.push(Issue { field: name.to_owned().into(), message: near::did_you_mean(known) });
                continue;
            }
            let before = self.body.written();
            self.body.raw(name, json);
            self.weigh(before, || Cow::Owned(name.to_owned()));
        }
    }

    /// Notes which member takes the most of the body, which had `before` bytes without it.
    fn weigh(&mut self, before: usize, name: impl FnOnce() -> Cow<'static, str>) {
        let taken = self.body.written().saturating_sub(before);
        if taken > self.longest.0 {
            self.longest = (taken, name());
        }
    }

    /// Checks a value and writes it, if there is something to write; true where it was.
    fn check(&mut self, field: &Rule, name: &str, value: Value<'_>) -> Result<bool, &'static str> {
        let text = match (field.kind, value) {
            (_, Value::Absent) if field.required && (self.in_object || !field.inner) => return Err("is required"),
            (Kind::ConversionType, Value::Absent) if const { has::field_of(Kind::ConversionType) } => "SALE",
            (_, Value::Absent) => return Ok(false),
            (Kind::Amount, Value::Number(number)) => return self.whole(field, name, MinorUnits::parse(number)?),
            (Kind::Amount, _) => return Err(MinorUnits::WANTED),
            (Kind::Count, _) if const { has::field_of(Kind::Count) } => {
                let count = if let Value::Number(number) = value { MinorUnits::parse(number).ok() } else { None };
                let count = count.filter(|count| matches!(count.get(), 1..=100));
                return self.whole(field, name, count.ok_or("must be a whole number from 1 to 100")?);
            }
            (Kind::Object, Value::Json(json)) if json.starts_with('{') => {
                if (const { has::limited_object() }) && is_too_long(field, json) {
                    return Err(too_long(field.max_len));
                }
                self.in_object = true;
                self.body.raw(name, json);
                return Ok(true);
            }
            (Kind::Object, _) => return Err("must be an object that JSON can hold"),
            (Kind::OrderId, _) if const { has::field_of(Kind::OrderId) } => return Ok(false),
            (_, Value::Text(text)) | (Kind::Text | Kind::SessionId | Kind::MajorAmount, Value::IllFormed(text)) => text,
            // A mended ID would be another's.
            (_, Value::IllFormed(_)) => return Err("must be well-formed Unicode"),
            (Kind::MajorAmount, _) if const { has::field_of(Kind::MajorAmount) } => {
                return Err(MinorUnits::WANTED_MAJOR);
            }
            (_, Value::Number(_) | Value::Json(_) | Value::Flag(_) | Value::Other) => return Err("must be a string"),
        };
        self.check_text(field, name, text)
    }

    fn check_text(&mut self, field: &Rule, name: &str, text: &str) -> Result<bool, &'static str> {
        let is_blank = is_blank(text);
        let changed;
        let text = match field.kind {
            Kind::Text if is_blank => return Ok(false),
            Kind::SessionId if const { has::field_of(Kind::SessionId) } && !is_session_id(text) => {
                let message = "must be 8 or more of the characters A-Z a-z 0-9 _ -";
                return if self.identified { Ok(false) } else { Err(message) };
            }
            Kind::MajorAmount if const { has::field_of(Kind::MajorAmount) } => {
                // Where the currency is in doubt, an amount of any will do: the currency's own issue stops the call.
                return self.whole(field, name, MinorUnits::from_major(text, self.exponent.unwrap_or(4))?);
            }
            _ if const { has::or_empty() } && field.or_empty && text.is_empty() => text,
            _ if is_blank => return Err("must not be empty"),
            _ if const { has::limits() } && is_too_long(field, text) => return Err(too_long(field.max_len)),
            _ if const { has::one_of() } && !field.one_of.is_empty() && !is_one_of(field.one_of, text) => {
                return Err(field.one_of);
            }
            Kind::EmailHash if const { has::field_of(Kind::EmailHash) } => {
                if !is_digest(text) {
                    return Err("must be a SHA-256 in hexadecimal: see hashEmail");
                }
                changed = text.to_ascii_lowercase();
                &changed
            }
            Kind::ConversionType
                if const { has::field_of(Kind::ConversionType) }
                    && Names("SALE,LEAD,TRIAL,CUSTOM,").find(text).is_none() =>
            {
                return Err("must be SALE, LEAD, TRIAL or CUSTOM");
            }
            Kind::Currency | Kind::KnownCurrency => {
                changed = self.currency(field, text.to_owned())?;
                &changed
            }
            _ => text,
        };
        if const { has::in_path() } && field.in_path {
            // A reader of URLs would take these for a way up.
            if text == "." || text == ".." {
                return Err("must be an ID");
            }
            self.in_path = percent::encode(text);
        } else if !field.inner {
            self.body.text(name, text);
        }
        Ok(true)
    }

    fn currency(&mut self, field: &Rule, mut text: String) -> Result<String, &'static str> {
        if const { has::strict() } && field.strict {
            text.make_ascii_uppercase();
        }
        let currency = Currency::parse(text)?;
        if const { has::field_of(Kind::KnownCurrency) } && field.kind == Kind::KnownCurrency {
            self.exponent = Some(currency.exponent()?);
        }
        Ok(currency.into_string())
    }

    fn whole(&mut self, field: &Rule, name: &str, amount: MinorUnits) -> Result<bool, &'static str> {
        let amount = if const { has::strict() } && field.strict { amount.positive()? } else { amount };
        self.body.integer(name, amount.get());
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::{fields::Fields, provider};
    use proptest::prelude::*;

    fn value(kind: u32, text: &str, number: f64) -> Value<'_> {
        match kind {
            0 => Value::Absent,
            1 => Value::Text(text),
            2 => Value::IllFormed(text),
            3 => Value::Number(number),
            4 => Value::Json("{\"a\":1}"),
            _ => Value::Other,
        }
    }

    proptest! {
        #[test]
        fn whatever_a_caller_gives_is_a_json_body_or_an_issue(
            values in prop::collection::vec((0_u32..6, any::<String>(), any::<f64>()), 18),
            endpoint in prop::sample::select(provider::endpoints().collect::<Vec<_>>()),
        ) {
            let mut fields = Fields::default();
            for ((name, _), (kind, text, number)) in endpoint.fields.iter().zip(&values) {
                fields.set(name, value(*kind, text, *number));
            }
            let mut issues = Issues::default();
            let event = ConversionEvent::parse(endpoint, fields, Fallback::None, None, &mut issues);
            prop_assert_eq!(event.is_some(), issues.is_empty());
            if let Some(event) = event {
                let body: serde_json::Value = serde_json::from_str(&event.body).unwrap();
                prop_assert!(body.as_object().unwrap().values().all(|value| !value.is_null()));
                let is_safe = event.in_path.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?#".contains(&byte));
                prop_assert!(is_safe, "{:?}", event.in_path);
            }
        }
    }
}
