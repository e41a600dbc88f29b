// Answers, streams, clocks and failures that a transport or a test can come up with, each with what must come of it. See
// hostile-tools.mjs.

import { double, fails, GOOD_TEXT, good, is, KEY, NO_RETRY, sell, thrower, through } from "./hostile-tools.mjs";

const GOOD = JSON.parse(GOOD_TEXT);

/** Failed with that kind, and told so in these words; `cause` is what `error.cause` must be. */
const tells =
  (kind, words, more = {}) =>
  (result) => {
    const wrong = fails(kind)(result);
    if (wrong) return wrong;
    const { error } = result;
    if (!error.message.includes(words)) return `expected "${words}", got "${error.message}"`;
    const other = Object.keys(more).find((name) => error[name] !== more[name]);
    return other && `${other}: expected ${more[other]}, got ${error[other]}`;
  };

/** A transport that waits once as it is told by a header, and then answers well. */
function busyFirst(headers) {
  let attempts = 0;
  return async () => {
    attempts += 1;
    return attempts === 1 ? { status: 503, headers, json: async () => ({}) } : good();
  };
}

const isDelayed = (result) =>
  is("recorded")(result) ?? (result.attempts === 2 ? undefined : `it took ${result.attempts} attempts`);

/** Without the header, a lead would not be sent again. */
const unsafe = { sale: { invoiceId: undefined }, config: { maxAttempts: 2, timeoutMs: 2000 } };
const busy = (name, headers) => ({
  name: `a double that says when to come back, with ${name}`,
  act: (tools) => sell(tools, { ...unsafe, config: { ...unsafe.config, fetch: busyFirst(headers) } }),
  expect: isDelayed,
});

export const readDoubles = () => [
  {
    name: "a double with ok, status and json",
    act: through(async () => ({ ok: true, status: 200, json: async () => GOOD })),
    expect: is("recorded"),
  },
  {
    name: "a double whose json is no Promise",
    act: through(async () => ({ status: 200, json: () => GOOD })),
    expect: is("recorded"),
  },
  {
    name: "a double whose json is hostile",
    act: through(async () => ({ status: 200, json: async () => ({ toJSON: thrower() }) })),
    expect: fails("connection"),
  },
  {
    name: "a double whose json is nothing",
    act: through(async () => ({ status: 200, json: async () => undefined })),
    expect: fails("invalid_response"),
  },
  { name: "a double without a body, and none is due", act: through(async () => ({ status: 204 })), expect: is("unattributed") },
  busy("headers as a plain object", { "Retry-After": "0" }),
  busy("headers as a plain object with a number", { "retry-after": 0 }),
  busy("headers as a Map", new Map([["Retry-After", "0"]])),
  busy("headers as a list", [["Retry-After", "0"]]),
  busy("headers as a Headers", new Headers({ "retry-after": "0" })),
  {
    name: "a double whose headers never end",
    act: through(async () => ({ status: 200, json: () => GOOD, headers: { *entries() { for (;;) yield ["x", "1"]; } } })),
    expect: is("recorded"),
  },
  {
    name: "a double whose headers are giants",
    act: through(async () => ({ status: 200, json: () => GOOD, headers: { "x-request-id": "x".repeat(1 << 20) } })),
    expect: (result) => is("recorded")(result) ?? (result.requestId === null ? undefined : "a giant request ID"),
  },
  ...[
    ["undefined", undefined],
    ["null", null],
    ["string", "text"],
    ["an object without a status", {}],
    ["an object without a status", { ok: true, json: async () => GOOD }],
    ["an object without a body", { status: 200 }],
  ].map(([words, answer]) => ({
    name: `it is told that ${JSON.stringify(answer)} is no Response`,
    act: through(async () => answer),
    expect: tells("connection", `no Response: ${words}`, { maybeRecorded: true, code: "CONNECTION_FAILED" }),
  })),
  {
    name: "it is told that a body was read before",
    act: through(async () => {
      const response = good();
      await response.text();
      return response;
    }),
    expect: tells("connection", "read before", { maybeRecorded: true }),
  },
  {
    name: "it is told that a body is being read",
    act: through(async () => {
      const response = good();
      response.body.getReader();
      return response;
    }),
    expect: tells("connection", "read before"),
  },
  {
    name: "a redirect that was followed",
    act: through(async () => double({ redirected: true })),
    expect: tells("redirected", "redirect", { status: 200, maybeRecorded: true, retryable: false }),
  },
];

