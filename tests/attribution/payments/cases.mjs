// What has to end on the services' books, and what must not.
//
// In: a running shop and services. Out: named checks. Every event is delivered twice, as webhooks are.

import { same } from "../../runtimes/contract/check.mjs";
import { lemonSqueezy, paddle, polar, signed, stripe } from "./events.mjs";

const CUSTOMER = { customerExternalId: "user_001" };
const COOKIES = "refp_id=abc123; _rc_sid=rcs_7fKj2";
/** Stripe's amount, and the one of ISO 4217 that has to be on the books. */
const CURRENCIES = [["usd", 4900, 4900], ["jpy", 500, 500], ["kwd", 12_340, 12_340], ["isk", 490_000, 4_900]];

const [RECORDED, DUPLICATE] = ["recorded", "duplicate"].map((outcome) => ({ reason: null, sale: outcome, conversion: outcome }));
const BOOKED = [RECORDED, DUPLICATE];
const REFUNDED = [{ reason: "refund", refund: "refunded" }, { reason: "refund", refund: "refunded before" }];

/** `[name, check]` of each, for the shop at `url` and the services' remote controls. */
export function casesFor(url, refport, refcampaign) {
  const post = (vendor, body, headers) => fetch(`${url}/${vendor}`, { method: "POST", headers, body });
  const sales = async () => (await refport.ledger()).sales.map((sale) => [sale.clickId, sale.customerExternalId, sale.amount, sale.currency, sale.invoiceId]);
  const conversions = async () => (await refcampaign.ledger()).conversions.map((one) => [one.externalId, one.amount, one.currency]);
  const nothingOnBooks = async () => same([await sales(), await conversions()], [[], []], "the books");

  const shop = {
    refcampaign, post, sales, conversions, nothingOnBooks,
    checkout: (cookie) => checkoutAt(url, cookie),
    twice: (vendor, event, expected) => deliver(post, vendor, event, expected),
  };
  return [...CURRENCIES.map((one) => ofCurrency(shop, one)), ...stripeRefusals(shop), ...otherVendors(shop), othersRefusals(shop)];
}

function ofCurrency({ refcampaign, sales, conversions, checkout, twice }, [currency, amount, iso]) {
  return [`Stripe, ${currency}: a first payment, three renewals, a refund in part`, async () => {
    const carried = (await checkout(COOKIES)).stripe;
    const ids = [1, 2, 3, 4].map((count) => `in_${currency}_${count}`);
    await twice("stripe", stripe.session(carried, currency, { amount_total: amount, invoice: ids[0] }), BOOKED);
    for (const [at, id] of ids.entries()) {
      const invoice = stripe.invoice(carried, currency, { id, amount_paid: amount, billing_reason: at ? "subscription_cycle" : "subscription_create" });
      await twice("stripe", invoice, at ? BOOKED : [DUPLICATE, DUPLICATE]);
    }
    same(await sales(), ids.map((id) => ["abc123", "user_001", iso, currency, id]), "Refport's books");
    same(await conversions(), ids.map((id) => [id, iso, currency.toUpperCase()]), "RefCampaign's books");
    await refcampaign.approve({ externalId: ids[1] });
    const refund = stripe.refund(currency, { amount, amount_refunded: amount / 5, invoice: ids[1] });
    await twice("stripe", refund, REFUNDED);
    const [{ amount: left }] = (await refcampaign.ledger()).totals.money;
    same(left, iso * 4 - iso / 5, "what is left of RefCampaign's money");
  }];
}

const stripeRefusals = ({ post, nothingOnBooks, checkout, twice }) => [
  ["Stripe: unsigned, signed by another, and replayed: nothing is on the books", async () => {
    const event = stripe.session((await checkout(COOKIES)).stripe, "usd", { amount_total: 4900, invoice: "in_001" });
    const body = JSON.stringify(event);
    const another = signed.stripe(`${body} `);
    for (const headers of [{}, { "stripe-signature": "t=1,v1=0" }, another, signed.stripe(body, 3600)]) {
      same((await post("stripe", body, headers)).status, 400, JSON.stringify(headers));
    }
    await nothingOnBooks();
  }],
  ["Stripe: unpaid, nothing to pay, and organic: nothing is on the books", async () => {
    const carried = (await checkout(COOKIES)).stripe;
    const organic = (await checkout("a=1")).stripe;
    const events = {
      unpaid: stripe.session(carried, "usd", { amount_total: 4900, invoice: "in_001", payment_status: "unpaid" }),
      amount_zero: stripe.invoice(carried, "usd", { id: "in_002", amount_paid: 0 }),
      no_click_id: stripe.session(organic, "usd", { amount_total: 4900, invoice: "in_003" }),
    };
    for (const [reason, event] of Object.entries(events)) await twice("stripe", event, [{ reason }, { reason }]);
    await nothingOnBooks();
  }],
];

