//! Refport: paths, fields and answers (docs.refport.co, api-reference).

use super::Success;
use crate::proto::{
    body::{Body, Lookup},
    error::Issue,
    event::{Field, Kind},
};

pub(super) const BASE_URL: &str = "https://app.refport.co";
pub(super) const LEAD_PATH: &str = "/api/track/lead";
pub(super) const SALE_PATH: &str = "/api/track/sale";
pub(super) const EMBED_TOKEN_PATH: &str = "/api/embed/token";

pub(super) const OPTIONS: &[&str] = &["apiKey", "baseUrl", "timeoutMs", "budgetMs", "maxAttempts", "retry.replay"];

/// The code of a 409 that says a sale with this `invoiceId` was recorded before.
pub(super) const DUPLICATE_INVOICE: &str = "DUPLICATE_INVOICE";

const CLICK_ID: Field = Field::new("clickId", Kind::ClickId).required();
const CUSTOMER_EXTERNAL_ID: Field = Field::new("customerExternalId", Kind::Id).required().private();
const CUSTOMER_EMAIL: Field = Field::new("customerEmail", Kind::Text).private();
const CUSTOMER_NAME: Field = Field::new("customerName", Kind::Text).private();
const CUSTOMER_AVATAR: Field = Field::new("customerAvatar", Kind::Text).private();
const METADATA: Field = Field::new("metadata", Kind::Object);

pub(super) const LEAD_FIELDS: &[Field] = &[
    CLICK_ID,
    Field::new("eventName", Kind::Id).required(),
    CUSTOMER_EXTERNAL_ID,
    CUSTOMER_EMAIL,
    CUSTOMER_NAME,
    CUSTOMER_AVATAR,
    METADATA,
];

pub(super) const SALE_FIELDS: &[Field] = &[
    CLICK_ID,
    CUSTOMER_EXTERNAL_ID,
    Field::new("amount", Kind::Amount).required(),
    Field::new("currency", Kind::Currency),
    Field::new("eventName", Kind::Text),
    Field::new("invoiceId", Kind::Id).recognises(),
    Field::new("paymentProcessor", Kind::Text),
    CUSTOMER_EMAIL,
    CUSTOMER_NAME,
    CUSTOMER_AVATAR,
    METADATA,
];

/// Whom a token is for: a tenant or an enrolment that is known, or a partner, who is looked up or created.
pub(super) const EMBED_TOKEN_FIELDS: &[Field] = &[
    Field::new("tenantId", Kind::Id).identifies(),
    Field::new("enrollmentId", Kind::Id).identifies(),
    Field::new("partner", Kind::Object).identifies(),
    Field::new("partner.email", Kind::Id).required().inner().private(),
    Field::new("partner.name", Kind::Text).inner().private(),
];

/// What is wrong where a token is for nobody.
pub(super) const UNIDENTIFIED: Issue =
    Issue { field: "tenantId", complaint: "is required, or else enrollmentId or partner" };

/// A token is for a page, which wants both.
pub(super) fn read_embed_token(body: &Body<impl Lookup>) -> Success {
    match body {
        Body::Json(json) if json.text_at("publicToken").is_some() && json.has_date_at("expires") => Success::Recorded,
        _ => Success::Unreadable,
    }
}

/// A lead's answer has a `click` with an `id`, a sale's a `sale` with an `id`: that is the proof. A missing member
/// elsewhere does not unmake what is on the books. `null` or nothing means that the click belongs to no link.
pub(super) fn read_success(body: &Body<impl Lookup>, proof: &str) -> Success {
    match body {
        Body::Empty | Body::Null => Success::Unattributed,
        Body::Json(json) if json.text_at(proof).is_some() => Success::Recorded,
        Body::Json(_) | Body::Unreadable => Success::Unreadable,
    }
}
