//! RefCampaign: paths, fields and answers (docs.refcampaign.com: the SDK guide, the REST reference).
//!
//! Two generations of its documentation count money in two units. Each function keeps the unit of its own page, and both
//! send minor units to the one endpoint that both know.

use super::{Spec, Success, answer_paths, fields};
use crate::proto::{
    body::{Body, Lookup},
    config::{Sets, Setting},
    error::Issue,
    event::{Kind, Rule},
    text::{Names, mentions},
};

const POSTBACK_PATH: &str = "/api/v1/conversions/postback";

pub(super) const OPTIONS: &[Setting] = &[
    Setting::new("apiKey", Sets::Key),
    Setting::new("dangerouslyAllowHttp", Sets::AllowHttp),
    Setting::or("apiUrl", Sets::BaseUrl, "https://app.refcampaign.com"),
    Setting::new("timeoutMs", Sets::Timeout),
    Setting::new("budgetMs", Sets::Budget),
    Setting::new("maxAttempts", Sets::MaxAttempts),
    Setting::or("retry.replay", Sets::Replay, "safe"),
    Setting::or("identify.path", Sets::IdentifyPath, "/api/v1/track/identify"),
    Setting::or("identify.sessionIdField", Sets::SessionIdField, "session_id"),
    Setting::or("identify.customerEmailHashField", Sets::CustomerEmailHashField, "customer_email_hash"),
    Setting::new("fetch", Sets::InJavaScript),
    Setting::new("signal", Sets::InJavaScript),
    Setting::new("onAttempt", Sets::InJavaScript),
    Setting::new("dangerouslyAllowBrowser", Sets::InJavaScript),
];

pub(super) const ANSWER_PATHS: &[&str] =
    answer_paths!("success", "data.success", "conversionId", "data.conversionId", "valid", "data.valid");

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
/// from a visitor's cookie: one that cannot be right does not matter where another of the fields that say so is there, and so
/// those come first.
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

pub(super) static TRACK: Spec = Spec {
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
    most_attempts: u32::MAX,
};

pub(super) static POSTBACK: Spec = Spec {
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
    most_attempts: u32::MAX,
};

pub(super) static REFUND: Spec = Spec {
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
    most_attempts: u32::MAX,
};

pub(super) static IDENTIFY: Spec = Spec {
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
    most_attempts: 2,
};

pub(super) static PING: Spec = Spec {
    path: "/api/v1/ping",
    fields: fields! {},
    unidentified: None,
    is_replay_safe: true,
    has_body: false,
    wants_key: true,
    most_attempts: u32::MAX,
};

/// Where `tracking.identify` sends to, and what it calls its fields there. Four sources name three ways; the defaults are
/// the generated reference's.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Identify<'a> {
    /// Behind the base URL.
    pub path: &'a str,
    /// On the wire, the session's ID.
    pub session_id: &'a str,
    /// On the wire, the customer's hash.
    pub customer_email_hash: &'a str,
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

/// Whether a 409 says that a conversion with this `externalId` is on the books. What it looks like is documented nowhere, and
/// to take another conflict for it would lose the conversion without a word. So a code or words that say anything else count
/// as a refusal; where there are none, nothing but the ID can be in conflict.
pub(super) fn is_duplicate(code: Option<&str>, message: Option<&str>) -> bool {
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
