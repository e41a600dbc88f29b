// What the fake Tolt service is held to: the vectors of tests/golden/wire_tolt.json, and refport-edge's own client against it,
// held against the books.
// In: the service, running and seeded (`at`). Out: what has to be arranged, and the further cases.
// Not its job: the client's every corner (tests/), running anything (contract.mjs).

import assert from "node:assert/strict";
import { Tolt, ToltError, trackClick, trackLead, trackSale } from "refport-edge/tolt";
import { readVectors } from "./vectors.mjs";

export const [name, folder] = ["fake-tolt", "fake-tolt"];
export const KEY = "YOUR_API_KEY"; // as in the vectors
export const vectors = await readVectors("wire_tolt.json");

const CUSTOMER = { partner_id: "part_8fKq", email: "jane@example.com" };
const configOf = (at, more = {}) => ({ token: KEY, baseUrl: at.url, ...more });

/** One customer, `cus_1`. */
export async function seed(at) {
  await at.control.reset();
  const { outcome } = await new Tolt(configOf(at)).customers.create(CUSTOMER);
  assert.equal(outcome, "recorded");
}

const PAYMENT = { customer_id: "cus_1", amount: 4900, charge_id: "ch_1" };
const paid = (at) => new Tolt(configOf(at)).transactions.create(PAYMENT);

/** What has to be true at the service before a vector's request arrives; for the others the seeds are enough. */
export const BEFORE = {
  "transaction: the charge is on the books already": paid,
  "refund: a transaction": paid,
  "refund: twice": async (at) => {
    const { data } = await paid(at);
    await new Tolt(configOf(at)).transactions.refund({ id: data.id });
  },
  "transaction: too many requests": (at) => at.control.rateLimit({ refuseNext: 1, retryAfter: "1" }),
};

export const MORE = {
  "the client: a visitor's way from the click to the refund": async (at) => {
    const click = await trackClick(new Request("https://shop.test/?ref=sam"), { country: "US" }, configOf(at));
    const request = new Request("https://shop.test/", { headers: { cookie: `tolt_referral=${click.data.id}` } });
    const lead = await trackLead(request, { partner_id: click.data.partner_id, email: "bob@example.com" }, configOf(at));
    const sale = await trackSale(request, { ...PAYMENT, customer_id: lead.data.id }, configOf(at));
    const refund = await new Tolt(configOf(at)).transactions.refund({ id: sale.data.id });
    assert.deepEqual([click, lead, sale, refund].map(({ outcome }) => outcome), Array(4).fill("recorded"));
    assert.equal(refund.data.status, "refunded");
    const { clicks, customers, transactions } = await at.control.ledger();
    assert.deepEqual([clicks[0].country, customers[1].click_id, transactions[0].click_id], ["US", "clk_1", "clk_1"]);
  },
  "the client: a payment is counted once, without a click too": async (at) => {
    const outcomes = [];
    for (let told = 0; told < 2; told += 1) outcomes.push((await trackSale(null, PAYMENT, configOf(at))).outcome);
    assert.deepEqual(outcomes, ["recorded", "duplicate"]);
    assert.deepEqual((await at.control.ledger()).transactions.map(({ amount, click_id }) => [amount, click_id]), [["4900", null]]);
  },
  "the client: a customer is made once": async (at) => {
    assert.equal((await trackLead(null, CUSTOMER, configOf(at))).outcome, "duplicate");
  },
  "the client: a second refund is a duplicate": async (at) => {
    const { data } = await paid(at);
    const tolt = new Tolt(configOf(at));
    const outcomes = [await tolt.transactions.refund({ id: data.id }), await tolt.transactions.refund({ id: data.id })];
    assert.deepEqual(outcomes.map(({ outcome }) => outcome), ["recorded", "duplicate"]);
  },
  "the client: a page without the parameter is no click": async (at) => {
    const { outcome } = await trackClick(new Request("https://shop.test/?via=sam"), null, configOf(at));
    assert.deepEqual([outcome, (await at.control.ledger()).clicks], ["skipped", []]);
  },
  "the client: a rate limit is waited out": async (at) => {
    await at.control.rateLimit({ refuseNext: 1, retryAfter: "1" });
    const { outcome, attempts } = await trackSale(null, PAYMENT, configOf(at));
    assert.deepEqual([outcome, attempts], ["recorded", 2]);
  },
  "the client: a wrong key": async (at) => {
    const { error } = await trackSale(null, PAYMENT, configOf(at, { token: "WRONG_KEY" }));
    assert.ok(error instanceof ToltError);
    assert.deepEqual([error.kind, error.status, error.code, error.name], ["auth", 401, "unauthorized", "ToltError"]);
  },
};
