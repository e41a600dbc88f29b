// What the fakes of refport-edge/testing do with every step, clock and webhook, as each runtime plays it.
//
// In: `{ testing, api }`, the entry and the package as this runtime has them. Out: by name, what must hold.
// Not its job: the rules of the services; worker-example/test/contract.mjs holds the same fakes to the golden vectors of the wire.

const SALE = { clickId: "abc123", customerExternalId: "user_1", amount: 4900, currency: "usd", invoiceId: "in_1" };
const ORDER = { sessionId: "rcs_12345678", externalId: "ord_1", amount: 4990, currency: "EUR" };
const QUICK = { apiKey: "rk_test", timeoutMs: 200, budgetMs: 5_000 };

/** A step, what a call that meets it (and nothing else after it) comes to, and what is on the books then: sales. */
const STEPS = [
  ["recorded", { outcome: "recorded", attempts: 1 }, 1],
  ["duplicate", { outcome: "duplicate", attempts: 1 }, 0],
  ["unattributed", { outcome: "unattributed", attempts: 1 }, 0],
  [200, { outcome: "recorded", attempts: 1 }, 1],
  ["201", { outcome: "recorded", attempts: 1 }, 1],
  ["record, then 200", { outcome: "recorded", attempts: 1 }, 1],
  [{ record: true, status: 202 }, { outcome: "recorded", attempts: 1 }, 1],
  [{ status: 200 }, { outcome: "recorded", attempts: 2 }, 1],
  [204, { outcome: "unattributed", attempts: 1 }, 0],
  [429, { outcome: "recorded", attempts: 2 }, 1],
  [503, { outcome: "recorded", attempts: 2 }, 1],
  [401, { outcome: "failed", kind: "auth", code: "UNAUTHORIZED" }, 0],
  [403, { outcome: "failed", kind: "auth" }, 0],
  [404, { outcome: "failed", kind: "not_found" }, 0],
  [422, { outcome: "failed", kind: "validation", status: 422 }, 0],
  [302, { outcome: "failed", kind: "redirected" }, 0],
  ["drop the connection", { outcome: "recorded", attempts: 2 }, 1],
  ["never answer", { outcome: "recorded", attempts: 2 }, 1],
  ["stall in the body", { outcome: "recorded", attempts: 2 }, 1],
  ["record, then drop the connection", { outcome: "duplicate", attempts: 2 }, 1],
  ["record, then never answer", { outcome: "duplicate", attempts: 2 }, 1],
  ["record, then stall in the body", { outcome: "duplicate", attempts: 2 }, 1],
  ["record, then 502", { outcome: "duplicate", attempts: 2 }, 1],
  [{ status: 502, body: "<h1>Bad gateway</h1>", headers: { "content-type": "text/html" } }, { outcome: "recorded", attempts: 2 }, 1],
  [{ record: true, status: 500 }, { outcome: "duplicate", attempts: 2 }, 1],
  [{ delayMs: 20 }, { outcome: "recorded", attempts: 1 }, 1],
  [{ delayMs: 1_000 }, { outcome: "recorded", attempts: 2 }, 1],
  [{ status: 204 }, { outcome: "unattributed", attempts: 1 }, 0],
  [() => Response.json({ error: { code: "TEAPOT" } }, { status: 418 }), { outcome: "failed", kind: "rejected", code: "TEAPOT" }, 0],
];

