//! RefCampaign: paths, fields and answers (docs.refcampaign.com: the SDK guide, the REST reference).
//!
//! Two generations of its documentation count money in two units. Each function keeps the unit of its own page, and both
//! send minor units to the one endpoint that both know.

use crate::proto::{
    error::Issue,
    rule::{Kind, Rule, fields},
    service::{Endpoint, Refusal, RefusalRule, Says, Service, Success, SuccessRule, Visitor, WaitRule, answer_paths},
    setting::{Sets, Setting, settings},
};

/// <https://docs.refcampaign.com>
pub static SERVICE: Service = Service {
    constant: "REFCAMPAIGN",
    number: 1,
    settings: SETTINGS,
    endpoints: &[&TRACK, &POSTBACK, &REFUND, &IDENTIFY, &PING],
    answer_paths: answer_paths!("success", "data.success", "conversionId", "data.conversionId", "valid", "data.valid"),
    visitor: Visitor { cookie: "_rc_sid", parameters: &["_rcid", "rcsid"], is_encoded: true },
    retry_after: WaitRule::AnyError,
};

const POSTBACK_PATH: &str = "/api/v1/conversions/postback";

const SETTINGS: &[Setting] = settings!(
    "apiKey",
    "apiUrl": "https://app.refcampaign.com",
    Setting::or("identify.path", Sets::Path, "/api/v1/track/identify"),
    Setting::or("identify.sessionIdField", Sets::FirstName, "session_id"),
    Setting::or("identify.customerEmailHashField", Sets::SecondName, "customer_email_hash")
);

const ID: Rule = Rule::new(Kind::Id);
const EXTERNAL_ID: Rule = ID.required().at_most(255);
const CONVERSION_TYPE: Rule = Rule::new(Kind::ConversionType);
const EMAIL_HASH: Rule = Rule::new(Kind::EmailHash).private();
const SESSION_ID: Rule = Rule::new(Kind::SessionId).identifies();
const TEXT: Rule = Rule::new(Kind::Text);
const METADATA: Rule = Rule::new(Kind::Object);

/// What is wrong where a conversion can be credited to nobody.
const UNIDENTIFIED: Issue =
    Issue::of("sessionId", "is required, or else customerEmailHash, customerEmail, clickId or affiliateCode");

/// The table of a conversion: the fields given, then those that say whom it is credited to, and the rest. A session ID comes
/// from a visitor's cookie. An ill-formed one does not matter where another of these fields is there, and so those come first.
macro_rules! conversion_fields {
    ($($field:tt)*) => {
        fields! {
            $($field)*
            "clickId": ID.identifies(),
            "cid": ID.identifies(),
            "customerEmailHash": EMAIL_HASH.identifies(),
            "customerEmail": TEXT.identifies().private(),
            "affiliateCode": ID.identifies(),
            "sessionId": SESSION_ID,
            "rcsid": SESSION_ID,
            "customerId": TEXT.private(),
            "metadata": METADATA,
        }
    };
}

/// `POST /api/v1/conversions/postback`, with an amount in major units, as the SDK guide has it.
pub static TRACK: Endpoint = Endpoint {
    constant: "TRACK",
    number: 16,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
    path: POSTBACK_PATH,
    fields: conversion_fields! {
        "metadata.orderId": Rule::new(Kind::OrderId).at_most(255),
        "externalId": Rule::new(Kind::OwnId).required().at_most(255),
        "conversionType": CONVERSION_TYPE,
        "currency": Rule::new(Kind::KnownCurrency).required().strict(),
        "amount": Rule::new(Kind::MajorAmount).required().strict(),
    },
    unidentified: Some(UNIDENTIFIED),
    // Recognised by `externalId`, as the two below.
    is_replay_safe: true,
    has_body: true,
    wants_key: true,
    max_attempts: u32::MAX,
    success: success(Success::Unreadable),
    refusals: &[DUPLICATE, INVALID_CLICK_ID, QUOTA],
};

/// `POST /api/v1/conversions/postback`, as the REST reference has it.
pub static POSTBACK: Endpoint = Endpoint {
    constant: "POSTBACK",
    number: 17,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
    path: POSTBACK_PATH,
    fields: conversion_fields! {
        "externalId": EXTERNAL_ID,
        "conversionType": CONVERSION_TYPE,
        "amount": Rule::new(Kind::Amount).required().strict(),
        "currency": Rule::new(Kind::Currency).required().strict(),
    },
    unidentified: Some(UNIDENTIFIED),
    is_replay_safe: true,
    has_body: true,
    wants_key: true,
    max_attempts: u32::MAX,
    success: success(Success::Unreadable),
    refusals: &[DUPLICATE, INVALID_CLICK_ID, QUOTA],
};

/// `POST /api/v1/conversions/refund`
pub static REFUND: Endpoint = Endpoint {
    constant: "REFUND",
    number: 18,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
    path: "/api/v1/conversions/refund",
    fields: fields! {
        "externalId": EXTERNAL_ID,
        "amount": Rule::new(Kind::Amount).strict(),
        "reason": TEXT.at_most(500),
    },
    unidentified: None,
    is_replay_safe: true,
    has_body: true,
    wants_key: true,
    max_attempts: u32::MAX,
    success: success(Success::Unreadable),
    refusals: &[INVALID_CLICK_ID, QUOTA],
};

/// `POST /api/v1/track/identify`; it is public. Four sources name its path and fields in three ways: options say which.
pub static IDENTIFY: Endpoint = Endpoint {
    constant: "IDENTIFY",
    number: 19,
    service: &SERVICE,
    is_configured: true,
    method: "POST",
    // Configured.
    path: "",
    fields: fields! {
        "sessionId": SESSION_ID,
        "customerEmailHash": EMAIL_HASH.required(),
    },
    unidentified: Some(Issue::of("sessionId", "is required")),
    // The first binding stays.
    is_replay_safe: true,
    has_body: true,
    wants_key: false,
    // Best effort, and limited per IP address: a whole edge shares a few of them.
    max_attempts: 2,
    // It answers nothing of its own.
    success: success(Success::Recorded),
    refusals: &[INVALID_CLICK_ID, QUOTA],
};

/// `GET /api/v1/ping`
pub static PING: Endpoint = Endpoint {
    constant: "PING",
    number: 20,
    service: &SERVICE,
    is_configured: false,
    method: "GET",
    path: "/api/v1/ping",
    fields: fields! {},
    unidentified: None,
    is_replay_safe: true,
    has_body: false,
    wants_key: true,
    max_attempts: u32::MAX,
    success: success(Success::Unreadable),
    refusals: &[INVALID_CLICK_ID, QUOTA],
};

/// What a 2xx says: `{success, data: {success, …}}`, or its inside alone. Either `success` may be false. `unproven` is for
/// a body that says neither yes nor no.
const fn success(unproven: Success) -> SuccessRule {
    SuccessRule {
        flags: &["success", "data.success"],
        texts: &["conversionId", "data.conversionId"],
        answers: &["valid", "data.valid"],
        date: None,
        signs: &[],
        bare: unproven,
        empty: unproven,
        unproven,
    }
}

/// Where nothing is said, nothing but the `externalId` can be in conflict.
const DUPLICATE: RefusalRule = RefusalRule { status: 409, code: Says::AlreadyThere, means: Refusal::Duplicate };
const INVALID_CLICK_ID: RefusalRule =
    RefusalRule { status: 400, code: Says::Code("INVALID_CLICK_ID"), means: Refusal::InvalidClickId };
const QUOTA: RefusalRule = RefusalRule { status: 429, code: Says::Code("LIMIT_EXCEEDED"), means: Refusal::Quota };
