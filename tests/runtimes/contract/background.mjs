// Calls that outlive the response.
//
// In: the API. Out: checks, as check.mjs runs them. That events arrive after a real response is for tests/faults/outbox/.

import { must, same } from "./check.mjs";
import { KEY } from "./results.mjs";

const SALE = { clickId: "abc123", customerExternalId: "user_001", amount: 4900 };
const OK = '{"sale":{"id":"sale_xyz"}}';
const CONVERSION = '{"success":true,"data":{"success":true,"conversionId":"cnv_1"}}';
const PENDING = { outcome: "pending", data: null, error: null, attempts: 0, requestId: null };

export function backgroundChecks(api) {
  const sell = (options, request = null, sale = SALE) => api.track_sale(request, sale, { apiKey: KEY, ...options });
  return { background: { ...holders(sell), ...ends(api, sell) } };
}

/** A service whose answer comes when it is let. */
function later(text = OK) {
  let answer;
  const answered = new Promise((resolve) => (answer = () => resolve(new Response(text))));
  return { fetch: () => answered, answer };
}

/** Of a call that is held: pending at once, and its end afterwards. */
async function isHeld(sell, waitUntil, held) {
  const { fetch, answer } = later();
  const reports = [];
  const result = await sell({ fetch, waitUntil, onResult: (report) => reports.push(report) });
  same(result, PENDING);
  same([held.length, reports.length], [1, 0]);
  answer();
  await held[0];
  same(reports.map(({ durationMs, ...report }) => report), [
    { outcome: "recorded", error: null, attempts: 1, requestId: null, externalId: null },
  ]);
  must(reports[0].durationMs >= 0, "how long it took");
}

