//! Tolt: paths, fields and answers of its API of version 2 (docs.tolt.com, api-reference).
//!
//! Its script keeps the ID of a visitor's click in a cookie. The parameter of a partner's link is no ID: it names the partner, and
//! a click is made of it.

use crate::proto::{
    error::Issue,
    rule::{Kind, Rule, fields},
    service::{Endpoint, Refusal, RefusalRule, Says, Service, Success, SuccessRule, Visitor, WaitRule, answer_paths},
    setting::{Sets, Setting, settings},
};

/// <https://docs.tolt.com>
pub static SERVICE: Service = Service {
    constant: "TOLT",
    number: 2,
    settings: SETTINGS,
    endpoints: &[&CLICK, &LANDING, &CUSTOMER, &TRANSACTION, &REFUND],
    answer_paths: answer_paths!("data.id", "data.0.id"),
    visitor: Visitor { cookie: "tolt_referral", parameters: &[], is_encoded: false },
    retry_after: WaitRule::RateLimit,
};

const SETTINGS: &[Setting] = settings!("token", "baseUrl": "https://api.tolt.com");

const ID: Rule = Rule::new(Kind::Id);
const TEXT: Rule = Rule::new(Kind::Text).at_most(255);
const TIME: Rule = Rule::new(Kind::Text);
const CLICK_ID: Rule = Rule::new(Kind::ClickId);

/// The table of a click: whose link it was, and what is known of the visit.
macro_rules! click_fields {
    ($value:expr) => {
        fields! {
            "param": ID,
            "value": $value,
            "link_id": ID.identifies(),
            "partner_id": ID.identifies(),
            "page": Rule::new(Kind::Text),
            "referrer": Rule::new(Kind::Text),
            "country": Rule::new(Kind::Text),
            "device": Rule::new(Kind::Text),
        }
    };
}

/// `POST /v2/clicks`
pub static CLICK: Endpoint = Endpoint {
    constant: "CLICK",
    number: 32,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
    path: "/v2/clicks",
    fields: click_fields!(ID.identifies()),
    unidentified: Some(Issue::of("value", "is required beside param, or else link_id or partner_id")),
    // Each is one more click.
    is_replay_safe: false,
    has_body: true,
    wants_key: true,
    max_attempts: u32::MAX,
    success: MADE,
    refusals: &[],
};

/// The same, of the page that a visitor has landed on: without a partner's parameter there is no click.
pub static LANDING: Endpoint = Endpoint {
    constant: "LANDING",
    number: 33,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
    path: "/v2/clicks",
    fields: click_fields!(CLICK_ID.required().identifies()),
    unidentified: None,
    is_replay_safe: false,
    has_body: true,
    wants_key: true,
    max_attempts: u32::MAX,
    success: MADE,
    refusals: &[],
};

/// `POST /v2/customers`
pub static CUSTOMER: Endpoint = Endpoint {
    constant: "CUSTOMER",
    number: 34,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
    path: "/v2/customers",
    fields: fields! {
        "partner_id": ID.identifies(),
        "link_id": ID.identifies(),
        "click_id": CLICK_ID,
        // No two customers have one.
        "email": ID.dedup_key().private().at_most(255),
        "customer_id": ID.private().at_most(255),
        "name": TEXT.private(),
        "status": Rule::new(Kind::Text),
        "subscription_id": ID,
        "promotion_code": ID,
        "created_at": TIME,
        "lead_at": TIME,
        "active_at": TIME,
    },
    unidentified: Some(Issue::of("partner_id", "is required, or else link_id")),
    is_replay_safe: false,
    has_body: true,
    wants_key: true,
    max_attempts: u32::MAX,
    success: MADE,
    refusals: &[DUPLICATE, UNKNOWN_CLICK],
};

/// `POST /v2/transactions`
pub static TRANSACTION: Endpoint = Endpoint {
    constant: "TRANSACTION",
    number: 35,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
    path: "/v2/transactions",
    fields: fields! {
        "customer_id": ID.required().private(),
        "amount": Rule::new(Kind::Amount).required(),
        "charge_id": ID.dedup_key(),
        "click_id": CLICK_ID,
        "billing_type": TEXT,
        "interval": TEXT,
        "product_id": TEXT,
        "product_name": TEXT,
        "source": TEXT,
        "created_at": TIME,
    },
    unidentified: None,
    is_replay_safe: false,
    has_body: true,
    wants_key: true,
    max_attempts: u32::MAX,
    success: MADE,
    refusals: &[DUPLICATE, UNKNOWN_CLICK],
};

/// `POST /v2/transactions/{id}/refund`
pub static REFUND: Endpoint = Endpoint {
    constant: "TRANSACTION_REFUND",
    number: 36,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
    path: "/v2/transactions/{}/refund",
    fields: fields! { "id": ID.required().in_path(), },
    unidentified: None,
    // It is refunded once.
    is_replay_safe: true,
    has_body: false,
    wants_key: true,
    max_attempts: u32::MAX,
    success: MADE,
    refusals: &[RefusalRule { status: 409, code: Says::Code("transaction_refunded"), means: Refusal::Duplicate }],
};

/// What was made has an ID; `data` is what was made, or a list of it.
const MADE: SuccessRule = SuccessRule {
    flags: &[],
    texts: &["data.id", "data.0.id"],
    answers: &[],
    date: None,
    signs: &[],
    bare: Success::Unreadable,
    empty: Success::Unreadable,
    unproven: Success::Unreadable,
};

/// Of a customer there is one transaction with this `charge_id`, or one customer with this e-mail address.
const DUPLICATE: RefusalRule =
    RefusalRule { status: 409, code: Says::Code("already_exists"), means: Refusal::Duplicate };

/// The words of a refusal begin with the field.
const UNKNOWN_CLICK: RefusalRule =
    RefusalRule { status: 400, code: Says::Word("click_id"), means: Refusal::InvalidClickId };
