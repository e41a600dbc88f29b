//! What a service is to the rest of this crate: a table that names everything.
//!
//! In: nothing. Out: the types, with their members for a service's own file to fill. A member that is left out does not compile,
//! so there is no default that could be wrong for the next one.

use core::fmt;

use super::{error::Issue, rule::FieldTable, setting::Setting};

/// A service that events go to.
pub struct Service {
    /// What it is called in JavaScript's lists: `REFPORT`.
    pub constant: &'static str,
    /// Its number, which no other service has.
    pub number: u32,
    /// The options of its client. Those that stay in JavaScript are among them, so that a slip of theirs is told.
    pub settings: &'static [Setting],
    /// What can be asked of it.
    pub endpoints: &'static [&'static Endpoint],
    /// The paths that are looked up in the body of an answer: see `answer_paths`.
    pub answer_paths: &'static [&'static str],
    /// Where its visitors' IDs are found.
    pub visitor: Visitor,
    /// What a `Retry-After` says beside a status.
    pub retry_after: WaitRule,
}

/// Where the ID of a visitor is found in a request.
pub struct Visitor {
    /// The name of the cookie.
    pub cookie: &'static str,
    /// The parameters of the URL, the one that counts most first.
    pub parameters: &'static [&'static str],
    /// The value of the cookie may be encoded with `encodeURIComponent`.
    pub is_encoded: bool,
}

/// What a service means by a `Retry-After`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitRule {
    /// When to come back, on any error. A 503 with it has not taken the event.
    AnyError,
    /// When to come back, on a 429 alone. Elsewhere it says nothing, if it is there.
    RateLimit,
}

/// What can be asked of a service.
pub struct Endpoint {
    /// What it is called in JavaScript's lists: `SALE`.
    pub constant: &'static str,
    /// Its number, which no other endpoint of any service has.
    pub number: u32,
    /// Whose it is.
    pub service: &'static Service,
    /// The method of HTTP.
    pub method: &'static str,
    /// The path, to be put behind the base URL; empty where it is configured. A `{}` in it stands for the field that goes there
    /// ([`Rule::in_path`](super::rule::Rule)).
    pub path: &'static str,
    /// The options name its path, and what its fields are called on the wire.
    pub is_configured: bool,
    /// The fields of the request's body.
    pub fields: FieldTable,
    /// The complaint about an event without a field that identifies its customer, if it has to have one.
    pub unidentified: Option<Issue>,
    /// It does no harm to send the same twice, whatever the event has.
    pub is_replay_safe: bool,
    /// It is asked with a JSON body.
    pub has_body: bool,
    /// It wants the key. A public endpoint must not learn it.
    pub wants_key: bool,
    /// HTTP requests at most, whatever is configured.
    pub max_attempts: u32,
    /// What the body of a 2xx says.
    pub success: SuccessRule,
    /// What a refusal means here that means something else elsewhere: the first that fits.
    pub refusals: &'static [RefusalRule],
}

/// What the body of a 2xx says. All paths are among the service's `answer_paths`.
pub struct SuccessRule {
    /// Where one of these is `false`, the service has refused the event; where one is `true`, it is on the books.
    pub flags: &'static [&'static str],
    /// Where there is a text at one of these, the event is on the books.
    pub texts: &'static [&'static str],
    /// Where there is a boolean at one of these, whichever, the event is on the books.
    pub answers: &'static [&'static str],
    /// Where there is no date at this path, the body is unreadable.
    pub date: Option<&'static str>,
    /// Where there is a text at one of these and nothing of the above is, it is the service's own answer all the same, and says
    /// what `bare` names.
    pub signs: &'static [&'static str],
    /// What such an answer says.
    pub bare: Success,
    /// What a body that is empty or `null` says.
    pub empty: Success,
    /// What JSON says in which nothing of the above is.
    pub unproven: Success,
}

/// What a refusal means.
pub struct RefusalRule {
    /// The status that it is about.
    pub status: u16,
    /// The code that its body has.
    pub code: Says,
    /// What it means.
    pub means: Refusal,
}

/// What the body of a refusal has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// This code.
    Code(&'static str),
    /// This word, somewhere in what it says to people.
    Word(&'static str),
    /// That the event is there already, in a code or in words; or nothing at all.
    AlreadyThere,
}

/// What the text of a 2xx says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Success {
    /// The event is on the books.
    Recorded,
    /// The service took it, but the click belongs to no link.
    Unattributed,
    /// The service has seen such an event before, and remembers it even where it failed to record it.
    SeenBefore,
    /// The service refused it, inside an answer that looks like a success.
    Rejected,
    /// This is no answer of the service's.
    Unreadable,
}

/// What a refusal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The event is on the books already.
    Duplicate,
    /// The click ID is unknown.
    InvalidClickId,
    /// A plan's quota is used up: waiting does not help.
    Quota,
}

/// The paths of what a service answers: those given, and those of every error.
#[cfg(feature = "delivery")]
macro_rules! answer_paths {
    ($($path:literal),*) => {
        &[
            $($path,)*
            "error.code", "code", "error.message", "message", "error", "data.error", "", "meta.requestId",
        ]
    };
}
#[cfg(feature = "delivery")]
pub(super) use answer_paths;

impl PartialEq for Endpoint {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Endpoint {}

impl fmt::Debug for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.constant)
    }
}