const holders = (sell) => ({
  async "a function holds the call"() {
    const held = [];
    await isHeld(sell, (promise) => void held.push(promise), held);
  },
  async "a context holds the call, as the object of its method"() {
    const held = [];
    class Context {
      #held = held;
      waitUntil(promise) {
        this.#held.push(promise);
      }
    }
    await isHeld(sell, new Context(), held);
    await isHeld(sell, Context.prototype.waitUntil.bind(new Context()), held.splice(0) && held);
  },
  async "a method that was taken off its object: the call waits for its end"() {
    class Context {
      #held = [];
      waitUntil(promise) {
        this.#held.push(promise);
      }
    }
    const reports = [];
    const { waitUntil } = new Context();
    const result = await sell({ fetch: () => new Response(OK), waitUntil, onResult: (report) => reports.push(report) });
    // Where the platform has a function for it, it is held by that.
    must(["recorded", "pending"].includes(result.outcome), `it ended as ${result.outcome}`);
    for (let turns = 0; reports.length === 0 && turns < 100; turns += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    same(reports.map(({ outcome }) => outcome), ["recorded"]);
  },
  async "a class with a static method holds the call, as an object does"() {
    const held = [];
    class Runtime {
      static waitUntil(promise) {
        held.push(promise);
      }
    }
    await isHeld(sell, Runtime, held);
  },
  async "a function that fails later ends no process, and the call's end is told"() {
    const reports = [];
    const fails = async () => { throw new Error("Illegal invocation"); };
    await sell({ fetch: () => new Response(OK), waitUntil: fails, onResult: ({ outcome }) => reports.push(outcome) });
    // A runtime ends the process for a rejection that nobody has taken.
    for (let turns = 0; reports.length === 0 && turns < 100; turns += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    same(reports, ["recorded"]);
  },
  async "what holds nothing is an issue"() {
    for (const waitUntil of [5, "ctx", {}, true, { waitUntil: 1 }]) {
      const { outcome, error } = await sell({ waitUntil, fetch: () => new Response(OK) });
      same([outcome, error?.issues.map(({ field }) => field)], ["failed", ["waitUntil"]]);
    }
  },
});

const ends = (api, sell) => ({
  async "the values are read before the function returns"() {
    const sale = { ...SALE, metadata: { plan: "pro" } };
    const headers = { cookie: "refp_id=click_before1" };
    const { fetch, answer } = later();
    const bodies = [];
    const held = [];
    const spied = (url, init) => (bodies.push(JSON.parse(init.body)), fetch(url, init));
    const call = sell({ fetch: spied, waitUntil: (promise) => held.push(promise) }, { headers }, { ...sale, clickId: undefined });
    same(held.length, 1, "held in the same turn");
    headers.cookie = "refp_id=click_after12";
    sale.metadata.plan = "free";
    same((await call).outcome, "pending");
    answer();
    await held[0];
    same([bodies[0].clickId, bodies[0].metadata.plan], ["click_before1", "pro"]);
  },
  async "a request that is a promise is awaited in the background"() {
    const held = [];
    const reports = [];
    const request = Promise.resolve({ headers: { cookie: "refp_id=click_abc12" } });
    const options = { fetch: () => new Response(OK), waitUntil: (promise) => held.push(promise), onResult: (report) => reports.push(report.outcome) };
    same((await sell(options, request, { ...SALE, clickId: undefined })).outcome, "pending");
    await held[0];
    same(reports, ["recorded"]);
  },
  async "what has nothing to wait for resolves as ever, and is told of once"() {
    const reports = [];
    const options = { fetch: () => must(false, "it was sent"), waitUntil: () => {}, onResult: (report) => reports.push(report.outcome) };
    same((await sell(options, null, { ...SALE, clickId: undefined })).outcome, "skipped");
    const refused = await sell(options, null, { ...SALE, amount: -1 });
    same([refused.outcome, refused.error.kind], ["failed", "validation"]);
    same(reports, ["skipped", "failed"]);
  },
  async "onResult is called without waitUntil too, once for all attempts, and before the call resolves"() {
    const reports = [];
    const answers = [new Response(null, { status: 503, headers: { "retry-after": "0" } }), new Response(OK)];
    const result = await sell({ fetch: () => answers.shift(), onResult: (report) => reports.push(report) });
    same([result.outcome, reports.length, reports[0].attempts], ["recorded", 1, 2]);
  },
  async "debug prints a line for each attempt, without the key or the customer"() {
    const lines = [];
    const { error } = console;
    console.error = (line) => lines.push(line);
    try {
      const answers = [new Response(null, { status: 503, headers: { "retry-after": "0" } }), new Response(OK)];
      await sell({ fetch: () => answers.shift(), debug: true });
    } finally {
      console.error = error;
    }
    must(/^refport-edge: SALE, attempt 1: 503 \(unavailable\) after \d+ ms, again in \d+ ms$/.test(lines[0]), lines[0]);
    must(/^refport-edge: SALE, attempt 2: 200 after \d+ ms, recorded$/.test(lines[1]), lines[1]);
    same(lines.length, 2);
    must(!lines.join().includes(KEY) && !lines.join().includes("user_001"), lines.join());
  },
  async "what onResult gets is plain data, without the key or the customer"() {
    let json = "";
    const fetch = (_, init) => new Response(JSON.stringify({ error: { code: "NO", message: `${KEY} ${init.body}` } }), { status: 400 });
    await sell({ fetch, onResult: (report) => (json = JSON.stringify(structuredClone(report))) }, null, { ...SALE, customerEmail: "alice@example.com" });
    const { outcome, error } = JSON.parse(json);
    same([outcome, error.kind, error.status], ["failed", "validation", 400]);
    must(!json.includes(KEY) && !json.includes("alice") && !json.includes("user_001"), json);
  },
  async "an onResult that throws or rejects harms nobody"() {
    const throws = () => { throw new Error("callback"); };
    for (const onResult of [throws, async () => throws()]) {
      const held = [];
      same((await sell({ fetch: () => new Response(OK), onResult })).outcome, "recorded");
      await sell({ fetch: () => new Response(OK), onResult, waitUntil: (promise) => held.push(promise) });
      await held[0];
    }
  },
  async "the client's calls are held as well, and one call's holder wins"() {
    const [clients, calls] = [[], []];
    const { fetch, answer } = later();
    const client = new api.Refport({ apiKey: KEY, fetch, waitUntil: (promise) => clients.push(promise) });
    same((await client.track.sale(SALE)).outcome, "pending");
    same((await client.track.lead({ clickId: "abc123", customerExternalId: "user_001", eventName: "Sign Up" }, { waitUntil: (promise) => calls.push(promise) })).outcome, "pending");
    same([clients.length, calls.length], [1, 1]);
    answer();
    await Promise.all([...clients, ...calls]);
  },
  async "a token is waited for, whatever holds it"() {
    const token = '{"publicToken":"t","expires":"2027-01-01T00:00:00.000Z"}';
    const client = new api.Refport({ apiKey: KEY, fetch: () => new Response(token), waitUntil: () => must(false, "it was held") });
    same((await client.embedTokens.create({ tenantId: "t1" })).data.publicToken, "t");
  },
  async "RefCampaign's calls are held, and tell the ID they are sent with"() {
    const held = [];
    const reports = [];
    const { fetch, answer } = later(CONVERSION);
    const options = { apiKey: KEY, fetch, waitUntil: (promise) => held.push(promise), onResult: (report) => reports.push(report) };
    const client = new api.RefCampaign(options);
    const result = await client.conversions.track({ amount: "49.90", currency: "EUR", sessionId: "rcs_12345678" });
    same([result.outcome, typeof result.externalId], ["pending", "string"]);
    answer();
    await held[0];
    same([reports[0].outcome, reports[0].externalId], ["recorded", result.externalId]);
    same(await client.tracking.identify({ sessionId: "rcs_12345678", customerEmailHash: "a".repeat(64) }), { identified: null, error: null });
  },
});
