//! What a shop reports: a lead or a sale.
//!
//! In: [`Fields`] as the caller gave them. Out: a [`ConversionEvent`], or every issue at once. After [`Sale::parse`] and
//! [`Lead::parse`] invalid data cannot exist. How an event looks on the wire is the [`provider`](super::provider)'s.

use super::{
    click_id::ClickId,
    error::Issues,
    fields::{Fields, Reader, Value},
    money::{Currency, MinorUnits},
};

/// A valid event, ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub enum ConversionEvent {
    /// A visitor signed up.
    Lead(Lead),
    /// A visitor paid.
    Sale(Sale),
}

/// The customer and the click that brought them.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    /// The click that is to be credited.
    pub click_id: ClickId,
    /// The shop's own ID of the customer.
    pub external_id: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Name, for people to read.
    pub name: Option<String>,
    /// URL of a picture.
    pub avatar: Option<String>,
    /// The shop's own data: the text of a JSON object.
    pub metadata: Option<String>,
    /// Fields this package does not know, as JSON text.
    pub extra: Vec<(String, String)>,
}

/// A sign-up.
#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    /// Who, and through which click.
    pub customer: Customer,
    /// What they did, e.g. `Sign Up`.
    pub event_name: String,
}

/// A payment.
#[derive(Debug, Clone, PartialEq)]
pub struct Sale {
    /// Who, and through which click.
    pub customer: Customer,
    /// The price paid.
    pub amount: MinorUnits,
    /// Its currency; the service has a default.
    pub currency: Option<Currency>,
    /// What was bought, for people to read; the service has a default.
    pub event_name: Option<String>,
    /// The shop's ID of the invoice, by which the service recognises a repeat.
    pub invoice_id: Option<String>,
    /// Who took the payment.
    pub payment_processor: Option<String>,
}

/// Where the click ID is, when it is not among the fields.
#[derive(Debug)]
pub enum Fallback {
    /// In the request the event came with, or nowhere: then the customer is organic, and there is no event.
    Request(Option<ClickId>),
    /// Nowhere: the fields must have it.
    None,
}

impl Lead {
    /// The fields that a lead has.
    pub const FIELDS: &[&str] =
        &["clickId", "eventName", "customerExternalId", "customerEmail", "customerName", "customerAvatar", "metadata"];

    /// Checks a lead. `None` without an issue: the customer is organic.
    pub fn parse(fields: Fields, fallback: Fallback, issues: &mut Issues) -> Option<Self> {
        let mut reader = Reader { fields, issues };
        let event_name = reader.required_identifier("eventName");
        let customer = Customer::parse(&mut reader, fallback);
        Some(Self { customer: customer?, event_name: event_name? })
    }
}

impl Sale {
    /// The fields that a sale has.
    pub const FIELDS: &[&str] = &[
        "clickId",
        "customerExternalId",
        "amount",
        "currency",
        "eventName",
        "invoiceId",
        "paymentProcessor",
        "customerEmail",
        "customerName",
        "customerAvatar",
        "metadata",
    ];

    /// Checks a sale. `None` without an issue: the customer is organic.
    pub fn parse(fields: Fields, fallback: Fallback, issues: &mut Issues) -> Option<Self> {
        let mut reader = Reader { fields, issues };
        let amount = amount(&mut reader);
        let currency = currency(&mut reader);
        let event_name = reader.optional_text("eventName");
        let invoice_id = reader.identifier("invoiceId");
        let payment_processor = reader.optional_text("paymentProcessor");
        let customer = Customer::parse(&mut reader, fallback);
        Some(Self { customer: customer?, amount: amount?, currency, event_name, invoice_id, payment_processor })
    }
}

impl Customer {
    fn parse(reader: &mut Reader<'_>, fallback: Fallback) -> Option<Self> {
        let click_id = click_id(reader, fallback);
        let external_id = reader.required_identifier("customerExternalId");
        let email = reader.optional_text("customerEmail");
        let name = reader.optional_text("customerName");
        let avatar = reader.optional_text("customerAvatar");
        let metadata = reader.optional_object("metadata");
        let extra = core::mem::take(&mut reader.fields.extra);
        Some(Self { click_id: click_id?, external_id: external_id?, email, name, avatar, metadata, extra })
    }
}

/// The fields' click ID wins over the request's. With a request to fall back on, a blank one is an absent one.
fn click_id(reader: &mut Reader<'_>, fallback: Fallback) -> Option<ClickId> {
    match (reader.take("clickId"), fallback) {
        (Value::Absent, Fallback::Request(found)) => found,
        (Value::Text(blank), Fallback::Request(found)) if blank.trim().is_empty() => found,
        (Value::Absent, Fallback::None) => reader.issue("clickId", "is required"),
        (value, _) => reader.identifier_of("clickId", value).and_then(ClickId::parse),
    }
}

fn amount(reader: &mut Reader<'_>) -> Option<MinorUnits> {
    let parsed = match reader.take("amount") {
        Value::Number(number) => MinorUnits::parse(number),
        Value::Absent => Err("is required"),
        _ => Err("must be a number: a whole number of the smallest currency unit, e.g. cents"),
    };
    parsed.map_or_else(|complaint| reader.issue("amount", complaint), Some)
}

fn currency(reader: &mut Reader<'_>) -> Option<Currency> {
    let text = reader.identifier("currency")?;
    Currency::parse(&text).map_or_else(|complaint| reader.issue("currency", complaint), Some)
}
