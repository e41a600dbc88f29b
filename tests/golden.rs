//! The golden vectors, played natively: what every runtime's suite plays through the package's API, the core plays here
//! without one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that panics fails")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test that panics fails")]

#[path = "support/scenario.rs"]
mod scenario;
#[path = "support/vectors.rs"]
mod vectors;

use refport_edge::proto::{
    click_id::{ClickId, DEFAULT_COOKIE_NAME},
    config::Config,
    delivery::{Outcome, Step},
    email,
    error::{Failure, Issues},
    event::{ConversionEvent, Fallback},
    fields::Fields,
    money::{Currency, MinorUnits, decimal_text},
    provider::{dub, refcampaign, refport, tolt},
    request::OutgoingRequest,
    retry_after::RetryAfter,
    service::{Endpoint, Service},
    setting::Sets,
    time::{Millis, Timestamp},
    webhook::{self, Reason},
};
use scenario::{Answer, Ending, How, Played, Scenario, Wait};
use serde_json::{Value as Json, json};
use vectors::{Request, check, fields, text};

/// Sat, 21 Nov 2026 10:00:00 GMT: the time of day in every vector that names no other.
const NOW: Timestamp = Timestamp(1_795_255_200_000);

#[test]
fn the_click_id_is_found_where_it_is() {
    check("click_id.json", |vector| {
        let name = vector["cookieName"].as_str().unwrap_or(DEFAULT_COOKIE_NAME);
        let found = Request::of(vector).sources().find(name).map(ClickId::into_string);
        (json!(found), vector["expected"].clone())
    });
}

#[test]
fn the_session_is_found_where_it_is_and_what_cannot_be_one_is_passed_over() {
    check("session_id.json", |vector| {
        (json!(Request::of(vector).sources().find_session()), vector["expected"].clone())
    });
}

#[test]
fn every_rule_of_validation_names_its_field() {
    check("validation.json", |vector| {
        let (outcome, issues) = match parse(vector) {
            Parsed::Refused(failure) => {
                assert_eq!((failure.status, failure.code()), (None, "VALIDATION_ERROR"));
                ("failed", failure.issues)
            }
            Parsed::Skipped => ("skipped", vec![]),
            Parsed::Valid(_) => ("sent", vec![]),
        };
        let mut wanted: Vec<_> = vector["issues"].as_array().unwrap().iter().map(Issue::wanted).collect();
        wanted.sort_by(|a, b| a.field.cmp(&b.field));
        let mut found: Vec<_> =
            issues.iter().map(|issue| Issue::found(&issue.field, &issue.to_string(), &wanted)).collect();
        found.sort_by(|a, b| a.field.cmp(&b.field));
        (
            json!([outcome, found.iter().map(Issue::to_json).collect::<Vec<_>>()]),
            json!([vector["outcome"], wanted.iter().map(Issue::to_json).collect::<Vec<_>>()]),
        )
    });
}

#[test]
fn valid_values_become_a_request() {
    check("encode.json", |vector| {
        let Parsed::Valid(request) = parse(vector) else { return (json!("refused"), vector["expected"].clone()) };
        let mut headers = serde_json::Map::new();
        let mut set = |name: &str, value: &str| headers.insert(name.to_owned(), json!(value));
        let (accept, json) = OutgoingRequest::ACCEPT;
        set(accept, json);
        if let Some(authorization) = request.authorization() {
            set("authorization", &authorization);
        }
        if request.body.is_some() {
            let (name, value) = OutgoingRequest::CONTENT_TYPE;
            set(name, value);
        }
        let body: Option<Json> = request.body.as_deref().map(|body| serde_json::from_str(body).unwrap());
        let actual = json!({"method": request.method(), "url": request.url, "headers": headers, "body": body});
        (actual, vector["expected"].clone())
    });
}

#[test]
fn every_answer_has_its_meaning() {
    check("classify.json", |vector| {
        let standard = standard(endpoint(vector));
        let params = vector.get("params").unwrap_or(&standard);
        let played = scenario(vector, params, &json!({"maxAttempts": 1})).play(|| Some(ending(&vector["answer"])));
        let mut expected = vector["expected"].clone();
        if let Some(message) = expected.get_mut("serviceMessage") {
            *message = json!(text(message));
        }
        (outcome(&played.outcome, played.request_id.as_deref()), expected)
    });
}

#[test]
fn every_retry_after_is_a_wait_or_nothing() {
    check("retry_after.json", |vector| {
        let header = RetryAfter {
            seconds_or_date: vector["retryAfter"].as_str(),
            milliseconds: vector["retryAfterMs"].as_str(),
        };
        let wait = header.wait_from(Timestamp(vector["now"].as_u64().unwrap()));
        (json!(wait.map(|wait| wait.0)), vector["expected"].clone())
    });
}

