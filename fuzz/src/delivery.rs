//! Any service, network, timer and caller, against one delivery.
//!
//! In: bytes: an event, a policy, then how each attempt ends. What must hold: the delivery ends, within its attempts and
//! its budget, never earlier than the service asked for; an event that would be counted twice is not sent after an
//! ambiguous attempt; what is said in the end is true. The rule is spelt out again here, from the design's table.

use refport_edge::proto::{
    body::Body,
    config::{Config, Policy},
    delivery::{Clock, Delivery, Outcome, Saved, Step},
    error::{ErrorKind, Issues},
    event::{ConversionEvent, Fallback},
    fields::Fields,
    private::PrivateValues,
    provider::{self, refcampaign},
    response::{AttemptResult, IncomingResponse},
    retry::Jitter,
    retry_after::RetryAfter,
    service::{Endpoint, WaitRule},
    time::{Millis, Timestamp},
};
use serde_json::Value as Json;

use super::bytes::Bytes;

/// What an input can come to.
pub const ENDS: &[&str] = &[
    "recorded",
    "duplicate",
    "unattributed",
    "failed",
    "failed, and nobody knows",
    "failed, to be sent again",
    "no delivery",
    "refused inside a success",
];

const KEY: &str = "rk_fuzz";
const HASH: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const NOW_MS: u64 = 1_795_255_200_000;
const STATUSES: &[u16] =
    &[200, 200, 201, 204, 302, 400, 401, 404, 409, 409, 422, 429, 429, 429, 500, 502, 503, 503, 503, 504];
const HEADERS: &[&str] =
    &["0", "1", "2", "1.5", "9", "60", ",", " ", "1795255201", "Sat, 21 Nov 2026 10:00:02 GMT", "soon", "-1"];
const BODIES: &[&str] = &[
    r#"{"sale":{"id":"sale_1"},"click":{"id":"clk_1"}}"#,
    r#"{"sale":{"id":""},"click":{}}"#,
    r#"{"error":{"code":"DUPLICATE_INVOICE","message":"seen"}}"#,
    r#"{"error":{"code":"LIMIT_EXCEEDED","message":"no more for RK_FUZZ and rk_fuzz"}}"#,
    r#"{"code":"LIMIT_EXCEEDED"}"#,
    r#"{"error":{"code":"ALREADY_EXISTS","message":"rk%5Ffuzz"}}"#,
    r#"{"error":{"code":"RK_FUZZ","message":"\u001b[31mrk&#95;fuzz"},"meta":{"requestId":"rk_fuzz"}}"#,
    r#"{"error":{"code":"RATE_LIMITED"}}"#,
    r#"{"error":"rk_fuzz rk_fuzzrk_fuzz","meta":{"requestId":"req_1"}}"#,
    "null",
    "",
    "<html>",
    "\"rk_fuzz\"",
    r#"{"publicToken":"token_1","expires":"2027-01-01T00:00:00Z"}"#,
    r#"{"publicToken":"token_1","expires":"soon"}"#,
    r#"{"success":true,"data":{"success":true,"conversionId":"cnv_1"}}"#,
    r#"{"success":true,"data":{"success":false,"error":"rk_fuzz: no"}}"#,
    r#"{"success":false,"error":{"code":"LIMIT_EXCEEDED"}}"#,
    r#"{"data":{"conversionId":"cnv_1"}}"#,
    r#"{"data":{"valid":false}}"#,
    r#"{"success":"true","conversionId":""}"#,
    "{}",
];

/// How an attempt ended.
enum How {
    Answered { status: u16, retry_after: Option<String>, retry_after_ms: Option<String>, body: Option<String> },
    ConnectionLost,
    NotConnected,
    Redirected,
    TimedOut,
    Aborted,
}

/// What an attempt means, by the design's table.
enum Meaning {
    Recorded,
    Duplicate,
    Unattributed,
    /// The service said no, in an answer that looks like a success.
    Refused,
    /// The service has decided against it.
    Settled,
    /// Not now: it was not processed.
    Later(Millis),
    /// Nobody knows.
    Ambiguous(Millis),
    /// A redirect was followed: nobody knows, and it would be followed again.
    Elsewhere,
}

/// The endpoints whose rules are written down here once more: those of services that mean a `Retry-After` on any error.
fn known() -> Vec<&'static Endpoint> {
    provider::endpoints().filter(|endpoint| endpoint.service.retry_after == WaitRule::AnyError).collect()
}

