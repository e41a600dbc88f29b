//! Any values for an event and a configuration.
//!
//! In: bytes: an endpoint, a value for each of its fields and of the configuration's, members that nobody knows. What must
//! hold: they come to issues, each of which names a field, or to a request whose body is JSON and says what was given.

use refport_edge::proto::{
    click_id::ClickId,
    config::Config,
    error::Issues,
    event::{ConversionEvent, Fallback, Field, Kind},
    fields::{Fields, Value},
    provider::{Endpoint, Provider},
    request::OutgoingRequest,
};
use serde_json::{Map, Value as Json};

use super::bytes::Bytes;

/// What an input can come to.
pub const ENDS: &[&str] = &["a request", "issues", "an organic customer"];

const WORDS: &[&str] = &[
    "clk_1",
    "user_001",
    "usd",
    "EUR",
    "rk_test",
    "safe",
    "always",
    "https://",
    "http://",
    "app.refport.co",
    "localhost",
    "127.0.0.1",
    "[::1]",
    ":8787",
    "/",
    "\\",
    "@",
    "?",
    "#",
    "\"",
    "\\u0000",
    "\u{0}",
    "\u{1f}",
    "\u{7f}",
    "\u{2028}",
    "é",
    "😀",
    " ",
    "\n",
    "{",
    "}",
];

/// Checks one input.
pub fn run(bytes: &[u8]) -> &'static str {
    let mut bytes = Bytes(bytes);
    let endpoint = bytes.pick(&[Endpoint::RefportLead, Endpoint::RefportSale]);
    let is_tidy = bytes.byte() % 4 > 0;
    let mut options = Fields::default();
    for name in Provider::Refport.options() {
        let value = match *name {
            _ if !is_tidy || is_seldom(&mut bytes) => any_value(&mut bytes),
            "apiKey" => "rk_test".into(),
            "baseUrl" if bytes.byte() % 4 == 3 => {
                let origin = bytes.pick(&["https://a.test", "http://localhost", "http://127.0.0.1", "http://[::1]"]);
                Value::Text(format!("{origin}{}", bytes.text(WORDS)))
            }
            _ => Value::Absent,
        };
        options.set(name, value);
    }
    let mut fields = Fields::default();
    let mut given = Vec::new();
    for field in endpoint.fields() {
        let value =
            if is_tidy && !is_seldom(&mut bytes) { tidy_value(&mut bytes, field) } else { any_value(&mut bytes) };
        fields.set(field.name, value.clone());
        given.push((field, value));
    }
    let extra = any_members(&mut bytes);
    let inside = Json::Object(extra.clone()).to_string();
    fields.set_extra(&inside[1..inside.len() - 1]);
    let fallback = match bytes.byte() % 3 {
        0 => Fallback::None,
        1 => Fallback::Request(None),
        _ => Fallback::Request(ClickId::parse(bytes.text(WORDS))),
    };
    let has_fallback = matches!(fallback, Fallback::Request(_));

    let mut issues = Issues::new();
    let config = Config::parse(Provider::Refport, options, &mut issues);
    let event = ConversionEvent::parse(endpoint, fields, fallback, config.as_ref(), &mut issues);
    for issue in &issues {
        let is_known = Provider::Refport.options().contains(&issue.field)
            || endpoint.fields().iter().any(|field| field.name == issue.field);
        assert!(is_known && !issue.complaint.is_empty(), "{issue}");
    }
    for (field, value) in &given {
        let is_refused = issues.iter().any(|issue| issue.field == field.name);
        assert_eq!(is_refused, is_wrong(field, value, has_fallback), "{}: {value:?}", field.name);
    }
    match (config, event) {
        _ if !issues.is_empty() => ENDS[1],
        (Some(config), Some(event)) => {
            says_what_was_given(&OutgoingRequest::new(&config, event), endpoint, &given, &extra, has_fallback);
            ENDS[0]
        }
        (Some(_), None) => {
            assert!(has_fallback, "neither an event nor an issue");
            ENDS[2]
        }
        (None, _) => panic!("neither a configuration nor an issue"),
    }
}

