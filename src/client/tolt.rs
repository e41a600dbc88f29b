//! Tolt's client: clicks, customers, transactions and their refunds.
//!
//! What is made has an ID, `data.id` of the answer: a transaction needs its customer's. The transport that read the answer has it.

use super::call::{Call, Invalid, Options, configure, number, text};
use crate::proto::{
    config::Config,
    fields::Fields,
    provider::tolt::{CLICK, CUSTOMER, REFUND, SERVICE, TRANSACTION},
};

/// A client of Tolt's.
///
/// ```
/// use refport_edge::tolt::{Tolt, Transaction};
///
/// let tolt = Tolt::new("tolt_example", Default::default())?;
/// let payment = Transaction { customer_id: "cus_Q7wR", amount: 4900, charge_id: Some("ch_1"), ..Default::default() };
/// let call = tolt.transaction(&payment)?;
/// assert_eq!(call.request().url, "https://api.tolt.com/v2/transactions");
/// let refund = tolt.refund("txn_1")?;
/// assert_eq!(refund.request().url, "https://api.tolt.com/v2/transactions/txn_1/refund");
/// # Ok::<(), refport_edge::Invalid>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Tolt<'a> {
    config: Config<'a>,
}

/// A click on a partner's link: `param` and `value`, or `link_id`, or `partner_id`. Each that is sent is one more click, so one that
/// may have arrived is not sent again.
#[derive(Debug, Default, Clone, Copy)]
pub struct Click<'a> {
    /// The parameter of the link, such as `ref`.
    pub param: Option<&'a str>,
    /// Its value, which names the partner.
    pub value: Option<&'a str>,
    /// Tolt's ID of the link.
    pub link_id: Option<&'a str>,
    /// Tolt's ID of the partner, `part_…`.
    pub partner_id: Option<&'a str>,
    /// The URL of the page.
    pub page: Option<&'a str>,
    /// The URL of the page before.
    pub referrer: Option<&'a str>,
    /// Two letters (ISO 3166).
    pub country: Option<&'a str>,
    /// Such as `mobile`.
    pub device: Option<&'a str>,
}

/// A customer. `partner_id` or `link_id` says who referred them, and `email` or `customer_id` who they are.
#[derive(Debug, Default, Clone, Copy)]
pub struct Customer<'a> {
    /// Tolt's ID of the partner, `part_…`.
    pub partner_id: Option<&'a str>,
    /// Tolt's ID of the link.
    pub link_id: Option<&'a str>,
    /// The click that is credited.
    pub click_id: Option<&'a str>,
    /// The customer's address. With it, a customer who is sent twice counts once. Personal data: redacted from error messages, as
    /// the two below.
    pub email: Option<&'a str>,
    /// Your own ID of the customer, or your billing system's.
    pub customer_id: Option<&'a str>,
    /// The customer's name.
    pub name: Option<&'a str>,
    /// Such as `lead`, which is the default.
    pub status: Option<&'a str>,
    /// The subscription's ID in your billing system.
    pub subscription_id: Option<&'a str>,
    /// The promotion code that the customer used.
    pub promotion_code: Option<&'a str>,
    /// When the customer was made: a time with its zone, `2026-03-01T12:00:00Z`.
    pub created_at: Option<&'a str>,
    /// When the customer became a lead.
    pub lead_at: Option<&'a str>,
    /// When the customer became active.
    pub active_at: Option<&'a str>,
}

/// A payment.
#[derive(Debug, Default, Clone, Copy)]
pub struct Transaction<'a> {
    /// **Tolt's** ID of the customer, `cus_…`, and not yours.
    pub customer_id: &'a str,
    /// In the smallest unit of the programme's currency.
    pub amount: u64,
    /// The payment's ID in your billing system. With it, a payment that is sent twice counts once.
    pub charge_id: Option<&'a str>,
    /// The click that is credited.
    pub click_id: Option<&'a str>,
    /// `subscription` or `one_time`.
    pub billing_type: Option<&'a str>,
    /// `month` or `year`.
    pub interval: Option<&'a str>,
    /// Your own ID of the product, in 255 characters.
    pub product_id: Option<&'a str>,
    /// The product's name, in 255 characters.
    pub product_name: Option<&'a str>,
    /// Where the transaction comes from.
    pub source: Option<&'a str>,
    /// When it was paid: a time with its zone, `2026-03-01T12:00:00Z`.
    pub created_at: Option<&'a str>,
}

impl<'a> Tolt<'a> {
    /// A client with this secret key.
    ///
    /// # Errors
    /// Every option that could never work.
    pub fn new(token: &'a str, options: Options<'a>) -> Result<Self, Invalid> {
        configure(&SERVICE, token, options).map(|config| Self { config })
    }

    /// A click, to be sent.
    ///
    /// # Errors
    /// Every value that the service would refuse.
    pub fn click(&self, click: &Click<'a>) -> Result<Call<'a>, Invalid> {
        let fields = Fields::from([
            ("param", text(click.param)),
            ("value", text(click.value)),
            ("link_id", text(click.link_id)),
            ("partner_id", text(click.partner_id)),
            ("page", text(click.page)),
            ("referrer", text(click.referrer)),
            ("country", text(click.country)),
            ("device", text(click.device)),
        ]);
        Call::new(&self.config, &CLICK, fields)
    }

    /// A customer, to be sent.
    ///
    /// # Errors
    /// Every value that the service would refuse.
    pub fn customer(&self, customer: &Customer<'a>) -> Result<Call<'a>, Invalid> {
        let fields = Fields::from([
            ("partner_id", text(customer.partner_id)),
            ("link_id", text(customer.link_id)),
            ("click_id", text(customer.click_id)),
            ("email", text(customer.email)),
            ("customer_id", text(customer.customer_id)),
            ("name", text(customer.name)),
            ("status", text(customer.status)),
            ("subscription_id", text(customer.subscription_id)),
            ("promotion_code", text(customer.promotion_code)),
            ("created_at", text(customer.created_at)),
            ("lead_at", text(customer.lead_at)),
            ("active_at", text(customer.active_at)),
        ]);
        Call::new(&self.config, &CUSTOMER, fields)
    }

    /// A payment, to be sent.
    ///
    /// # Errors
    /// Every value that the service would refuse.
    pub fn transaction(&self, payment: &Transaction<'a>) -> Result<Call<'a>, Invalid> {
        let fields = Fields::from([
            ("customer_id", payment.customer_id.into()),
            ("amount", number("amount", payment.amount)?),
            ("charge_id", text(payment.charge_id)),
            ("click_id", text(payment.click_id)),
            ("billing_type", text(payment.billing_type)),
            ("interval", text(payment.interval)),
            ("product_id", text(payment.product_id)),
            ("product_name", text(payment.product_name)),
            ("source", text(payment.source)),
            ("created_at", text(payment.created_at)),
        ]);
        Call::new(&self.config, &TRANSACTION, fields)
    }

    /// The refund of a transaction, whole, by Tolt's ID of it: `txn_…`. To send it twice does no harm.
    ///
    /// # Errors
    /// An ID that could never be one.
    pub fn refund(&self, transaction_id: &'a str) -> Result<Call<'a>, Invalid> {
        Call::new(&self.config, &REFUND, Fields::from([("id", transaction_id.into())]))
    }
}
