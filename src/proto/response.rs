//! What one answer means.
//!
//! In: how an attempt ended, and to which [`Endpoint`] it went. Out: a [`Verdict`]. Whether to send again is
//! [`retry`](super::retry)'s.

use super::{
    body::{Body, Lookup},
    error::ErrorKind,
    provider::has,
    retry_after::RetryAfter,
    secret::PRINTABLE,
    service::{Endpoint, Refusal, RefusalRule, Says, Success, SuccessRule, WaitRule},
    text::{Names, mentions},
    time::{Millis, Timestamp},
};

/// How an attempt ended.
#[derive(Debug, Clone, Copy)]
pub enum AttemptResult<'a, L> {
    /// With an answer.
    Answered(IncomingResponse<'a, L>),
    /// The transport failed, or the body could not be read to its end.
    ConnectionLost,
    /// No connection was made, so nothing of the request can have arrived: the name was not found, nobody listened, or the
    /// certificate was refused. Only where that is certain.
    NotConnected,
    /// The transport followed a redirect, and has an answer from wherever it led.
    Redirected {
        /// Of that answer.
        status: u16,
    },
    /// The attempt's timeout, or what was left of the budget, ran out.
    TimedOut,
}

/// The parts of an HTTP response that count.
#[derive(Debug, Clone, Copy)]
pub struct IncomingResponse<'a, L> {
    /// 0 for the opaque redirect of a browser.
    pub status: u16,
    /// The `retry-after` and `retry-after-ms` headers.
    pub retry_after: RetryAfter<'a>,
    /// The `x-request-id` or `request-id` header.
    pub request_id: Option<&'a str>,
    /// The body.
    pub body: Body<L>,
}

impl<L> AttemptResult<'_, L> {
    /// The answer's status.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Answered(response) => Some(response.status),
            Self::Redirected { status } => Some(*status),
            Self::ConnectionLost | Self::NotConnected | Self::TimedOut => None,
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
    /// The service has seen such an event before, and remembers it even where it failed to record it.
    SeenBefore,
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

    /// The service remembers the event, and that is all it says: an attempt before may have recorded it, or lost it. To send
    /// it again would be answered the same.
    pub fn recorded_or_lost() -> Self {
        Self { ambiguous: true, ..Self::settled(ErrorKind::Unavailable) }
    }

    /// Nobody knows whether the event was recorded.
    fn ambiguous(kind: ErrorKind) -> Self {
        Self { kind, ambiguous: true, transient: true, retry_after: None }
    }
}

/// What an attempt that went to `endpoint` and ended at `now` means.
pub fn classify<L: Lookup>(endpoint: &Endpoint, ended: &AttemptResult<'_, L>, now: Timestamp) -> Verdict {
    match ended {
        AttemptResult::Answered(response) => classify_response(endpoint, response, now),
        AttemptResult::ConnectionLost => Verdict::Failed(Fault::ambiguous(ErrorKind::Connection)),
        AttemptResult::NotConnected => {
            Verdict::Failed(Fault { transient: true, ..Fault::settled(ErrorKind::Connection) })
        }
        // It may have led to the service, which then may have recorded the event; it will lead there again.
        AttemptResult::Redirected { .. } => {
            Verdict::Failed(Fault { ambiguous: true, ..Fault::settled(ErrorKind::Redirected) })
        }
        AttemptResult::TimedOut => Verdict::Failed(Fault::ambiguous(ErrorKind::Timeout)),
    }
}

fn classify_response<L: Lookup>(endpoint: &Endpoint, response: &IncomingResponse<'_, L>, now: Timestamp) -> Verdict {
    if let 200..=299 = response.status {
        return match success(&endpoint.success, &response.body) {
            Success::Recorded => Verdict::Recorded,
            Success::Unattributed => Verdict::Unattributed,
            Success::SeenBefore if const { has::seen_before() } => Verdict::SeenBefore,
            Success::Rejected => Verdict::Failed(Fault::settled(ErrorKind::Rejected)),
            Success::Unreadable | Success::SeenBefore => Verdict::Failed(Fault::ambiguous(ErrorKind::InvalidResponse)),
        };
    }
    let retry_after = match endpoint.service.retry_after {
        WaitRule::RateLimit if const { has::wait(WaitRule::RateLimit) } && response.status != 429 => None,
        WaitRule::AnyError | WaitRule::RateLimit => response.retry_after.wait_from(now),
    };
    let refusal = endpoint.refusals.iter().find(|rule| fits(rule, response));
    let fault = match refusal.map(|rule| rule.means) {
        Some(Refusal::Duplicate) => return Verdict::Duplicate,
        Some(Refusal::InvalidClickId) => Fault::settled(ErrorKind::InvalidClickId),
        Some(Refusal::Quota) => Fault::settled(ErrorKind::RateLimit),
        None => fault_of(response.status, retry_after.is_some()),
    };
    Verdict::Failed(Fault { retry_after: if fault.transient { retry_after } else { None }, ..fault })
}

/// What the body of a 2xx says by this rule.
fn success(rule: &SuccessRule, body: &Body<impl Lookup>) -> Success {
    let json = match body {
        Body::Json(json) => json,
        Body::Empty | Body::Null => return rule.empty,
        Body::Unreadable => return Success::Unreadable,
    };
    if rule.date.is_some_and(|path| !json.has_date_at(path)) {
        return Success::Unreadable;
    }
    let mut is_proven = false;
    for path in rule.flags {
        match json.flag_at(path) {
            Some(false) => return Success::Rejected,
            found => is_proven |= found.is_some(),
        }
    }
    for path in rule.texts {
        is_proven |= json.text_at(path).is_some();
    }
    for path in rule.answers {
        is_proven |= json.flag_at(path).is_some();
    }
    match is_proven {
        true => Success::Recorded,
        false if const { has::signs() } && rule.signs.iter().any(|path| json.text_at(path).is_some()) => rule.bare,
        false => rule.unproven,
    }
}

