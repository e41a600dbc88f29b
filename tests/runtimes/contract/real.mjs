// Real time, real connections, and transports that misbehave.
//
// In: the API and the address of the live service. Out: checks by suite, as check.mjs runs them. The numbers are small:
// a suite takes seconds.
// Not its job: the rules themselves (golden.mjs).

import { must, same } from "./check.mjs";
import { KEY, mustBeSound } from "./results.mjs";

const SALE = { clickId: "abc123", customerExternalId: "user_001", amount: 4900 };
const INVOICE = { ...SALE, invoiceId: "inv_001" };
const OK = '{"sale":{"id":"sale_xyz"}}';
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** Later than any of the deadlines here, and earlier than any of the package's own. */
const AT_MOST = 2000;

export function realChecks(api, fetchTo) {
  const sell = async (config, sale = SALE) => {
    const began = Date.now();
    const result = await api.track_sale(null, sale, { apiKey: KEY, ...config });
    mustBeSound(api, result);
    return { result, error: result.error, took: Date.now() - began };
  };
  const live = (behaviour, config, sale) => sell({ baseUrl: `${fetchTo}/${behaviour}`, ...config }, sale);
  const kind = async (wanted, sold) => {
    const { error, took } = await sold;
    same(error?.kind, wanted, "the kind");
    must(took < AT_MOST, `it took ${took} ms`);
    return error;
  };
  return { connections: connections(live, kind, fetchTo), time: time(live, sell, kind), transports: transports(api, sell, kind) };
}

const connections = (live, kind, fetchTo) => ({
  async "the runtime's own fetch delivers a sale"() {
    const { result } = await live("echo");
    same([result.outcome, result.attempts, result.data.sale.id], ["recorded", 1, "sale_xyz"]);
    const { method, headers, body } = result.data.request;
    same([method, JSON.parse(body)], ["POST", SALE]);
    same([headers.authorization, headers["content-type"], headers.accept], [`Bearer ${KEY}`, "application/json", "application/json"]);
  },
  async "an answer in pieces is put together, characters too"() {
    same((await live("drip")).result.data?.city, "Zürich 😀");
  },
  async "an answer larger than any of the service's is none"() {
    const error = await kind("invalid_response", live("huge"));
    must(error.maybeRecorded, "it may be recorded");
  },
  async "a redirect is not followed, and the key stays"() {
    const error = await kind("redirected", live("redirect"));
    same(error.status, 302, "the status");
    same((await (await fetch(`${fetchTo}/seen/stolen`)).json()).count, 0, "requests to where it points");
  },
  async "a connection that is lost is told from a timeout"() {
    const error = await kind("connection", live("reset"));
    same([error.status, error.maybeRecorded, error.attempts], [null, true, 1]);
  },
  async "nobody listens"() {
    await kind("connection", live("ok", { baseUrl: "http://127.0.0.1:9" }));
  },
  async "calls at once do not mix"() {
    const calls = Array.from({ length: 20 }, (_, index) => live(index % 2 ? "echo" : "redirect", {}, { ...SALE, amount: index }));
    for (const [index, { result }] of (await Promise.all(calls)).entries()) {
      if (index % 2) same(JSON.parse(result.data.request.body).amount, index);
      else same(result.error.kind, "redirected");
    }
  },
});

