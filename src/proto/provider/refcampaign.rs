//! RefCampaign: paths, fields and answers (docs.refcampaign.com: the SDK guide, the REST reference).
//!
//! Two generations of its documentation count money in two units. Each function keeps the unit of its own page, and both
//! send minor units to the one endpoint that both know.

use super::Success;
use crate::proto::{
    body::{Body, Lookup},
    error::Issue,
    event::{Field, Kind},
};

pub(super) const BASE_URL: &str = "https://app.refcampaign.com";
pub(super) const POSTBACK_PATH: &str = "/api/v1/conversions/postback";
pub(super) const REFUND_PATH: &str = "/api/v1/conversions/refund";
pub(super) const PING_PATH: &str = "/api/v1/ping";

pub(super) const OPTIONS: &[&str] = &[
    "apiKey",
    "apiUrl",
    "timeoutMs",
    "budgetMs",
    "maxAttempts",
    "retry.replay",
    "identify.path",
    "identify.sessionIdField",
    "identify.customerEmailHashField",
];

// Whom a conversion is credited to. A session ID comes from a visitor's cookie: one that cannot be right does not matter
// where another of these is there, so they come first.
const CLICK_ID: Field = Field::new("clickId", Kind::Id).identifies();
const CLICK_ID_ALIAS: Field = Field::new("cid", Kind::Id).identifies();
const CUSTOMER_EMAIL_HASH: Field = Field::new("customerEmailHash", Kind::EmailHash).private();
const CUSTOMER_EMAIL: Field = Field::new("customerEmail", Kind::Text).identifies().private();
const AFFILIATE_CODE: Field = Field::new("affiliateCode", Kind::Id).identifies();
const SESSION_ID: Field = Field::new("sessionId", Kind::SessionId).identifies();
const SESSION_ID_ALIAS: Field = Field::new("rcsid", Kind::SessionId).identifies();

const EXTERNAL_ID: Field = Field::new("externalId", Kind::Id).required().at_most(255);
const CONVERSION_TYPE: Field = Field::new("conversionType", Kind::ConversionType);
const CUSTOMER_ID: Field = Field::new("customerId", Kind::Text).private();
const METADATA: Field = Field::new("metadata", Kind::Object);

pub(super) const TRACK_FIELDS: &[Field] = &[
    Field::new("metadata.orderId", Kind::OrderId).at_most(255),
    Field::new("externalId", Kind::OwnId).required().at_most(255),
    CONVERSION_TYPE,
    Field::new("currency", Kind::KnownCurrency).required().strict(),
    Field::new("amount", Kind::MajorAmount).required().strict(),
    CLICK_ID,
    CLICK_ID_ALIAS,
    CUSTOMER_EMAIL_HASH.identifies(),
    CUSTOMER_EMAIL,
    AFFILIATE_CODE,
    SESSION_ID,
    SESSION_ID_ALIAS,
    CUSTOMER_ID,
    METADATA,
];

pub(super) const POSTBACK_FIELDS: &[Field] = &[
    EXTERNAL_ID,
    CONVERSION_TYPE,
    Field::new("amount", Kind::Amount).required().strict(),
    Field::new("currency", Kind::Currency).required().strict(),
    CLICK_ID,
    CLICK_ID_ALIAS,
    CUSTOMER_EMAIL_HASH.identifies(),
    CUSTOMER_EMAIL,
    AFFILIATE_CODE,
    SESSION_ID,
    SESSION_ID_ALIAS,
    CUSTOMER_ID,
    METADATA,
];

/// What is wrong where a conversion can be credited to nobody.
pub(super) const UNIDENTIFIED: Issue = Issue {
    field: "sessionId",
    complaint: "is required, or else customerEmailHash, customerEmail, clickId or affiliateCode",
};

pub(super) const REFUND_FIELDS: &[Field] =
    &[EXTERNAL_ID, Field::new("amount", Kind::Amount).strict(), Field::new("reason", Kind::Text).at_most(500)];

pub(super) const IDENTIFY_FIELDS: &[Field] = &[SESSION_ID, CUSTOMER_EMAIL_HASH.required()];

/// What is wrong where no session is named.
pub(super) const NO_SESSION: Issue = Issue { field: "sessionId", complaint: "is required" };

/// Where `tracking.identify` sends to, and what it calls its fields there. Four sources name three ways; the defaults are
/// the generated reference's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identify {
    /// Behind the base URL.
    pub path: String,
    /// On the wire, in the order of the table of fields.
    pub names: [String; 2],
}

impl Identify {
    /// The path and the names of the generated reference.
    pub(crate) const DEFAULTS: [&str; 3] = ["/api/v1/track/identify", "session_id", "customer_email_hash"];
}

/// What a 2xx says: `{success, data: {success, …}}`, or its inside alone. Either `success` may be false. `unproven` is for
/// a body that says neither yes nor no.
pub(super) fn read_success(body: &Body<impl Lookup>, unproven: Success) -> Success {
    let json = match body {
        Body::Json(json) => json,
        Body::Empty | Body::Null => return unproven,
        Body::Unreadable => return Success::Unreadable,
    };
    let flags = [json.flag_at("success"), json.flag_at("data.success")];
    if flags.contains(&Some(false)) {
        return Success::Rejected;
    }
    let proven = flags.contains(&Some(true))
        || ["conversionId", "data.conversionId"].iter().any(|path| json.text_at(path).is_some())
        || ["valid", "data.valid"].iter().any(|path| json.flag_at(path).is_some());
    if proven { Success::Recorded } else { unproven }
}