/** What a test may get wrong, by what the complaint names. */
const SLIPS = {
  clicks: ({ fakeRefport }) => [() => fakeRefport({ clicks: "abc123" }), () => fakeRefport({ clicks: { id: "abc123" } }), () => fakeRefport({ clicks: null })],
  "a click of clicks": ({ fakeRefport }) => [1, null, ["abc123"]].map((click) => () => fakeRefport({ clicks: [click] })),
  clickId: ({ fakeRefport }) => [() => fakeRefport({ clicks: [{ clickId: "abc123" }] }), () => fakeRefport().addClick({ clickId: "abc123" })],
  sessions: ({ fakeRefCampaign }) => [() => fakeRefCampaign({ sessions: "rcs_12345678" })],
  id: ({ fakeRefCampaign }) => [() => fakeRefCampaign({ sessions: [{ id: "rcs_12345678" }] })],
  apiKey: ({ fakeRefport }) => [1, "", null].map((apiKey) => () => fakeRefport({ apiKey })),
  store: ({ fakeRefport }) => [null, {}, { load: () => [] }].map((store) => () => fakeRefport({ store })),
  fakeRefport: ({ fakeRefport }) => [null, "abc123", [429], 429].map((options) => () => fakeRefport(options)),
  webhookSecret: ({ fakeRefCampaign }) => [() => fakeRefCampaign({ webhookSecret: "" })],
  statuss: ({ fakeRefport }) => [() => fakeRefport({ script: [{ statuss: 429 }] })],
  delay: ({ fakeRefport }) => [() => fakeRefport({ script: [{ delay: 20 }] }), () => fakeRefport().outage({ delay: 20 })],
  delayMs: ({ fakeRefport }) => ["20", -1, NaN, null].map((delayMs) => () => fakeRefport({ script: [{ delayMs }] })),
  headers: ({ fakeRefport }) => ["retry-after: 1", { "retry after": "1" }, ["x"]].map((headers) => () => fakeRefport({ script: [{ status: 429, headers }] })),
  record: ({ fakeRefport }) => [() => fakeRefport({ script: [{ record: "no" }] })],
  "is no step": ({ fakeRefport }) => [new Response("x"), Promise.resolve(429), new Date(), new Map()].map((step) => () => fakeRefport({ script: [step] })),
  outage: ({ fakeRefport }) => [() => fakeRefport().outage(() => new Response("x"))],
  rateLimit: ({ fakeRefport }) => [() => fakeRefport().rateLimit(2), () => fakeRefport().rateLimit(null)],
  refuse: ({ fakeRefport }) => [() => fakeRefport().rateLimit({ refuse: 2 })],
  refuseNext: ({ fakeRefport }) => ["2", -1, 1.5].map((refuseNext) => () => fakeRefport().rateLimit({ refuseNext })),
  "clock.set": ({ fakeRefport }) => [null, undefined, true, {}, "yesterday"].map((time) => () => fakeRefport().clock.set(time)),
  addLink: ({ fakeRefport }) => [() => fakeRefport().addLink("robin"), () => fakeRefport().addLink()],
  key: ({ fakeRefport }) => [() => fakeRefport().addLink({}), () => fakeRefport().addLink({ key: "" })],
  addClick: ({ fakeRefport }) => [() => fakeRefport().addClick("abc123"), () => fakeRefport().addClick(null)],
  setNextIds: ({ fakeRefport }) => [() => fakeRefport().setNextIds("sale_1"), () => fakeRefport().setNextIds()],
  sales: ({ fakeRefport }) => [() => fakeRefport().setNextIds({ sales: "sale_1" })],
  setProgram: ({ fakeRefport }) => [() => fakeRefport().setProgram(), () => fakeRefport().setProgram("off")],
  setQuota: ({ fakeRefCampaign }) => [() => fakeRefCampaign().setQuota("used up")],
  setRepeats: ({ fakeRefCampaign }) => [() => fakeRefCampaign().setRepeats("409")],
  code: ({ fakeRefCampaign }) => [() => fakeRefCampaign().addLink({})],
  "webhook's event": ({ fakeRefCampaign }) => [() => fakeRefCampaign().webhook(), () => fakeRefCampaign().webhook({ event: "x" })],
  "webhook's data": ({ fakeRefCampaign }) => [() => fakeRefCampaign().webhook("conversion.created", "ord_1")],
};

const WRONG_STEPS = ["record", "recorded ", "record, then recorded", "record, then 99", 99, 600, null, undefined, true, "", { status: "429" }, Symbol("x")];

