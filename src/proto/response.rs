//! What one answer means.
//!
//! In: how an attempt ended, and to which [`Endpoint`] it went. Out: a [`Verdict`]. Whether to send again is
//! [`retry`](super::retry)'s.

use super::{
    error::ErrorKind,
    json::Json,
    provider::{Endpoint, Success, is_invalid_click_id, is_quota},
    retry_after::RetryAfter,
    text::is_blank,
    time::{Millis, Timestamp},
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

impl Ended<'_> {
    /// The answer's status.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Answered(response) => Some(response.status),
            Self::ConnectionLost | Self::TimedOut => None,
        }
    }
}

/// What an attempt means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Why.
    pub kind: ErrorKind,
    /// The event may have been recorded all the same.
    pub ambiguous: bool,
    /// The same request may well succeed later.
    pub transient: bool,
    /// Not to be sent again earlier than this from now.
    pub retry_after: Option<Millis>,
}

impl Fault {
    /// The service has decided, and would decide the same again.
    fn settled(kind: ErrorKind) -> Self {
        Self { kind, ambiguous: false, transient: false, retry_after: None }
    }

    /// Nobody knows whether the event was recorded.
    fn ambiguous(kind: ErrorKind) -> Self {
        Self { kind, ambiguous: true, transient: true, retry_after: None }
    }
}

/// What an attempt that went to `endpoint` and ended at `now` means.
pub fn classify(endpoint: Endpoint, ended: &Ended<'_>, now: Timestamp) -> Verdict {
    match ended {
        Ended::Answered(response) => classify_response(endpoint, response, now),
        Ended::ConnectionLost => Verdict::Failed(Fault::ambiguous(ErrorKind::Connection)),
        Ended::TimedOut => Verdict::Failed(Fault::ambiguous(ErrorKind::Timeout)),
    }
}

fn classify_response(endpoint: Endpoint, response: &IncomingResponse<'_>, now: Timestamp) -> Verdict {
    if let 200..=299 = response.status {
        return match read_success(endpoint, response) {
            Success::Recorded => Verdict::Recorded,
            Success::Unattributed => Verdict::Unattributed,
            Success::Unreadable => Verdict::Failed(Fault::ambiguous(ErrorKind::InvalidResponse)),
        };
    }
    let code = read_error(response.body).code;
    if response.status == 409 && endpoint.is_duplicate(code.as_deref()) {
        return Verdict::Duplicate;
    }
    let retry_after = response.retry_after.wait_from(now);
    let fault = fault_of(response.status, code.as_deref(), retry_after.is_some());
    Verdict::Failed(Fault { retry_after: if fault.transient { retry_after } else { None }, ..fault })
}

/// The retry rule's left half: what a status that is no success says of the event.
fn fault_of(status: u16, code: Option<&str>, has_retry_after: bool) -> Fault {
    match status {
        400 if is_invalid_click_id(code) => Fault::settled(ErrorKind::InvalidClickId),
        400 | 422 => Fault::settled(ErrorKind::Validation),
        401 | 403 => Fault::settled(ErrorKind::Auth),
        404 => Fault::settled(ErrorKind::NotFound),
        429 => Fault { transient: !is_quota(code), ..Fault::settled(ErrorKind::RateLimit) },
        402..=499 => Fault::settled(ErrorKind::Rejected),
        // A browser shows a redirect that is not followed as an opaque response with status 0.
        0 | 300..=399 => Fault::settled(ErrorKind::Redirected),
        // Who says when to come back has not taken the event.
        503 if has_retry_after => Fault { transient: true, ..Fault::settled(ErrorKind::Unavailable) },
        _ => Fault::ambiguous(ErrorKind::Unavailable),
    }
}

fn read_success(endpoint: Endpoint, response: &IncomingResponse<'_>) -> Success {
    let Some(body) = response.body else { return Success::Unreadable };
    if response.status == 204 || is_blank(body) {
        return endpoint.read_success(None);
    }
    match Json::parse(body) {
        Some(json) => endpoint.read_success(Some(json)),
        None => Success::Unreadable,
    }
}

/// What an error's body says, as it says it. Not scrubbed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ServiceWords {
    /// The error's code.
    pub code: Option<String>,
    /// The error's message.
    pub message: Option<String>,
}

/// Services wrap an error as `{error: {code, message}}`, as `{error: text}` or not at all; what stands between a shop
/// and a service answers anything.
pub fn read_error(body: Option<&str>) -> ServiceWords {
    let Some(json) = body.and_then(Json::parse) else { return ServiceWords::default() };
    let error = json.get("error").filter(|error| !error.is_null()).unwrap_or(json);
    ServiceWords {
        code: text_in(error, "code"),
        message: text_in(error, "message").or_else(|| error.as_text().filter(|text| !text.is_empty())),
    }
}

fn text_in(object: Json<'_>, key: &str) -> Option<String> {
    object.get(key).and_then(Json::as_text).filter(|text| !text.is_empty())
}

/// The service's own ID of a request: the header's, else the body's `meta.requestId`.
pub fn request_id(ended: &Ended<'_>) -> Option<String> {
    let Ended::Answered(response) = ended else {
        return None;
    };
    match response.request_id {
        Some(id) if !id.is_empty() => Some(id.to_owned()),
        _ => text_in(Json::parse(response.body?)?.get("meta")?, "requestId"),
    }
}