const time = (live, sell, kind) => ({
  async "a service that never answers costs one timeout"() {
    const error = await kind("timeout", live("silent", { timeoutMs: 100 }));
    same([error.attempts, error.maybeRecorded, error.status], [1, true, null]);
  },
  async "the timeout covers the body"() {
    const error = await kind("timeout", live("stall", { timeoutMs: 100 }));
    same([error.status, error.maybeRecorded], [null, true]);
  },
  async "the budget covers an attempt in flight"() {
    await kind("timeout", live("silent", { budgetMs: 100 }));
    await kind("timeout", live("stall", { budgetMs: 100 }));
  },
  async "the budget covers all attempts"() {
    const { error, took } = await live("silent", { timeoutMs: 60, budgetMs: 400, maxAttempts: 50 }, INVOICE);
    must(error.attempts > 1, "a replay-safe sale is sent again");
    must(took <= 500, `it took ${took} ms of 400`);
  },
  async "a wait is not cut short"() {
    const began = Date.now();
    const times = [];
    const fetch = () => {
      times.push(Date.now() - began);
      return times.length > 1 ? new Response(OK) : new Response(null, { status: 429, headers: { "retry-after-ms": "120" } });
    };
    same((await sell({ fetch })).result.outcome, "recorded");
    must(times[1] - times[0] >= 119, `it was sent again after ${times[1] - times[0]} ms of 120`);
  },
  async "a signal ends an attempt"() {
    const controller = new AbortController();
    const call = live("stall", { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    const error = await kind("aborted", call);
    same([error.attempts, error.maybeRecorded], [1, true]);
  },
  async "a signal ends a wait"() {
    const controller = new AbortController();
    const call = live("busy", { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    const error = await kind("aborted", call);
    same([error.attempts, error.maybeRecorded, error.status], [1, false, null]);
  },
  async "a call leaves neither timers nor listeners behind"() {
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    const armed = new Set();
    let listeners = 0;
    const controller = new AbortController();
    const signal = {
      get aborted() { return controller.signal.aborted; },
      addEventListener() { listeners += 1; },
      removeEventListener() { listeners -= 1; },
    };
    globalThis.setTimeout = (then, ...more) => {
      const id = set(() => (armed.delete(id), then()), ...more);
      armed.add(id);
      return id;
    };
    globalThis.clearTimeout = (id) => (armed.delete(id), clear(id));
    try {
      let answers = [new Response(null, { status: 503, headers: { "retry-after-ms": "1" } }), new Response(OK)];
      await sell({ signal, fetch: () => answers.shift() });
      await sell({ signal, timeoutMs: 20, fetch: () => new Promise(() => {}) });
      same([armed.size, listeners], [0, 0], "timers and listeners");
    } finally {
      Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
    }
  },
});

const transports = (api, sell, kind) => ({
  async "a transport that throws at once"() {
    await kind("connection", sell({ fetch() { throw new RangeError("rk_test leaked here"); } }));
  },
  async "a transport that rejects with anything"() {
    for (const reason of [undefined, null, 42, "rk_test", new Error(`Bearer ${KEY}`), Object.create(null)]) {
      await kind("connection", sell({ fetch: () => Promise.reject(reason) }));
    }
  },
  async "a transport that gives anything but a Response"() {
    for (const answer of [undefined, null, 42, "text", {}, { status: "200" }, [], Response.error()]) {
      await kind("connection", sell({ fetch: () => answer }));
    }
  },
  async "a body that fails halfway is a lost connection"() {
    const body = () => new ReadableStream({ pull: (controller) => controller.error(new Error("rk_test")) });
    const error = await kind("connection", sell({ fetch: () => new Response(body()) }));
    same(error.status, null, "the status");
  },
  async "a late answer's body is cancelled"() {
    let cancelled = false;
    const body = () => new ReadableStream({ cancel: () => { cancelled = true; } });
    const fetch = () => pause(80).then(() => new Response(body()));
    await kind("timeout", sell({ fetch, timeoutMs: 20 }));
    await pause(150);
    must(cancelled, "it was not");
  },
  async "a stalled body is cancelled"() {
    let cancelled = false;
    const body = () => new ReadableStream({ cancel: () => { cancelled = true; } });
    await kind("timeout", sell({ fetch: () => new Response(body()), timeoutMs: 20 }));
    await pause(20);
    must(cancelled, "it was not");
  },
  async "the attempt's signal fires when the attempt is given up"() {
    let signal;
    await kind("timeout", sell({ fetch: (_, init) => ((signal = init.signal), new Promise(() => {})), timeoutMs: 20 }));
    must(signal.aborted, "it did not");
  },
  async "a late rejection harms nobody"() {
    await kind("timeout", sell({ fetch: () => pause(60).then(() => Promise.reject(new Error("late"))), timeoutMs: 20 }));
    await pause(80);
  },
  async "a binding's fetch is called as its method"() {
    class Binding {
      #calls = 0;
      fetch() {
        this.#calls += 1;
        return new Response(OK);
      }
    }
    same((await sell({ fetch: new Binding() })).result.outcome, "recorded");
  },
  async "the runtime's fetch is called as a bare function"() {
    const { fetch } = globalThis;
    let receiver = "never called";
    globalThis.fetch = function () {
      receiver = this;
      return Promise.resolve(new Response(OK));
    };
    try {
      same((await sell({})).result.outcome, "recorded");
    } finally {
      globalThis.fetch = fetch;
    }
    must(receiver === undefined, "it was called as a method");
  },
  async "a global fetch may use the package itself, before it returns"() {
    const { fetch } = globalThis;
    const other = [];
    globalThis.fetch = () => {
      other.push(api.getClickIdFromCookie(`a=${"x".repeat(5000)}; refp_id=abc123`), sell({ fetch: () => new Response(OK) }));
      return Promise.resolve(new Response(OK));
    };
    try {
      const { result } = await sell({}, { ...SALE, customerName: "Alice" });
      same([result.outcome, result.data.sale.id, other[0]], ["recorded", "sale_xyz", "abc123"]);
    } finally {
      globalThis.fetch = fetch;
    }
    same((await other[1]).result.outcome, "recorded", "the inner call");
  },
  async "a callback that throws or rejects harms nobody"() {
    const fetch = () => new Response(OK);
    const throws = () => { throw new Error("callback"); };
    same((await sell({ fetch, onAttempt: throws })).result.outcome, "recorded");
    same((await sell({ fetch, onAttempt: async () => throws() })).result.outcome, "recorded");
  },
  async "what the caller changes after the call began is not sent"() {
    const sale = { ...INVOICE, metadata: { plan: "pro" } };
    const bodies = [];
    const fetch = (_, init) => {
      bodies.push(init.body);
      sale.amount = 1;
      sale.metadata.plan = "free";
      return bodies.length > 1 ? new Response(OK) : new Response(null, { status: 503, headers: { "retry-after": "0" } });
    };
    await sell({ fetch }, sale);
    same(bodies.length, 2);
    same(bodies[0], bodies[1]);
  },
  async "metadata of any depth are sent or refused, and harm no other call"() {
    let metadata = {};
    for (let level = 0; level < 100_000; level += 1) metadata = { metadata };
    const { result } = await sell({ fetch: () => new Response(OK) }, { ...SALE, metadata });
    // How deep an object may be is the engine's.
    must(result.outcome === "recorded" || result.error.kind === "validation", `it ended as ${result.error?.kind}`);
    same((await sell({ fetch: () => new Response(OK) })).result.outcome, "recorded", "the next call");
  },
  async "a giant parameter harms no other call"() {
    const named = (length) => sell({ fetch: () => new Response(OK) }, { ...SALE, customerName: "x".repeat(length) });
    same((await named(2 ** 20 - 1024)).result.outcome, "recorded", "what fits a request");
    for (const length of [2 ** 20, 8 * 2 ** 20]) {
      same((await named(length)).result.error.issues.map(({ field }) => field), ["customerName"], "what fits none");
    }
    same((await sell({ fetch: () => new Response(OK) })).result.outcome, "recorded", "the next call");
  },
  async "a transport may use the package itself"() {
    const fetch = async () => {
      same((await sell({ fetch: () => new Response(OK) })).result.outcome, "recorded");
      return new Response(OK);
    };
    same((await sell({ fetch })).result.outcome, "recorded");
  },
  async "the camelCase names are the same functions"() {
    must(api.trackSale === api.track_sale && api.trackLead === api.track_lead, "they are not");
  },
});
