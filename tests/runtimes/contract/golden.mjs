// The golden vectors, played through the package's public API.
//
// In: the API and the vectors. Out: checks for check.mjs, one for each vector.
// Not its job: real time and real connections (real.mjs).

import { STANDARD, call, isRefCampaign } from "./calls.mjs";
import { must, same } from "./check.mjs";
import { REFCAMPAIGN_SUITES } from "./refcampaign.mjs";
import { requestLike, requestOf } from "./requests.mjs";
import { KEY, described, mustBeSound } from "./results.mjs";
import { play, responseOf } from "./service.mjs";
import { decode, text } from "./values.mjs";

/** Sat, 21 Nov 2026 10:00:00 GMT: the time of day in every vector that names no other. */
const NOW = 1795255200000;

const checks = (vectors, check) => vectors.map((vector) => [vector.name, () => check(vector)]);
const isObject = (value) => typeof value === "object" && value !== null;

export const SUITES = {
  click_id: (api, vectors) =>
    checks(vectors, ({ request, cookieName, service, expected }) => {
      if (service) return same(api[service].getClickIdFromRequest(requestOf(request)), expected, "getClickIdFromRequest");
      const parts = { ...request, ...("header" in request ? { header: text(request.header) } : {}) };
      same(api.getClickIdFromRequest(requestOf(parts, cookieName), cookieName), expected, "getClickIdFromRequest");
      if (Object.keys(parts).some((part) => part !== "header")) return;
      same(api.getClickIdFromCookie(parts.header, cookieName), expected, "getClickIdFromCookie");
    }),

  request_like: (api, vectors) =>
    checks(vectors, (vector) => {
      same(api.getClickIdFromRequest(requestLike(vector), decode(vector.cookieName)), vector.expected);
    }),

  validation: (api, vectors) => checks(vectors, (vector) => validate(api, vector)),

  encode: (api, vectors) =>
    checks(vectors, async ({ params, config, request, expected, ...vector }) => {
      const requests = [];
      await call(api, vector, decode(params), configured(config, requests), requestOf(request));
      same(requests.length, 1, "the number of requests");
      const [[url, init]] = requests;
      const hasBody = expected.body !== null;
      same(typeof init.body, hasBody ? "string" : "undefined", "the type of the body");
      const headers = Object.fromEntries(new Headers(init.headers));
      const body = hasBody ? withoutOwnId(JSON.parse(init.body), expected.body) : null;
      same({ method: init.method, url, headers, body }, expected, "the request");
      // A runtime that does not know `cache` may throw at it; one that does may answer from a cache without it.
      const hasCache = "cache" in Request.prototype;
      const members = ["headers", "method", "redirect", "signal", ...(hasBody ? ["body"] : []), ...(hasCache ? ["cache"] : [])];
      same(Object.keys(init).sort(), members.sort(), "the members of init");
      if (hasCache) same(init.cache, "no-store", "what is done about caches");
      same(init.redirect, "manual", "what is done about redirects");
      same(init.signal.aborted, false, "whether it is aborted from the start");
    }),

  classify: (api, vectors) =>
    checks(vectors, async ({ params, answer, expected, data, details, ...vector }) => {
      const { event } = vector;
      const schedule = [answer.ended ? answer : { answer }];
      const { result } = await play(schedule, NOW, (options) =>
        call(api, vector, params ?? STANDARD[event], { ...options, apiKey: KEY, maxAttempts: 1 }));
      mustBeSound(api, result, event);
      const wanted = "serviceMessage" in expected ? { ...expected, serviceMessage: text(expected.serviceMessage) } : expected;
      same(described(result), isRefCampaign(event) && !result.error ? { ...wanted, requestId: null } : wanted, "the result");
      if (data) same(JSON.parse(JSON.stringify(result.data)), data, "the data");
      else if (result.outcome === "recorded") same(result.data, answer.json ?? JSON.parse(answer.body), "the data");
      if (details !== undefined) same(result.error.details, details, "the details");
    }),

  retry_after: (api, vectors) =>
    checks(vectors, async ({ retryAfter, retryAfterMs, now, expected }) => {
      const headers = {
        ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
        ...(retryAfterMs === undefined ? {} : { "retry-after-ms": retryAfterMs }),
      };
      const { result } = await play([{ answer: { status: 429, headers } }], now, (options) =>
        api.track_sale(null, STANDARD.sale, { ...options, apiKey: KEY, maxAttempts: 1 }));
      same(result.error.retryAfterMs, expected, "retryAfterMs");
    }),

  retry: (api, vectors) =>
    checks(vectors, async ({ params, options: more, schedule, steps, expected, ...vector }) => {
      const played = await play(schedule, NOW, (options) =>
        call(api, vector, params, { ...options, ...more, apiKey: KEY }));
      const { result, requests, reports } = played;
      mustBeSound(api, result, vector.event);
      const { serviceMessage: _, ...told } = described(result);
      same({ ...told, attempts: result.attempts }, expected, "the result");
      same(played.steps, steps, "the steps");
      same(requests.length, result.attempts, "the number of requests");
      must(new Set(requests.map(({ url, init }) => url + init.body)).size <= 1, "two attempts sent different things");
      same(reports.map((report) => report.attempt), requests.map((_, index) => index + 1), "the attempts reported");
      const waits = steps.flatMap((step, index) => ("send" in step ? [steps[index + 1]?.sleep ?? null] : []));
      same(reports.map((report) => report.delayMs), waits, "the waits reported");
    }),

  wire: (api, vectors) => checks(vectors, (vector) => exchange(api, vector)),

  ...REFCAMPAIGN_SUITES,
};

