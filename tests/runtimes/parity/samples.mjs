// The documentation's programs (samples/), run against the fake services, and what is on the books then.
//
// In: the API and the services, running. Out: checks by suite, as check.mjs runs them.
// Not its job: that they compile (types.mjs).

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { must, same } from "../contract/check.mjs";

const require = createRequire(import.meta.url);
const ALICE = "alice@example.com";
const ORDER = { id: "ord_1", userId: "cus_123", amountCents: 4999 };
const SALE = { clickId: "abc123", customerExternalId: "cus_123", amount: 4999, invoiceId: "inv_9" };

/** A request of a visitor who came through a partner's link of either service. */
const referred = () => new Request("https://shop.test/", { headers: { cookie: "a=1; refp_id=abc123; _rc_sid=rcs_7fKj2" } });
const organic = () => new Request("https://shop.test/");

export async function sampleChecks(api, { refport, refcampaign }) {
  const seeded = (suite) =>
    Object.entries(suite).map(([name, check]) => [name, async () => {
      await Promise.all([refport.seed(), refcampaign.seed()]);
      await check();
    }]);
  return {
    "samples: Refport's client": seeded(clientChecks(api, refport, await import("./samples/refport-client.ts"))),
    "samples: Refport's helpers": seeded(helperChecks(refport, await import("./samples/refport-helpers.ts"))),
    "samples: Refport's API pages": seeded(apiChecks(refport, await import("./samples/refport-api-pages.ts"))),
    "samples: RefCampaign's guide": seeded(guideChecks(api, refcampaign, await import("./samples/refcampaign-guide.ts"))),
    "samples: JavaScript": seeded(javaScriptChecks(refport, refcampaign, await import("./samples/javascript.mjs"))),
  };
}

const salesOf = async ({ books }) =>
  (await books()).sales.map(({ clickId, customerExternalId, amount, currency, invoiceId }) => [clickId, customerExternalId, amount, currency, invoiceId]);
const leadsOf = async ({ books }) =>
  (await books()).leads.map(({ clickId, eventName, customerExternalId }) => [clickId, eventName, customerExternalId]);
const conversionsOf = async ({ books }) =>
  (await books()).conversions.map(({ externalId, conversionType, amount, currency, attributedBy }) => [externalId, conversionType, amount, currency, attributedBy]);

async function quickStartIsRight(refport, { token, error, saleError, lead }) {
  same([error, saleError], [null, null], "the errors");
  same([token.publicToken, token.expires.toISOString()], ["pt_abc123...", "2024-01-15T12:30:00.000Z"], "the token");
  must(token.expires instanceof Date, "it expires at no Date");
  same([lead.eventName, lead.click.id, lead.link.key, lead.customer.externalId], ["signup", "clk_xyz", "alice", "cus_123"]);
  same(await salesOf(refport), [["abc123", "cus_123", 4999, "usd", null]], "the sales");
  same(await leadsOf(refport), [["abc123", "signup", "cus_123"]], "the leads");
}

