//! Any values for an event and a configuration.
//!
//! In: bytes: an endpoint, a value for each of its fields and of the configuration's, members that nobody knows. What must
//! hold: they come to issues, each of which names a field, or to a request whose body is JSON and says what was given. What
//! each kind of field takes, and what it looks like on the wire, is spelt out again in [`oracle`](super::oracle).

use refport_edge::proto::{
    click_id::ClickId,
    config::Config,
    error::Issues,
    event::{ConversionEvent, Fallback},
    fields::{Fields, Value},
    provider::{self, refcampaign},
    request::OutgoingRequest,
    rule::{Kind, Rule},
    service::Endpoint,
};
use serde_json::{Map, Value as Json};

use super::{
    bytes::Bytes,
    oracle::{self, Expected, Given, Reading},
};

/// What an input can come to.
pub const ENDS: &[&str] = &[
    "a lead",
    "a sale",
    "an embed token",
    "a conversion in major units",
    "a conversion in minor units",
    "a refund",
    "an identification",
    "a ping",
    "issues",
    "an organic customer",
];

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
    "rcs_7fKj2",
    "LEAD",
    "49.90",
    "0",
];

/// Where each endpoint is, unless the configuration says otherwise.
const PATHS: &[(&str, &str)] = &[
    ("LEAD", "/api/track/lead"),
    ("SALE", "/api/track/sale"),
    ("EMBED_TOKEN", "/api/embed/token"),
    ("TRACK", "/api/v1/conversions/postback"),
    ("POSTBACK", "/api/v1/conversions/postback"),
    ("REFUND", "/api/v1/conversions/refund"),
    ("IDENTIFY", "/api/v1/track/identify"),
    ("PING", "/api/v1/ping"),
];

/// The endpoints whose rules the oracle knows: the two first services'. A property in `event` tries those of all.
fn known() -> Vec<&'static Endpoint> {
    let is_known = |endpoint: &&Endpoint| PATHS.iter().any(|(name, _)| *name == endpoint.constant);
    provider::endpoints().filter(is_known).collect()
}

/// What a customer or a partner would not want to read in a log.
const PRIVATE: &[&str] = &[
    "customerExternalId",
    "customerEmail",
    "customerName",
    "customerAvatar",
    "customerEmailHash",
    "customerId",
    "partner.email",
    "partner.name",
];

/// A value that owns its text.
enum Any {
    Absent,
    Text(String),
    IllFormed(String),
    Number(f64),
    Json(String),
    Other,
}

impl Any {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Absent => Value::Absent,
            Self::Text(text) => Value::Text(text),
            Self::IllFormed(text) => Value::IllFormed(text),
            Self::Number(number) => Value::Number(*number),
            Self::Json(json) => Value::Json(json),
            Self::Other => Value::Other,
        }
    }
}

