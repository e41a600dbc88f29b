//! RefCampaign's client: conversions and refunds.

use super::call::{Call, Invalid, Options, configure, number, text};
use crate::proto::{
    config::Config,
    fields::{Fields, Value},
    provider::refcampaign::{REFUND, SERVICE, TRACK},
};

/// A client of RefCampaign's.
///
/// ```
/// use refport_edge::{Conversion, RefCampaign};
///
/// let refcampaign = RefCampaign::new("rc_live_example", Default::default())?;
/// let order = Conversion {
///     external_id: "ord_42",
///     session_id: Some("rcs_7fKj2"),
///     amount: "49.90",
///     currency: "EUR",
///     ..Default::default()
/// };
/// let call = refcampaign.conversion(&order)?;
/// assert!(call.request().body.as_deref().unwrap_or_default().contains("\"amount\":4990"));
/// # Ok::<(), refport_edge::Invalid>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct RefCampaign<'a> {
    config: Config<'a>,
}

/// A conversion. It needs one of the fields that say whom it is credited to.
#[derive(Debug, Default, Clone, Copy)]
pub struct Conversion<'a> {
    /// Your own ID of the order, by which the service recognises one that comes twice.
    pub external_id: &'a str,
    /// In major units, as exact decimal text: `49.90`.
    pub amount: &'a str,
    /// ISO 4217, such as `EUR`.
    pub currency: &'a str,
    /// `SALE`, which is the default, `LEAD`, `TRIAL` or `CUSTOM`.
    pub conversion_type: Option<&'a str>,
    /// Whom it is credited to: the visitor's session.
    pub session_id: Option<&'a str>,
    /// Or the click.
    pub click_id: Option<&'a str>,
    /// Or the customer's address. Personal data: redacted from error messages, as the next.
    pub customer_email: Option<&'a str>,
    /// Or its SHA-256, in hexadecimal.
    pub customer_email_hash: Option<&'a str>,
    /// Or the partner's code.
    pub affiliate_code: Option<&'a str>,
    /// Your own ID of the customer. Personal data, too.
    pub customer_id: Option<&'a str>,
    /// A JSON object, as text.
    pub metadata: Option<&'a str>,
}

/// A refund.
#[derive(Debug, Default, Clone, Copy)]
pub struct Refund<'a> {
    /// The ID that the conversion was reported with.
    pub external_id: &'a str,
    /// In the currency's smallest unit; all of it where it is `None`.
    pub amount: Option<u64>,
    /// Why, in 500 characters.
    pub reason: Option<&'a str>,
}

impl<'a> RefCampaign<'a> {
    /// A client with this secret key.
    ///
    /// # Errors
    /// Every option that could never work.
    pub fn new(api_key: &'a str, options: Options<'a>) -> Result<Self, Invalid> {
        configure(&SERVICE, api_key, options).map(|config| Self { config })
    }

    /// A conversion, to be sent.
    ///
    /// # Errors
    /// Every value that the service would refuse.
    pub fn conversion(&self, conversion: &Conversion<'a>) -> Result<Call<'a>, Invalid> {
        let fields = Fields::from([
            ("externalId", conversion.external_id.into()),
            ("amount", conversion.amount.into()),
            ("currency", conversion.currency.into()),
            ("conversionType", text(conversion.conversion_type)),
            ("sessionId", text(conversion.session_id)),
            ("clickId", text(conversion.click_id)),
            ("customerEmail", text(conversion.customer_email)),
            ("customerEmailHash", text(conversion.customer_email_hash)),
            ("affiliateCode", text(conversion.affiliate_code)),
            ("customerId", text(conversion.customer_id)),
            ("metadata", conversion.metadata.map_or(Value::Absent, Value::Json)),
        ]);
        Call::new(&self.config, &TRACK, fields)
    }

    /// A refund, to be sent.
    ///
    /// # Errors
    /// Every value that the service would refuse.
    pub fn refund(&self, refund: &Refund<'a>) -> Result<Call<'a>, Invalid> {
        let amount = refund.amount.map_or(Ok(Value::Absent), |amount| number("amount", amount))?;
        let fields = Fields::from([
            ("externalId", refund.external_id.into()),
            ("amount", amount),
            ("reason", text(refund.reason)),
        ]);
        Call::new(&self.config, &REFUND, fields)
    }
}
