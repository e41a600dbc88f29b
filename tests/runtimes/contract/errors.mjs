// The errors themselves: their names, what is left of them where only plain data stay, and what they must not cost.
//
// In: the API. Out: checks for check.mjs. Which error comes of what is the vectors'.

import { STANDARD } from "./calls.mjs";
import { must, same } from "./check.mjs";
import { KEY } from "./results.mjs";

const CLASSES = [
  "ConversionError", "RefportError", "RefportValidationError", "RefportInvalidClickIdError", "RefportAuthError",
  "RefportNotFoundError", "RefportRateLimitError", "RefportConnectionError", "RefCampaignError",
];

/** Each class of Refport's, with an answer that leads to it. */
const ANSWERS = {
  RefportError: { status: 500 },
  RefportValidationError: { status: 422 },
  RefportInvalidClickIdError: { status: 400, code: "INVALID_CLICK_ID" },
  RefportAuthError: { status: 401 },
  RefportNotFoundError: { status: 404 },
  RefportRateLimitError: { status: 429 },
};

const answer = (status, body) => () => new Response(JSON.stringify(body), { status });

export function errorChecks(api) {
  const sale = async (config, params = STANDARD.sale) =>
    (await api.track_sale(null, params, { apiKey: KEY, maxAttempts: 1, ...config })).error;
  const campaign = async (config, params = STANDARD.track) =>
    new api.RefCampaign({ apiKey: KEY, maxAttempts: 1, ...config }).conversions.track(params).catch((error) => error);
  return { "names of errors": names(api, sale, campaign), "errors as data": data(sale, campaign), "details of errors": details(campaign), "IDs": ids(api) };
}

const names = (api, sale, campaign) => ({
  async "every class says its name"() {
    for (const name of CLASSES) same(api[name].name, name, "the class's name");
  },
  async "every error says its class"() {
    for (const [name, { status, code }] of Object.entries(ANSWERS)) {
      const error = await sale({ fetch: answer(status, { error: { code } }) });
      same([error.name, error.constructor.name, String(error)], [name, name, `${name}: ${error.message}`], name);
      must(error.stack.startsWith(name), `the stack begins otherwise: ${error.stack.split("\n", 1)}`);
    }
    const error = await campaign({ fetch: answer(400, {}) });
    same([error.name, String(error)], ["RefCampaignError", `RefCampaignError: ${error.message}`], "RefCampaign's");
  },
  async "a class that is made of one says its own name"() {
    class ShopError extends api.RefportError {}
    same(new ShopError("no").name, "ShopError");
    must(new ShopError("no") instanceof api.ConversionError, "it is no ConversionError");
  },
});

const refused = () => Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } }));

const data = (sale, campaign) => ({
  async "toJSON keeps everything where an error is copied"() {
    const errors = [
      await sale({ fetch: answer(429, { error: { code: "NO", message: "later" } }) }),
      await sale({ fetch: refused }),
      await sale({}, { amount: -1 }),
      await campaign({ fetch: answer(400, { error: { code: "NO", details: [{ path: ["amount"], message: "no" }] } }) }),
    ];
    for (const error of errors) {
      const told = error.toJSON();
      const members = ["kind", "status", "code", "serviceMessage", "retryable", "maybeRecorded", "retryAfterMs", "attempts", "requestId", "issues", "details", "externalId", "name", "message", "cause"];
      for (const member of members) same(told[member], error[member], member);
      same(structuredClone(told), told, "its structured clone");
      same(JSON.parse(JSON.stringify(error)), JSON.parse(JSON.stringify(told)), "its JSON");
    }
    same([errors[1].cause, errors[2].issues.length > 0], ["ECONNREFUSED", true], "what was to be kept");
  },
});

const LONG = "0123456789".repeat(10_000);

const details = (campaign) => ({
  async "a long ID that a service repeats costs no time and does not show"() {
    const began = Date.now();
    const error = await campaign(
      { fetch: answer(400, { error: { code: "NO", message: `no ${LONG}`, details: [{ field: "customerId", value: LONG.slice(0, 60_000) }, LONG] } }) },
      { ...STANDARD.track, customerId: LONG },
    );
    same([error.serviceMessage, error.details], ["no [redacted]", null], "what is told");
    must(Date.now() - began < 2000, `it took ${Date.now() - began} ms`);
  },
  async "details of up to 64 kB are told, and no more"() {
    const of = async (length) => (await campaign({ fetch: answer(400, { error: { details: "x".repeat(length) } }) })).details;
    same([(await of(65_534))?.length, await of(65_535)], [65_534, null], "the details");
  },
  async "many small details cost no time"() {
    const many = Array.from({ length: 8000 }, () => "aaa");
    const began = Date.now();
    const error = await campaign(
      { fetch: answer(400, { error: { details: many } }) },
      { ...STANDARD.track, customerId: "aaaa".repeat(20_000), customerEmail: `${"a".repeat(20_000)}@example.com` },
    );
    same(error.details.length, many.length, "the details");
    must(Date.now() - began < 2000, `it took ${Date.now() - began} ms`);
  },
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const ids = (api) => ({
  async "an ID is made where there is no randomUUID"() {
    const { crypto } = globalThis;
    const getRandomValues = (array) => crypto.getRandomValues(array);
    const made = await withCrypto({ getRandomValues }, () => Promise.all([track(api), track(api)]));
    for (const { externalId } of made) must(UUID.test(externalId), `${externalId} is no UUID`);
    must(made[0].externalId !== made[1].externalId, "the same twice");
    const ones = await withCrypto({ getRandomValues: (array) => array.fill(255) }, () => track(api));
    same(ones.externalId, "ffffffff-ffff-4fff-bfff-ffffffffffff", "all bits set");
  },
  async "where there are no random values an ID is asked for"() {
    for (const crypto of [undefined, {}, { randomUUID() { throw new Error("no"); } }]) {
      const error = await withCrypto(crypto, () => track(api)).catch((error) => error);
      const [issue] = error.issues ?? [];
      same([error.issues?.length, issue?.field], [1, "externalId"], "the issues");
      must(issue.message.includes("random"), `it is not told why: ${issue.message}`);
    }
  },
});

const track = (api) => {
  const { externalId: _, ...params } = STANDARD.track;
  return new api.RefCampaign({ apiKey: KEY, fetch: answer(201, { success: true }) }).conversions.track(params);
};

async function withCrypto(value, act) {
  const before = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", { value, configurable: true, writable: true });
  try {
    return await act();
  } finally {
    if (before) Object.defineProperty(globalThis, "crypto", before);
    else delete globalThis.crypto;
  }
}
