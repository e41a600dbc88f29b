//! The clients for Rust have all that their services' tables have.
//!
//! In: a call with every field. Out: that each field of the endpoint's table is in the request's body, or in its path.

use std::collections::{BTreeMap, BTreeSet};

use refport_edge::{
    Call, Conversion, Lead, RefCampaign, Refport, Sale,
    dub::{self, Dub},
    proto::{
        provider::{
            dub as dub_tables, refcampaign as refcampaign_tables, refport as refport_tables, tolt as tolt_tables,
        },
        service::Endpoint,
    },
    tolt::{Click, Customer, Tolt, Transaction},
};

const TEXT: Option<&str> = Some("text");
const TIME: Option<&str> = Some("2026-03-01T12:00:00Z");
const JSON: Option<&str> = Some("{}");

/// Second names of fields, and a part of another one.
const ALIASES: &[&str] = &["cid", "rcsid", "metadata.orderId"];

/// Every name of the table, and nothing else, is sent.
fn sends_all(endpoint: &Endpoint, call: &Call<'_>) {
    let body = call.request().body.as_deref().unwrap_or_default();
    let sent: BTreeMap<String, serde_json::Value> = serde_json::from_str(body).unwrap_or_default();
    let sent: BTreeSet<_> = sent.keys().map(String::as_str).collect();
    let known: BTreeSet<_> =
        endpoint.fields.iter().map(|(name, _)| name).filter(|name| !ALIASES.contains(name)).collect();
    assert_eq!(sent, known, "{}", endpoint.constant);
}

#[test]
fn refports_client_has_every_field() {
    let refport = Refport::new("rk_example", Default::default()).unwrap();
    let sale = Sale {
        click_id: "abc123",
        customer_external_id: "user_001",
        amount: 4900,
        currency: Some("usd"),
        event_name: TEXT,
        invoice_id: TEXT,
        payment_processor: TEXT,
        customer_email: TEXT,
        customer_name: TEXT,
        customer_avatar: TEXT,
        metadata: JSON,
    };
    sends_all(&refport_tables::SALE, &refport.sale(&sale).unwrap());
    let lead = Lead {
        click_id: "abc123",
        event_name: "Sign Up",
        customer_external_id: "user_001",
        customer_email: TEXT,
        customer_name: TEXT,
        customer_avatar: TEXT,
        metadata: JSON,
    };
    sends_all(&refport_tables::LEAD, &refport.lead(&lead).unwrap());
}

#[test]
fn refcampaigns_client_has_every_field() {
    let refcampaign = RefCampaign::new("rc_example", Default::default()).unwrap();
    let conversion = Conversion {
        external_id: "ord_1",
        amount: "49.90",
        currency: "EUR",
        conversion_type: Some("SALE"),
        session_id: Some("rcs_12345678"),
        click_id: TEXT,
        customer_email: Some("jane@shop.example"),
        customer_email_hash: Some("973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b"),
        affiliate_code: TEXT,
        customer_id: TEXT,
        metadata: JSON,
    };
    sends_all(&refcampaign_tables::TRACK, &refcampaign.conversion(&conversion).unwrap());
}

#[test]
fn dubs_client_has_every_field() {
    let dub = Dub::new("dub_example", Default::default()).unwrap();
    let sale = dub::Sale {
        customer_external_id: "user_001",
        amount: 4900,
        currency: Some("usd"),
        event_name: TEXT,
        payment_processor: Some("stripe"),
        invoice_id: TEXT,
        lead_event_name: TEXT,
        click_id: TEXT,
        customer_email: TEXT,
        customer_name: TEXT,
        customer_avatar: TEXT,
        metadata: JSON,
    };
    sends_all(&dub_tables::SALE, &dub.sale(&sale).unwrap());
    let lead = dub::Lead {
        click_id: "abc123",
        event_name: "Sign up",
        customer_external_id: "user_001",
        mode: Some("wait"),
        event_quantity: Some(2),
        customer_email: TEXT,
        customer_name: TEXT,
        customer_avatar: TEXT,
        metadata: JSON,
    };
    sends_all(&dub_tables::LEAD, &dub.lead(&lead).unwrap());
}

#[test]
fn a_lead_of_a_customer_whom_dub_knows_has_an_empty_click() {
    let dub = Dub::new("dub_example", Default::default()).unwrap();
    let lead = dub::Lead { event_name: "Sign up", customer_external_id: "user_001", ..Default::default() };
    let call = dub.lead(&lead).unwrap();
    assert!(call.request().body.as_deref().unwrap().contains("\"clickId\":\"\""));
}

#[test]
fn what_the_services_would_refuse_is_refused_with_its_field() {
    let dub = Dub::new("dub_example", Default::default()).unwrap();
    let nothing = dub.sale(&dub::Sale { customer_external_id: "user_001", ..Default::default() });
    assert_eq!(nothing.err().unwrap().0[0].field, "amount");
    let tolt = Tolt::new("tolt_example", Default::default()).unwrap();
    assert_eq!(tolt.refund("").err().unwrap().0[0].field, "id");
    assert_eq!(tolt.click(&Click::default()).err().unwrap().0[0].field, "value");
    assert_eq!(Dub::new(" ", Default::default()).err().unwrap().0[0].field, "token");
    let http = refport_edge::Options { base_url: Some("http://dub.example"), ..Default::default() };
    assert_eq!(Dub::new("dub_example", http).err().unwrap().0[0].field, "serverURL");
}

#[test]
fn tolts_client_has_every_field() {
    let tolt = Tolt::new("tolt_example", Default::default()).unwrap();
    let click = Click {
        param: TEXT,
        value: TEXT,
        link_id: TEXT,
        partner_id: TEXT,
        page: TEXT,
        referrer: TEXT,
        country: Some("US"),
        device: TEXT,
    };
    sends_all(&tolt_tables::CLICK, &tolt.click(&click).unwrap());
    let customer = Customer {
        partner_id: TEXT,
        link_id: TEXT,
        click_id: TEXT,
        email: TEXT,
        customer_id: TEXT,
        name: TEXT,
        status: TEXT,
        subscription_id: TEXT,
        promotion_code: TEXT,
        created_at: TIME,
        lead_at: TIME,
        active_at: TIME,
    };
    sends_all(&tolt_tables::CUSTOMER, &tolt.customer(&customer).unwrap());
    let payment = Transaction {
        customer_id: "cus_Q7wR",
        amount: 4900,
        charge_id: TEXT,
        click_id: TEXT,
        billing_type: TEXT,
        interval: TEXT,
        product_id: TEXT,
        product_name: TEXT,
        source: TEXT,
        created_at: TIME,
    };
    sends_all(&tolt_tables::TRANSACTION, &tolt.transaction(&payment).unwrap());
}
