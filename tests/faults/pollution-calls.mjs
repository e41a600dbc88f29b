// The calls that a polluted `Object.prototype` must not change. See pollution.mjs.
//
// In: the package, and golden vectors. Out: `[name, act, isSlow]`s: `act` makes the call and tells all that was sent and
// answered, as a text. Everything that is given is made beforehand, with members of its own.

import { METHODS } from "./hostile-calls.mjs";
import { GOOD_TEXT } from "./hostile-tools.mjs";
import { requestLike } from "../runtimes/contract/requests.mjs";
import { decode } from "../runtimes/contract/values.mjs";

const KEY = "rk_live_7c1f0a9e5b";

/** What runtimes and frameworks look for in the `init` of a fetch. */
const INIT = [
  ..."method headers body redirect signal cache credentials mode integrity keepalive referrer referrerPolicy".split(" "),
  ..."duplex priority window dispatcher cf next client proxy tls verbose unix encodeResponseBody".split(" "),
];
const HEADERS = ["authorization", "accept", "content-type"];

/** Each is told by name, with what the transport answers. */
const ANSWERS = {
  good: [200, GOOD_TEXT],
  "not JSON": [200, "<html>"],
  empty: [200, ""],
  "JSON without a member": [200, "{}"],
  refused: [400, '{"error":{"code":"INVALID","message":"no","details":[{"path":"x"}]}}'],
  "refused, without a word": [400, "{}"],
  duplicate: [409, '{"success":false}'],
  broken: [503, '{"error":{"message":"later"}}'],
};

export function calls(api, { requestLikes, webhooks, seesPrototype }) {
  const tools = { api, seesPrototype };
  return [...lookups(api, requestLikes), ...sales(tools), ...methods(tools), ...others(tools), ...refusals(tools), ...verified(api, webhooks), ...slow(tools)];
}

/** A transport that notes what it is to send, and answers a Response's double with members of its own. */
function transportOf({ seesPrototype }, answers) {
  const seen = [];
  const left = [...answers];
  const fetch = async (url, init) => {
    const own = (object, names) =>
      names.map((name) => (seesPrototype || Object.hasOwn(object, name) ? [name, object[name]] : [name, undefined]));
    seen.push([url, own(init, [...Object.keys(init), ...INIT]).filter(([name]) => name !== "headers"), own(init.headers, [...Object.keys(init.headers), ...HEADERS])]);
    const [status, body, headers = {}] = left.length > 1 ? left.shift() : left[0];
    if (status === "throw") throw Object.assign(new TypeError("fetch failed"), { cause: undefined, code: undefined, errors: undefined, syscall: undefined });
    if (status === "never") return new Promise(() => {});
    return double(url, status, body, headers);
  };
  return { fetch, seen };
}

const double = (url, status, body, headers) => ({
  url,
  status,
  ok: status < 300,
  type: "default",
  redirected: false,
  bodyUsed: false,
  body: undefined,
  headers: { get: (name) => (Object.hasOwn(headers, name) ? headers[name] : null) },
  text: async () => body,
});

/** What came of a call, with what was sent on the way. */
async function ended(seen, act) {
  let told;
  try {
    told = ["resolved", await act()];
  } catch (error) {
    told = ["rejected", error];
  }
  return written([told, seen]);
}

/** A value as text: own members alone, and what changes from call to call left out. */
function written(value, depth = 0) {
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value).replace(/[\da-f]{8}-[\da-f]{4}-[\da-f-]{22}/, "a UUID");
  if (depth > 6) return "…";
  const names = Object.getOwnPropertyNames(value).filter((name) => !["stack", "durationMs", "signal", "length", "line", "column", "sourceURL"].includes(name));
  const members = names.map((name) => `${name}: ${written(value[name], depth + 1)}`);
  const { constructor } = Object.getPrototypeOf(value) ?? { constructor: undefined };
  const kind = Array.isArray(value) ? "" : `${constructor?.name} `;
  return `${kind}{ ${members.join(", ")} }`;
}