export function casesOf({ testing, api }) {
  const { fakeRefport, fakeRefCampaign, signRefCampaignWebhook } = testing;
  const sell = (fake, more = {}) => api.track_sale(null, SALE, { ...QUICK, fetch: fake.fetch, ...more });
  const campaign = (fake, more = {}) => new api.RefCampaign({ ...QUICK, apiKey: "rc_test", fetch: fake.fetch, ...more });
  const cases = {};

  for (const [step, wanted, sales] of STEPS) {
    cases[`step ${typeof step === "function" ? "of a function" : JSON.stringify(step)}`] = async () => {
      const fake = fakeRefport({ script: [step] });
      const { outcome, attempts, error } = await sell(fake);
      const found = { outcome, attempts, kind: error?.kind, status: error?.status, code: error?.code };
      for (const [name, value] of Object.entries(wanted)) equal(found[name], value, name);
      equal(fake.ledger.sales, Array(sales).fill(SALE), "the books");
      equal(fake.requests.length, attempts, "requests");
    };
  }
  for (const step of WRONG_STEPS) {
    cases[`no step: ${String(step)}`] = () => {
      throws(() => fakeRefport({ script: [step] }), /is no step: a step is "recorded"/);
      throws(() => fakeRefport().script(step), /is no step/);
    };
  }

  for (const [name, slips] of Object.entries(SLIPS)) {
    cases[`a slip is named: ${name}`] = () => {
      for (const slip of slips(testing)) throws(slip, new RegExp(`TypeError: .*${name}`));
    };
  }

  return Object.assign(cases, {
    "steps may be added, in a list too, and end": async () => {
      const fake = fakeRefport();
      fake.script([401, 404], 403);
      const codes = [await sell(fake), await sell(fake), await sell(fake), await sell(fake)].map(({ error }) => error?.status ?? null);
      equal(codes, [401, 404, 403, null]);
    },
    "an option that is none is named": () => {
      throws(() => fakeRefport({ click: [] }), /click is no option: there are clicks, script, apiKey, store/);
      throws(() => fakeRefCampaign({ clicks: [] }), /clicks is no option: there are sessions/);
      throws(() => fakeRefport({ script: "accepted" }), /"accepted" is no step/);
    },
    "a link that a click names is there": async () => {
      equal((await sell(fakeRefport({ clicks: [{ id: "abc123", link: "robin" }] }))).outcome, "recorded");
    },
    "a function that answers with nothing is told": async () => {
      const { error } = await sell(fakeRefport({ script: [() => undefined] }), { maxAttempts: 1 });
      ok(/no Response: undefined/.test(error.message), error.message);
    },
    "what is signed is an object or a text, at a time": async () => {
      for (const event of [undefined, null, 1, []]) await rejects(signRefCampaignWebhook(event, "whsec_1"), /^event must be/);
      await rejects(signRefCampaignWebhook({}, "whsec_1", 5), /signRefCampaignWebhook's options/);
      await rejects(signRefCampaignWebhook({}, "whsec_1", { now: 5 }), /^now is no option/);
      for (const nowMs of ["2026-01-01", NaN, new Date()]) await rejects(signRefCampaignWebhook({}, "whsec_1", { nowMs }), /^nowMs must be/);
    },
    "an outage comes before the script, and is over when it is said": async () => {
      const fake = fakeRefport({ script: ["duplicate"] });
      fake.outage("drop the connection");
      equal((await sell(fake)).error.kind, "connection");
      fake.outage(null);
      equal((await sell(fake)).outcome, "duplicate");
      throws(() => fake.outage("for ever"), /is no step/);
    },
    "every click is known, or those alone that are named": async () => {
      equal((await sell(fakeRefport())).outcome, "recorded");
      equal((await sell(fakeRefport({ clicks: ["abc123"] }))).outcome, "recorded");
      equal((await sell(fakeRefport({ clicks: [{ id: "abc123", link: null }] }))).outcome, "unattributed");
      equal((await sell(fakeRefport({ clicks: ["other"] }))).error.code, "INVALID_CLICK_ID");
    },
    "one key, or any": async () => {
      equal((await sell(fakeRefport({ apiKey: "rk_other" }))).error.status, 401);
      equal((await sell(fakeRefport({ apiKey: "rk_test" }))).outcome, "recorded");
    },
    "the fake itself is a transport too": async () => {
      equal((await sell({ fetch: fakeRefport() })).outcome, "recorded");
    },
    "what fetch takes: a Request, a URL, a text, bytes": async () => {
      const fake = fakeRefport();
      const init = { method: "POST", headers: { authorization: "Bearer k" }, body: JSON.stringify(SALE) };
      const url = "https://app.refport.co/api/track/sale";
      for (const [input, more] of [[new Request(url, init)], [new URL(url), init], [url, { ...init, body: new TextEncoder().encode(init.body) }]]) {
        await (await fake.fetch(input, more)).text();
      }
      equal(fake.requests.map(({ status }) => status), [200, 409, 409]);
    },
    "an aborted call ends": async () => {
      const fake = fakeRefport({ script: ["never answer"] });
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 20);
      equal((await sell(fake, { signal: controller.signal, timeoutMs: 5_000 })).error.kind, "aborted");
    },
    "requests hold what was sent, and no key": async () => {
      const fake = fakeRefport({ apiKey: "rk_test" });
      await sell(fake);
      const [{ method, path, status, code, body }] = fake.requests;
      equal({ method, path, status, code, body }, { method: "POST", path: "/api/track/sale", status: 200, code: null, body: SALE });
      ok(!JSON.stringify([fake.requests, fake.ledger, fake.view()]).includes("rk_test"), "the key is kept");
    },
    "the books count, by currency": async () => {
      const fake = fakeRefport();
      await api.track_lead(null, { clickId: "abc123", customerExternalId: "user_1", eventName: "Sign Up" }, { ...QUICK, fetch: fake });
      await sell(fake);
      await api.track_sale(null, { ...SALE, currency: "jpy", invoiceId: "in_2" }, { ...QUICK, fetch: fake });
      const money = [{ currency: "jpy", amount: 4900, commission: 490 }, { currency: "usd", amount: 4900, commission: 490 }];
      equal(fake.ledger.totals, { clicks: 1, leads: 1, sales: 2, money });
      for (const row of [...fake.ledger.leads, ...fake.ledger.sales]) row.clickId = "changed by a test";
      equal(fake.ledger.leads, [{ clickId: "abc123", customerExternalId: "user_1", eventName: "Sign Up" }]);
      fake.reset();
      equal(fake.ledger.totals, { clicks: 0, leads: 0, sales: 0, money: [] });
    },
    "the clock is the books', and stands or moves": async () => {
      const fake = fakeRefport();
      fake.clock.set("2026-01-31T12:00:00Z");
      fake.clock.advance(60_000);
      await sell(fake);
      equal(fake.requests[0].at, "2026-01-31T12:01:00.000Z");
      throws(() => fake.clock.set("yesterday"), /clock\.set/);
      throws(() => fake.clock.advance(NaN), /clock\.advance/);
    },
    "a rate limit counts down, with its Retry-After": async () => {
      const fake = fakeRefport();
      fake.rateLimit({ refuseNext: 1, retryAfter: "1" });
      const { attempts, outcome } = await sell(fake);
      equal([attempts, outcome], [2, "recorded"]);
    },
    "a partner's link sends the visitor on": async () => {
      const fake = fakeRefport({ clicks: [] });
      const landing = await fake.fetch("https://go.yoursite.com/r/alice");
      const clickId = new URL(landing.headers.get("location")).searchParams.get("refp_id");
      equal([landing.status, fake.ledger.clicks], [302, [{ id: clickId, link: "alice" }]]);
      equal((await fake.fetch("https://go.yoursite.com/r/nobody")).status, 404);
    },
    "a store outlasts the fake": async () => {
      const rows = new Map();
      const store = {
        load: () => [...rows.values()],
        save: (book, key, row) => (row === null ? rows.delete(`${book} ${key}`) : rows.set(`${book} ${key}`, [book, key, JSON.parse(JSON.stringify(row))])),
      };
      await sell(fakeRefport({ store }));
      const again = fakeRefport({ store });
      equal([(await sell(again)).outcome, again.requests.length], ["duplicate", 2]);
    },
    "RefCampaign: 503, then recorded; again, a duplicate": async () => {
      const fake = fakeRefCampaign({ script: [503, "recorded"] });
      equal((await campaign(fake).conversions.postback(ORDER)).outcome, "recorded");
      equal((await campaign(fake).conversions.postback(ORDER)).outcome, "duplicate");
      equal(fake.ledger.conversions, [{ ...ORDER, conversionType: "SALE" }]);
    },
    "RefCampaign: a lost answer is no second conversion": async () => {
      const fake = fakeRefCampaign({ script: ["record, then drop the connection"] });
      equal((await campaign(fake).conversions.postback(ORDER)).outcome, "duplicate");
      equal(fake.ledger.totals.conversions, 1);
    },
    "RefCampaign: nobody to credit, a refund that waits, a quota": async () => {
      const fake = fakeRefCampaign({ sessions: ["rcs_12345678"] });
      const failed = (call) => call.then(() => "resolved", ({ kind, code }) => `${kind} ${code}`);
      equal(await failed(campaign(fake).conversions.postback({ ...ORDER, sessionId: "rcs_nobody1" })), "rejected UNKNOWN");
      await campaign(fake).conversions.postback(ORDER);
      equal(await failed(campaign(fake).conversions.refund({ externalId: "ord_1" })), "rejected CONFLICT");
      equal([fake.approve("ord_1"), fake.approve("ord_1")], [true, false]);
      await campaign(fake).conversions.refund({ externalId: "ord_1", amount: 990 });
      equal([fake.ledger.refunds, fake.ledger.totals.money], [[{ externalId: "ord_1", amount: 990 }], [{ currency: "EUR", amount: 4000, commission: 400 }]]);
      fake.setQuota(true);
      equal(await failed(campaign(fake).conversions.postback({ ...ORDER, externalId: "ord_2" })), "rate_limit LIMIT_EXCEEDED");
    },
    "webhooks are signed as RefCampaign signs, by the fake's clock": async () => {
      const fake = fakeRefCampaign();
      await campaign(fake).conversions.postback(ORDER);
      const { request, payload, header } = await fake.webhook("conversion.created");
      const verdict = await api.verifyRefCampaignWebhook(request(), fake.webhookSecret);
      equal([verdict.valid, verdict.event.data.externalId], [true, "ord_1"]);
      equal((await api.verifyRefCampaignWebhook({ payload, header }, "whsec_other")).reason, "signature_mismatch");
      fake.clock.advance(-301_000);
      const late = await fake.webhook("conversion.created");
      equal((await api.verifyRefCampaignWebhook(late, fake.webhookSecret)).reason, "timestamp_outside_tolerance");
    },
    "a webhook of one's own is signed too": async () => {
      const { payload, header, headers } = await signRefCampaignWebhook({ event: "webhook.test", data: {}, timestamp: "2026-01-31T12:00:00Z", idempotencyKey: "k" }, "whsec_1");
      equal((await api.verifyRefCampaignWebhook({ payload, header }, "whsec_1")).valid, true);
      equal(headers["x-refcampaign-signature"], header);
      await rejects(signRefCampaignWebhook({}, ""), /the event and the secret/);
    },
  });
}

/** Plays the cases; the complaints by name, `null` where there is none. */
export async function play(modules) {
  const found = {};
  // At once: most of them wait.
  await Promise.all(Object.entries(casesOf(modules)).map(async ([name, check]) => {
    found[name] = await Promise.resolve().then(check).then(() => null, (error) => String(error.message));
  }));
  return found;
}

function equal(found, wanted, what = "it") {
  const [one, other] = [found, wanted].map((value) => JSON.stringify(sorted(value)));
  if (one !== other) throw new Error(`${what} is ${one}, not ${other}`);
}

/** The order of members says nothing. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

function ok(value, what) {
  if (!value) throw new Error(what);
}

function throws(does, pattern) {
  let message = "nothing";
  try {
    does();
  } catch (error) {
    message = `${error.name}: ${error.message}`;
  }
  ok(/^TypeError/.test(message) && pattern.test(message), `it threw ${message}`);
}

const rejects = (promise, pattern) => promise.then(() => ok(false, "it resolved"), (error) => ok(pattern.test(error.message), error.message));
