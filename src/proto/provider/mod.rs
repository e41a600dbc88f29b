//! The services that conversion events go to, and the questions each of them answers.
//!
//! In: a question of the delivery's. Out: the provider's answer. A new provider is one new file, one arm in each
//! question here, and its golden vectors; CONTRIBUTING.md has the steps.

use super::{
    body::{Body, Lookup},
    config::{Config, Setting},
    error::Issue,
    event::FieldTable,
};

mod refcampaign;
mod refport;

pub use refcampaign::Identify;

/// A service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// <https://docs.refport.co>
    Refport,
    /// <https://docs.refcampaign.com>
    RefCampaign,
}

/// What is asked of a provider; it decides what an answer must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// `POST /api/track/lead`
    RefportLead,
    /// `POST /api/track/sale`
    RefportSale,
    /// `POST /api/embed/token`
    RefportEmbedToken,
    /// `POST /api/v1/conversions/postback`, with an amount in major units, as the SDK guide has it.
    RefCampaignTrack,
    /// `POST /api/v1/conversions/postback`, as the REST reference has it.
    RefCampaignPostback,
    /// `POST /api/v1/conversions/refund`
    RefCampaignRefund,
    /// `POST /api/v1/track/identify`; it is public.
    RefCampaignIdentify,
    /// `GET /api/v1/ping`
    RefCampaignPing,
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

impl Provider {
    /// Every provider there is.
    pub const ALL: &[Self] = &[Self::Refport, Self::RefCampaign];

    /// What it is called in JavaScript's lists.
    pub fn constant(self) -> &'static str {
        match self {
            Self::Refport => "REFPORT",
            Self::RefCampaign => "REFCAMPAIGN",
        }
    }

    /// The paths that are looked up in the body of an answer: those of its successes, and those of every error.
    pub fn answer_paths(self) -> &'static [&'static str] {
        match self {
            Self::Refport => refport::ANSWER_PATHS,
            Self::RefCampaign => refcampaign::ANSWER_PATHS,
        }
    }

    /// Its options, in the order in which [`Config::parse`] asks for them. Functions and what else stays in JavaScript are among
    /// them, so that a slip of theirs is told.
    pub fn options(self) -> &'static [Setting] {
        match self {
            Self::Refport => refport::OPTIONS,
            Self::RefCampaign => refcampaign::OPTIONS,
        }
    }
}

/// What is known of an endpoint before anything is sent.
struct Spec {
    /// The path, to be put behind the base URL, unless it is configured.
    path: &'static str,
    /// The fields of the request's body.
    fields: FieldTable,
    /// What is wrong where none of the fields is there that say whom it is about, if one has to be.
    unidentified: Option<Issue>,
    /// It does no harm to send the same twice, whatever the event has.
    is_replay_safe: bool,
    /// It is asked with a `POST` and a JSON body, or else with a `GET`.
    has_body: bool,
    /// It wants the key. A public endpoint must not learn it.
    wants_key: bool,
    /// HTTP requests at most, whatever is configured.
    most_attempts: u32,
}

/// The paths of what a service answers: those given, and those of every error.
macro_rules! answer_paths {
    ($($path:literal),*) => {
        &[
            $($path,)*
            "error.code", "code", "error.message", "message", "error", "data.error", "", "meta.requestId",
        ]
    };
}
use answer_paths;

/// The table of an endpoint's fields: `"name": rule`.
macro_rules! fields {
    ($($name:literal: $rule:expr,)*) => {
        $crate::proto::event::FieldTable { rules: &[$(($name, $rule)),*] }
    };
}
use fields;

impl Endpoint {
    /// Every endpoint there is.
    pub const ALL: &[Self] = &[
        Self::RefportLead,
        Self::RefportSale,
        Self::RefportEmbedToken,
        Self::RefCampaignTrack,
        Self::RefCampaignPostback,
        Self::RefCampaignRefund,
        Self::RefCampaignIdentify,
        Self::RefCampaignPing,
    ];

    /// Its place among [`ALL`](Self::ALL).
    pub fn number(self) -> u32 {
        self as u32
    }

