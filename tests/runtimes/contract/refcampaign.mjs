// The golden vectors of what only RefCampaign has: its sessions, amounts, hashes and webhooks.
//
// In: the API and the vectors. Out: checks for check.mjs, one for each vector.
// Not its job: what both services have (golden.mjs), the forms a webhook arrives in (webhooks.mjs).

import { STANDARD, call } from "./calls.mjs";
import { must, same } from "./check.mjs";
import { requestLike, requestOf } from "./requests.mjs";
import { KEY, mustBeSound } from "./results.mjs";
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
    checks(vectors, async ({ header, body, secret, now, toleranceSeconds, expected, json = true, service, eventId }) => {
      const payload = text(body);
      if (service) {
        const verdict = await api[service].verifyDubWebhook({ payload, header }, secret);
        if (expected === "valid" && json) return same(verdict, { valid: true, event: JSON.parse(payload), eventId }, "the verdict");
        return mustBeRefusal(verdict, expected === "valid" ? "invalid_payload" : expected, secret);
      }
      const options = { nowMs: now, ...(toleranceSeconds === undefined ? {} : { toleranceSeconds }) };
      const verdict = await api.verifyRefCampaignWebhook({ payload, header }, secret, options);
      const bytes = { payload: new TextEncoder().encode(payload), header };
      same(await api.verifyRefCampaignWebhook(bytes, secret, options), verdict, "the verdict on its bytes");
      if (expected === "valid" && json) same(verdict, { valid: true, event: JSON.parse(payload.replace(/^\ufeff/, "")) }, "the verdict");
      else mustBeRefusal(verdict, expected === "valid" ? "invalid_payload" : expected, secret);
    }),

  wire_refcampaign: (api, vectors) => checks(vectors, (vector) => exchange(api, vector)),
};

/** The calls that wire_refcampaign.json is about. */
const EVENTS = {
  "/api/v1/conversions/postback": "postback",
  "/api/v1/conversions/refund": "refund",
  "/api/v1/track/identify": "identify",
  "/api/track/identify": "identify",
  "/api/v1/ping": "ping",
};

/** Requests that the service would refuse, and that never leave. */
const REFUSED = {
  "postback: an amount with decimals": ["amount"],
  "postback: an amount of zero": ["amount"],
  "postback: no external ID": ["externalId"],
  "postback: a conversion type nobody knows": ["conversionType"],
  "postback: a currency of four letters": ["currency"],
  "postback: nothing to credit it by": ["sessionId"],
  "postback: no key": ["apiKey"],
  "refund: no external ID": ["externalId"],
  "identify: an address where the hash should be": ["customerEmailHash"],
};

/** What is sent otherwise than it was given. */
const SENT = {
  "postback: the currency in lower case": { currency: "EUR" },
  "postback: no conversion type": { conversionType: "SALE" },
};

const BROWSERS = { path: "/api/track/identify", sessionIdField: "sessionId", customerEmailHashField: "emailHash" };

async function exchange(api, { name, request, response }) {
  const event = EVENTS[request.path];
  const { session_id, customer_email_hash, emailHash, ...body } = request.body ?? {};
  const params = event === "identify"
    ? { sessionId: session_id ?? body.sessionId, customerEmailHash: customer_email_hash ?? emailHash }
    : body;
  const requests = [];
  const config = {
    apiKey: event === "identify" ? KEY : request.headers.authorization?.replace("Bearer ", ""),
    apiUrl: "https://service.test",
    maxAttempts: 1,
    ...(request.path === BROWSERS.path ? { identify: BROWSERS } : {}),
    fetch(url, init) {
      requests.push({ url, init });
      return new Response(JSON.stringify(response.body), { status: response.status });
    },
  };
  const result = await call(api, { event }, params, config);
  mustBeSound(api, result, event);
  if (name in REFUSED) {
    same([requests.length, result.error.issues.map((issue) => issue.field)], [0, REFUSED[name]], "what was refused");
    return;
  }
  const [{ url, init }] = requests;
  const { accept: _, ...headers } = Object.fromEntries(new Headers(init.headers));
  const sent = { method: init.method, url, headers, body: init.body === undefined ? null : JSON.parse(init.body) };
  const wanted = request.body ? { ...request.body, ...SENT[name] } : null;
  same(sent, { method: request.method, url: `https://service.test${request.path}`, headers: request.headers, body: wanted }, "the request");
  mustTell(result, event, response, params);
}

function mustTell({ outcome, data, error }, event, { status, body }, { externalId }) {
  if (status === 409 && event === "postback") return same([outcome, data], ["duplicate", { outcome, externalId }]);
  if (status >= 400) {
    const { code, message, details } = body.error;
    return same([error.status, error.code, error.serviceMessage, error.details], [status, code, message, details], "the error");
  }
  if (body.data.success === false) {
    return same([error.kind, error.maybeRecorded, error.serviceMessage], ["rejected", false, body.data.error], "the error");
  }
  if (event === "identify") return same(data, { identified: true, error: null });
  return same(data, { ...body.data, ...(externalId === undefined ? {} : { externalId }), outcome: "recorded" }, "the data");
}

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
