// The golden vectors, played through the package's public API.
//
// In: the API and the vectors. Out: checks for check.mjs, one for each vector.
// Not its job: real time and real connections (real.mjs).

import { must, same } from "./check.mjs";
import { requestLike, requestOf } from "./requests.mjs";
import { KEY, described, mustBeSound } from "./results.mjs";
import { play, responseOf } from "./service.mjs";
import { decode, text } from "./values.mjs";

/** Sat, 21 Nov 2026 10:00:00 GMT: the time of day in every vector that names no other. */
const NOW = 1795255200000;

const SALE = { clickId: "abc123", customerExternalId: "user_001", amount: 4900 };
const LEAD = { clickId: "abc123", customerExternalId: "user_001", eventName: "Sign Up" };
const track = (api, event) => (event === "lead" ? api.track_lead : api.track_sale);
const checks = (vectors, check) => vectors.map((vector) => [vector.name, () => check(vector)]);
const isObject = (value) => typeof value === "object" && value !== null;

export const SUITES = {
  click_id: (api, vectors) =>
    checks(vectors, ({ request, cookieName, expected }) => {
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
    checks(vectors, async ({ event, params, config, request, expected }) => {
      const requests = [];
      await track(api, event)(requestOf(request), decode(params), configured(config, requests));
      same(requests.length, 1, "the number of requests");
      const [[url, init]] = requests;
      same(typeof init.body, "string", "the type of the body");
      const headers = Object.fromEntries(new Headers(init.headers));
      same({ method: init.method, url, headers, body: JSON.parse(init.body) }, expected, "the request");
      same(Object.keys(init).sort(), ["body", "headers", "method", "redirect", "signal"], "the members of init");
      same(init.redirect, "manual", "what is done about redirects");
      same(init.signal.aborted, false, "whether it is aborted from the start");
    }),

  classify: (api, vectors) =>
    checks(vectors, async ({ event, params, answer, expected }) => {
      const schedule = [answer.ended ? answer : { answer }];
      const { result } = await play(schedule, NOW, (options) =>
        track(api, event)(null, params ?? { ...SALE, ...LEAD }, { ...options, apiKey: KEY, maxAttempts: 1 }));
      mustBeSound(api, result);
      const wanted = "serviceMessage" in expected ? { ...expected, serviceMessage: text(expected.serviceMessage) } : expected;
      same(described(result), wanted, "the result");
      if (result.outcome === "recorded") same(result.data, answer.json ?? JSON.parse(answer.body), "the data");
    }),

  retry_after: (api, vectors) =>
    checks(vectors, async ({ retryAfter, retryAfterMs, now, expected }) => {
      const headers = {
        ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
        ...(retryAfterMs === undefined ? {} : { "retry-after-ms": retryAfterMs }),
      };
      const { result } = await play([{ answer: { status: 429, headers } }], now, (options) =>
        api.track_sale(null, SALE, { ...options, apiKey: KEY, maxAttempts: 1 }));
      same(result.error.retryAfterMs, expected, "retryAfterMs");
    }),

  retry: (api, vectors) =>
    checks(vectors, async ({ event, params, options: more, schedule, steps, expected }) => {
      const played = await play(schedule, NOW, (options) =>
        track(api, event)(null, params, { ...options, ...more, apiKey: KEY }));
      const { result, requests, reports } = played;
      mustBeSound(api, result);
      const { serviceMessage: _, ...told } = described(result);
      same({ ...told, attempts: result.attempts }, expected, "the result");
      same(played.steps, steps, "the steps");
      same(requests.length, result.attempts, "the number of requests");
      must(new Set(requests.map(({ url, init }) => url + init.body)).size <= 1, "two attempts sent different things");
      same(reports.map((report) => report.attempt), requests.map((_, index) => index + 1), "the attempts reported");
      const waits = steps.flatMap((step, index) => ("send" in step ? [steps[index + 1]?.sleep ?? null] : []));
      same(reports.map((report) => report.delayMs), waits, "the waits reported");
    }),

  wire: (api, vectors) => checks(vectors.filter(({ request }) => request.path in PATHS), (vector) => exchange(api, vector)),
};

/** The options of a vector, with a transport that notes what it is asked to send. */
function configured(config = { apiKey: KEY }, requests = []) {
  const options = decode(config);
  if (!isObject(options) || "fetch" in options) return options;
  return Object.defineProperty(options, "fetch", {
    value(...request) {
      requests.push(request);
      return responseOf({ status: 200, json: { sale: { id: "sale_xyz" }, click: { id: "clk_xyz" } } });
    },
  });
}

async function validate(api, { event, params, config, request, outcome, issues }) {
  const requests = [];
  const result = await track(api, event)(requestOf(request), decode(params), configured(config, requests));
  mustBeSound(api, result);
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
  const { kind, status, code, retryable, maybeRecorded, retryAfterMs, serviceMessage } = result.error;
  same(
    { kind, status, code, retryable, maybeRecorded, retryAfterMs, serviceMessage },
    {
      kind: "validation", status: null, code: "VALIDATION_ERROR",
      retryable: false, maybeRecorded: false, retryAfterMs: null, serviceMessage: null,
    },
    "the error",
  );
}

/** The calls that this package has; the other paths of wire.json are the fake service's alone. */
const PATHS = { "/api/track/sale": "sale", "/api/track/lead": "lead" };

/** Requests that the service would refuse, and that never leave. */
const REFUSED = {
  "lead: a required field is missing": ["eventName"],
  "sale: no key": ["apiKey"],
  "sale: the amount is text": ["amount"],
};

async function exchange(api, { name, request, response }) {
  const requests = [];
  const apiKey = request.headers.authorization?.replace("Bearer ", "");
  const fetch = (url, init) => {
    requests.push([url, init]);
    return responseOf({ status: response.status, headers: { "content-type": "application/json" }, json: response.body });
  };
  const config = { apiKey, baseUrl: "https://service.test", maxAttempts: 1, fetch };
  const result = await track(api, PATHS[request.path])(null, request.body, config);
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
    same([result.outcome, result.data], [outcome, response.body], "the result");
  } else if (code === "DUPLICATE_INVOICE") {
    same(result.outcome, "duplicate", "the outcome");
  } else {
    const { message } = response.body.error;
    same([result.error.status, result.error.code, result.error.serviceMessage], [response.status, code, message], "the error");
  }
}
