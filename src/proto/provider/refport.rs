//! Refport: paths, fields and answers (docs.refport.co, api-reference).

use super::{Spec, Success, answer_paths, fields};
use crate::proto::{
    body::{Body, Lookup},
    config::{Sets, Setting},
    error::Issue,
    event::{Kind, Rule},
};

pub(super) const OPTIONS: &[Setting] = &[
    Setting::new("apiKey", Sets::Key),
    Setting::new("dangerouslyAllowHttp", Sets::AllowHttp),
    Setting::or("baseUrl", Sets::BaseUrl, "https://app.refport.co"),
    Setting::new("timeoutMs", Sets::Timeout),
    Setting::new("budgetMs", Sets::Budget),
    Setting::new("maxAttempts", Sets::MaxAttempts),
    Setting::or("retry.replay", Sets::Replay, "safe"),
    Setting::new("fetch", Sets::InJavaScript),
    Setting::new("signal", Sets::InJavaScript),
    Setting::new("onAttempt", Sets::InJavaScript),
    Setting::new("dangerouslyAllowBrowser", Sets::InJavaScript),
    Setting::new("cookieName", Sets::InJavaScript),
];

pub(super) const ANSWER_PATHS: &[&str] = answer_paths!("sale.id", "click.id", "publicToken", "expires");

/// The code of a 409 that says a sale with this `invoiceId` was recorded before.
pub(super) const DUPLICATE_INVOICE: &str = "DUPLICATE_INVOICE";

const CLICK_ID: Rule = Rule::new(Kind::ClickId).required();
const CUSTOMER_EXTERNAL_ID: Rule = Rule::new(Kind::Id).required().private();
const TEXT: Rule = Rule::new(Kind::Text);
const OBJECT: Rule = Rule::new(Kind::Object);

pub(super) static LEAD: Spec = Spec {
    path: "/api/track/lead",
    fields: fields! {
        "clickId": CLICK_ID,
        "eventName": Rule::new(Kind::Id).required(),
        "customerExternalId": CUSTOMER_EXTERNAL_ID,
        "customerEmail": TEXT.private(),
        "customerName": TEXT.private(),
        "customerAvatar": TEXT.private(),
        "metadata": OBJECT,
    },
    unidentified: None,
    // A sale is recognised by a field of its own. For a lead nothing of the kind is documented.
    is_replay_safe: false,
    has_body: true,
    wants_key: true,
    most_attempts: u32::MAX,
};

pub(super) static SALE: Spec = Spec {
    path: "/api/track/sale",
    fields: fields! {
        "clickId": CLICK_ID,
        "customerExternalId": CUSTOMER_EXTERNAL_ID,
        "amount": Rule::new(Kind::Amount).required(),
        "currency": Rule::new(Kind::Currency),
        "eventName": TEXT,
        "invoiceId": Rule::new(Kind::Id).recognises(),
        "paymentProcessor": TEXT,
        "customerEmail": TEXT.private(),
        "customerName": TEXT.private(),
        "customerAvatar": TEXT.private(),
        "metadata": OBJECT,
    },
    unidentified: None,
    is_replay_safe: false,
    has_body: true,
    wants_key: true,
    most_attempts: u32::MAX,
};

/// Whom a token is for: a tenant or an enrolment that is known, or a partner, who is looked up or created.
pub(super) static EMBED_TOKEN: Spec = Spec {
    path: "/api/embed/token",
    fields: fields! {
        "tenantId": Rule::new(Kind::Id).identifies(),
        "enrollmentId": Rule::new(Kind::Id).identifies(),
        "partner": OBJECT.identifies(),
        "partner.email": Rule::new(Kind::Id).required().inner().private(),
        "partner.name": TEXT.inner().private(),
    },
    unidentified: Some(Issue::of("tenantId", "is required, or else enrollmentId or partner")),
    // It mints another short-lived token.
    is_replay_safe: true,
    has_body: true,
    wants_key: true,
    most_attempts: u32::MAX,
};

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