impl From<&str> for Any {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// What `tracking.identify` was configured to look like on the wire.
struct Identify {
    path: String,
    names: [String; 2],
}

/// Checks one input.
#[expect(clippy::too_many_lines, reason = "one input, read from top to bottom")]
pub fn run(bytes: &[u8]) -> &'static str {
    let mut bytes = Bytes(bytes);
    let endpoint = bytes.pick(&known());
    let service = endpoint.service;
    let is_tidy = bytes.byte() % 4 > 0;
    let mut chosen = Vec::new();
    let names = ["session_id", "customer_email_hash"].map(str::to_owned);
    let mut identify = Identify { path: "/api/v1/track/identify".to_owned(), names };
    for name in service.settings.iter().map(|setting| setting.name) {
        let value = match name {
            _ if !is_tidy || is_seldom(&mut bytes) => any_value(&mut bytes),
            "apiKey" => "rk_test".into(),
            "baseUrl" | "apiUrl" if bytes.byte() % 4 == 3 => {
                let origin = bytes.pick(&["https://a.test", "http://localhost", "http://127.0.0.1", "http://[::1]"]);
                Any::Text(format!("{origin}{}", bytes.text(WORDS)))
            }
            "identify.path" if bytes.byte() % 4 == 3 => Any::Text(format!("/{}", bytes.text(&["track", "/", "@"]))),
            _ => Any::Absent,
        };
        if let Any::Text(text) = &value {
            match name {
                "identify.path" => identify.path.clone_from(text),
                "identify.sessionIdField" => identify.names[0].clone_from(text),
                "identify.customerEmailHashField" => identify.names[1].clone_from(text),
                _ => {}
            }
        }
        chosen.push((name, value));
    }
    let mut options = Fields::default();
    for (name, value) in &chosen {
        options.set(name, value.value());
    }
    let mut values = Vec::new();
    for (name, field) in endpoint.fields.iter() {
        let value =
            if is_tidy && !is_seldom(&mut bytes) { tidy_value(&mut bytes, field) } else { any_value(&mut bytes) };
        values.push((name, field, value));
    }
    let mut fields = Fields::default();
    let mut given: Vec<Given<'_>> = Vec::new();
    for (name, field, value) in &values {
        fields.set(name, value.value());
        given.push((name, field, value.value()));
    }
    let own_id = (bytes.byte() % 4 > 0).then_some("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
    if let Some(id) = own_id {
        fields.set_own_id(id);
    }
    let extra = any_members(&mut bytes);
    let texts: Vec<_> = extra.iter().map(|(name, json)| (name.as_str(), json.to_string())).collect();
    for (name, json) in &texts {
        fields.push_extra(name, json);
    }
    let click_id;
    let fallback = match bytes.byte() % 3 {
        0 => Fallback::None,
        1 => Fallback::Request(None),
        _ => {
            click_id = ClickId::parse(bytes.text(WORDS));
            Fallback::Request(click_id.as_ref())
        }
    };
    let has_fallback = matches!(fallback, Fallback::Request(_));
    let Reading { expected, is_unidentified } = oracle::read(&given, has_fallback, own_id);

    let mut issues = Issues::new();
    let config = Config::parse(service, options, &mut issues);
    let event = ConversionEvent::parse(endpoint, fields, fallback, config.as_ref(), &mut issues);
    for issue in &issues {
        let is_known = service.settings.iter().any(|setting| setting.name == issue.field)
            || given.iter().any(|(name, _, _)| *name == issue.field)
            || extra.contains_key(&*issue.field);
        assert!(is_known && !issue.message.is_empty(), "{issue}");
    }
    let unidentified = match endpoint.constant {
        "EMBED_TOKEN" => Some("tenantId"),
        "TRACK" | "POSTBACK" | "IDENTIFY" => Some("sessionId"),
        _ => None,
    };
    for ((name, _, value), expected) in given.iter().zip(&expected) {
        let is_refused = issues.iter().any(|issue| issue.field == *name);
        let is_wrong = *expected == Expected::Wrong || is_unidentified && unidentified == Some(*name);
        assert_eq!(is_refused, is_wrong, "{endpoint:?}: {name}: {value:?}");
    }
    match (config, event) {
        _ if !issues.is_empty() => ENDS[8],
        (Some(config), Some(event)) => {
            let request = OutgoingRequest::new(&config, event);
            goes_where_it_should(&request, endpoint, &identify);
            keeps_private(&request, &given, &expected);
            says_what_was_given(&request, endpoint, &given, &expected, &extra, &identify);
            let at = provider::endpoints().position(|one| one == endpoint).expect("all are there");
            ENDS[at]
        }
        (Some(_), None) => {
            let takes_a_click = matches!(endpoint.constant, "LEAD" | "SALE");
            assert!(has_fallback && takes_a_click, "neither an event nor an issue");
            ENDS[9]
        }
        (None, _) => panic!("neither a configuration nor an issue"),
    }
}

fn goes_where_it_should(request: &OutgoingRequest<'_>, endpoint: &'static Endpoint, identify: &Identify) {
    let url = request.url.to_ascii_lowercase();
    let (_, path) = PATHS.iter().find(|(one, _)| *one == endpoint.constant).expect("a path for each endpoint");
    let path = if endpoint == &refcampaign::IDENTIFY { &*identify.path } else { path };
    assert!(url.bytes().all(|byte| byte.is_ascii_graphic()) && request.url.ends_with(path), "{url}");
    let loopback = ["http://localhost", "http://127.", "http://[::1]"];
    assert!(url.starts_with("https://") || loopback.iter().any(|origin| url.starts_with(origin)), "{url}");
    // A path may hold an `@`.
    let authority = url.split('/').nth(2).unwrap_or_default();
    assert!(!authority.contains('@') && !url.contains(['?', '#', '\\']), "{url}");
    let key = request.authorization();
    if endpoint == &refcampaign::IDENTIFY {
        assert_eq!(key, None, "a public endpoint was sent the key");
    } else {
        let key = key.as_deref().and_then(|key| key.strip_prefix("Bearer ")).expect("a bearer token");
        assert!(!key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic()));
    }
    assert_eq!(request.method(), if endpoint == &refcampaign::PING { "GET" } else { "POST" });
}

fn keeps_private(request: &OutgoingRequest<'_>, given: &[Given<'_>], expected: &[Expected]) {
    let kept = &request.private_values().0;
    for ((name, _, value), expected) in given.iter().zip(expected) {
        if let (Expected::Sent(Json::String(text)) | Expected::Inside(text), true) = (expected, PRIVATE.contains(name))
        {
            // In whichever case it comes back: a digest is sent in lower case, and kept as it was given.
            assert!(kept.iter().any(|kept| kept.eq_ignore_ascii_case(text)), "{name} is not kept out of what is told");
            let (Value::Text(given) | Value::IllFormed(given)) = value else {
                panic!("{name} was not given as {text}")
            };
            assert!(kept.contains(given), "{name}, as it was given, is not kept out of what is told");
        }
    }
}