#[test]
fn every_amount_is_exact_or_refused() {
    check("money.json", |vector| {
        let amount = match &vector["amount"] {
            Json::String(text) => text.clone(),
            Json::Number(number) => decimal_text(number.as_f64().unwrap()),
            other => other["$number"].as_str().expect("a number").to_owned(),
        };
        let currency = Currency::parse_iso(vector["currency"].as_str().unwrap().to_owned());
        let exponent = currency.and_then(|currency| currency.exponent()).map_err(|message| ("currency", message));
        let read = |exponent| MinorUnits::from_major(&amount, exponent).and_then(MinorUnits::positive);
        match exponent.and_then(|exponent| read(exponent).map_err(|message| ("amount", message))) {
            Ok(amount) => (json!([amount.get(), null]), json!([vector["expected"], vector["issue"]])),
            Err((field, message)) => (
                json!([null, {"field": field, "message": format!("{field} {message}")}]),
                json!([vector["expected"], vector["issue"]]),
            ),
        }
    });
}

#[test]
fn every_currency_has_its_decimals() {
    check("currencies.json", |vector| {
        let currency = Currency::parse_iso(vector["currency"].as_str().unwrap().to_owned()).unwrap();
        let exponent = currency.exponent().ok();
        if let Some(exponent) = exponent {
            let read = |text: &str| MinorUnits::from_major(text, exponent).map(MinorUnits::get);
            assert_eq!(read("1"), Ok(10_u64.pow(exponent)));
            let nines = "9".repeat(exponent as usize);
            assert_eq!(read(&format!("1.{nines}0")).ok(), Some(2 * 10_u64.pow(exponent) - 1));
            assert!(read(&format!("1.{nines}9")).unwrap_err().contains("more decimals"));
        }
        (json!(exponent), vector["exponent"].clone())
    });
}

#[test]
fn an_email_is_hashed_as_the_browser_script_hashes_it() {
    check("email_hash.json", |vector| {
        let normalised = email::normalise(vector["email"].as_str().unwrap());
        (json!(email::hash(&normalised)), vector["expected"].clone())
    });
}

/// `"json": false`: the body is signed and no JSON, which is the package's to say.
#[test]
fn a_webhook_is_its_senders_or_there_is_a_reason() {
    check("webhook.json", |vector| {
        let body = text(&vector["body"]).unwrap();
        let secret = vector["secret"].as_str().unwrap_or_default();
        let now = Timestamp(vector["now"].as_u64().unwrap());
        let tolerance = vector["toleranceSeconds"].as_u64().unwrap_or(webhook::DEFAULT_TOLERANCE_SECONDS);
        if vector["service"] == "dub" {
            let verified = webhook::verify_bare(vector["header"].as_str(), body.as_bytes(), secret);
            return (json!(verified.map_or_else(Reason::as_str, |()| "valid")), vector["expected"].clone());
        }
        let verified = webhook::verify(vector["header"].as_str(), body.as_bytes(), secret, now, tolerance);
        (json!(verified.map_or_else(Reason::as_str, |()| "valid")), vector["expected"].clone())
    });
}

#[test]
fn the_retry_rule_holds_whole() {
    check("retry.json", |vector| {
        let scenario = scenario(vector, &vector["params"], &vector["options"]);
        let mut schedule = vector["schedule"].as_array().unwrap().iter();
        let played = if vector["schedule"][0]["before"] == true {
            let (outcome, attempts) = scenario.aborted();
            Played { steps: vec![], outcome, attempts, request_id: None }
        } else {
            scenario.play(|| schedule.next().map(ending))
        };
        let mut actual = outcome(&played.outcome, played.request_id.as_deref());
        actual["attempts"] = json!(played.attempts);
        // What a service says is classify.json's.
        actual.as_object_mut().unwrap().remove("serviceMessage");
        let steps: Vec<_> = played.steps.iter().map(|(_, step)| step_json(step)).collect();
        (json!([steps, actual]), json!([vector["steps"], vector["expected"]]))
    });
}