const otherVendors = ({ refcampaign, sales, checkout, twice }) => [
  ["Paddle: a first transaction, a renewal, a refund in part", async () => {
    const carried = (await checkout(COOKIES)).paddle;
    await twice("paddle", paddle.transaction(carried, "txn_001", "4900"), BOOKED);
    await twice("paddle", paddle.transaction(carried, "txn_002", "4900", { origin: "subscription_recurring" }), BOOKED);
    same(await sales(), ["txn_001", "txn_002"].map((id) => ["abc123", "user_001", 4900, "usd", id]), "Refport's books");
    await refcampaign.approve({ externalId: "txn_002" });
    await twice("paddle", paddle.adjustment("txn_002", "900"), REFUNDED);
    same((await refcampaign.ledger()).totals.money[0].amount, 8900, "RefCampaign's money");
  }],
  ["Polar: an order, a renewal, a refund in part", async () => {
    const carried = (await checkout(COOKIES)).polar;
    await twice("polar", polar.order(carried, "order_001", 4900), BOOKED);
    await twice("polar", polar.order({ metadata: {} }, "order_002", 4900, { billing_reason: "subscription_cycle", subscription: carried }), BOOKED);
    same(await sales(), ["order_001", "order_002"].map((id) => ["abc123", "user_001", 4900, "usd", id]), "Refport's books");
    await refcampaign.approve({ externalId: "order_001" });
    await twice("polar", polar.refund("order_001", 900), REFUNDED);
    same((await refcampaign.ledger()).totals.money[0].amount, 8900, "RefCampaign's money");
  }],
  ["Lemon Squeezy: an order, which is the first payment too, a renewal, a refund in part", async () => {
    const carried = (await checkout(COOKIES))["lemon-squeezy"];
    await twice("lemon-squeezy", lemonSqueezy.order(carried, 4900), BOOKED);
    const before = { reason: "counted_before" };
    await twice("lemon-squeezy", lemonSqueezy.payment(carried, 4900, "initial"), [before, before]);
    await twice("lemon-squeezy", lemonSqueezy.payment(carried, 4900, "renewal"), BOOKED);
    same(await sales(), ["ls_order_1", "ls_invoice_1"].map((id) => ["abc123", "user_001", 4900, "usd", id]), "Refport's books");
    await refcampaign.approve({ externalId: "ls_order_1" });
    await twice("lemon-squeezy", lemonSqueezy.refund(900), REFUNDED);
    same((await refcampaign.ledger()).totals.money[0].amount, 8900, "RefCampaign's money");
  }],
];

const othersRefusals = ({ post, nothingOnBooks, checkout }) =>
  ["Paddle, Polar, Lemon Squeezy: unsigned, signed by another, and replayed: nothing is on the books", async () => {
    const carried = await checkout(COOKIES);
    const events = {
      paddle: paddle.transaction(carried.paddle, "txn_001", "4900"),
      polar: polar.order(carried.polar, "order_001", 4900),
      "lemon-squeezy": lemonSqueezy.order(carried["lemon-squeezy"], 4900),
    };
    for (const [vendor, event] of Object.entries(events)) {
      const body = JSON.stringify(event);
      // Lemon Squeezy signs no time: a repeat is recognised by its invoice ID.
      const replayed = vendor === "lemon-squeezy" ? [] : [signed[vendor](body, 3600)];
      for (const headers of [{}, signed[vendor](`${body} `), ...replayed]) {
        same((await post(vendor, body, headers)).status, 400, `${vendor} ${JSON.stringify(headers)}`);
      }
    }
    await nothingOnBooks();
  }];

/** What a checkout carries for a visitor with these cookies, by vendor. */
async function checkoutAt(url, cookie) {
  const response = await fetch(`${url}/checkout`, { method: "POST", headers: { cookie }, body: JSON.stringify(CUSTOMER) });
  return response.json();
}

async function deliver(post, vendor, event, expected) {
  const body = JSON.stringify(event);
  for (const one of expected) {
    const response = await post(vendor, body, signed[vendor](body));
    same(await response.json(), one, body.slice(0, 300));
  }
}