const clientChecks = (api, refport, program) => ({
  "the configuration": async () => {
    const urls = [];
    await program.configuration((url) => (urls.push(url), new Response("{}", { status: 401 })));
    same(urls, ["https://app.refport.co/api/embed/token", "https://app.refport.co/api/embed/token"]);
  },
  "the quick start": async () => quickStartIsRight(refport, await program.quickStart()),
  "a token for a tenant, an enrolment, a partner": async () => {
    same((await program.tokens()).map((date) => date instanceof Date && !Number.isNaN(date.getTime())), [true, true, true]);
  },
  "a lead whose click belongs to no link is null, without an error": async () => {
    same(await program.leadWithoutLink(), { data: null, error: null });
    same((await refport.books()).totals.leads, 0, "the leads");
  },
  "error handling: a sale": async () => {
    same(await logged(program.errorHandling, SALE), [["sale_xyz"]]);
    same(await salesOf(refport), [["abc123", "cus_123", 4999, "usd", "inv_9"]]);
  },
  "error handling: the real status and code": async () => {
    const [[message, status, code], [kind]] = await logged(program.errorHandling, { ...SALE, clickId: "nobody" });
    same([message.length > 10, status, code, kind], [true, 400, "INVALID_CLICK_ID", "validation"]);
  },
  "error handling: refused before it is sent": async () => {
    const [[message, status, code], [kind]] = await logged(program.errorHandling, { ...SALE, amount: 49.99 });
    same([message.includes("amount"), status, code, kind], [true, null, "VALIDATION_ERROR", "validation"]);
    same((await refport.books()).totals.requests, 0, "the requests");
  },
  "error handling: a duplicate is no error": async () => {
    same(await logged(program.errorHandling, SALE), [["sale_xyz"]]);
    same(await logged(program.errorHandling, SALE), [["nothing new"]]);
    same((await refport.books()).totals.sales, 1, "the sales");
  },
  "error handling: a 429 that lasts has its code": async () => {
    await refport.control.rateLimit({ refuseNext: 5, retryAfter: "60" });
    const [[, status, code]] = await logged(program.errorHandling, SALE);
    same([status, code], [429, "RATE_LIMIT_EXCEEDED"]);
  },
  "error handling, unchanged, runs": async () => {
    same(await logged(program.errorHandlingUnchanged, SALE), [["sale_xyz"], ["sale_xyz"]]);
  },
  "a token as before 0.4 is undefined, which the compiler finds": async () => same(await program.tokenBefore04(), undefined),
  "each class of error": async () => {
    const { Refport, RefportAuthError, RefportError, RefportNotFoundError, RefportRateLimitError, RefportValidationError } = api;
    const config = { apiKey: process.env.REFPORT_API_KEY, baseUrl: refport.url, maxAttempts: 1 };
    const client = new Refport(config);
    const isA = (Class, { error }) => must(error instanceof Class && error instanceof RefportError, `${error?.name} is no ${Class.name}`);
    isA(RefportAuthError, await new Refport({ ...config, apiKey: "rk_wrong" }).track.sale(SALE));
    isA(RefportValidationError, await client.track.sale({ ...SALE, clickId: "nobody" }));
    await refport.control.rateLimit({ refuseNext: 1 });
    isA(RefportRateLimitError, await client.track.sale(SALE));
    await refport.control.program({ active: false });
    isA(RefportNotFoundError, await client.embedTokens.create({ tenantId: "user_123" }));
    isA(RefportError, await new Refport({ ...config, baseUrl: "http://127.0.0.1:9" }).track.sale(SALE));
  },
  "nothing throws: a page of HTML, nothing at all, null, and no network": async () => {
    const answers = [() => new Response("<h1>Oops</h1>", { status: 500 }), () => new Response("", { status: 502 }),
      () => new Response("null", { status: 500 }), () => Promise.reject(new TypeError("no network"))];
    for (const fetch of answers) {
      const { data, error } = await new api.Refport({ apiKey: "rk_test", fetch, maxAttempts: 1 }).track.sale(SALE);
      must(data === null && error instanceof api.RefportError, "no error");
    }
  },
  "a constructor without a key throws": () => {
    for (const config of [undefined, {}, { apiKey: "" }]) {
      let error;
      try {
        new api.Refport(config);
      } catch (reason) {
        error = reason;
      }
      must(error instanceof api.RefportValidationError && error.message.includes("apiKey is required"), String(error));
    }
  },
});

async function logged(program, ...params) {
  const lines = [];
  await program(...params, (...told) => void lines.push(told));
  return lines;
}