/** What stands for the UUID of a call, in the vectors. */
const OWN_ID = "00000000-0000-4000-8000-000000000000";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function withoutOwnId(body, expected) {
  if (expected.externalId !== OWN_ID) return body;
  must(UUID.test(body.externalId), `${body.externalId} is no UUID`);
  return { ...body, externalId: OWN_ID };
}

const EVERY_SUCCESS = {
  sale: { id: "sale_xyz", currency: "usd" },
  link: { id: "lnk_xyz" },
  data: { id: "txn_xyz" },
  click: { id: "clk_xyz" },
  publicToken: "pt_abc123",
  expires: "2026-11-21T12:30:00.000Z",
  success: true,
};

/** The options of a vector, with a transport that notes what it is asked to send. */
function configured(config = { apiKey: KEY }, requests = []) {
  const options = decode(config);
  if (!isObject(options) || "fetch" in options) return options;
  return Object.defineProperty(options, "fetch", {
    value(...request) {
      requests.push(request);
      return responseOf({ status: 200, json: EVERY_SUCCESS });
    },
  });
}

async function validate(api, { params, config, request, given, outcome, issues, ...vector }) {
  const requests = [];
  const from = given === undefined ? requestOf(request) : decode(given);
  const result = await call(api, vector, decode(params), configured(config, requests), from);
  if (outcome === "sent") {
    same([result.error?.message, requests.length], [undefined, 1], "the error and the requests");
    return;
  }
  mustBeSound(api, result, vector.event);
  same([result.outcome, result.attempts, requests.length], [outcome, 0, 0], "the outcome, attempts and requests");
  const found = result.error?.issues ?? [];
  same(found.map((issue) => issue.field).sort(), issues.map((issue) => issue.field ?? issue).sort(), "the fields");
  for (const issue of found) {
    same(Object.keys(issue).sort(), ["field", "message"], "the members of an issue");
    must(issue.message.startsWith(`${issue.field} `), `${issue.message}: it does not begin with its field`);
    const wanted = issues.find(({ field }) => field === issue.field);
    if (wanted?.message) same(issue.message, wanted.message, "the message");
    must(issue.message !== wanted?.messageIsNot, `${issue.message}: it should have words of its own`);
  }
  if (!result.error) return;
  if (isRefCampaign(vector.event)) {
    const details = found.map(({ field, message }) => ({ path: field.split("."), message }));
    same(result.error.details, details, "the details");
  }
  const { kind, status, code, retryable, maybeRecorded, retryAfterMs, serviceMessage } = result.error;
  same(
    { kind, status, code, retryable, maybeRecorded, retryAfterMs, serviceMessage },
    {
      kind: "validation", status: null, code: isRefCampaign(vector.event) ? "VALIDATION_FAILED" : "VALIDATION_ERROR",
      retryable: false, maybeRecorded: false, retryAfterMs: null, serviceMessage: null,
    },
    "the error",
  );
}

/** The calls that wire.json is about. */
const PATHS = { "/api/track/sale": "sale", "/api/track/lead": "lead", "/api/embed/token": "embed token" };

/** Requests that the service would refuse, and that never leave. */
const REFUSED = {
  "lead: a required field is missing": ["eventName"],
  "sale: no key": ["apiKey"],
  "sale: the amount is text": ["amount"],
  "embed token: nobody is named": ["tenantId"],
  "embed token: a partner without an e-mail address": ["partner.email"],
};

async function exchange(api, { name, request, response }) {
  const requests = [];
  const apiKey = request.headers.authorization?.replace("Bearer ", "");
  const fetch = (url, init) => {
    requests.push([url, init]);
    return responseOf({ status: response.status, headers: { "content-type": "application/json" }, json: response.body });
  };
  const config = { apiKey, baseUrl: "https://service.test", maxAttempts: 1, fetch };
  const result = await call(api, { event: PATHS[request.path] }, request.body, config);
  mustBeSound(api, result);
  if (name in REFUSED) {
    same([requests.length, result.error.issues.map((issue) => issue.field)], [0, REFUSED[name]], "what was refused");
    return;
  }
  const [[url, init]] = requests;
  const { accept: _, ...headers } = Object.fromEntries(new Headers(init.headers));
  const { method, path, headers: wanted, body } = request;
  same({ method: init.method, url, headers, body: JSON.parse(init.body) }, { method, url: `https://service.test${path}`, headers: wanted, body });
  const { code } = response.body?.error ?? {};
  if (response.status === 200) {
    const outcome = response.body === null ? "unattributed" : "recorded";
    same([result.outcome, JSON.parse(JSON.stringify(result.data))], [outcome, response.body], "the result");
  } else if (code === "DUPLICATE_INVOICE") {
    same(result.outcome, "duplicate", "the outcome");
  } else {
    const { message } = response.body.error;
    same([result.error.status, result.error.code, result.error.serviceMessage], [response.status, code, message], "the error");
  }
}
