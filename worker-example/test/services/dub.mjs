// What the fake Dub service is held to: the vectors of tests/golden/wire_dub.json, and refport-edge's own client against it,
// held against the books.
// In: the service, running and seeded (`at`). Out: what has to be arranged, and the further cases.
// Not its job: the client's every corner (tests/), running anything (contract.mjs).

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { Dub, DubError, trackLead, trackSale, verifyDubWebhook } from "refport-edge/dub";
import { readVectors } from "./vectors.mjs";

export const [name, folder] = ["fake-dub", "fake-dub"];
export const KEY = "YOUR_API_KEY"; // as in the vectors
export const vectors = await readVectors("wire_dub.json");

const CLICK = "rLnWe1uz9t282v7g";
const LEAD = { customerExternalId: "user_1", eventName: "Sign up" };
const SALE = { customerExternalId: "user_1", amount: 4900, invoiceId: "inv_1" };
const request = new Request("https://shop.test/", { headers: { cookie: `dub_id=${CLICK}` } });
const configOf = (at, more = {}) => ({ token: KEY, serverURL: at.url, ...more });
const outcomes = (results) => results.map(({ outcome }) => outcome);

/** One click. */
export async function seed(at) {
  await at.control.reset();
  await at.control.click({ id: CLICK });
}

const led = (at) => trackLead(request, LEAD, configOf(at));
const sold = async (at) => {
  await led(at);
  return trackSale(null, SALE, configOf(at));
};
const lost = (at) => trackLead(null, { ...LEAD, clickId: "unknown" }, configOf(at));

/** What has to be true at the service before a vector's request arrives; for the others the seeds are enough. */
export const BEFORE = {
  "lead: a repeat": led,
  "lead: a repeat of one that was lost": lost,
  "sale: a customer who is known": led,
  "sale: a repeat of the invoice, with another amount": sold,
  "sale: too many requests": (at) => at.control.rateLimit({ refuseNext: 1 }),
  "commissions: of an invoice": sold,
  "commission: refunded": sold,
  "commission: a paid one": async (at) => {
    await sold(at);
    await at.control.pay({ id: "cm_1" });
  },
};