const helperChecks = (refport, program) => ({
  "Express": () => same(program.express({ cookies: { refp_id: "abc123" }, headers: {} }), "abc123"),
  "a Web Request": async () => same(await (await program.POST(referred())).json(), { clickId: "abc123" }),
  "an object with headers": () => same(program.plainHeaders(), "abc123"),
  "a Cookie header, another name, none at all": () => {
    const { ofHeader } = program;
    same([ofHeader("a=1; refp_id=abc123"), ofHeader("click=c1", "click"), ofHeader(null), ofHeader(undefined)], ["abc123", "c1", null, null]);
  },
  "a cookie is decoded, as its writer encoded it": () => same(program.ofHeader("refp_id=a%2Bb%20c"), "a+b c"),
  "Node.js's own server": async () => {
    const server = createServer((request, response) => response.end(JSON.stringify(program.nodeServer(request))));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${server.address().port}`;
    const told = [];
    for (const headers of [{ cookie: "refp_id=abc123" }, {}]) told.push(await (await fetch(url, { headers })).json());
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    same(told, ["abc123", null]);
  },
  "a completed order": async () => {
    await program.handleOrderCompleted(referred(), ORDER);
    same(await salesOf(refport), [["abc123", "cus_123", 4999, "usd", "ord_1"]]);
  },
  "an organic order reports nothing": async () => {
    await program.handleOrderCompleted(organic(), ORDER);
    same((await refport.books()).totals.requests, 0, "the requests");
  },
  "an order that is delivered twice is one sale": async () => {
    const results = [await program.deduplicated(referred(), ORDER), await program.deduplicated(referred(), ORDER)];
    same(results.map(({ outcome, error }) => [outcome, error]), [["recorded", null], ["duplicate", null]]);
    same((await refport.books()).totals.sales, 1, "the sales");
  },
});

const apiChecks = (refport, program) => ({
  "track.lead": async () => {
    same((await program.lead()).data, {
      eventName: "Sign Up",
      click: { id: "clk_xyz" },
      link: { id: "lnk_abc", domain: "go.yoursite.com", key: "alice", url: "https://yoursite.com", programId: "prog_001" },
      customer: { externalId: "user_001", email: ALICE, name: null },
    });
    same(await leadsOf(refport), [["abc123", "Sign Up", "user_001"]]);
  },
  "track.sale": async () => {
    same((await program.sale()).data.sale, {
      id: "sale_xyz", amount: 4900, currency: "usd", commissionAmount: 490, status: "pending", invoiceId: "inv_001", paymentProcessor: "stripe",
    });
    same(await salesOf(refport), [["abc123", "user_001", 4900, "usd", "inv_001"]]);
  },
  "track_lead": async () => {
    same(await (await program.signUp(referred(), "user_001")).json(), { outcome: "recorded", link: "alice" });
    same(await (await program.signUp(organic(), "user_002")).json(), { outcome: "skipped", link: null });
    same(await leadsOf(refport), [["abc123", "Sign Up", "user_001"]]);
  },
  "track_sale": async () => {
    const order = { id: "inv_001", userId: "user_001", cents: 4900 };
    const told = [];
    for (const request of [referred(), referred(), organic()]) told.push(await (await program.checkout(request, order)).json());
    same(told.map(({ outcome, sale }) => [outcome, sale?.id ?? null]), [["recorded", "sale_xyz"], ["duplicate", null], ["skipped", null]]);
    same(await salesOf(refport), [["abc123", "user_001", 4900, "usd", "inv_001"]]);
  },
});

const guideChecks = (api, refcampaign, program) => ({
  "initialise": () => must(program.initialise() instanceof api.RefCampaign, "it is no client"),
  "where the client sends to by default, and on staging": async () => {
    const urls = [];
    const fetch = (url) => (urls.push(url), new Response('{"success":true}'));
    await program.initialise().ping({ fetch });
    await program.staging(fetch).ping();
    same(urls, ["https://app.refcampaign.com/api/v1/ping", "https://app.test.refcampaign.com/api/v1/ping"]);
  },
  "track": async () => {
    const { outcome, externalId, commissionAmount } = await program.track("rcs_7fKj2");
    same([outcome, externalId, commissionAmount], ["recorded", "ord_42", 499]);
    same(await conversionsOf(refcampaign), [["ord_42", "SALE", 4990, "EUR", "sessionId"]]);
    same((await refcampaign.books()).requests.map(({ path }) => path), ["/api/v1/conversions/postback"]);
  },
  "track again is one conversion": async () => {
    same([(await program.track("rcs_7fKj2")).outcome, (await program.track("rcs_7fKj2")).outcome], ["recorded", "duplicate"]);
    same((await refcampaign.books()).totals.conversions, 1);
  },
  "track by hash, after identify": async () => {
    same(await program.identify("rcs_7fKj2", api.hashEmail(ALICE)), { identified: true, error: null });
    const { outcome, externalId } = await program.trackByHash({ email: "Alice@Example.com" });
    same(outcome, "recorded");
    same(await conversionsOf(refcampaign), [[externalId, "SALE", 4990, "EUR", "customerEmailHash"]]);
  },
  "the guide's hash is hashEmail's": async () => {
    await program.identify("rcs_7fKj2", api.hashEmail(` ${ALICE.toUpperCase()} `));
    same((await program.trackByHash({ email: ALICE })).outcome, "recorded");
  },
  "identify twice does no harm": async () => {
    for (const _ of [1, 2]) same((await program.identify("rcs_7fKj2", api.hashEmail(ALICE))).identified, true);
  },
  "identify sends no key": async () => {
    let headers;
    const fetch = (_, init) => ((headers = new Headers(init.headers)), new Response("{}"));
    const client = new api.RefCampaign({ apiKey: "rc_test_secret", fetch });
    await client.tracking.identify({ sessionId: "rcs_7fKj2", customerEmailHash: api.hashEmail(ALICE) });
    same(headers.has("authorization"), false);
  },
  "the Route Handler": async () => {
    const paid = { sessionId: "rcs_7fKj2", amount: 49.9, currency: "EUR", orderId: "ord_43" };
    const request = new Request("https://shop.test/api/checkout/complete", { method: "POST", body: JSON.stringify(paid) });
    same(await (await program.POST(request)).json(), { ok: true });
    same(await conversionsOf(refcampaign), [["ord_43", "SALE", 4990, "EUR", "sessionId"]]);
  },
  "error handling: VALIDATION_FAILED with the service's details": async () => {
    // What the service would refuse is not even sent, so the currency is lost on the way.
    const fetch = (url, init) => globalThis.fetch(url, { ...init, body: init.body.replace('"currency":"EUR",', "") });
    same(await thrown(api, program, refcampaign, { fetch }), ["RefCampaignError", "VALIDATION_FAILED", [[{ path: ["currency"], message: "Required" }]]]);
  },
  "error handling: VALIDATION_FAILED before anything is sent": async () => {
    const [name, code, [details]] = await thrown(api, program, refcampaign, {}, { amount: "49,90" });
    same([name, code, details.map(({ path }) => path)], ["RefCampaignError", "VALIDATION_FAILED", [["amount"]]]);
    same((await refcampaign.books()).requests, [], "the requests");
  },
  "error handling: RATE_LIMIT_EXCEEDED": async () => {
    await refcampaign.control.rateLimit({ refuseNext: 9, retryAfter: "60" });
    same(await thrown(api, program, refcampaign), ["RefCampaignError", "RATE_LIMIT_EXCEEDED", ["back off"]]);
  },
  "error handling: any other code": async () => {
    same(await thrown(api, program, refcampaign, { apiKey: "rc_test_wrong" }), ["RefCampaignError", "UNAUTHORIZED", []]);
  },

});

/** What the guide's error handling throws, and what it logs before. */
async function thrown({ RefCampaign }, program, { url }, options = {}, params = {}) {
  const client = new RefCampaign({ apiKey: process.env.REFCAMPAIGN_API_KEY, apiUrl: url, ...options });
  const lines = [];
  const order = { externalId: "ord_44", sessionId: "rcs_7fKj2", amount: 49.9, currency: "EUR", ...params };
  const error = await program.errors(client, order, (told) => void lines.push(told)).then(() => null, (reason) => reason);
  return [error?.name, error?.code, lines];
}

const javaScriptChecks = (refport, refcampaign, program) => ({
  "Refport's quick start": async () => quickStartIsRight(refport, await program.refportQuickStart()),
  "Refport's error handling": async () => {
    same(await logged(program.refportErrorHandling, SALE), [["sale_xyz"]]);
    const [[, status, code]] = await logged(program.refportErrorHandling, { ...SALE, clickId: "nobody" });
    same([status, code], [400, "INVALID_CLICK_ID"]);
  },
  "Refport's helpers": () => same(program.helpers(referred()), ["abc123", "abc123"]),
  "track_lead and track_sale": async () => {
    const results = await program.functions(referred());
    same(results.map(({ outcome }) => outcome), ["recorded", "recorded", "duplicate"]);
    same((await refport.books()).totals.money, [{ currency: "usd", amount: 4900, commission: 490 }]);
  },
  "RefCampaign's guide": async () => {
    const { bound, conversion } = await program.refcampaignGuide(referred(), ALICE);
    same([bound.identified, conversion.outcome, conversion.externalId], [true, "recorded", "ord_42"]);
    same(await conversionsOf(refcampaign), [["ord_42", "SALE", 4990, "EUR", "customerEmailHash"]]);
  },
  "a package that is required": async () => {
    const data = await require("./samples/required.cjs").quickStart("a=1; refp_id=abc123");
    same([data.sale.id, await salesOf(refport)], ["sale_xyz", [["abc123", "cus_123", 4999, "usd", null]]]);
  },
});
