//! What a service is to the rest of this crate: a table that names everything.
//!
//! In: nothing. Out: the types that a service's own file fills in. A member that a service leaves out does not compile, so
//! there is no default that could be wrong for the next one.

use core::fmt;

use super::{
    body::{Body, Lookup},
    error::Issue,
    rule::FieldTable,
    setting::Setting,
    text::{Names, mentions},
};

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
    /// The paths that are looked up in the body of an answer: see [`answer_paths`].
    pub answer_paths: &'static [&'static str],
    /// Where its visitors' IDs are found.
    pub visitor: Visitor,
    /// What a `Retry-After` says beside a status.
    pub retry_after: WaitRule,
}

/// Where the ID of a visitor is found in a request.
pub struct Visitor {
    /// The name of the cookie. Its value may be encoded with `encodeURIComponent`.
    pub cookie: &'static str,
    /// The parameters of the URL, the one that counts most first.
    pub parameters: &'static [&'static str],
}

/// What a service means by a `Retry-After`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitRule {
    /// When to come back, on any error. A 503 with it has not taken the event.
    AnyError,
}

/// What can be asked of a service.
pub struct Endpoint {
    /// What it is called in JavaScript's lists: `SALE`.
    pub constant: &'static str,
    /// Its number, which no other endpoint of any service has.
    pub number: u32,
    /// Whose it is.
    pub service: &'static Service,
    /// The path, to be put behind the base URL; empty where it is configured.
    pub path: &'static str,
    /// The options name its path, and what its fields are called on the wire.
    pub is_configured: bool,
    /// The fields of the request's body.
    pub fields: FieldTable,
    /// What is wrong where none of the fields is there that say whom it is about, if one has to be.
    pub unidentified: Option<Issue>,
    /// It does no harm to send the same twice, whatever the event has.
    pub is_replay_safe: bool,
    /// It is asked with a `POST` and a JSON body, or else with a `GET`.
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
    /// What a body that is empty or `null` says.
    pub empty: Success,
    /// What JSON says in which nothing of the above is.
    pub unproven: Success,
}

impl SuccessRule {
    /// What `body` says.
    pub fn read(&self, body: &Body<impl Lookup>) -> Success {
        let json = match body {
            Body::Json(json) => json,
            Body::Empty | Body::Null => return self.empty,
            Body::Unreadable => return Success::Unreadable,
        };
        if self.date.is_some_and(|path| !json.has_date_at(path)) {
            return Success::Unreadable;
        }
        let mut is_proven = false;
        for path in self.flags {
            match json.flag_at(path) {
                Some(false) => return Success::Rejected,
                found => is_proven |= found.is_some(),
            }
        }
        for path in self.texts {
            is_proven |= json.text_at(path).is_some();
        }
        for path in self.answers {
            is_proven |= json.flag_at(path).is_some();
        }
        if is_proven { Success::Recorded } else { self.unproven }
    }
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

impl RefusalRule {
    /// Whether it is about this refusal: its status, and the code and the words of its body, as far as it has any.
    pub fn fits(&self, status: u16, code: Option<&str>, message: Option<&str>) -> bool {
        self.status == status
            && match self.code {
                Says::Code(wanted) => code == Some(wanted),
                Says::AlreadyThere => says_already_there(code, message),
            }
    }
}

/// What the body of a refusal has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// This code.
    Code(&'static str),
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

/// Whether a conflict says that the event is on the books. What it looks like is documented nowhere, and to take another
/// conflict for it would lose the event without a word. So a code or words that say anything else count as a refusal.
fn says_already_there(code: Option<&str>, message: Option<&str>) -> bool {
    /// It says no more than the status.
    const CONFLICT: &str = "conflict";
    match code.filter(|code| !code.eq_ignore_ascii_case(CONFLICT)) {
        Some(code) => {
            let code = code.to_ascii_lowercase();
            code.starts_with("already") || says_duplicate(&code)
        }
        None => {
            message.filter(|message| !message.trim_ascii().eq_ignore_ascii_case(CONFLICT)).is_none_or(says_duplicate)
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