/// Checks one input.
#[expect(clippy::too_many_lines, reason = "one input, read from top to bottom")]
pub fn run(bytes: &[u8]) -> &'static str {
    let mut bytes = Bytes(bytes);
    any_numbers_are_a_delivery(&mut bytes);
    let Some((event, policy, endpoint, is_safe)) = call(&mut bytes) else { return ENDS[6] };
    let mut delivery = Delivery::new(&event, policy);
    let mut clock = Millis(0);
    let mut step = delivery.poll(clock);
    let (mut ambiguous, mut attempts) = (false, 0);
    // What the last attempt left: whether it may be sent again, not before when, and what the end must be if it may not.
    let mut last: Option<(Meaning, Millis)> = None;
    let mut aborted = false;
    for _ in 0..1000 {
        delivery = kept(&delivery);
        match step {
            Step::Done(outcome) => {
                assert_eq!(delivery.attempts(), attempts);
                is_over(&mut delivery);
                return judge(&outcome, last.map(|(meaning, _)| meaning), ambiguous, aborted);
            }
            Step::Send { timeout } => {
                attempts += 1;
                let is_identify = endpoint == &refcampaign::IDENTIFY;
                assert!(attempts <= policy.max_attempts && !(is_identify && attempts > 2), "too many attempts");
                assert!(Millis(0) < timeout && timeout <= policy.timeout);
                assert!(clock.saturating_add(timeout) <= policy.budget, "an attempt may outlast the budget");
                if let Some((meaning, at)) = &last {
                    let wait = match meaning {
                        Meaning::Later(wait) => *wait,
                        Meaning::Ambiguous(wait) if is_safe => *wait,
                        _ => panic!("sent again after an attempt that settled it, or may have recorded it"),
                    };
                    assert!(clock >= at.saturating_add(wait), "earlier than the service asked for");
                }
                let how = any_ending(&mut bytes);
                let takes = if matches!(how, How::TimedOut) {
                    timeout
                } else {
                    Millis(bytes.magnitude() % 30_000).min(timeout)
                };
                clock = clock.saturating_add(takes);
                aborted = matches!(how, How::Aborted);
                let meaning = meaning(endpoint, &how);
                ambiguous |= matches!(meaning, Meaning::Ambiguous(_) | Meaning::Elsewhere);
                step = handle(&mut delivery, &how, clock, bytes.number());
                last = Some((meaning, clock));
            }
            Step::Sleep(wait) => {
                assert!(clock.saturating_add(wait) < policy.budget, "a wait that does not fit the budget");
                match bytes.byte() {
                    0..=7 => {
                        clock = clock.saturating_add(wait.min(Millis(bytes.magnitude())));
                        aborted = true;
                        step = delivery.abort().step;
                        continue;
                    }
                    // The timer is early, but time goes on.
                    8..=31 => clock = clock.saturating_add(wait.saturating_sub(Millis(1)).max(Millis(1))),
                    32..=63 => clock = clock.saturating_add(wait).saturating_add(Millis(bytes.magnitude())),
                    _ => clock = clock.saturating_add(wait),
                }
                step = delivery.poll(clock);
            }
        }
    }
    panic!("a delivery without end");
}

/// An event and a policy; `None` where the caller's numbers are refused.
fn call(bytes: &mut Bytes<'_>) -> Option<(ConversionEvent<'static>, Policy, &'static Endpoint, bool)> {
    let endpoint = bytes.pick(&known());
    let (has_invoice, always) = (bytes.byte().is_multiple_of(2), bytes.byte().is_multiple_of(4));
    let [timeout, budget] = [(); 2].map(|()| f64::from(bytes.magnitude()));
    let config = Fields::from([
        ("apiKey", KEY.into()),
        ("timeoutMs", timeout.into()),
        ("budgetMs", budget.into()),
        ("maxAttempts", f64::from(bytes.byte() % 16).into()),
        ("retry.replay", if always { "always" } else { "safe" }.into()),
    ]);
    // Something for each endpoint, which takes what it knows.
    let mut fields = Fields::from([("clickId", "abc123".into()), ("customerExternalId", "user_001".into())]);
    fields.set("eventName", "Sign Up");
    fields.set("amount", 4900.0);
    fields.set("currency", "EUR");
    fields.set("tenantId", "org_001");
    fields.set("externalId", "ord_42");
    fields.set("sessionId", "rcs_7fKj2");
    fields.set("customerEmailHash", HASH);
    if has_invoice {
        fields.set("invoiceId", "inv_001");
    }
    let mut issues = Issues::new();
    let config = Config::parse(endpoint.service, config, &mut issues);
    let event = ConversionEvent::parse(endpoint, fields, Fallback::None, None, &mut issues);
    if !issues.is_empty() {
        return None;
    }
    let is_safe = match endpoint.constant {
        "LEAD" => always,
        "SALE" => always || has_invoice,
        "EMBED_TOKEN" | "TRACK" | "POSTBACK" | "REFUND" | "IDENTIFY" | "PING" => true,
        other => panic!("no meaning for {other}"),
    };
    Some((event?, config?.policy, endpoint, is_safe))
}

