// The golden vectors of what only RefCampaign has: its sessions, amounts, hashes and webhooks.
//
// In: the API and the vectors. Out: checks for check.mjs, one for each vector.
// Not its job: what both services have (golden.mjs), the forms a webhook arrives in (webhooks.mjs).

import { STANDARD } from "./calls.mjs";
import { must, same } from "./check.mjs";
import { requestLike, requestOf } from "./requests.mjs";
import { KEY } from "./results.mjs";
import { decode, text } from "./values.mjs";

const checks = (vectors, check) => vectors.map((vector) => [vector.name, () => check(vector)]);

export const REFCAMPAIGN_SUITES = {
  session_id: (api, vectors) =>
    checks(vectors, ({ request, expected, ...like }) => {
      same(api.getSessionIdFromRequest(request ? requestOf(request, "_rc_sid") : requestLike(like)), expected);
    }),

  email_hash: (api, vectors) =>
    checks(vectors, ({ email, expected }) => {
      if (expected !== null) same(api.hashEmail(email), expected, "the hash");
      else same(thrown(() => api.hashEmail(email)) instanceof TypeError, true, "whether it throws a TypeError");
    }),

  money: (api, vectors) =>
    checks(vectors, async ({ amount, currency, expected, issue }) => {
      const told = await sent(api, decode(amount), currency);
      same([told.amount, told.issues], [expected, issue ? [issue] : []], "the amount sent and the issues");
    }),

  currencies: (api, vectors) =>
    checks(vectors, async ({ currency, exponent }) => {
      const one = await sent(api, "1", currency);
      if (exponent === null) return same([one.amount, one.issues.map(({ field }) => field)], [null, ["currency"]]);
      same(one.amount, 10 ** exponent, "one of it");
      const nines = "9".repeat(exponent);
      same((await sent(api, `1.${nines}0`, currency)).amount, 2 * 10 ** exponent - 1, "almost two of it");
      const [issue] = (await sent(api, `1.${nines}9`, currency)).issues;
      must(issue?.field === "amount" && issue.message.includes("more decimals"), "a decimal too many is sent");
    }),

  webhook: (api, vectors) =>
    checks(vectors, async ({ header, body, secret, now, toleranceSeconds, expected, json = true }) => {
      const payload = text(body);
      const options = { nowMs: now, ...(toleranceSeconds === undefined ? {} : { toleranceSeconds }) };
      const verdict = await api.verifyRefCampaignWebhook({ payload, header }, secret, options);
      const bytes = { payload: new TextEncoder().encode(payload), header };
      same(await api.verifyRefCampaignWebhook(bytes, secret, options), verdict, "the verdict on its bytes");
      if (expected === "valid" && json) same(verdict, { valid: true, event: JSON.parse(payload.replace(/^\ufeff/, "")) }, "the verdict");
      else mustBeRefusal(verdict, expected === "valid" ? "invalid_payload" : expected, secret);
    }),
};

/** Throws unless a verdict is a refusal for that reason, with words, and without the secret. */
export function mustBeRefusal(verdict, reason, secret) {
  same(Object.keys(verdict).sort(), ["message", "reason", "valid"], "the members of the verdict");
  same([verdict.valid, verdict.reason], [false, reason], "the verdict");
  must(verdict.message.length > 10, "the message says nothing");
  if (secret?.length > 8) must(!JSON.stringify(verdict).includes(secret), "the verdict tells the secret");
}

/** What `conversions.track` sends for an amount in major units: `{ amount, issues }`. */
async function sent(api, amount, currency) {
  let body = null;
  const fetch = (_, init) => {
    body = JSON.parse(init.body);
    return new Response('{"success":true}');
  };
  const client = new api.RefCampaign({ apiKey: KEY, fetch });
  let issues = [];
  try {
    await client.conversions.track({ ...STANDARD.track, amount, currency });
  } catch (error) {
    issues = error.issues.map(({ field, message }) => ({ field, message }));
    must(issues.length > 0, `it failed otherwise: ${error.message}`);
  }
  return { amount: body?.amount ?? null, issues };
}

function thrown(call) {
  try {
    return call();
  } catch (error) {
    return error;
  }
}