/// A vector's call, checked.
enum Parsed {
    Refused(Failure),
    Skipped,
    Valid(OutgoingRequest<'static>),
}

fn parse(vector: &Json) -> Parsed {
    let mut issues = Issues::default();
    let endpoint = endpoint(vector);
    let standard = json!({key_of(endpoint.service): "rk_test"});
    let config = options(vector.get("config").unwrap_or(&standard), endpoint.service);
    let config = Config::parse(endpoint.service, config, &mut issues);
    let params = params(&vector["params"], endpoint);
    let fallback = match endpoint.constant {
        _ if vector["client"] != true && has_function(endpoint) => {
            let request = Request::of(vector);
            let name = endpoint.service.visitor.cookie;
            let found: Option<&ClickId> = Box::leak(Box::new(request.sources().find(name))).as_ref();
            Fallback::Request(found)
        }
        _ => Fallback::None,
    };
    let event = ConversionEvent::parse(endpoint, params, fallback, config.as_ref(), &mut issues);
    match (config, event) {
        _ if !issues.is_empty() => Parsed::Refused(Failure::refused(issues)),
        (Some(config), Some(event)) => Parsed::Valid(OutgoingRequest::new(&config, event)),
        _ => Parsed::Skipped,
    }
}

/// What an option is called in which the key is.
fn key_of(service: &Service) -> &'static str {
    service.settings.iter().find(|setting| setting.sets == Sets::Key).unwrap().name
}

/// Whether there is a function for it that takes a request.
fn has_function(endpoint: &Endpoint) -> bool {
    matches!(endpoint.constant, "LEAD" | "SALE" | "CUSTOMER" | "TRANSACTION" | "DUB_LEAD" | "DUB_SALE")
}

fn endpoint(vector: &Json) -> &'static Endpoint {
    match vector["event"].as_str() {
        Some("sale") => &refport::SALE,
        Some("lead") => &refport::LEAD,
        Some("embed token") => &refport::EMBED_TOKEN,
        Some("track") => &refcampaign::TRACK,
        Some("postback") => &refcampaign::POSTBACK,
        Some("refund") => &refcampaign::REFUND,
        Some("identify") => &refcampaign::IDENTIFY,
        Some("ping") => &refcampaign::PING,
        Some("dub lead") => &dub::LEAD,
        Some("dub sale") => &dub::SALE,
        Some("dub open") => &dub::OPEN,
        Some("tolt click") => &tolt::CLICK,
        Some("tolt customer") => &tolt::CUSTOMER,
        Some("tolt transaction") => &tolt::TRANSACTION,
        Some("tolt refund") => &tolt::REFUND,
        other => panic!("no event is called {other:?}"),
    }
}

/// Parameters that an endpoint takes, for vectors about something else; `STANDARD` in the runtimes' suite.
fn standard(endpoint: &'static Endpoint) -> Json {
    match endpoint.constant {
        "LEAD" => {
            json!({"clickId": "abc123", "eventName": "Sign Up", "customerExternalId": "user_001"})
        }
        "SALE" => json!({"clickId": "abc123", "customerExternalId": "user_001", "amount": 4900}),
        "EMBED_TOKEN" => json!({"tenantId": "org_001"}),
        "TRACK" => {
            json!({"externalId": "ord_42", "sessionId": "rcs_7fKj2", "amount": 49.9, "currency": "EUR"})
        }
        "POSTBACK" => {
            json!({"externalId": "ord_42", "sessionId": "rcs_7fKj2", "amount": 4990, "currency": "EUR"})
        }
        "REFUND" => json!({"externalId": "ord_42"}),
        "IDENTIFY" => json!({"sessionId": "rcs_7fKj2", "customerEmailHash": "a".repeat(64)}),
        "PING" => json!({}),
        "DUB_LEAD" => {
            json!({"clickId": "rLnWe1uz9t282v7g", "eventName": "Sign up", "customerExternalId": "user_1"})
        }
        "DUB_SALE" => json!({"customerExternalId": "user_1", "amount": 4900}),
        "DUB_OPEN" => json!({"deepLink": "https://acme.link/x"}),
        "CLICK" => json!({"param": "ref", "value": "sam"}),
        "CUSTOMER" => json!({"partner_id": "part_8fKq", "email": "jane@example.com"}),
        "TRANSACTION" => json!({"customer_id": "cus_Q7wR", "amount": 4900}),
        "TRANSACTION_REFUND" => json!({"id": "txn_Hc5d"}),
        other => panic!("no standard parameters for {other}"),
    }
}

fn params(object: &Json, endpoint: &'static Endpoint) -> Fields<'static> {
    let mut fields = fields(object, endpoint.fields.iter().map(|(name, _)| name));
    fields.set_own_id(OWN_ID);
    fields
}

fn options(object: &Json, service: &Service) -> Fields<'static> {
    fields(object, service.settings.iter().map(|setting| setting.name))
}