/// Whether a rule is about this refusal: its status, and the code and the words of its body, as far as it has any.
fn fits<L: Lookup>(rule: &RefusalRule, IncomingResponse { status, body, .. }: &IncomingResponse<'_, L>) -> bool {
    rule.status == *status
        && match rule.code {
            Says::Code(wanted) => service_code(body).is_some_and(|code| code == wanted),
            Says::Word(word) => {
                (const { has::words() }) && service_message(body).is_some_and(|message| mentions(&message, word))
            }
            Says::AlreadyThere => (const { has::worded_refusals() }) && says_already_there(body),
        }
}

/// Whether a conflict says that the event is on the books. What it looks like is documented nowhere, and to take another
/// conflict for it would lose the event without a word. So a code or words that say anything else count as a refusal.
fn says_already_there(body: &Body<impl Lookup>) -> bool {
    /// It says no more than the status.
    const CONFLICT: &str = "conflict";
    match service_code(body).filter(|code| !code.eq_ignore_ascii_case(CONFLICT)) {
        Some(code) => {
            let code = code.to_ascii_lowercase();
            code.starts_with("already") || says_duplicate(&code)
        }
        None => {
            let message = service_message(body);
            let told = message.filter(|message| !message.trim_ascii().eq_ignore_ascii_case(CONFLICT));
            told.is_none_or(|message| says_duplicate(&message))
        }
    }
}

/// "Already" alone says nothing: a campaign may be archived already.
fn says_duplicate(text: &str) -> bool {
    const PHRASES: Names<'static> = Names(
        "duplicate,already exist,already record,already track,already process,already report,already receive,already used,\
         already been record,already been track,already been process,already been report,already been receive,\
         already been used,",
    );
    let mut phrases = PHRASES;
    let begins_with_no = mentions(text.get(..3).unwrap_or_default(), "no ");
    let denies = begins_with_no || mentions(text, " no ") || mentions(text, "not ");
    (mentions(text, "exists") && !denies) || phrases.any(|phrase| mentions(text, phrase))
}

/// The retry rule's left half: what a status that is no success says of the event.
fn fault_of(status: u16, has_retry_after: bool) -> Fault {
    match status {
        400 | 422 => Fault::settled(ErrorKind::Validation),
        401 | 403 => Fault::settled(ErrorKind::Auth),
        404 => Fault::settled(ErrorKind::NotFound),
        429 => Fault { transient: true, ..Fault::settled(ErrorKind::RateLimit) },
        402..=499 => Fault::settled(ErrorKind::Rejected),
        // A browser shows a redirect that is not followed as an opaque response with status 0.
        0 | 300..=399 => Fault::settled(ErrorKind::Redirected),
        // Who says when to come back has not taken the event.
        503 if has_retry_after => Fault { transient: true, ..Fault::settled(ErrorKind::Unavailable) },
        _ => Fault::ambiguous(ErrorKind::Unavailable),
    }
}

/// The code of an error's body. Services wrap an error as `{error: {code, message}}`, as `{error: text}` or not at all, or
/// put it inside a success; what stands between a shop and a service answers anything.
pub fn service_code(body: &Body<impl Lookup>) -> Option<String> {
    body.text_at("error.code").or_else(|| body.text_at("code"))
}

/// Whether a text can be a code or an ID: a service's own are short, and visible ASCII characters. It is what an error tells.
pub fn is_identifier(text: &str) -> bool {
    text.len() <= 128 && PRINTABLE.consists_of(text)
}

/// The words of an error's body. Not scrubbed.
pub fn service_message(body: &Body<impl Lookup>) -> Option<String> {
    for path in Names("error.message,message,error,data.error,,") {
        let found = body.text_at(path);
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The service's own ID of a request: the header's, else the body's `meta.requestId`. Anything may stand there.
pub fn request_id<L: Lookup>(ended: &AttemptResult<'_, L>) -> Option<String> {
    let AttemptResult::Answered(response) = ended else { return None };
    match response.request_id {
        Some(id) if !id.is_empty() => Some(id.to_owned()),
        _ => response.body.text_at("meta.requestId"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::provider::refport::SALE;

    /// It must not be looked into.
    struct Closed;

    impl Lookup for Closed {
        fn text_at(&self, path: &str) -> Option<String> {
            panic!("the text at {path:?} was asked for")
        }

        fn flag_at(&self, path: &str) -> Option<bool> {
            panic!("the flag at {path:?} was asked for")
        }

        fn has_date_at(&self, path: &str) -> bool {
            panic!("the date at {path:?} was asked for")
        }
    }

    #[test]
    fn a_status_that_no_rule_of_the_endpoint_is_about_decides_alone() {
        let retry_after = RetryAfter { seconds_or_date: None, milliseconds: None };
        for status in [301, 401, 404, 500, 503] {
            let response = IncomingResponse { status, retry_after, request_id: None, body: Body::Json(Closed) };
            let verdict = classify(&SALE, &AttemptResult::Answered(response), Timestamp(0));
            assert!(matches!(verdict, Verdict::Failed(_)), "{status}: {verdict:?}");
        }
    }
}
