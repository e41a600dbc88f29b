// The entries of one service alone: they do what the outbox of both does, and what is the other service's waits for a deploy.
//
// In: the entries, and tests/golden/outbox.json. Out: how many checks passed, and what was wrong with the others.

import { adaptersOf } from "./adapters.mjs";
import { goldenOf } from "./golden.mjs";

const RECORDS = {
  sale: { clickId: "click_abc", customerExternalId: "user_001", amount: 4900, invoiceId: "in_1" },
  lead: { clickId: "click_abc", customerExternalId: "user_001", eventName: "Sign Up" },
  conversion: { sessionId: "rcs_12345678", amount: "49.90", currency: "EUR", externalId: "ord_1" },
  postback: { sessionId: "rcs_12345678", amount: 4990, currency: "EUR", externalId: "ord_1" },
  refund: { externalId: "ord_1" },
};
const REFPORTS = ["sale", "lead"];

export async function aloneOf({ refport, refcampaign }, golden) {
  const isRefports = (kind) => REFPORTS.includes(kind);
  return [
    await goldenOf(refport, golden, isRefports),
    await goldenOf(refcampaign, golden, (kind) => !isRefports(kind)),
    await adaptersOf(refport),
    await deliveries(refport, isRefports),
    await deliveries(refcampaign, (kind) => !isRefports(kind)),
  ];
}

/** A record of each kind: it is delivered, or waits, since another deploy can deliver it. */
async function deliveries(outbox, has) {
  const wrong = [];
  for (const [event, params] of Object.entries(RECORDS)) {
    let requests = 0;
    const fetch = async () => ((requests += 1), new Response('{"success":true,"data":{"success":true},"sale":{"id":"s"},"click":{"id":"c"}}'));
    const config = { refport: { apiKey: "rk_outbox_test", fetch }, refcampaign: { apiKey: "rc_outbox_test", fetch } };
    const record = { outbox: 1, id: "r1", event, params, createdMs: 1, expiresMs: Date.now() + 3600_000 };
    const result = await outbox.deliver(record, config);
    const { retryAfterSeconds } = outbox.disposition(result, { random: 0 });
    const seen = JSON.stringify([result.outcome, requests, result.misconfigured, result.error?.issues[0].field, retryAfterSeconds]);
    const expected = JSON.stringify(has(event) ? ["recorded", 1, false, undefined, undefined] : ["failed", 0, true, event, 60]);
    if (seen !== expected) wrong.push(`a record of a ${event}: ${seen}, and not ${expected}`);
  }
  return { passed: Object.keys(RECORDS).length - wrong.length, wrong };
}
