//! Refport: paths, fields and answers (docs.refport.co, api-reference).

use super::Success;
use crate::proto::{
    body::{Body, Lookup},
    event::{Field, Rule},
};

pub(super) const BASE_URL: &str = "https://app.refport.co";
pub(super) const LEAD_PATH: &str = "/api/track/lead";
pub(super) const SALE_PATH: &str = "/api/track/sale";

/// The code of a 409 that says a sale with this `invoiceId` was recorded before.
pub(super) const DUPLICATE_INVOICE: &str = "DUPLICATE_INVOICE";

/// By this field the service recognises a sale that comes twice. Nothing of the kind is documented for a lead.
pub(super) const SALE_REPLAY_KEY: &str = "invoiceId";

const CLICK_ID: Field = Field { name: "clickId", rule: Rule::ClickId };
const CUSTOMER_EXTERNAL_ID: Field = Field { name: "customerExternalId", rule: Rule::RequiredId };
const CUSTOMER_EMAIL: Field = Field { name: "customerEmail", rule: Rule::Text };
const CUSTOMER_NAME: Field = Field { name: "customerName", rule: Rule::Text };
const CUSTOMER_AVATAR: Field = Field { name: "customerAvatar", rule: Rule::Text };
const METADATA: Field = Field { name: "metadata", rule: Rule::Object };

pub(super) const LEAD_FIELDS: &[Field] = &[
    CLICK_ID,
    Field { name: "eventName", rule: Rule::RequiredId },
    CUSTOMER_EXTERNAL_ID,
    CUSTOMER_EMAIL,
    CUSTOMER_NAME,
    CUSTOMER_AVATAR,
    METADATA,
];

pub(super) const SALE_FIELDS: &[Field] = &[
    CLICK_ID,
    CUSTOMER_EXTERNAL_ID,
    Field { name: "amount", rule: Rule::Amount },
    Field { name: "currency", rule: Rule::Currency },
    Field { name: "eventName", rule: Rule::Text },
    Field { name: SALE_REPLAY_KEY, rule: Rule::Id },
    Field { name: "paymentProcessor", rule: Rule::Text },
    CUSTOMER_EMAIL,
    CUSTOMER_NAME,
    CUSTOMER_AVATAR,
    METADATA,
];

/// A lead's answer has a `click` with an `id`, a sale's a `sale` with an `id`: that is the proof. A missing member
/// elsewhere does not unmake what is on the books. `null` or nothing means that the click belongs to no link.
pub(super) fn read_success(body: &Body<impl Lookup>, proof: &str) -> Success {
    match body {
        Body::Empty | Body::Null => Success::Unattributed,
        Body::Json(json) if json.text_at(proof).is_some() => Success::Recorded,
        Body::Json(_) | Body::Unreadable => Success::Unreadable,
    }
}
