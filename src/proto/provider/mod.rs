//! The services that conversion events go to, and the questions each of them answers.
//!
//! In: a question of the delivery's. Out: the provider's answer. A new provider is one new file, one arm in each
//! question here, and its golden vectors.

mod refport;

use super::{
    body::{Body, Lookup},
    event::Field,
};

/// A service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// <https://docs.refport.co>
    Refport,
}

/// What is asked of a provider; it decides what an answer must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// `POST /api/track/lead`
    RefportLead,
    /// `POST /api/track/sale`
    RefportSale,
}

/// What the text of a 2xx says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Success {
    /// The event is on the books.
    Recorded,
    /// The service took it, but the click belongs to no link.
    Unattributed,
    /// This is no answer of the service's.
    Unreadable,
}

impl Provider {
    /// Where the service is when nobody says otherwise.
    pub fn default_base_url(self) -> &'static str {
        match self {
            Self::Refport => refport::BASE_URL,
        }
    }
}

impl Endpoint {
    /// Every endpoint there is.
    pub const ALL: &[Self] = &[Self::RefportLead, Self::RefportSale];

    /// Its place among [`ALL`](Self::ALL).
    pub fn number(self) -> u32 {
        self as u32
    }

    /// The endpoint with this number, or else the first.
    pub fn from_number(number: u32) -> Self {
        let index = usize::try_from(number).unwrap_or_default();
        Self::ALL.get(index).copied().unwrap_or(Self::RefportLead)
    }

    /// The path, to be put behind the base URL.
    pub fn path(self) -> &'static str {
        match self {
            Self::RefportLead => refport::LEAD_PATH,
            Self::RefportSale => refport::SALE_PATH,
        }
    }

    /// The fields of the request's body.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::RefportLead => refport::LEAD_FIELDS,
            Self::RefportSale => refport::SALE_FIELDS,
        }
    }

    /// The field by which the service recognises an event that comes twice, where it does.
    pub fn replay_key(self) -> Option<&'static str> {
        match self {
            Self::RefportLead => None,
            Self::RefportSale => Some(refport::SALE_REPLAY_KEY),
        }
    }

    /// What the body of a 2xx says.
    pub fn read_success(self, body: &Body<impl Lookup>) -> Success {
        match self {
            Self::RefportLead => refport::read_success(body, "click.id"),
            Self::RefportSale => refport::read_success(body, "sale.id"),
        }
    }

    /// A 409 with this code means that the event is on the books already.
    pub fn is_duplicate(self, code: Option<&str>) -> bool {
        match self {
            Self::RefportLead | Self::RefportSale => code == Some(refport::DUPLICATE_INVOICE),
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