const errorWith = (members, Class = TypeError) => Object.assign(new Class("fetch failed"), members);
const refused = { code: "ECONNREFUSED", syscall: "connect" };

export function lostConnections() {
  const rejects = (name, error, cause, maybeRecorded) => ({
    name: `a connection lost: ${name}`,
    act: through(() => Promise.reject(error)),
    expect: tells("connection", "connection", { cause, maybeRecorded }),
  });
  return [
    rejects("refused, as Node says it", errorWith({ cause: errorWith(refused, Error) }), "ECONNREFUSED", false),
    rejects("refused, as Bun says it", errorWith({ code: "ECONNREFUSED" }), "ECONNREFUSED", false),
    rejects("not found", errorWith({ cause: errorWith({ code: "ENOTFOUND" }) }), "ENOTFOUND", false),
    rejects("not found for now", errorWith({ cause: errorWith({ code: "EAI_AGAIN" }) }), "EAI_AGAIN", false),
    rejects("no way there", errorWith({ cause: errorWith({ code: "EHOSTUNREACH", syscall: "connect" }) }), "EHOSTUNREACH", false),
    rejects("no way there any more", errorWith({ cause: errorWith({ code: "EHOSTUNREACH", syscall: "read" }) }), "EHOSTUNREACH", true),
    rejects("a certificate of its own", errorWith({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }), "DEPTH_ZERO_SELF_SIGNED_CERT", false),
    rejects("a certificate of another", errorWith({ cause: { code: "ERR_TLS_CERT_ALTNAME_INVALID" } }), "ERR_TLS_CERT_ALTNAME_INVALID", false),
    rejects("an alert of the server's", errorWith({ code: "ERR_SSL_TLSV13_ALERT_INTERNAL" }), "ERR_SSL_TLSV13_ALERT_INTERNAL", true),
    rejects("reset", errorWith({ cause: errorWith({ code: "ECONNRESET" }) }), "ECONNRESET", true),
    rejects("every address refused", errorWith({ cause: Object.assign(new AggregateError([refused, refused]), refused) }), "ECONNREFUSED", false),
    rejects("addresses without a word of their own", new AggregateError([refused, refused]), "ECONNREFUSED", false),
    rejects("one address refused, another reset", new AggregateError([refused, { code: "ECONNRESET" }]), "ECONNREFUSED", true),
    rejects("a code that is no code", errorWith({ code: "no such thing" }), "TypeError", true),
    rejects("a code that is a number", errorWith({ code: 20 }), "TypeError", true),
    rejects("a code that cannot be read", Object.defineProperty(new RangeError("no"), "code", { get: thrower() }), "RangeError", true),
    rejects("a code that is the key", errorWith({ code: KEY.toUpperCase() }), undefined, true),
    {
      name: "a function that throws at once is told from a lost connection",
      act: through(() => {
        throw new TypeError("Illegal invocation");
      }),
      expect: tells("connection", "threw at once", { cause: "TypeError", maybeRecorded: true }),
    },
    {
      name: "a lead is sent again where nobody listened",
      act: (tools) => {
        let attempts = 0;
        const fetch = async () => {
          attempts += 1;
          if (attempts < 3) throw errorWith({ cause: refused });
          return good();
        };
        return sell(tools, { sale: { invoiceId: undefined }, config: { fetch, maxAttempts: 3 } });
      },
      expect: is("recorded"),
    },
  ];
}

/** A body whose pieces are all there at once; `next` makes each. */
const stream = (next) => ({ getReader: () => ({ read: () => ({ done: false, value: next() }), cancel: async () => {} }) });
const MUST_END_MS = 1500;

const inTime = (expect) => (result) =>
  expect(result) ?? (result.took < MUST_END_MS ? undefined : `it took ${result.took} ms`);
const timed = (act) => async (tools) => {
  const began = Date.now();
  return { ...(await act(tools)), took: Date.now() - began };
};

