//! Why an event was not recorded.
//!
//! In: what [`response`](super::response), [`delivery`](super::delivery) or a parser found. Out: [`Failure`], the one
//! description of a failed call. Classes, `instanceof` and stack traces are JavaScript's (`pkg/errors.js`).

use core::fmt;
use std::borrow::Cow;

use super::{text::part, time::Millis};

/// One thing wrong with one field. It never holds the field's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The parameter or option, nested as `partner.email`: a name of ours, or that of a member which is not known.
    pub field: Cow<'static, str>,
    /// What is wrong and what to do, to be read behind the field's name.
    pub message: Cow<'static, str>,
}

impl Issue {
    /// What is wrong with a known field.
    pub const fn of(field: &'static str, message: &'static str) -> Self {
        Self { field: Cow::Borrowed(field), message: Cow::Borrowed(message) }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.field, self.message)
    }
}

/// Everything wrong with one call's values, in the order it was found.
pub type Issues = Vec<Issue>;

macro_rules! error_kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $own_code:literal, $message:literal;)+) => {
        /// Why an event was not recorded: a closed set, to branch on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ErrorKind {
            $($(#[$doc])* $variant,)+
        }

        impl ErrorKind {
            /// Every kind there is.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Name, own code and message of each, in their order. (A list of texts weighs eight bytes more for each, and
            /// a `match` in each of the three questions more again.)
            const TEXTS: &str = concat!($($name, "|", $own_code, "|", $message, "|"),+);
        }
    };
}

impl ErrorKind {
    /// Its name in JavaScript and in the golden vectors.
    pub fn as_str(self) -> &'static str {
        self.text(0)
    }

    /// The code when no service named one.
    pub fn own_code(self) -> &'static str {
        self.text(1)
    }

    /// What happened and what to do.
    pub fn message(self) -> &'static str {
        self.text(2)
    }

    fn text(self, column: u32) -> &'static str {
        part(Self::TEXTS, (self as u32).wrapping_mul(3).wrapping_add(column))
    }
}

error_kinds! {
    /// 400, 422, or refused before anything was sent.
    Validation = "validation", "UNKNOWN",
        "the service refused the parameters: see serviceMessage";
    /// 400 `INVALID_CLICK_ID`.
    InvalidClickId = "invalid_click_id", "UNKNOWN",
        "the service does not know this click ID (a stale or forged cookie): treat the customer as organic";
    /// 401, 403.
    Auth = "auth", "UNKNOWN",
        "the service refused the API key: check that it is current";
    /// 404.
    NotFound = "not_found", "UNKNOWN",
        "the service does not know what it was asked for: see serviceMessage, and check the base URL";
    /// 429.
    RateLimit = "rate_limit", "UNKNOWN",
        "too many requests: see retryable and retryAfterMs";
    /// 5xx.
    Unavailable = "unavailable", "UNKNOWN",
        "the service failed: see retryable and maybeRecorded";
    /// Any other 4xx, or a failure inside a 2xx.
    Rejected = "rejected", "UNKNOWN",
        "the service refused the call: see status and serviceMessage";
    /// 3xx, an opaque redirect, or one that the transport followed all the same.
    Redirected = "redirected", "REDIRECTED",
        "a redirect, which is never followed: check the base URL";
    /// A 2xx that cannot be read or has the wrong shape.
    InvalidResponse = "invalid_response", "INVALID_RESPONSE",
        "a success that is not the service's own answer: check the base URL";
    /// The transport threw.
    Connection = "connection", "CONNECTION_FAILED",
        "the connection was lost before the answer was complete";
    /// The attempt's timeout or the call's budget ran out.
    Timeout = "timeout", "TIMEOUT",
        "no answer in time: see timeoutMs and budgetMs";
    /// The caller's signal.
    Aborted = "aborted", "ABORTED",
        "the call was cancelled by its signal";
    /// A defect of this package.
    Internal = "internal", "INTERNAL",
        "a defect in refport-edge: please report it";
}

/// The code of a call that was refused locally.
pub const VALIDATION_CODE: &str = "VALIDATION_ERROR";

/// A call that failed, and all that is known of it. It holds no header, body, key or personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The closed set to branch on; it has the message too.
    pub kind: ErrorKind,
    /// The HTTP status exactly as answered; `None` when nothing was answered.
    pub status: Option<u16>,
    /// The service's code exactly as answered, if it named one that is no more than a code.
    pub service_code: Option<String>,
    /// The service's own words, cut and scrubbed.
    pub service_message: Option<String>,
    /// Sending the same call again later is right.
    pub retryable: bool,
    /// Some attempt ended without an answer that settles whether the event is on the books.
    pub maybe_recorded: bool,
    /// How long to wait before sending again.
    pub retry_after: Option<Millis>,
    /// What was wrong with the values, when refused locally.
    pub issues: Issues,
}

impl Failure {
    /// A failure of `kind` that is certain not to be recorded.
    pub fn new(kind: ErrorKind, retryable: bool) -> Self {
        Self {
            kind,
            status: None,
            service_code: None,
            service_message: None,
            retryable,
            maybe_recorded: false,
            retry_after: None,
            issues: Issues::new(),
        }
    }

    /// A call that was refused before anything was sent.
    pub fn refused(issues: Issues) -> Self {
        Self { issues, ..Self::new(ErrorKind::Validation, false) }
    }

    /// The service's code, or ours where nothing of the service's was answered, or `UNKNOWN`.
    pub fn code(&self) -> &str {
        match &self.service_code {
            Some(code) => code,
            None if self.kind == ErrorKind::Validation && self.status.is_none() => VALIDATION_CODE,
            None => self.kind.own_code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_name_and_words() {
        let names: std::collections::BTreeSet<_> = ErrorKind::ALL.iter().map(|kind| kind.as_str()).collect();
        let words: std::collections::BTreeSet<_> = ErrorKind::ALL.iter().map(|kind| kind.message()).collect();
        assert_eq!((names.len(), words.len()), (ErrorKind::ALL.len(), ErrorKind::ALL.len()));
    }

    #[test]
    fn a_code_is_the_services_or_ours_and_never_made_up() {
        let failed = |kind, status| Failure { status, ..Failure::new(kind, false) };
        assert_eq!(failed(ErrorKind::Validation, None).code(), "VALIDATION_ERROR");
        assert_eq!(failed(ErrorKind::Validation, Some(422)).code(), "UNKNOWN");
        assert_eq!(failed(ErrorKind::Timeout, None).code(), "TIMEOUT");
    }
}