fn says_what_was_given(
    request: &OutgoingRequest,
    endpoint: Endpoint,
    given: &[(&Field, Value)],
    extra: &Map<String, Json>,
    has_fallback: bool,
) {
    let url = request.url.to_ascii_lowercase();
    let path = if endpoint == Endpoint::RefportLead { "/api/track/lead" } else { "/api/track/sale" };
    assert!(url.bytes().all(|byte| byte.is_ascii_graphic()) && request.url.ends_with(path), "{url}");
    let loopback = ["http://localhost", "http://127.", "http://[::1]"];
    assert!(url.starts_with("https://") || loopback.iter().any(|origin| url.starts_with(origin)), "{url}");
    // A path may hold an `@`.
    let authority = url.split('/').nth(2).unwrap_or_default();
    assert!(!authority.contains('@') && !url.contains(['?', '#', '\\']), "{url}");
    let key = request.authorization();
    let key = key.as_deref().and_then(|key| key.strip_prefix("Bearer ")).expect("a bearer token");
    assert!(!key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic()));

    let text = request.body.as_deref().expect("a body");
    let Ok(Json::Object(mut body)) = serde_json::from_str(text) else { panic!("no object: {text}") };
    for (name, value) in extra {
        assert_eq!(body.remove(name).as_ref(), Some(value), "an unknown member is lost");
    }
    for (field, value) in given {
        let sent = body.remove(field.name);
        match (field.kind, value) {
            (Kind::ClickId, _) if has_fallback => {
                assert!(sent.as_ref().and_then(Json::as_str).is_some_and(|id| !id.trim_ascii().is_empty()));
            }
            (_, Value::Text(text) | Value::IllFormed(text)) => {
                let is_left_out = field.kind == Kind::Text && text.trim_ascii().is_empty();
                assert_eq!(
                    sent.as_ref().and_then(Json::as_str),
                    (!is_left_out).then_some(text.as_str()),
                    "{}",
                    field.name
                );
            }
            (_, Value::Number(number)) => assert_eq!(sent.and_then(|sent| sent.as_f64()), Some(*number)),
            (_, Value::Json(json)) => assert_eq!(sent, serde_json::from_str(json).ok()),
            (_, Value::Absent) => assert_eq!(sent, None),
            (_, Value::Other) => panic!("{} took a value that is none", field.name),
        }
    }
    assert!(body.is_empty(), "members that nobody gave: {body:?}");
}

/// What the field says in words.
fn is_wrong(field: &Field, value: &Value, has_fallback: bool) -> bool {
    match (field.kind, value) {
        (Kind::ClickId, Value::Absent) => !has_fallback,
        (Kind::ClickId, Value::Text(text)) => !has_fallback && text.trim_ascii().is_empty(),
        (_, Value::Absent) if field.required => true,
        (_, Value::Absent) | (Kind::Object, Value::Json(_)) | (Kind::Text, Value::Text(_) | Value::IllFormed(_)) => {
            false
        }
        (Kind::Amount, Value::Number(number)) => {
            !(0.0..=9_007_199_254_740_991.0).contains(number) || number.fract() != 0.0
        }
        (Kind::Currency, Value::Text(text)) => text.len() != 3 || !text.bytes().all(|byte| byte.is_ascii_alphabetic()),
        (Kind::Id, Value::Text(text)) => text.trim_ascii().is_empty(),
        _ => true,
    }
}

fn is_seldom(bytes: &mut Bytes<'_>) -> bool {
    bytes.byte() % 16 == 15
}

/// A value that the field may well take.
fn tidy_value(bytes: &mut Bytes<'_>, field: &Field) -> Value {
    match field.kind {
        Kind::Amount => Value::Number(f64::from(bytes.magnitude())),
        Kind::Currency => bytes.pick(&["usd", "EUR", "jPy", "us"]).into(),
        Kind::Object => Value::Json(Json::Object(any_members(bytes)).to_string()),
        Kind::ClickId if bytes.byte().is_multiple_of(2) => Value::Absent,
        Kind::Text if bytes.byte().is_multiple_of(2) => Value::Absent,
        _ => Value::Text(format!("x{}", bytes.text(WORDS))),
    }
}

fn any_value(bytes: &mut Bytes<'_>) -> Value {
    match bytes.byte() % 9 {
        0 => Value::Absent,
        1 => bytes.pick(&["", " ", "\n", "rk_é", "usd"]).into(),
        2 | 3 => Value::Text(bytes.text(WORDS)),
        4 => Value::IllFormed(bytes.text(WORDS)),
        5 => Value::Number(bytes.pick(&[
            -1.0,
            -0.0,
            0.5,
            4900.0,
            f64::NAN,
            9_007_199_254_740_991.0,
            9_007_199_254_740_992.0,
        ])),
        8 => Value::Number(f64::from_bits(u64::from(bytes.number()) << 32 | u64::from(bytes.number()))),
        6 => Value::Json(Json::Object(any_members(bytes)).to_string()),
        _ => Value::Other,
    }
}

/// Members under names that no field has.
fn any_members(bytes: &mut Bytes<'_>) -> Map<String, Json> {
    let count = bytes.byte() % 4;
    (0..count).map(|index| (format!("_{index}{}", bytes.text(WORDS)), Json::String(bytes.text(WORDS)))).collect()
}
