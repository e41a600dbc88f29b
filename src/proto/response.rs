//! What one answer means.
//!
//! In: how an attempt ended, and to which [`Endpoint`] it went. Out: a [`Verdict`]. Whether to send again is
//! [`retry`](super::retry)'s.

use core::time::Duration;

use super::{
    error::ErrorKind,
    json::Json,
    provider::{Endpoint, Success, is_invalid_click_id, is_quota},
    retry_after::{RetryAfter, Timestamp},
};

/// How an attempt ended.
#[derive(Debug, Clone, Copy)]
pub enum Ended<'a> {
    /// With an answer.
    Answered(IncomingResponse<'a>),
    /// The transport failed, or the body could not be read to its end.
    ConnectionLost,
    /// The attempt's timeout, or what was left of the budget, ran out.
    TimedOut,
    /// The caller's signal.
    Aborted,
}

/// The parts of an HTTP response that count.
#[derive(Debug, Default, Clone, Copy)]
pub struct IncomingResponse<'a> {
    /// 0 for the opaque redirect of a browser.
    pub status: u16,
    /// The `retry-after` and `retry-after-ms` headers.
    pub retry_after: RetryAfter<'a>,
    /// The `x-request-id` or `request-id` header.
    pub request_id: Option<&'a str>,
    /// The body; `None` where it is too large to be an answer of a service.
    pub body: Option<&'a str>,
}

/// What an attempt means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The event is on the books.
    Recorded,
    /// It was on the books already.
    Duplicate,
    /// The service took it, but the click belongs to no link.
    Unattributed,
    /// It did not work.
    Failed(Fault),
}

/// What is known of a failed attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Why.
    pub kind: ErrorKind,
    /// As answered.
    pub status: Option<u16>,
    /// As answered, where the body names one.
    pub code: Option<String>,
    /// As answered. Not yet scrubbed.
    pub service_message: Option<String>,
    /// The event may have been recorded all the same.
    pub ambiguous: bool,
    /// The same request may well succeed later.
    pub transient: bool,
    /// Not to be sent again earlier than this from now.
    pub retry_after: Option<Duration>,
}

impl Fault {
    fn new(kind: ErrorKind, ambiguous: bool, transient: bool) -> Self {
        Self { kind, status: None, code: None, service_message: None, ambiguous, transient, retry_after: None }
    }

    /// A fault without an answer.
    pub fn unanswered(kind: ErrorKind) -> Self {
        Self::new(kind, true, true)
    }
}

/// What an attempt that went to `endpoint` and ended at `now` means.
pub fn classify(endpoint: Endpoint, ended: &Ended<'_>, now: Timestamp) -> Verdict {
    match ended {
        Ended::Answered(response) => classify_response(endpoint, response, now),
        Ended::ConnectionLost => Verdict::Failed(Fault::unanswered(ErrorKind::Connection)),
        Ended::TimedOut => Verdict::Failed(Fault::unanswered(ErrorKind::Timeout)),
        Ended::Aborted => Verdict::Failed(Fault::unanswered(ErrorKind::Aborted)),
    }
}

fn classify_response(endpoint: Endpoint, response: &IncomingResponse<'_>, now: Timestamp) -> Verdict {
    if let 200..=299 = response.status {
        return match read_success(endpoint, response) {
            Success::Recorded => Verdict::Recorded,
            Success::Unattributed => Verdict::Unattributed,
            Success::Unreadable => Verdict::Failed(Fault {
                status: Some(response.status),
                ..Fault::new(ErrorKind::InvalidResponse, true, true)
            }),
        };
    }
    let (code, service_message) = read_error(response.body);
    if response.status == 409 && endpoint.is_duplicate(code.as_deref()) {
        return Verdict::Duplicate;
    }
    let retry_after = response.retry_after.wait_from(now);
    let fault = fault_of(response.status, code.as_deref(), retry_after.is_some());
    Verdict::Failed(Fault {
        status: Some(response.status),
        code: if fault.kind == ErrorKind::Redirected { None } else { code },
        service_message,
        retry_after: if fault.transient { retry_after } else { None },
        ..fault
    })
}

/// The retry rule's left half: what a status that is no success says of the event.
fn fault_of(status: u16, code: Option<&str>, has_retry_after: bool) -> Fault {
    let settled = |kind| Fault::new(kind, false, false);
    match status {
        400 if is_invalid_click_id(code) => settled(ErrorKind::InvalidClickId),
        400 | 422 => settled(ErrorKind::Validation),
        401 | 403 => settled(ErrorKind::Auth),
        404 => settled(ErrorKind::NotFound),
        429 => Fault::new(ErrorKind::RateLimit, false, !is_quota(code)),
        400..=499 => settled(ErrorKind::Rejected),
        // A browser shows a redirect that is not followed as an opaque response with status 0.
        0 | 300..=399 => settled(ErrorKind::Redirected),
        // Who says when to come back has not taken the event.
        503 if has_retry_after => Fault::new(ErrorKind::Unavailable, false, true),
        _ => Fault::new(ErrorKind::Unavailable, true, true),
    }
}

fn read_success(endpoint: Endpoint, response: &IncomingResponse<'_>) -> Success {
    let Some(body) = response.body else {
        return Success::Unreadable;
    };
    if response.status == 204 || body.trim().is_empty() {
        return endpoint.read_success(None);
    }
    match Json::parse(body) {
        Some(json) => endpoint.read_success(Some(json)),
        None => Success::Unreadable,
    }
}

/// The code and the message of an error's body. Services wrap them as `{error: {code, message}}`, as `{error: text}` or
/// not at all; what stands between a shop and a service answers anything.
fn read_error(body: Option<&str>) -> (Option<String>, Option<String>) {
    let Some(json) = body.and_then(Json::parse) else {
        return (None, None);
    };
    let error = json.get("error").filter(|error| !error.is_null()).unwrap_or(json);
    let text = |key| error.get(key).and_then(Json::as_text).filter(|text| !text.is_empty());
    (text("code"), text("message").or_else(|| error.as_text()))
}

/// The service's own ID of a request: the header's, else the body's `meta.requestId`.
pub fn request_id(ended: &Ended<'_>) -> Option<String> {
    let Ended::Answered(response) = ended else {
        return None;
    };
    let of_body = || Json::parse(response.body?)?.get("meta")?.get("requestId")?.as_text();
    response.request_id.map(str::to_owned).or_else(of_body).filter(|id| !id.is_empty())
}