fn any_ending(bytes: &mut Bytes<'_>) -> How {
    match bytes.byte() {
        0..=15 => How::Aborted,
        16..=31 => How::ConnectionLost,
        32..=36 => How::NotConnected,
        37..=39 => How::Redirected,
        40..=63 => How::TimedOut,
        kind => {
            let status =
                if kind < 80 { u16::try_from(bytes.number() & 1023).unwrap_or(0) } else { bytes.pick(STATUSES) };
            let retry_after = bytes.optional_text(HEADERS);
            let retry_after_ms = if kind % 4 == 0 { bytes.optional_text(HEADERS) } else { None };
            let body = match bytes.byte() {
                0..=7 => None,
                8..=31 => Some(bytes.text(BODIES)),
                _ => Some(bytes.pick(BODIES).to_owned()),
            };
            How::Answered { status, retry_after, retry_after_ms, body }
        }
    }
}

/// The design's table ("The retry rule, whole").
fn meaning(endpoint: &'static Endpoint, how: &How) -> Meaning {
    let How::Answered { status, retry_after, retry_after_ms, body } = how else {
        return match how {
            How::NotConnected => Meaning::Later(Millis(0)),
            How::Redirected => Meaning::Elsewhere,
            _ => Meaning::Ambiguous(Millis(0)),
        };
    };
    let header = RetryAfter { seconds_or_date: retry_after.as_deref(), milliseconds: retry_after_ms.as_deref() };
    let wait = header.wait_from(Timestamp(NOW_MS));
    let json: Option<Json> = body.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let text = |path: &str| json.as_ref()?.pointer(path)?.as_str().filter(|text| !text.is_empty());
    let code = text("/error/code").or_else(|| text("/code"));
    match status {
        200..=299 => meaning_of_success(endpoint, body.as_deref(), json.as_ref()),
        409 if is_duplicate(
            endpoint,
            code,
            ["/error/message", "/message", "/error", ""].into_iter().find_map(text),
        ) =>
        {
            Meaning::Duplicate
        }
        429 if code == Some("LIMIT_EXCEEDED") => Meaning::Settled,
        429 => Meaning::Later(wait.unwrap_or_default()),
        503 if wait.is_some() => Meaning::Later(wait.unwrap_or_default()),
        0 | 300..=499 => Meaning::Settled,
        _ => Meaning::Ambiguous(wait.unwrap_or_default()),
    }
}

/// Each endpoint has a proof of its own, and its own way to answer nothing.
fn meaning_of_success(endpoint: &'static Endpoint, body: Option<&str>, json: Option<&Json>) -> Meaning {
    let at = |path: &str| json.and_then(|json| json.pointer(path));
    let has_text = |path: &str| at(path).and_then(Json::as_str).is_some_and(|text| !text.is_empty());
    let says = |yes: bool| ["/success", "/data/success"].iter().any(|path| at(path) == Some(&Json::Bool(yes)));
    let is_nothing = json == Some(&Json::Null)
        || body.is_some_and(|text| text.chars().all(|character| character.is_ascii_whitespace()));
    let is_proven = match endpoint.constant {
        "LEAD" => has_text("/click/id"),
        "SALE" => has_text("/sale/id"),
        "EMBED_TOKEN" => {
            has_text("/publicToken") && at("/expires").and_then(Json::as_str).is_some_and(|text| text.starts_with("20"))
        }
        _ if says(false) => return Meaning::Refused,
        // It is best effort: any answer will do.
        "IDENTIFY" => json.is_some() || is_nothing,
        "TRACK" | "POSTBACK" | "REFUND" | "PING" => {
            let is_said = |path: &&str| at(path).is_some_and(Json::is_boolean);
            let ids = ["/conversionId", "/data/conversionId"];
            says(true) || ids.into_iter().any(has_text) || ["/valid", "/data/valid"].iter().any(is_said)
        }
        other => panic!("no meaning for {other}"),
    };
    let may_be_organic = matches!(endpoint.constant, "LEAD" | "SALE");
    match is_proven {
        true => Meaning::Recorded,
        false if is_nothing && may_be_organic => Meaning::Unattributed,
        false => Meaning::Ambiguous(Millis(0)),
    }
}