/** One in so many; the contract's suites have them all. */
const EVERY = 8;

function lookups(api, requestLikes) {
  const some = requestLikes.filter((_, index) => index % EVERY === 0);
  return some.map((vector) => {
    const request = requestLike(vector);
    const name = decode(vector.cookieName);
    const look = () => [api.getClickIdFromRequest(request, name), api.getSessionIdFromRequest(request), api.getClickIdFromCookie(request)];
    return [`a lookup: ${vector.name}`, () => ended([], async () => look())];
  });
}

const SALE = { customerExternalId: "user_1", amount: 4900, invoiceId: "in_1", customerEmail: "jo@shop.test", metadata: { plan: "pro" } };

function sales(tools) {
  const web = new Request("https://shop.test/", { headers: { cookie: "refp_id=clk_0123456789" } });
  const requests = {
    "a Web request": web,
    "Express's": { url: "/", headers: { cookie: "refp_id=clk_a%20b" } },
    "an organic one": { url: "/", headers: {} },
    "no request": null,
    "a text": "https://shop.test/",
    "a text that is no URL": "shop",
    "an empty object": {},
    "a store alone": { get: () => undefined },
    "a promise": Promise.resolve(web),
    "a promise of nothing": Promise.resolve({}),
  };
  return Object.entries(requests).flatMap(([title, request]) => [sale(tools, title, request, SALE), sale(tools, `${title}, default transport`, request, SALE, {}, true)]);
}

function sale(tools, title, request, params, options = {}, isDefault = false) {
  return [
    `track_sale: ${title}`,
    () => {
      const { fetch, seen } = transportOf(tools, [ANSWERS.good]);
      if (isDefault) globalThis.fetch = fetch;
      const config = { apiKey: KEY, maxAttempts: 1, ...options, ...(isDefault ? {} : { fetch }) };
      return ended(seen, () => tools.api.track_sale(request, params, config));
    },
  ];
}

function methods(tools) {
  return Object.entries(METHODS).flatMap(([name, { owner, method, params }]) =>
    Object.entries(ANSWERS).map(([title, answer]) => [
      `${name}: ${title}`,
      () => {
        const { fetch, seen } = transportOf(tools, [answer]);
        const client = new tools.api[owner]({ apiKey: KEY, fetch, maxAttempts: 1 });
        return ended(seen, () => method(client)(params));
      },
    ]),
  );
}

/** The services with an entry of their own. */
function others(tools) {
  const { dub, tolt } = tools.api;
  const request = { url: "https://shop.test/?ref=sam", headers: { cookie: "dub_id=clk_0123456789; tolt_referral=clk_0123456789" } };
  const body = '{"link":{"id":"l"},"sale":{"currency":"usd"},"data":{"id":"d"},"id":"i"}';
  const answers = { "good for all": [200, body], "a list": [200, '[{"id":"c","status":"pending"}]'], ...ANSWERS };
  const made = {
    "Dub's sale": (config) => dub.trackSale(request, SALE, config),
    "Dub's lead": (config) => dub.trackLead(request, { customerExternalId: "user_1", eventName: "Sign up" }, config),
    "Dub's refund": (config) => new dub.Dub(config).commissions.refund({ invoiceId: "in_1" }),
    "Tolt's sale": (config) => tolt.trackSale(request, { customer_id: "cus_1", amount: 4900, charge_id: "ch_1" }, config),
    "Tolt's click": (config) => tolt.trackClick(request, null, config),
    "Tolt's click by another parameter": (config) => tolt.trackClick(request, { country: "US" }, config),
    "Tolt's refund": (config) => new tolt.Tolt(config).transactions.refund({ id: "txn_1" }),
  };
  return Object.entries(made).flatMap(([name, act]) =>
    Object.entries(answers).map(([title, answer]) => [
      `${name}: ${title}`,
      () => {
        const { fetch, seen } = transportOf(tools, [answer]);
        return ended(seen, () => act({ token: KEY, fetch, maxAttempts: 1 }));
      },
    ]),
  );
}

