//! Refport's client: sales and leads.

use super::call::{Call, Invalid, Options, configure, number, text};
use crate::proto::{
    config::Config,
    fields::{Fields, Value},
    provider::refport::{LEAD, SALE, SERVICE},
};

/// A client of Refport's.
///
/// ```
/// use refport_edge::{Refport, Sale};
///
/// let refport = Refport::new("rk_example", Default::default())?;
/// let sale = Sale { click_id: "abc123", customer_external_id: "user_001", amount: 4900, ..Default::default() };
/// let call = refport.sale(&sale)?;
/// assert_eq!(call.request().url, "https://app.refport.co/api/track/sale");
/// # Ok::<(), refport_edge::Invalid>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Refport<'a> {
    config: Config<'a>,
}

/// A sale. Blank text counts as absent.
#[derive(Debug, Default, Clone, Copy)]
pub struct Sale<'a> {
    /// The click that is credited.
    pub click_id: &'a str,
    /// Your own ID of the customer.
    pub customer_external_id: &'a str,
    /// In the currency's smallest unit: cents of a dollar, yen.
    pub amount: u64,
    /// ISO 4217, such as `usd`.
    pub currency: Option<&'a str>,
    /// What the sale is called in the reports.
    pub event_name: Option<&'a str>,
    /// Your own ID of the invoice. With it, a sale that is sent twice counts once.
    pub invoice_id: Option<&'a str>,
    /// Who took the money, such as `stripe`.
    pub payment_processor: Option<&'a str>,
    /// The customer's address. Personal data: redacted from error messages, as the two below.
    pub customer_email: Option<&'a str>,
    /// The customer's name.
    pub customer_name: Option<&'a str>,
    /// The URL of a picture of the customer.
    pub customer_avatar: Option<&'a str>,
    /// A JSON object, as text.
    pub metadata: Option<&'a str>,
}

/// A sign-up. Refport does not recognise one that comes twice, so it is not sent again once it may have arrived.
#[derive(Debug, Default, Clone, Copy)]
pub struct Lead<'a> {
    /// The click that is credited.
    pub click_id: &'a str,
    /// What happened, such as `Sign Up`.
    pub event_name: &'a str,
    /// Your own ID of the customer.
    pub customer_external_id: &'a str,
    /// The customer's address. Personal data: redacted from error messages, as the two below.
    pub customer_email: Option<&'a str>,
    /// The customer's name.
    pub customer_name: Option<&'a str>,
    /// The URL of a picture of the customer.
    pub customer_avatar: Option<&'a str>,
    /// A JSON object, as text.
    pub metadata: Option<&'a str>,
}

impl<'a> Refport<'a> {
    /// A client with this secret key.
    ///
    /// # Errors
    /// Every option that could never work.
    pub fn new(api_key: &'a str, options: Options<'a>) -> Result<Self, Invalid> {
        configure(&SERVICE, api_key, options).map(|config| Self { config })
    }

    /// A sale, to be sent.
    ///
    /// # Errors
    /// Every value that the service would refuse.
    pub fn sale(&self, sale: &Sale<'a>) -> Result<Call<'a>, Invalid> {
        let fields = Fields::from([
            ("clickId", sale.click_id.into()),
            ("customerExternalId", sale.customer_external_id.into()),
            ("amount", number("amount", sale.amount)?),
            ("currency", text(sale.currency)),
            ("eventName", text(sale.event_name)),
            ("invoiceId", text(sale.invoice_id)),
            ("paymentProcessor", text(sale.payment_processor)),
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
            ("customerEmail", text(lead.customer_email)),
            ("customerName", text(lead.customer_name)),
            ("customerAvatar", text(lead.customer_avatar)),
            ("metadata", lead.metadata.map_or(Value::Absent, Value::Json)),
        ]);
        Call::new(&self.config, &LEAD, fields)
    }
}