    /// The endpoint with this number.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// What it is called in JavaScript's lists.
    pub fn constant(self) -> &'static str {
        match self {
            Self::RefportLead => "LEAD",
            Self::RefportSale => "SALE",
            Self::RefportEmbedToken => "EMBED_TOKEN",
            Self::RefCampaignTrack => "TRACK",
            Self::RefCampaignPostback => "POSTBACK",
            Self::RefCampaignRefund => "REFUND",
            Self::RefCampaignIdentify => "IDENTIFY",
            Self::RefCampaignPing => "PING",
        }
    }

    /// Whose it is.
    pub fn provider(self) -> Provider {
        match self {
            Self::RefportLead | Self::RefportSale | Self::RefportEmbedToken => Provider::Refport,
            Self::RefCampaignTrack
            | Self::RefCampaignPostback
            | Self::RefCampaignRefund
            | Self::RefCampaignIdentify
            | Self::RefCampaignPing => Provider::RefCampaign,
        }
    }

    fn spec(self) -> &'static Spec {
        match self {
            Self::RefportLead => &refport::LEAD,
            Self::RefportSale => &refport::SALE,
            Self::RefportEmbedToken => &refport::EMBED_TOKEN,
            Self::RefCampaignTrack => &refcampaign::TRACK,
            Self::RefCampaignPostback => &refcampaign::POSTBACK,
            Self::RefCampaignRefund => &refcampaign::REFUND,
            Self::RefCampaignIdentify => &refcampaign::IDENTIFY,
            Self::RefCampaignPing => &refcampaign::PING,
        }
    }

    /// The path, to be put behind the base URL.
    pub fn path<'a>(self, config: &Config<'a>) -> &'a str {
        match self.configured(config) {
            Some(identify) => identify.path,
            None => self.spec().path,
        }
    }

    /// The path as the service has it, whatever is configured.
    pub fn own_path(self) -> &'static str {
        self.spec().path
    }

    /// Whether it is asked with a `POST` and a JSON body, or else with a `GET`.
    pub fn has_body(self) -> bool {
        self.spec().has_body
    }

    /// Whether it wants the key. A public endpoint must not learn it.
    pub fn wants_key(self) -> bool {
        self.spec().wants_key
    }

    /// The fields of the request's body.
    pub fn fields(self) -> FieldTable {
        self.spec().fields
    }

    /// What the field at `index` is called on the wire, where that is configured.
    pub fn wire_name<'a>(self, index: u32, config: Option<&Config<'a>>) -> Option<&'a str> {
        let Identify { session_id, customer_email_hash, .. } = self.configured(config?)?;
        [session_id, customer_email_hash].get(usize::try_from(index).ok()?).copied()
    }

    /// What is configured of it, where its path and names are not the service's own.
    fn configured<'a>(self, config: &Config<'a>) -> Option<Identify<'a>> {
        match self {
            Self::RefCampaignIdentify => Some(config.identify),
            Self::RefportLead
            | Self::RefportSale
            | Self::RefportEmbedToken
            | Self::RefCampaignTrack
            | Self::RefCampaignPostback
            | Self::RefCampaignRefund
            | Self::RefCampaignPing => None,
        }
    }

    /// The field that has this name on the wire, and another one for callers.
    pub fn field_on_wire(self, wire_name: &str, config: Option<&Config>) -> Option<&'static str> {
        let mut fields = (0..).zip(self.fields().iter());
        fields.find(|(index, _)| self.wire_name(*index, config) == Some(wire_name)).map(|(_, (name, _))| name)
    }

    /// What is wrong where none of the fields is there that say whom it is about (`identifies` in its rule), if one has to
    /// be.
    pub fn unidentified(self) -> Option<Issue> {
        self.spec().unidentified.clone()
    }

    /// Whether it does no harm to send the same twice, whatever the event has.
    pub fn is_replay_safe(self) -> bool {
        self.spec().is_replay_safe
    }

    /// HTTP requests at most, whatever is configured.
    pub fn most_attempts(self) -> u32 {
        self.spec().most_attempts
    }

    /// What the body of a 2xx says.
    pub fn read_success(self, body: &Body<impl Lookup>) -> Success {
        match self {
            Self::RefportLead => refport::read_success(body, "click.id"),
            Self::RefportSale => refport::read_success(body, "sale.id"),
            Self::RefportEmbedToken => refport::read_embed_token(body),
            Self::RefCampaignIdentify => refcampaign::read_success(body, Success::Recorded),
            Self::RefCampaignTrack | Self::RefCampaignPostback | Self::RefCampaignRefund | Self::RefCampaignPing => {
                refcampaign::read_success(body, Success::Unreadable)
            }
        }
    }

    /// A 409 with this code and these words, as far as it has any, means that the event is on the books already.
    pub fn is_duplicate(self, code: Option<&str>, message: Option<&str>) -> bool {
        match self {
            Self::RefportLead | Self::RefportSale => code == Some(refport::DUPLICATE_INVOICE),
            Self::RefCampaignTrack | Self::RefCampaignPostback => refcampaign::is_duplicate(code, message),
            Self::RefportEmbedToken | Self::RefCampaignRefund | Self::RefCampaignIdentify | Self::RefCampaignPing => {
                false
            }
        }
    }
}

/// A 429 with this code is a plan's quota, used up: waiting does not help.
pub fn is_quota(code: Option<&str>) -> bool {
    code == Some("LIMIT_EXCEEDED")
}

/// A 400 with this code means that the click ID is unknown.
pub fn is_invalid_click_id(code: Option<&str>) -> bool {
    code == Some("INVALID_CLICK_ID")
}
