// refport-edge's own RefCampaign client against the fake service: what it promises, held against the books.
// In: the service, running and seeded (`at`). Out: the cases.
// Not its job: the client's every corner (tests/), running anything (contract.mjs).

import assert from "node:assert/strict";
import { hashEmail, RefCampaign, RefCampaignError } from "refport-edge";

import { KEY } from "./refcampaign.mjs";

export { KEY, seed } from "./refcampaign.mjs";
export const [name, folder] = ["the client", "fake-refcampaign"];

const SESSION = { sessionId: "rcs_7fKj2" };
const ORDER = { ...SESSION, externalId: "ord_42", amount: 4990, currency: "EUR" };
const ALICE = hashEmail("alice@example.com");

export const MORE = {
  "an order is counted once, in minor units": async (at) => {
    const order = { ...SESSION, amount: "49.90", currency: "eur", metadata: { orderId: "ord_42" } };
    const outcomes = [await clientOf(at).conversions.track(order), await clientOf(at).conversions.track(order)];
    assert.deepEqual(outcomes.map(({ outcome, commissionAmount }) => [outcome, commissionAmount]), [
      ["recorded", 499], ["duplicate", undefined],
    ]);
    const { conversions } = await at.control.ledger();
    assert.deepEqual(conversions.map(({ externalId, amount, currency }) => [externalId, amount, currency]), [
      ["ord_42", 4990, "EUR"],
    ]);
  },
  "an identified customer is credited by their e-mail address, both ways to identify": async (at) => {
    const browser = { path: "/api/track/identify", sessionIdField: "sessionId", customerEmailHashField: "emailHash" };
    for (const identify of [undefined, browser]) {
      const client = clientOf(at, identify ? { identify } : {});
      const binding = await client.tracking.identify({ ...SESSION, customerEmailHash: ALICE });
      assert.deepEqual(binding, { identified: true, error: null });
    }
    const { sessionId: _, ...order } = ORDER;
    const { outcome } = await clientOf(at).conversions.postback({ ...order, customerEmail: " Alice@Example.com" });
    const { conversions, requests } = await at.control.ledger();
    assert.deepEqual([outcome, conversions[0].attributedBy], ["recorded", "customerEmailHash"]);
    const paths = ["/api/v1/track/identify", "/api/track/identify", "/api/v1/conversions/postback"];
    assert.deepEqual(requests.map(({ path }) => path), paths);
  },
  "a session nobody began is not identified, and nothing throws": async (at) => {
    const { identified, error } = await clientOf(at).tracking.identify({
      sessionId: "rcs_nobody", customerEmailHash: ALICE,
    });
    assert.deepEqual([identified, error.kind, error.status], [false, "not_found", 404]);
  },
  "a refund waits for the approval, and is given once": async (at) => {
    const client = clientOf(at);
    await client.conversions.postback(ORDER);
    await rejects(client.conversions.refund({ externalId: "ord_42" }), { kind: "rejected", status: 409 });
    await at.control.approve({ externalId: "ord_42" });
    const first = await client.conversions.refund({ externalId: "ord_42", amount: 990, reason: "a scratch" });
    const second = await client.conversions.refund({ externalId: "ord_42" });
    assert.deepEqual([first.alreadyRefunded, second.alreadyRefunded], [false, true]);
    assert.deepEqual((await at.control.ledger()).totals.money, [{ currency: "EUR", amount: 4000, commission: 400 }]);
    await rejects(client.conversions.refund({ externalId: "ord_43" }), { kind: "not_found", status: 404 });
  },
  "nobody to credit is a rejection that surely recorded nothing": async (at) => {
    const call = clientOf(at).conversions.postback({ ...ORDER, sessionId: "rcs_nobody" });
    await rejects(call, { kind: "rejected", status: 200, maybeRecorded: false, serviceMessage: "No attribution found" });
    assert.equal((await at.control.ledger()).totals.conversions, 0);
  },
  "a rate limit is waited out, a used up quota is not": async (at) => {
    const client = clientOf(at);
    await at.control.rateLimit({ refuseNext: 1, retryAfter: "1" });
    assert.equal((await client.conversions.postback(ORDER)).outcome, "recorded");
    await at.control.quota({ usedUp: true });
    const call = client.conversions.postback({ ...ORDER, externalId: "ord_43" });
    await rejects(call, { code: "LIMIT_EXCEEDED", attempts: 1, retryable: false });
  },
  "ping tells a right key from a wrong one": async (at) => {
    assert.equal((await clientOf(at).ping()).valid, true);
    await rejects(clientOf(at, { apiKey: "WRONG_KEY" }).ping(), { kind: "auth", status: 401, code: "UNAUTHORIZED" });
  },
};

function clientOf(at, options = {}) {
  return new RefCampaign({ apiKey: KEY, apiUrl: at.url, ...options });
}

async function rejects(call, wanted) {
  const error = await call.then(() => assert.fail("it resolved"), (reason) => reason);
  assert.ok(error instanceof RefCampaignError, String(error));
  assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((name) => [name, error[name]])), wanted);
}
