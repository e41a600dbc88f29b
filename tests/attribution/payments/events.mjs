// Events of the payment vendors, with the members that their documentation shows, and signatures.
//
// In: what a checkout carried. Out: bodies and headers, to be posted to a webhook.

import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";

export const SECRET = "whsec_test_of_this_machine";
const sha256 = (text) => createHmac("sha256", SECRET).update(text).digest("hex");
const nowSeconds = () => Math.floor(Date.now() / 1000);

/** The headers of a body, by vendor; `ageSeconds` is how long ago it was signed. */
export const signed = {
  stripe: (body, ageSeconds = 0) => ({
    "stripe-signature": Stripe.webhooks.generateTestHeaderString({ payload: body, secret: SECRET, timestamp: nowSeconds() - ageSeconds }),
  }),
  paddle(body, ageSeconds = 0) {
    const timestamp = nowSeconds() - ageSeconds;
    return { "paddle-signature": `ts=${timestamp};h1=${sha256(`${timestamp}:${body}`)}` };
  },
  polar(body, ageSeconds = 0) {
    const date = new Date((nowSeconds() - ageSeconds) * 1000);
    const signature = new Webhook(btoa(SECRET)).sign("msg_001", date, body);
    return { "webhook-id": "msg_001", "webhook-timestamp": `${Math.floor(date / 1000)}`, "webhook-signature": signature };
  },
  "lemon-squeezy": (body) => ({ "x-signature": sha256(body) }),
};

const stripeEvent = (type, object) => ({
  id: `evt_${object.id}`, object: "event", api_version: "2025-09-30.clover", created: nowSeconds(), livemode: false,
  pending_webhooks: 1, request: { id: null, idempotency_key: null }, type, data: { object },
});

export const stripe = {
  session: ({ metadata, client_reference_id }, currency, more) =>
    stripeEvent("checkout.session.completed", {
      id: `cs_test_${currency}`, object: "checkout.session", mode: "subscription", status: "complete", payment_status: "paid",
      client_reference_id, customer: "cus_001", subscription: `sub_${currency}`, payment_intent: null, currency, metadata, ...more,
    }),
  invoice: ({ subscription_data }, currency, more) =>
    stripeEvent("invoice.paid", {
      object: "invoice", status: "paid", customer: "cus_001", currency, metadata: {},
      parent: {
        type: "subscription_details", quote_details: null,
        subscription_details: { subscription: `sub_${currency}`, metadata: subscription_data?.metadata ?? {} },
      },
      lines: { object: "list", data: [], has_more: false }, ...more,
    }),
  refund: (currency, more) =>
    stripeEvent("charge.refunded", { id: `ch_${currency}`, object: "charge", currency, metadata: {}, payment_intent: `pi_${currency}`, ...more }),
};

const paddleEvent = (event_type, data) => ({
  event_id: `evt_${data.id}`, event_type, occurred_at: "2026-11-21T10:00:00.000000Z", notification_id: `ntf_${data.id}`, data,
});

export const paddle = {
  transaction: ({ custom_data }, id, total, more) => paddleEvent("transaction.completed", {
    id, status: "completed", customer_id: "ctm_001", address_id: "add_001", business_id: null, custom_data, currency_code: "USD",
    origin: "web", subscription_id: "sub_001", invoice_id: "inv_001", invoice_number: "1-1", collection_mode: "automatic",
    discount_id: null, billing_details: null, billing_period: null, items: [], payments: [], checkout: null,
    created_at: "2026-11-21T10:00:00Z", updated_at: "2026-11-21T10:00:00Z", billed_at: null, revised_at: null,
    details: {
      tax_rates_used: [], line_items: [], adjusted_totals: null, payout_totals: null, adjusted_payout_totals: null,
      totals: {
        subtotal: total, tax: "0", discount: "0", total, credit: "0", credit_to_balance: "0", balance: "0", grand_total: total,
        fee: null, earnings: null, currency_code: "USD",
      },
    }, ...more,
  }),
  adjustment: (transaction_id, total) => paddleEvent("adjustment.updated", {
    id: "adj_001", action: "refund", type: "partial", transaction_id, subscription_id: null, customer_id: "ctm_001", reason: "a scratch",
    credit_applied_to_balance: null, currency_code: "USD", status: "approved", items: [], payout_totals: null, tax_rates_used: [],
    created_at: "2026-11-21T10:00:00Z", updated_at: "2026-11-21T10:00:00Z",
    totals: { subtotal: total, tax: "0", total, fee: "0", earnings: "0", currency_code: "USD" },
  }),
};

export const polar = {
  order: ({ metadata }, id, total_amount, more) => ({
    type: "order.paid", timestamp: "2026-11-21T10:00:00Z",
    data: {
      id, status: "paid", paid: true, subtotal_amount: total_amount, discount_amount: 0, net_amount: total_amount, tax_amount: 0,
      total_amount, refunded_amount: 0, refunded_tax_amount: 0, currency: "usd", billing_reason: "purchase", customer_id: "customer_001",
      metadata, customer: { id: "customer_001", email: "alice@example.com", name: "Alice", external_id: null }, ...more,
    },
  }),
  refund: (order_id, amount) => ({
    type: "refund.created", timestamp: "2026-11-21T10:00:00Z",
    data: { id: "refund_001", status: "succeeded", reason: "customer_request", amount, tax_amount: 0, currency: "usd", order_id },
  }),
};

const lemon = (event_name, type, custom_data, attributes) => ({
  meta: { test_mode: true, event_name, custom_data },
  data: { type, id: "1", attributes: { store_id: 1, customer_id: 7, user_name: "Alice", user_email: "alice@example.com", currency: "USD", status: "paid", ...attributes } },
});

export const lemonSqueezy = {
  order: ({ checkoutData }, total) => lemon("order_created", "orders", checkoutData?.custom, { total, total_usd: total }),
  payment: ({ checkoutData }, total, billing_reason) =>
    lemon("subscription_payment_success", "subscription-invoices", checkoutData?.custom, { total, total_usd: total, billing_reason }),
  refund: (refunded_amount) => lemon("order_refunded", "orders", undefined, { status: "partial_refund", refunded_amount }),
};
