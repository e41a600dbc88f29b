//! Dub: paths, fields and answers (dub.co/docs, api-reference; its server's own schemas).
//!
//! A repeat of a sale is answered as the first was. A repeat of a lead is told by a `link` that is `null`. The service notes a lead
//! before it looks the click up, so a lead that failed there is told as a repeat from then on.

use crate::proto::{
    error::Issue,
    rule::{Kind, Rule, fields},
    service::{Endpoint, Refusal, RefusalRule, Says, Service, Success, SuccessRule, Visitor, WaitRule, answer_paths},
    setting::{Sets, Setting, settings},
};

/// <https://dub.co/docs>
pub static SERVICE: Service = Service {
    constant: "DUB",
    number: 3,
    settings: SETTINGS,
    endpoints: &[&LEAD, &SALE, &OPEN, &COMMISSIONS, &COMMISSION],
    answer_paths: answer_paths!(
        "link.id",
        "click.id",
        "customer.externalId",
        "sale.currency",
        "eventName",
        "clickId",
        "0.id",
        "id"
    ),
    visitor: Visitor { cookie: "dub_id", parameters: &["dub_id"], is_encoded: false },
    // It is on every error, and a time to come back on this one alone.
    retry_after: WaitRule::RateLimit,
};

const SETTINGS: &[Setting] = settings!("token", "serverURL": "https://api.dub.co");

const ID: Rule = Rule::new(Kind::Id);
const CLICK_ID: Rule = Rule::new(Kind::ClickId);
const CUSTOMER_EXTERNAL_ID: Rule = ID.required().private().at_most(100);
const PERSONAL: Rule = Rule::new(Kind::Text).private();
const METADATA: Rule = Rule::new(Kind::Object).at_most(10_000);

/// `POST /track/lead`
pub static LEAD: Endpoint = Endpoint {
    constant: "DUB_LEAD",
    number: 48,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
    path: "/track/lead",
    fields: fields! {
        // An empty one stands for the click of a customer who is known.
        "clickId": CLICK_ID.required().or_empty(),
        "eventName": ID.required().at_most(255),
        "customerExternalId": CUSTOMER_EXTERNAL_ID,
        "customerName": PERSONAL.at_most(100),
        "customerEmail": PERSONAL.at_most(100),
        "customerAvatar": PERSONAL,
        "mode": ID.one_of("must be one of: async, wait, deferred"),
        "eventQuantity": Rule::new(Kind::Count),
        "metadata": METADATA,
    },
    unidentified: None,
    // A repeat does not count twice, and hides that the first was lost.
    is_replay_safe: false,
    has_body: true,
    wants_key: true,
    max_attempts: u32::MAX,
    success: told(&["link.id"], &["click.id", "customer.externalId"], Success::SeenBefore),
    refusals: &[UNKNOWN_CLICK, NO_CLICK, QUOTA],
};

/// `POST /track/sale`
pub static SALE: Endpoint = Endpoint {
    constant: "DUB_SALE",
    number: 49,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
    path: "/track/sale",
    fields: fields! {
        "customerExternalId": CUSTOMER_EXTERNAL_ID,
        // A sale of nothing is answered, and not recorded.
        "amount": Rule::new(Kind::Amount).required().strict(),
        "currency": Rule::new(Kind::Currency),
        "eventName": Rule::new(Kind::Text).at_most(255),
        "paymentProcessor": ID.one_of(
            "must be one of: stripe, shopify, polar, paddle, lemonsqueezy, apple, revenuecat, dub, custom"
        ),
        "invoiceId": ID.dedup_key(),
        "leadEventName": ID,
        // Of a customer who is known it is not needed.
        "clickId": CLICK_ID,
        "customerName": PERSONAL.at_most(100),
        "customerEmail": PERSONAL.at_most(100),
        "customerAvatar": PERSONAL,
        "metadata": METADATA,
    },
    unidentified: None,
    is_replay_safe: false,
    has_body: true,
    wants_key: true,
    max_attempts: u32::MAX,
    success: told(&["sale.currency"], &["eventName"], Success::Unattributed),
    refusals: &[UNKNOWN_CLICK, NO_CLICK, QUOTA],
};

/// `POST /track/open`; it is public.
pub static OPEN: Endpoint = Endpoint {
    constant: "DUB_OPEN",
    number: 50,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
    path: "/track/open",
    fields: fields! {
        "deepLink": ID.identifies(),
        "dubDomain": ID.identifies(),
    },
    unidentified: Some(Issue::of("deepLink", "is required, or else dubDomain")),
    is_replay_safe: false,
    has_body: true,
    wants_key: false,
    max_attempts: u32::MAX,
    // Both members are null where no visitor is known of this link.
    success: SuccessRule { unproven: Success::Unattributed, ..told(&["clickId"], &[], Success::Unattributed) },
    refusals: &[],
};

/// `GET /commissions?invoiceId=`
pub static COMMISSIONS: Endpoint = Endpoint {
    constant: "DUB_COMMISSIONS",
    number: 51,
    service: &SERVICE,
    is_configured: false,
    method: "GET",
    path: "/commissions?invoiceId={}",
    fields: fields! { "invoiceId": ID.required().in_path(), },
    unidentified: None,
    is_replay_safe: true,
    has_body: false,
    wants_key: true,
    max_attempts: u32::MAX,
    success: SuccessRule { unproven: Success::Unattributed, ..told(&["0.id"], &[], Success::Unattributed) },
    refusals: &[],
};

/// `PATCH /commissions/{id}`
pub static COMMISSION: Endpoint = Endpoint {
    constant: "DUB_COMMISSION",
    number: 52,
    service: &SERVICE,
    is_configured: false,
    method: "PATCH",
    path: "/commissions/{}",
    fields: fields! {
        "id": ID.required().in_path(),
        "status": ID.required(),
    },
    unidentified: None,
    is_replay_safe: true,
    has_body: true,
    wants_key: true,
    max_attempts: u32::MAX,
    success: told(&["id"], &[], Success::Unreadable),
    refusals: &[],
};

/// A text at one of `texts` is the proof; an answer with one of `signs` alone says what `bare` names.
const fn told(texts: &'static [&'static str], signs: &'static [&'static str], bare: Success) -> SuccessRule {
    let (empty, unproven) = (Success::Unreadable, Success::Unreadable);
    SuccessRule { flags: &[], texts, answers: &[], date: None, signs, bare, empty, unproven }
}

/// Other things are not found either: a lead, a workspace. What it says of a lead has the caller's own words in it.
const UNKNOWN_CLICK: RefusalRule =
    RefusalRule { status: 404, code: Says::Word("clickId"), means: Refusal::InvalidClickId };
const NO_CLICK: RefusalRule =
    RefusalRule { status: 404, code: Says::Word("click event not found"), means: Refusal::InvalidClickId };
const QUOTA: RefusalRule = RefusalRule { status: 403, code: Says::Code("exceeded_limit"), means: Refusal::Quota };
