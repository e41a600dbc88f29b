//! Refport: paths, bodies and answers (docs.refport.co, api-reference).

use super::{Encoded, Endpoint, Success};
use crate::proto::{
    event::{ConversionEvent, Customer, Lead, Sale},
    json::{Json, ObjectWriter},
};

pub(super) const BASE_URL: &str = "https://app.refport.co";
pub(super) const LEAD_PATH: &str = "/api/track/lead";
pub(super) const SALE_PATH: &str = "/api/track/sale";

/// The code of a 409 that says a sale with this `invoiceId` was recorded before.
pub(super) const DUPLICATE_INVOICE: &str = "DUPLICATE_INVOICE";

pub(super) fn encode(event: &ConversionEvent) -> Encoded {
    match event {
        ConversionEvent::Lead(lead) => {
            // Whether the service recognises a repeated lead is not documented, so it must be taken not to.
            Encoded { endpoint: Endpoint::RefportLead, body: lead_body(lead), replay_safe: false }
        }
        ConversionEvent::Sale(sale) => {
            Encoded { endpoint: Endpoint::RefportSale, body: sale_body(sale), replay_safe: sale.invoice_id.is_some() }
        }
    }
}

fn lead_body(lead: &Lead) -> String {
    let mut body = ObjectWriter::new();
    body.text("clickId", lead.customer.click_id.as_str());
    body.text("eventName", &lead.event_name);
    write_customer(&mut body, &lead.customer);
    body.finish()
}

fn sale_body(sale: &Sale) -> String {
    let mut body = ObjectWriter::new();
    body.text("clickId", sale.customer.click_id.as_str());
    body.integer("amount", sale.amount.get());
    body.optional_text("currency", sale.currency.as_ref().map(|currency| currency.as_str()));
    body.optional_text("eventName", sale.event_name.as_deref());
    body.optional_text("invoiceId", sale.invoice_id.as_deref());
    body.optional_text("paymentProcessor", sale.payment_processor.as_deref());
    write_customer(&mut body, &sale.customer);
    body.finish()
}

fn write_customer(body: &mut ObjectWriter, customer: &Customer) {
    body.text("customerExternalId", &customer.external_id);
    body.optional_text("customerEmail", customer.email.as_deref());
    body.optional_text("customerName", customer.name.as_deref());
    body.optional_text("customerAvatar", customer.avatar.as_deref());
    if let Some(metadata) = &customer.metadata {
        body.raw("metadata", metadata);
    }
    for (key, json) in &customer.extra {
        body.raw(key, json);
    }
}

/// A lead's answer has a `click` with an `id`; `null` or nothing means that the click belongs to no link.
pub(super) fn read_lead(body: Option<Json<'_>>) -> Success {
    read(body, "click")
}

/// A sale's answer has a `sale` with an `id`. A missing member elsewhere does not unmake a sale that is on the books.
pub(super) fn read_sale(body: Option<Json<'_>>) -> Success {
    read(body, "sale")
}

fn read(body: Option<Json<'_>>, proof: &str) -> Success {
    match body {
        None => Success::Unattributed,
        Some(json) if json.is_null() => Success::Unattributed,
        Some(json) => match json.get(proof).and_then(|proof| proof.get("id")).and_then(Json::as_text) {
            Some(id) if !id.is_empty() => Success::Recorded,
            _ => Success::Unreadable,
        },
    }
}
