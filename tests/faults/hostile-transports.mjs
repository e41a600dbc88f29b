// Transports that no runtime ships and some users write, each with what must come of it. See hostile-tools.mjs.

import { clocks, endlessBodies, lostConnections, ownDefects, readDoubles } from "./hostile-answers.mjs";
import {
  bad,
  double,
  fails,
  good,
  is,
  isClear,
  KEY,
  nested,
  NO_RETRY,
  revoked,
  SALE,
  sell,
  thrower,
  through,
} from "./hostile-tools.mjs";

/** A service binding: its `fetch` knows whether it was called as a method. */
class Binding {
  #own = true;

  async fetch() {
    if (!this.#own) throw new TypeError("Illegal invocation");
    return good();
  }
}

const notAResponse = [null, undefined, "text", 42, {}, [], Symbol("no"), 7n, () => {}];
const oddStatuses = [NaN, Infinity, -1, 0.5, 200.5, 99, 600, 65_736, "200", 200n, null, { valueOf: () => 200 }];

/** Answers 500 and spoils `init` first, then says whether the second one is whole. */
function spoiler() {
  let attempts = 0;
  return async (url, init) => {
    attempts += 1;
    if (attempts === 1) {
      for (const name of Object.keys(init.headers ?? {})) delete init.headers[name];
      Object.assign(init, { method: "GET", body: "spoiled", headers: null, redirect: "follow", cache: "force-cache", signal: null });
      return new Response("", { status: 500 });
    }
    const isWhole =
      init.method === "POST" &&
      init.redirect === "manual" &&
      init.cache !== "force-cache" &&
      JSON.parse(init.body).amount === SALE.amount &&
      new Headers(init.headers).get("authorization") === `Bearer ${KEY}`;
    return isWhole ? good() : new Response("", { status: 400 });
  };
}

const later = (milliseconds, value) => new Promise((resolve) => setTimeout(resolve, milliseconds, value));

async function callsBack(tools) {
  let inner;
  const fetch = async () => {
    const clickId = tools.api.getClickIdFromRequest(tools.request);
    inner = await sell(tools, { sale: { invoiceId: "inv_inner", clickId } });
    return good();
  };
  const outer = await sell(tools, { config: { fetch } });
  return inner?.outcome === "recorded" ? outer : inner;
}

const used = async () => {
  const response = good();
  await response.text();
  return response;
};

const locked = async () => {
  const response = good();
  response.body.getReader();
  return response;
};

const failing = () => new Response(new ReadableStream({ pull: (controller) => controller.error(thrower()) }));
const sameEachTime = () => {
  const response = new Response("", { status: 500 });
  return async () => response;
};

/** The cases; a function, since a Worker makes no Response while it loads. */
export const transportCases = () => [
  { name: "a plain function", act: through(async () => good()), expect: is("recorded") },
  { name: "a service binding", act: through(new Binding()), expect: is("recorded") },
  {
    name: "a function that throws at once",
    act: through(() => {
      throw new Error("no");
    }),
    expect: fails("connection"),
  },
  { name: "a class, which cannot be called", act: through(Binding), expect: fails("connection") },
  { name: "a Response that is no Promise", act: through(() => good()), expect: is("recorded") },
  ...notAResponse.map((answer) => ({
    name: `${String(typeof answer === "object" ? JSON.stringify(answer) : answer?.toString())} in place of a Response`,
    act: through(async () => answer),
    expect: fails("connection"),
  })),
  { name: "Response.error()", act: through(() => Response.error()), expect: fails("connection") },
  { name: "a thenable", act: through(() => ({ then: (resolve) => resolve(good()) })), expect: is("recorded") },
  { name: "a thenable that throws", act: through(() => bad("then")), expect: fails("connection") },
  {
    name: "a thenable that never ends",
    act: through(() => ({ then() {} }), { timeoutMs: 60 }),
    expect: fails("timeout"),
  },
  {
    name: "a Response of another realm",
    act: (tools) => sell(tools, { config: { fetch: async () => tools.foreignResponse() } }),
    expect: is("recorded"),
  },
  { name: "a double with status and text alone", act: through(async () => double()), expect: is("recorded") },
  {
    name: "a double whose text is no text",
    act: through(async () => double({ text: async () => 42 })),
    expect: fails("invalid_response"),
  },
  {
    name: "a double whose text is a Symbol",
    act: through(async () => double({ text: async () => Symbol("no") })),
    expect: is("failed"),
  },
  {
    name: "a double with a text of 4 MB",
    act: through(async () => double({ text: async () => "x".repeat(4 << 20) })),
    expect: fails("invalid_response"),
    mayRecycle: true,
  },
  {
    name: "a double whose JSON is 100,000 deep",
    act: through(async () => double({ text: async () => `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}` })),
    expect: fails("invalid_response"),
    mayRecycle: true,
  },
  ...readDoubles(),
  ...lostConnections(),
  ...endlessBodies(),
  ...clocks(),
  ...ownDefects(),
  { name: "a double without text", act: through(async () => ({ status: 200 })), expect: fails("connection") },
  { name: "a double with an empty `headers`", act: through(async () => double({ headers: {} })), expect: isClear },
  {
    name: "a double with headers as a plain object",
    act: through(async () => double({ headers: { "retry-after": "1" } })),
    expect: isClear,
  },
  ...["status", "type", "headers", "body", "text"].map((name) => ({
    name: `a Response whose ${name} throws`,
    act: through(async () => bad(name, double())),
    expect: name === "type" || name === "headers" ? isClear : fails("connection"),
  })),
  { name: "headers that throw", act: through(async () => double({ headers: { get: thrower() } })), expect: isClear },
  {
    name: "headers that are no text",
    act: through(async () => double({ headers: { get: () => ({}) } })),
    expect: isClear,
  },
  {
    name: "headers that are a Symbol",
    act: through(async () => double({ status: 500, headers: { get: () => Symbol("no") } })),
    expect: isClear,
  },
  ...oddStatuses.map((status) => ({
    name: `status ${typeof status} ${typeof status === "object" ? JSON.stringify(status) : String(status)}`,
    act: through(async () => double({ status })),
    expect: is("failed"),
  })),
  { name: "a Response that was read already", act: through(used), expect: is("failed") },
  { name: "a Response whose body is locked", act: through(locked), expect: fails("connection") },
  // Deno's own streams look at it all the same, and throw where nobody can catch it.
  ...(globalThis.Deno ? [] : [async () => failing()]).map((fetch) => ({
    name: "a body that fails with something that cannot be looked at",
    act: through(fetch),
    expect: fails("connection"),
  })),
  {
    name: "the same Response for each attempt",
    act: through(sameEachTime(), { maxAttempts: 3 }),
    expect: is("failed"),
  },
  {
    name: "a body of text in place of bytes",
    act: through(async () =>
      double({
        body: new ReadableStream({
          start(c) {
            c.enqueue("{}");
            c.close();
          },
        }),
      }),
    ),
    expect: fails("connection"),
  },
  {
    name: "a reader that never ends",
    act: through(
      async () =>
        double({ body: { getReader: () => ({ read: () => new Promise(() => {}), cancel: async () => {} }) } }),
      { timeoutMs: 60 },
    ),
    expect: fails("timeout"),
  },
  {
    name: "a reader whose cancel throws",
    act: through(
      async () => double({ body: { getReader: () => ({ read: () => new Promise(() => {}), cancel: thrower() }) } }),
      { timeoutMs: 60 },
    ),
    expect: fails("timeout"),
  },
  { name: "a call back into this package", act: callsBack, expect: is("recorded") },
  {
    name: "the signal ignored, a late answer",
    act: through(() => later(150, good()), { timeoutMs: 40 }),
    expect: fails("timeout"),
  },
  {
    name: "the signal ignored, a late answer that cannot be cancelled",
    act: through(() => later(150, double({ body: { cancel: thrower() } })), { timeoutMs: 40 }),
    expect: fails("timeout"),
  },
  {
    name: "the signal ignored, a late failure",
    act: through(() => later(150).then(thrower()), { timeoutMs: 40 }),
    expect: fails("timeout"),
  },
  { name: "no answer ever", act: through(() => new Promise(() => {}), { timeoutMs: 40 }), expect: fails("timeout") },
  { name: "an init that is spoiled", act: through(spoiler(), { maxAttempts: 2 }), expect: is("recorded") },
  {
    name: "an init that is frozen",
    act: through(
      async (url, init) => {
        Object.freeze(init.headers);
        Object.freeze(init);
        return new Response("", { status: 500 });
      },
      { maxAttempts: 2 },
    ),
    expect: fails("unavailable"),
  },
  ...[undefined, null, 7n, Symbol("no"), "text", thrower(), revoked(), cyclicCause()].map((reason, index) => ({
    name: `a rejection with ${["undefined", "null", "a BigInt", "a Symbol", "text", "a Proxy that throws", "a revoked Proxy", "an endless chain of causes"][index]}`,
    act: through(() => Promise.reject(reason)),
    expect: fails("connection"),
  })),
  {
    name: "a rejection whose constructor throws",
    act: through(() => Promise.reject(bad("constructor", { [Symbol.toStringTag]: "Error" }))),
    expect: fails("connection"),
  },
  {
    name: "an error whose name is a giant",
    act: through(() =>
      Promise.reject(Object.assign(new Error("no"), { name: "x".repeat(1 << 20), deep: nested(1000) })),
    ),
    expect: fails("connection"),
  },
  {
    name: "the caller's signal fired from within",
    act: async (tools) => {
      const controller = new AbortController();
      return sell(tools, {
        config: {
          signal: controller.signal,
          fetch: () => {
            controller.abort();
            return new Promise(() => {});
          },
        },
      });
    },
    expect: fails("aborted"),
  },
  {
    name: "2,000 calls that all throw",
    act: async (tools) => {
      let result;
      for (let call = 0; call < 2000; call += 1)
        result = await sell(tools, { config: { ...NO_RETRY, fetch: thrower() } });
      return result;
    },
    expect: fails("connection"),
  },
];

function cyclicCause() {
  const error = new Error("no");
  error.cause = error;
  return error;
}
