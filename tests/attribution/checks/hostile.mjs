// Values that throw wherever they are touched, in every place of every function.
//
// In: the entries. Out: checks: nothing throws but for options, and then a TypeError that names what is wrong.

import { must, same } from "../../runtimes/contract/check.mjs";
import { decode } from "../../runtimes/contract/values.mjs";

/** A value that behaves as another until it is asked for one member. */
const throwingAt = (target, name) =>
  new Proxy(target, {
    get(object, asked) {
      if (asked === name) throw new Error("this getter throws");
      const value = object[asked];
      return typeof value === "function" ? value.bind(object) : value;
    },
  });

const page = () => new Response("page", { headers: { "x-page": "1" } });
const visit = () => new Request("https://shop.test/?refp_id=abc123");

function requests() {
  const members = ["url", "headers", "method", "cookies", "request", "req", "raw", "event", "requestContext", "constructor", "then"];
  const plain = { url: "/?refp_id=abc123", headers: { cookie: "a=1" }, method: "GET" };
  return [
    ...members.flatMap((name) => [throwingAt(visit(), name), throwingAt(plain, name), { ...plain, get [name]() { throw new Error("no"); } }]),
    decode({ $hostile: 0 }), decode({ $revoked: 0 }), Symbol("a"), 7n, () => {}, [], new Map(), Object.create(null),
    { url: "https://shop.test/?refp_id=abc123", headers: { get: () => { throw new Error("no"); } } },
    { url: "https://shop.test/?refp_id=abc123", headers: { get: () => ({}) } },
    { url: "https://shop.test/?refp_id=\ud83d", headers: {} },
    { url: "https://shop.test/?refp_id=%ED%A0%BD", headers: {} },
    { url: `/?${"refp_id=&".repeat(20_000)}`, headers: {} },
    { url: `//${"?refp_id=a".repeat(10_000)}`, headers: {} },
  ];
}

function responses() {
  const members = ["headers", "status", "body", "constructor", "webSocket", "then", "statusText"];
  const withHeaders = (headers) => ({ status: 200, headers, body: null });
  return [
    ...members.map((name) => throwingAt(page(), name)),
    decode({ $hostile: 0 }), decode({ $revoked: 0 }), withHeaders({}), withHeaders(decode({ $hostile: 0 })),
    withHeaders({ get: () => null, keys: () => { throw new Error("no"); } }), withHeaders({ get: () => { throw new Error("no"); } }),
    { ...withHeaders(new Headers()), constructor: class { constructor() { throw new Error("no"); } } },
    { ...withHeaders(new Headers()), constructor: decode({ $revoked: 0 }) },
  ];
}

export const hostileChecks = (capture, checkout) => [
  ["no request makes capture throw", () => {
    for (const request of requests()) {
      const response = page();
      const result = capture.captureClick(request, response, { cleanUrl: true, renew: true });
      must(result === response || result instanceof Response, "it is no response");
      capture.clickCookie(request, { renew: true });
    }
  }],
  ["no response makes capture throw, and what cannot be copied is handed on", () => {
    for (const response of responses()) {
      for (const options of [undefined, { cleanUrl: true }]) {
        const result = capture.captureClick(visit(), response, options);
        must(result === response || result instanceof Response, "it is no response");
      }
      const cleared = capture.clearClick(response);
      must(cleared === response || cleared instanceof Response, "it is no response");
    }
  }],
  ["a consent that throws sets no cookie", () => {
    const response = page();
    const consent = () => { throw new Error("no"); };
    must(capture.captureClick(visit(), response, { consent }) === response, "a cookie was set");
  }],
  ["no request makes a carrier throw", () => {
    for (const name of Object.keys(checkout).filter((one) => one.startsWith("to"))) {
      for (const request of requests()) must(typeof checkout[name](request, { customerExternalId: "user_001" }) === "object", name);
    }
  }],
  ["no event makes a reader throw, or is a sale", () => {
    const events = [
      undefined, null, "", "{}", 7, 7n, Symbol("a"), [], {}, () => {}, decode({ $hostile: 0 }), decode({ $revoked: 0 }),
      { type: "invoice.paid", data: { object: decode({ $hostile: 0 }) } }, { type: decode({ $hostile: 0 }), data: {} },
      { type: "checkout.session.completed", data: { object: { payment_status: "paid", get metadata() { throw new Error("no"); } } } },
      { event_type: "transaction.completed", data: decode({ $revoked: 0 }) }, { type: "order.paid", data: { status: "paid", metadata: 7 } },
      { id: 1, financial_status: "paid", note_attributes: [null, 7, { name: "refportClickId" }] }, { order_id: 1, transactions: [7, null] },
      { meta: { event_name: "order_created", custom_data: [] }, data: { attributes: { status: "paid" } } },
    ];
    const readers = Object.keys(checkout).filter((one) => /^(sale|refund)From/.test(one));
    same(readers.length, 10, "the number of readers");
    for (const name of readers) {
      for (const event of events) {
        const { sale = null, conversion = null, refund = null, reason } = checkout[name](event, null);
        same([sale, conversion, refund, typeof reason], [null, null, null, "string"], name);
      }
    }
  }],
  ["a member that every object inherits decides nothing", () => {
    const names = ["domain", "cookieName", "maxAge", "sameSite", "httpOnly", "renew", "consent", "service", "clickId", "customerExternalId", "mode", "invoiceId"];
    const [first, second] = [visit(), visit()];
    for (const name of names) Object.defineProperty(Object.prototype, name, { value: 7, configurable: true });
    try {
      const cookie = capture.clickCookie(first, {});
      same(cookie.header, "refp_id=abc123; Max-Age=7776000; Path=/; SameSite=Lax; Secure");
      same(checkout.toStripe(second, {}).metadata.refportClickId, "abc123");
    } finally {
      for (const name of names) delete Object.prototype[name];
    }
  }],
];