/** Calls that are refused before anything is sent. */
function refusals(tools) {
  const params = {
    "no parameters": undefined,
    "parameters that are a text": "sale",
    "metadata with a Map": { ...SALE, metadata: { a: new Map() } },
    "metadata with a BigInt": { ...SALE, metadata: { a: 2n ** 70n } },
    "metadata with a cycle": (() => {
      const metadata = {};
      metadata.self = metadata;
      return { ...SALE, metadata };
    })(),
    "an unknown member": { ...SALE, clickId: "clk_0123456789", plan: { a: [1] } },
    "a near miss": { ...SALE, invoiceId: undefined, invoiceID: "in_1" },
  };
  const options = { "unknown options": { timeout: 5 }, "a signal that is none": { signal: {} }, "a fetch that is none": { fetch: {} }, "retry that is none": { retry: 5 }, "retry without a member": { retry: {} } };
  const request = { url: "/?refp_id=clk_0123456789", headers: {} };
  return [
    ...Object.entries(params).map(([title, given]) => sale(tools, title, request, given)),
    ...Object.entries(options).map(([title, given]) => sale(tools, title, request, SALE, given, title.includes("fetch"))),
    ...["Refport", "RefCampaign"].map((owner) => [`new ${owner} without a key`, () => ended([], async () => new tools.api[owner]({}))]),
    ["track_sale without options", () => ended([], () => tools.api.track_sale(request, SALE))],
    ["track_sale without a request", () => ended([], () => tools.api.track_sale(SALE, { apiKey: KEY }))],
  ];
}

function verified(api, webhooks) {
  const made = webhooks.slice(0, 1).map(({ header, body, secret, now }) => ({ header, body, bytes: new TextEncoder().encode(body), secret, options: { nowMs: now } }));
  const forms = {
    "as text": ({ body, header }) => ({ payload: body, header }),
    "as bytes": ({ bytes, header }) => ({ payload: bytes, header }),
    "as a buffer": ({ bytes, header }) => ({ payload: bytes.buffer, header }),
    "in a request": ({ body, header }) => ({ headers: { "x-refcampaign-signature": header }, rawBody: body }),
    "without a payload": ({ header }) => ({ header }),
    "without a header": ({ body }) => ({ payload: body }),
  };
  return made.flatMap((one) =>
    Object.entries(forms).map(([title, form]) => {
      const given = form(one);
      return [`a webhook: ${title}`, () => ended([], () => api.verifyRefCampaignWebhook(given, one.secret, one.options))];
    }),
  );
}

/** Calls that wait. */
function slow(tools) {
  const rows = {
    "never answered": [{ timeoutMs: 2, maxAttempts: 1 }, [["never"]]],
    "sent again": [{ maxAttempts: 2 }, [[503, "{}", { "retry-after-ms": "1" }], ANSWERS.good]],
    "out of attempts": [{ maxAttempts: 2 }, [[503, "{}", { "retry-after-ms": "1" }]]],
    "a transport that throws": [{ maxAttempts: 1 }, [["throw"]]],
    "told of each attempt": [{ maxAttempts: 1, tells: true }, [["throw"]]],
    "without a Retry-After": [{ maxAttempts: 1 }, [ANSWERS.broken]],
  };
  return Object.entries(rows).flatMap(([title, [{ tells, ...limits }, answers]]) =>
    ["track.sale", "conversions.track"].map((name) => [
      `${name}: ${title}`,
      () => {
        const { fetch, seen } = transportOf(tools, answers);
        const { owner, method, params } = METHODS[name];
        const onAttempt = (report) => seen.push(report);
        const client = new tools.api[owner]({ apiKey: KEY, fetch, ...limits, ...(tells && { onAttempt }) });
        return ended(seen, () => method(client)(params));
      },
      true,
    ]),
  );
}
