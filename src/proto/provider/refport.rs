//! Refport: paths, fields and answers (docs.refport.co, api-reference).

use crate::proto::{
    error::Issue,
    rule::{Kind, Rule, fields},
    service::{Endpoint, Refusal, RefusalRule, Says, Service, Success, SuccessRule, Visitor, WaitRule, answer_paths},
    setting::{Sets, Setting, settings},
};

/// <https://docs.refport.co>
pub static SERVICE: Service = Service {
    constant: "REFPORT",
    number: 0,
    settings: SETTINGS,
    endpoints: &[&LEAD, &SALE, &EMBED_TOKEN],
    answer_paths: answer_paths!("sale.id", "click.id", "publicToken", "expires"),
    visitor: Visitor { cookie: "refp_id", parameters: &["refp_id"], is_encoded: true },
    retry_after: WaitRule::AnyError,
};

const SETTINGS: &[Setting] =
    settings!("apiKey", "baseUrl": "https://app.refport.co", Setting::new("cookieName", Sets::InJavaScript));

const CLICK_ID: Rule = Rule::new(Kind::ClickId).required();
const CUSTOMER_EXTERNAL_ID: Rule = Rule::new(Kind::Id).required().private();
const TEXT: Rule = Rule::new(Kind::Text);
const OBJECT: Rule = Rule::new(Kind::Object);

/// `POST /api/track/lead`
pub static LEAD: Endpoint = Endpoint {
    constant: "LEAD",
    number: 0,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
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
    max_attempts: u32::MAX,
    success: proof(&["click.id"]),
    refusals: &[DUPLICATE, INVALID_CLICK_ID, QUOTA],
};

/// `POST /api/track/sale`
pub static SALE: Endpoint = Endpoint {
    constant: "SALE",
    number: 1,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
    path: "/api/track/sale",
    fields: fields! {
        "clickId": CLICK_ID,
        "customerExternalId": CUSTOMER_EXTERNAL_ID,
        "amount": Rule::new(Kind::Amount).required(),
        "currency": Rule::new(Kind::Currency),
        "eventName": TEXT,
        "invoiceId": Rule::new(Kind::Id).dedup_key(),
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
    max_attempts: u32::MAX,
    success: proof(&["sale.id"]),
    refusals: &[DUPLICATE, INVALID_CLICK_ID, QUOTA],
};

/// Whom a token is for: a tenant or an enrolment that is known, or a partner, who is looked up or created.
pub static EMBED_TOKEN: Endpoint = Endpoint {
    constant: "EMBED_TOKEN",
    number: 2,
    service: &SERVICE,
    is_configured: false,
    method: "POST",
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
    max_attempts: u32::MAX,
    // A token is for a page, which wants both.
    success: SuccessRule { date: Some("expires"), empty: Success::Unreadable, ..proof(&["publicToken"]) },
    refusals: &[INVALID_CLICK_ID, QUOTA],
};

/// A lead's answer has a `click` with an `id`, a sale's a `sale` with an `id`: that is the proof. A missing member
/// elsewhere does not unmake what is on the books. `null` or nothing means that the click belongs to no link.
const fn proof(texts: &'static [&'static str]) -> SuccessRule {
    let (empty, unproven) = (Success::Unattributed, Success::Unreadable);
    SuccessRule { flags: &[], texts, answers: &[], date: None, signs: &[], bare: unproven, empty, unproven }
}

/// A sale with this `invoiceId` was recorded before.
const DUPLICATE: RefusalRule =
    RefusalRule { status: 409, code: Says::Code("DUPLICATE_INVOICE"), means: Refusal::Duplicate };
const INVALID_CLICK_ID: RefusalRule =
    RefusalRule { status: 400, code: Says::Code("INVALID_CLICK_ID"), means: Refusal::InvalidClickId };
const QUOTA: RefusalRule = RefusalRule { status: 429, code: Says::Code("LIMIT_EXCEEDED"), means: Refusal::Quota };