fn is_duplicate(endpoint: &'static Endpoint, code: Option<&str>, message: Option<&str>) -> bool {
    match endpoint.constant {
        "LEAD" | "SALE" => code == Some("DUPLICATE_INVOICE"),
        // No body here has words for it; those that name it are in classify.json.
        "TRACK" | "POSTBACK" => match code {
            Some(code) => code.contains("DUPLICATE") || code.contains("ALREADY"),
            None => message.is_none(),
        },
        "EMBED_TOKEN" | "REFUND" | "IDENTIFY" | "PING" => false,
        other => panic!("no meaning for {other}"),
    }
}

fn handle(delivery: &mut Delivery, how: &How, elapsed: Millis, jitter: u32) -> Step {
    let ended = match how {
        How::Answered { status, retry_after, retry_after_ms, body } => AttemptResult::Answered(IncomingResponse {
            status: *status,
            retry_after: RetryAfter {
                seconds_or_date: retry_after.as_deref(),
                milliseconds: retry_after_ms.as_deref(),
            },
            request_id: None,
            body: Body::parse(body.as_deref()),
        }),
        How::ConnectionLost => AttemptResult::ConnectionLost,
        How::NotConnected => AttemptResult::NotConnected,
        How::Redirected => AttemptResult::Redirected { status: 200 },
        How::TimedOut => AttemptResult::TimedOut,
        How::Aborted => return delivery.abort().step,
    };
    let clock = Clock { elapsed, now: Timestamp(NOW_MS) };
    delivery.handle(&ended, clock, Jitter(jitter), || PrivateValues(vec![KEY])).step
}

/// Whether what is said in the end is what was seen.
fn judge(outcome: &Outcome, last: Option<Meaning>, ambiguous: bool, aborted: bool) -> &'static str {
    let Outcome::Failed(failure) = outcome else {
        return match (outcome, last) {
            (Outcome::Recorded, Some(Meaning::Recorded)) => ENDS[0],
            (Outcome::Duplicate, Some(Meaning::Duplicate)) => ENDS[1],
            (Outcome::Unattributed, Some(Meaning::Unattributed)) => ENDS[2],
            _ => panic!("{outcome:?} was not what the service said"),
        };
    };
    assert_eq!(failure.maybe_recorded, ambiguous, "maybe_recorded lies");
    assert!(failure.kind != ErrorKind::Internal, "a defect");
    assert_eq!(failure.kind == ErrorKind::Aborted, aborted);
    let retryable = aborted || matches!(last, Some(Meaning::Later(_) | Meaning::Ambiguous(_)));
    assert_eq!(failure.retryable, retryable, "retryable lies");
    let said = failure.service_message.as_deref().unwrap_or_default();
    assert!(said.chars().count() <= 500 && !said.to_ascii_lowercase().contains(KEY), "the key shows: {said}");
    let code = failure.code();
    assert!(code.len() <= 128 && !code.to_ascii_lowercase().contains(KEY), "the key shows: {code}");
    if matches!(last, Some(Meaning::Refused)) && !ambiguous && !aborted {
        assert_eq!(failure.kind, ErrorKind::Rejected);
        return ENDS[7];
    }
    match (ambiguous, failure.retryable) {
        (true, _) => ENDS[4],
        (false, true) => ENDS[5],
        (false, false) => ENDS[3],
    }
}

/// A delivery that is over stays so, whoever asks.
fn is_over(delivery: &mut Delivery) {
    let Step::Done(Outcome::Failed(failure)) = delivery.poll(Millis(0)) else { panic!("it goes on after its end") };
    assert_eq!(failure.kind, ErrorKind::Internal);
}

fn kept(delivery: &Delivery) -> Delivery {
    let loaded = Delivery::load(&delivery.save()).expect("a delivery");
    assert_eq!(loaded, *delivery, "a delivery is the same once it is saved and loaded");
    loaded
}

/// Whatever numbers come back from JavaScript: no panic, and the same delivery from then on.
fn any_numbers_are_a_delivery(bytes: &mut Bytes<'_>) {
    let mut saved: Saved = core::array::from_fn(|_| bytes.magnitude());
    // Endpoints and phases there are, and some of each that there are not.
    saved[0] %= 32;
    saved[7] %= 5;
    let Some(delivery) = Delivery::load(&saved) else {
        assert!(provider::endpoint(saved[0]).is_none() || saved[7] == 4, "numbers of a delivery are refused");
        return;
    };
    let delivery = kept(&delivery);
    let elapsed = Millis(bytes.magnitude());
    let _ = delivery.clone().poll(elapsed);
    let _ = delivery.clone().abort();
    for how in [How::ConnectionLost, any_ending(bytes)] {
        let _ = handle(&mut delivery.clone(), &how, elapsed, bytes.number());
    }
}