export const endlessBodies = () => [
  ...[
    ["a byte at a time, at once and for ever", () => new Uint8Array(1)],
    ["nothing, at once and for ever", () => new Uint8Array(0)],
  ].map(([name, next]) => ({
    name: `a body of ${name}`,
    act: timed(through(async () => double({ text: undefined, body: stream(next) }), { timeoutMs: 60, budgetMs: 100 })),
    expect: inTime((result) => fails("timeout")(result) && fails("invalid_response")(result)),
  })),
  {
    name: "a real stream of empty pieces without end",
    act: timed(
      through(async () => new Response(new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(0)) })), {
        timeoutMs: 60,
        budgetMs: 100,
      }),
    ),
    expect: inTime(fails("timeout")),
  },
  {
    name: "a Response that is longer than it says",
    act: timed((tools) => {
      const piece = new Uint8Array(1 << 16);
      let pulled = 0;
      const pull = (controller) => {
        pulled += 1;
        if (pulled > 4800) controller.close();
        else controller.enqueue(piece);
      };
      const headers = { "content-length": "10" };
      return through(async () => new Response(new ReadableStream({ pull }), { headers }))(tools).then((result) => ({
        ...result,
        pulled,
      }));
    }),
    expect: (result) =>
      fails("invalid_response")(result) ?? (result.pulled < 100 ? undefined : `${result.pulled} pieces were read`),
  },
];

/** Plays `act` with a clock that is broken. */
const withClock = (now, act) => async (tools) => {
  const before = Object.getOwnPropertyDescriptor(globalThis, "performance");
  const dateNow = Date.now;
  Object.defineProperty(globalThis, "performance", { value: { now: now.performance }, configurable: true, writable: true });
  if (now.date) Date.now = now.date;
  try {
    return await act(tools);
  } finally {
    Date.now = dateNow;
    if (before) Object.defineProperty(globalThis, "performance", before);
    else delete globalThis.performance;
  }
};

const goingBack = () => {
  let now = 1e6;
  return () => (now -= 1000);
};
const CLOCKS = {
  NaN: () => NaN,
  Infinity: () => Infinity,
  "a BigInt": () => 5n,
  "the same for ever": () => 7,
  nothing: () => undefined,
};

/** Each makes three attempts, with two waits between them. */
export const clocks = () => {
  const three = through(async () => new Response("", { status: 500 }), { maxAttempts: 3, timeoutMs: 500, budgetMs: 3000 });
  const ends = (result) => fails("unavailable")(result) ?? (result.attempts === 3 ? undefined : `${result.attempts} attempts`);
  const of = (name, now) => ({ name: `a clock that ${name}`, act: withClock(now, three), expect: ends });
  return [
    ...Object.entries(CLOCKS).map(([name, clock]) => of(`answers ${name}`, { performance: clock })),
    of("throws", { performance: thrower() }),
    of("is none", { performance: undefined }),
    of("goes back", { performance: goingBack() }),
    of("throws, and so does Date", { performance: thrower(), date: thrower() }),
    of("goes back, and so does Date", { performance: goingBack(), date: goingBack() }),
    of("is NaN, and so is Date", { performance: () => NaN, date: () => NaN }),
    {
      name: "a clock that is NaN, and a service that never answers",
      act: withClock({ performance: () => NaN, date: () => NaN }, through(() => new Promise(() => {}), { ...NO_RETRY, timeoutMs: 40 })),
      expect: fails("timeout"),
    },
  ];
};

/** What a runtime lacks. */
export const ownDefects = () => [
  {
    name: "a runtime without fetch",
    act: async (tools) => {
      const before = Object.getOwnPropertyDescriptor(globalThis, "fetch");
      Object.defineProperty(globalThis, "fetch", { value: undefined, configurable: true, writable: true });
      try {
        return await sell(tools, { config: { fetch: undefined } });
      } finally {
        if (before) Object.defineProperty(globalThis, "fetch", before);
        else delete globalThis.fetch;
      }
    },
    expect: (result) => {
      const wrong = fails("validation")(result);
      const [issue] = result.error?.issues ?? [];
      return wrong ?? (result.attempts === 0 && issue?.field === "fetch" ? undefined : `an issue on ${issue?.field}`);
    },
  },
];