/// What stands for the UUID of a call, in the vectors.
const OWN_ID: &str = "00000000-0000-4000-8000-000000000000";

/// An issue, with as much of its message as a vector says.
struct Issue {
    field: String,
    message: Option<String>,
    message_is_not: Option<String>,
}

impl Issue {
    fn wanted(json: &Json) -> Self {
        let text = |value: &Json| value.as_str().map(str::to_owned);
        let field = text(json).or_else(|| text(&json["field"])).unwrap();
        Self { field, message: text(&json["message"]), message_is_not: text(&json["messageIsNot"]) }
    }

    /// The issue found for `field`, as the vector would write it.
    fn found(field: &str, message: &str, wanted: &[Self]) -> Self {
        assert!(message.starts_with(field), "{message:?} does not begin with the field it is about");
        let wanted = wanted.iter().find(|wanted| wanted.field == field);
        let pinned = wanted.is_some_and(|wanted| wanted.message.is_some());
        let other = wanted.and_then(|wanted| wanted.message_is_not.clone()).filter(|other| other != message);
        Self { field: field.to_owned(), message: pinned.then(|| message.to_owned()), message_is_not: other }
    }

    fn to_json(&self) -> Json {
        json!([self.field, self.message, self.message_is_not])
    }
}

fn scenario(vector: &Json, values: &Json, more: &Json) -> Scenario {
    let endpoint = endpoint(vector);
    let mut config = more.as_object().cloned().unwrap_or_default();
    config.insert(key_of(endpoint.service).to_owned(), json!("rk_test"));
    let config = options(&Json::Object(config), endpoint.service);
    Scenario::new(endpoint, params(values, endpoint), config).at(NOW)
}

/// An entry of a schedule; see tests/golden/retry.json.
fn ending(entry: &Json) -> Ending {
    let how = match entry["ended"].as_str() {
        Some("connection") => How::ConnectionLost,
        Some("not connected") => How::NotConnected,
        Some("redirected") => How::Redirected(answer(&entry["answer"]).status),
        Some("timeout") => How::TimedOut,
        Some("aborted") => How::Aborted,
        Some(other) => panic!("no attempt ends with {other}"),
        None => How::Answered(answer(entry.get("answer").unwrap_or(entry))),
    };
    let millis = |name: &str| entry[name].as_u64().map(Millis::saturating_from);
    let random = entry["random"].as_f64().unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1, as Math.random gives it")]
    let jitter = (random * 4_294_967_296.0) as u32;
    let wait = match (millis("abortsWaitAfter"), millis("wakesLateBy")) {
        (Some(time), _) => Wait::AbortedAfter(time),
        (None, Some(late_by)) => Wait::Wakes { early_by: Millis(0), late_by },
        (None, None) => Wait::ON_TIME,
    };
    Ending { how, takes: millis("takes").unwrap_or_default(), jitter, wait }
}

fn answer(json: &Json) -> Answer {
    let header = |wanted: &str| {
        let mut headers = json["headers"].as_object().into_iter().flatten();
        headers.find_map(|(name, value)| name.eq_ignore_ascii_case(wanted).then(|| value.as_str().unwrap().to_owned()))
    };
    Answer {
        status: json["status"].as_u64().and_then(|status| status.try_into().ok()).expect("a status"),
        retry_after: header("retry-after"),
        retry_after_ms: header("retry-after-ms"),
        request_id: header("x-request-id").or_else(|| header("request-id")),
        body: json.get("json").map(Json::to_string).or_else(|| text(&json["body"])).or(Some(String::new())),
    }
}

fn outcome(outcome: &Outcome, request_id: Option<&str>) -> Json {
    let named = |name| json!({"outcome": name, "requestId": request_id});
    match outcome {
        Outcome::Recorded => named("recorded"),
        Outcome::Duplicate => named("duplicate"),
        Outcome::Unattributed => named("unattributed"),
        Outcome::Skipped => named("skipped"),
        Outcome::Failed(failure) => json!({
            "outcome": "failed", "kind": failure.kind.as_str(), "status": failure.status, "code": failure.code(),
            "serviceMessage": failure.service_message, "retryable": failure.retryable,
            "maybeRecorded": failure.maybe_recorded, "retryAfterMs": failure.retry_after.map(|wait| wait.0),
            "requestId": request_id,
        }),
    }
}

fn step_json(step: &Step) -> Json {
    match step {
        Step::Send { timeout } => json!({"send": timeout.0}),
        Step::Sleep(wait) => json!({"sleep": wait.0}),
        Step::Done(_) => panic!("a script ends where the delivery does"),
    }
}