export const MORE = {
  "the client: a visitor's way from the click to the refund": async (at) => {
    const lead = await led(at);
    const sale = await trackSale(null, SALE, configOf(at));
    const dub = new Dub(configOf(at));
    const refunds = [await dub.commissions.refund({ invoiceId: "inv_1" }), await dub.commissions.refund({ invoiceId: "inv_1" })];
    assert.deepEqual(outcomes([lead, sale, ...refunds]), ["recorded", "recorded", "recorded", "duplicate"]);
    assert.deepEqual(refunds.map(({ attempts }) => attempts), [2, 1]);
    assert.equal(refunds[0].data[0].status, "refunded");
    const { leads, sales } = await at.control.ledger();
    assert.deepEqual([leads[0].clickId, sales[0].amount], [CLICK, 4900]);
  },
  "the client: a sale is counted once, and told as recorded each time": async (at) => {
    await led(at);
    const results = [await trackSale(null, SALE, configOf(at)), await trackSale(null, SALE, configOf(at))];
    assert.deepEqual(outcomes(results), ["recorded", "recorded"]);
    assert.equal((await at.control.ledger()).sales.length, 1);
  },
  "the client: an organic buyer": async (at) => {
    assert.equal((await trackSale(null, SALE, configOf(at))).outcome, "unattributed");
    assert.deepEqual((await at.control.ledger()).sales, []);
  },
  "the client: an organic lead is not sent": async (at) => {
    assert.equal((await trackLead(new Request("https://shop.test/"), LEAD, configOf(at))).outcome, "skipped");
    assert.deepEqual((await at.control.ledger()).requests, []);
  },
  "the client: a lead is counted once, and a repeat is a duplicate": async (at) => {
    assert.deepEqual(outcomes([await led(at), await led(at)]), ["recorded", "duplicate"]);
    assert.equal((await at.control.ledger()).leads.length, 1);
  },
  "the client: a click that nobody made": async (at) => {
    const { error } = await lost(at);
    assert.ok(error instanceof DubError);
    assert.deepEqual([error.kind, error.status, error.maybeRecorded], ["invalid_click_id", 404, false]);
  },
  "the client: the answer to a sale is in dollars": async (at) => {
    await led(at);
    const { data } = await trackSale(null, { ...SALE, amount: 1580, currency: "JPY" }, configOf(at));
    assert.deepEqual([data.sale.amount, data.sale.currency], [995, "usd"]);
  },
  "the client: a rate limit of a minute is told, and not waited for": async (at) => {
    await at.control.rateLimit({ refuseNext: 1 });
    const { error } = await trackSale(request, SALE, configOf(at));
    assert.deepEqual([error.kind, error.attempts, error.retryable], ["rate_limit", 1, true]);
    assert.ok(error.retryAfterMs > 50_000 && error.retryAfterMs <= 60_000, String(error.retryAfterMs));
  },
  "the client: a rate limit of a second is waited out": async (at) => {
    await at.control.rateLimit({ refuseNext: 1, retryAfter: "1" });
    const { outcome, attempts } = await trackSale(request, SALE, configOf(at));
    assert.deepEqual([outcome, attempts], ["recorded", 2]);
  },
  "the client: commissions that are paid, and that there are not": async (at) => {
    const dub = new Dub(configOf(at));
    assert.equal((await dub.commissions.refund({ invoiceId: "inv_9" })).outcome, "unattributed");
    await sold(at);
    await at.control.pay({ id: "cm_1" });
    const { error } = await dub.commissions.refund({ invoiceId: "inv_1" });
    assert.deepEqual([error.kind, error.status, error.attempts], ["validation", 400, 2]);
  },
  "the client: a commission that is paid keeps no other from being refunded": async (at) => {
    const dub = new Dub(configOf(at));
    await sold(at);
    await at.control.commission({ invoiceId: "inv_1" });
    await at.control.pay({ id: "cm_1" });
    const { outcome, data, error, attempts } = await dub.commissions.refund({ invoiceId: "inv_1" });
    assert.deepEqual([outcome, data, error.kind, error.attempts, attempts], ["failed", null, "validation", 3, 3]);
    assert.deepEqual((await at.control.ledger()).commissions.map(({ status }) => status), ["paid", "refunded"]);
  },
  "the client: what is no list of commissions is no proof that there are none": async (at) => {
    for (const body of [{}, { error: "x" }, { 0: { id: "cm_1" } }, "text", true]) {
      const dub = new Dub(configOf(at, { fetch: async () => Response.json(body) }));
      const { outcome, error } = await dub.commissions.refund({ invoiceId: "inv_1" });
      assert.deepEqual([outcome, error?.kind, error?.retryable, error?.maybeRecorded], ["failed", "invalid_response", true, false], JSON.stringify(body));
      assert.ok(error instanceof DubError);
    }
    const dub = new Dub(configOf(at, { fetch: async () => Response.json([null, { id: "cm_1", status: "pending" }]) }));
    assert.equal((await dub.commissions.refund({ invoiceId: "inv_1" })).outcome, "failed");
  },
  "the client: a lead that is not found is no unknown click, whatever its name": async (at) => {
    await led(at);
    const sale = { ...SALE, leadEventName: "One Click Sign up" };
    assert.equal((await trackSale(null, sale, configOf(at))).error.kind, "not_found");
  },
  "the client: a webhook as it arrives, and one that somebody has changed": async () => {
    const event = { id: "evt_1", event: "sale.created", createdAt: "2026-11-21T10:00:00.000Z", data: { amount: 4900 } };
    const body = JSON.stringify(event);
    const headers = { "Dub-Signature": createHmac("sha256", "whsec_1").update(body).digest("hex") };
    const arrived = (text) => new Request("https://shop.test/webhook", { method: "POST", headers, body: text });
    assert.deepEqual(await verifyDubWebhook(arrived(body), "whsec_1"), { valid: true, event, eventId: "evt_1" });
    const { valid, reason, message } = await verifyDubWebhook(arrived(body.replace("4900", "9900")), "whsec_1");
    assert.deepEqual([valid, reason], [false, "signature_mismatch"]);
    assert.ok(!message.includes("whsec_1"));
    const without = await verifyDubWebhook(new Request("https://shop.test/webhook", { method: "POST", body }), "whsec_1");
    assert.deepEqual([without.reason, without.message.includes("Dub-Signature")], ["missing_header", true]);
  },
  "the client: a deep link": async (at) => {
    const dub = new Dub(configOf(at));
    const found = await dub.track.open({ deepLink: "https://acme.link/alice" });
    const none = await dub.track.open({ deepLink: "https://acme.link/bob" });
    assert.deepEqual([found.outcome, found.data.clickId, none.outcome], ["recorded", CLICK, "unattributed"]);
  },
};
