//! Dub's client: leads and sales.
//!
//! A refund is no call of one request there: the commissions of an invoice are looked up first, and [`Call`] hands on no answer.

use super::call::{Call, Invalid, Options, configure, number, text};
use crate::proto::{
    config::Config,
    fields::{Fields, Value},
    provider::dub::{LEAD, SALE, SERVICE},
};

/// A client of Dub's.
///
/// ```
/// use refport_edge::dub::{Dub, Sale};
///
/// let dub = Dub::new("dub_example", Default::default())?;
/// let sale = Sale { customer_external_id: "user_001", amount: 4900, invoice_id: Some("inv_001"), ..Default::default() };
/// let call = dub.sale(&sale)?;
/// assert_eq!(call.request().url, "https://api.dub.co/track/sale");
/// # Ok::<(), refport_edge::Invalid>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Dub<'a> {
    config: Config<'a>,
}

/// A sale. Blank text counts as absent.
#[derive(Debug, Default, Clone, Copy)]
pub struct Sale<'a> {
    /// Your own ID of the customer, in 100 characters.
    pub customer_external_id: &'a str,
    /// In the currency's smallest unit, and more than 0: Dub records no sale of nothing.
    pub amount: u64,
    /// ISO 4217, such as `usd`.
    pub currency: Option<&'a str>,
    /// What the sale is called in the reports, in 255 characters.
    pub event_name: Option<&'a str>,
    /// Who took the money: `stripe`, `shopify`, `polar`, `paddle`, `lemonsqueezy`, `apple`, `revenuecat`, `dub` or `custom`.
    pub payment_processor: Option<&'a str>,
    /// Your own ID of the invoice. With it, a sale that is sent twice within seven days counts once.
    pub invoice_id: Option<&'a str>,
    /// The lead that the sale belongs to.
    pub lead_event_name: Option<&'a str>,
    /// The click that is credited. A customer who had a lead is known without one.
    pub click_id: Option<&'a str>,
    /// The customer's address, in 100 characters. Personal data: redacted from error messages, as the two below.
    pub customer_email: Option<&'a str>,
    /// The customer's name, in 100 characters.
    pub customer_name: Option<&'a str>,
    /// The URL of a picture of the customer.
    pub customer_avatar: Option<&'a str>,
    /// A JSON object, as text of 10,000 characters.
    pub metadata: Option<&'a str>,
}

/// A lead. Dub does not say of one that comes twice whether the first was recorded, so it is not sent again once it may have
/// arrived.
#[derive(Debug, Default, Clone, Copy)]
pub struct Lead<'a> {
    /// The click that is credited. An empty one stands for the click of a customer who is known.
    pub click_id: &'a str,
    /// What happened, such as `Sign up`, in 255 characters.
    pub event_name: &'a str,
    /// Your own ID of the customer, in 100 characters.
    pub customer_external_id: &'a str,
    /// `async`, which is the default; `wait`, where a sale may follow at once; `deferred`, where the lead comes later.
    pub mode: Option<&'a str>,
    /// From 1 to 100.
    pub event_quantity: Option<u64>,
    /// The customer's address, in 100 characters. Personal data: redacted from error messages, as the two below.
    pub customer_email: Option<&'a str>,
    /// The customer's name, in 100 characters.
    pub customer_name: Option<&'a str>,
    /// The URL of a picture of the customer.
    pub customer_avatar: Option<&'a str>,
    /// A JSON object, as text of 10,000 characters.
    pub metadata: Option<&'a str>,
}

impl<'a> Dub<'a> {
    /// A client with this secret key.
    ///
    /// # Errors
    /// Every option that could never work.
    pub fn new(token: &'a str, options: Options<'a>) -> Result<Self, Invalid> {
        configure(&SERVICE, token, options).map(|config| Self { config })
    }

    /// A sale, to be sent.
    ///
    /// # Errors
    /// Every value that the service would refuse.
    pub fn sale(&self, sale: &Sale<'a>) -> Result<Call<'a>, Invalid> {
        let fields = Fields::from([
            ("customerExternalId", sale.customer_external_id.into()),
            ("amount", number("amount", sale.amount)?),
            ("currency", text(sale.currency)),
            ("eventName", text(sale.event_name)),
            ("paymentProcessor", text(sale.payment_processor)),
            ("invoiceId", text(sale.invoice_id)),
            ("leadEventName", text(sale.lead_event_name)),
            ("clickId", text(sale.click_id)),
            ("customerEmail", text(sale.customer_email)),
            ("customerName", text(sale.customer_name)),
            ("customerAvatar", text(sale.customer_avatar)),
            ("metadata", sale.metadata.map_or(Value::Absent, Value::Json)),
        ]);
        Call::new(&self.config, &SALE, fields)
    }

    /// A lead, to be sent.
    ///
    /// # Errors
    /// Every value that the service would refuse.
    pub fn lead(&self, lead: &Lead<'a>) -> Result<Call<'a>, Invalid> {
        let fields = Fields::from([
            ("clickId", lead.click_id.into()),
            ("eventName", lead.event_name.into()),
            ("customerExternalId", lead.customer_external_id.into()),
            ("mode", text(lead.mode)),
            ("eventQuantity", lead.event_quantity.map_or(Ok(Value::Absent), |count| number("eventQuantity", count))?),
            ("customerEmail", text(lead.customer_email)),
            ("customerName", text(lead.customer_name)),
            ("customerAvatar", text(lead.customer_avatar)),
            ("metadata", lead.metadata.map_or(Value::Absent, Value::Json)),
        ]);
        Call::new(&self.config, &LEAD, fields)
    }
}