fn says_what_was_given(
    request: &OutgoingRequest<'_>,
    endpoint: &'static Endpoint,
    given: &[Given<'_>],
    expected: &[Expected],
    extra: &Map<String, Json>,
    identify: &Identify,
) {
    if endpoint == &refcampaign::PING {
        assert_eq!(request.body, None, "a GET has no body");
        return;
    }
    let [one, other] = &identify.names;
    if endpoint == &refcampaign::IDENTIFY && (extra.contains_key(one) || extra.contains_key(other)) {
        panic!("a member would stand twice in {one}, {other}");
    }
    let text = request.body.as_deref().expect("a body");
    let Ok(Json::Object(mut body)) = serde_json::from_str(text) else { panic!("no object: {text}") };
    for (name, value) in extra {
        assert_eq!(body.remove(name).as_ref(), Some(value), "an unknown member is lost");
    }
    for (index, ((name, _, _), expected)) in given.iter().zip(expected).enumerate() {
        let name = if endpoint == &refcampaign::IDENTIFY { &*identify.names[index] } else { *name };
        let sent = body.remove(name);
        match expected {
            Expected::Sent(value) => assert_eq!(sent.as_ref(), Some(value), "{name}"),
            Expected::FromRequest => {
                assert!(sent.as_ref().and_then(Json::as_str).is_some_and(|id| !id.trim_ascii().is_empty()));
            }
            Expected::LeftOut | Expected::Inside(_) => assert_eq!(sent, None, "{name}"),
            Expected::Wrong => panic!("{name} took a value that is none"),
        }
    }
    assert!(body.is_empty(), "members that nobody gave: {body:?}");
}

fn is_seldom(bytes: &mut Bytes<'_>) -> bool {
    bytes.byte() % 16 == 15
}

/// A value that the field may well take.
fn tidy_value(bytes: &mut Bytes<'_>, field: &Rule) -> Any {
    let is_optional =
        matches!(field.kind, Kind::ClickId | Kind::Text | Kind::ConversionType | Kind::OrderId | Kind::OwnId);
    if (is_optional || field.identifies) && bytes.byte().is_multiple_of(2) {
        return Any::Absent;
    }
    match field.kind {
        Kind::Amount | Kind::Count => Any::Number(f64::from(bytes.magnitude())),
        Kind::MajorAmount if bytes.byte().is_multiple_of(2) => {
            Any::Number(bytes.pick(&[49.9, 1.0, 0.01, 4900.0, 1e21, 0.1 + 0.2, 1e-7, 0.0, 90_071_992_547_409.9]))
        }
        Kind::MajorAmount => {
            bytes.pick(&["49.90", "0049.900", "1", "1.2345", "0.00", "90071992547409.92", "1e3"]).into()
        }
        Kind::Currency => bytes.pick(&["usd", "EUR", "jPy", "us"]).into(),
        Kind::KnownCurrency => bytes.pick(&["usd", "EUR", "jPy", "KWD", "clf", "eur", "XAU", "EUE", "us"]).into(),
        Kind::Object => Any::Json(Json::Object(any_members(bytes)).to_string()),
        Kind::SessionId => {
            bytes.pick(&["rcs_7fKj2", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "short", "rcs 7fKj2x"]).into()
        }
        Kind::EmailHash => Any::Text(bytes.pick(&["a", "F", "0", "9", "B", "g"]).repeat(64)),
        Kind::ConversionType => bytes.pick(&["SALE", "LEAD", "TRIAL", "CUSTOM", "sale"]).into(),
        Kind::OrderId if bytes.byte().is_multiple_of(2) => Any::Number(bytes.pick(&[42.0, 1.5, -7.0, 1e300])),
        Kind::ClickId | Kind::Id | Kind::OwnId | Kind::OrderId | Kind::Text => {
            // Long ones now and then: some fields have an end.
            let many = if is_seldom(bytes) { bytes.pick(&[254, 255, 499, 500]) } else { 0 };
            Any::Text(format!("x{}{}", "y".repeat(many), bytes.text(WORDS)))
        }
    }
}

fn any_value(bytes: &mut Bytes<'_>) -> Any {
    match bytes.byte() % 10 {
        9 => Any::Json("[1]".to_owned()),
        0 => Any::Absent,
        1 => bytes.pick(&["", " ", "\n", "rk_é", "usd"]).into(),
        2 | 3 => Any::Text(bytes.text(WORDS)),
        4 => Any::IllFormed(format!("{}\u{fffd}", bytes.text(WORDS))),
        5 => Any::Number(bytes.pick(&[
            -1.0,
            -0.0,
            0.5,
            4900.0,
            f64::NAN,
            9_007_199_254_740_991.0,
            9_007_199_254_740_992.0,
        ])),
        8 => Any::Number(f64::from_bits(u64::from(bytes.number()) << 32 | u64::from(bytes.number()))),
        6 => Any::Json(Json::Object(any_members(bytes)).to_string()),
        _ => Any::Other,
    }
}

/// Members under names that no field has.
fn any_members(bytes: &mut Bytes<'_>) -> Map<String, Json> {
    let count = bytes.byte() % 4;
    (0..count).map(|index| (format!("_{index}{}", bytes.text(WORDS)), Json::String(bytes.text(WORDS)))).collect()
}
