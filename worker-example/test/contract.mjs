// Proves the fake service against the golden vectors of the wire (tests/golden/wire.json), and the few things about it
// that no vector can say: the partner's link, Retry-After, what the ledger keeps.
// In: nothing. Out: one line for each case, then "N passed, M failed"; exit 1 when M is not 0.
// Not its job: the client, the shop.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../local/bundle.mjs";
import { controlOf, ROOT, serviceWorker, start } from "../local/workers.mjs";

const KEY = "YOUR_API_KEY"; // the key of the documented examples
const vectors = JSON.parse(await readFile(join(ROOT, "../tests/golden/wire.json"), "utf8"));
const vector = (name) => vectors.find((one) => one.name === name);

// What has to be true at the service before a vector's request arrives; for the others the seeds are enough.
const BEFORE = {
  "lead: too many requests": (at) => at.control.rateLimit({ refuseNext: 1 }),
  "sale: the invoice is on the books already": (at) => at.send(vector("sale: the documented example").request),
  "sale: too many requests": (at) => at.control.rateLimit({ refuseNext: 1 }),
  "embed token: no active program": (at) => at.control.program({ active: false }),
  "embed token: too many requests": (at) => at.control.rateLimit({ refuseNext: 1 }),
};

const MORE = {
  "every arrangement belongs to a vector": async () => {
    assert.deepEqual(Object.keys(BEFORE).filter((name) => !vector(name)), []);
  },
  "a partner's link records a click and sends the visitor on with its ID": async (at) => {
    const before = (await at.control.ledger()).totals.clicks;
    const response = await fetch(`${at.url}/r/alice`, { redirect: "manual" });
    const landing = new URL(response.headers.get("location"));
    const { totals, clicks } = await at.control.ledger();
    assert.deepEqual([response.status, landing.origin], [302, "https://yoursite.com"]);
    assert.equal(totals.clicks, before + 1);
    assert.ok(clicks.some((click) => click.id === landing.searchParams.get("refp_id") && click.link === "alice"));
  },
  "a link nobody made is a 404 and no click": async (at) => {
    const before = (await at.control.ledger()).totals.clicks;
    assert.equal((await fetch(`${at.url}/r/nobody`, { redirect: "manual" })).status, 404);
    assert.equal((await at.control.ledger()).totals.clicks, before);
  },
  "the rate limit refuses as often as it was told, with its Retry-After": async (at) => {
    await at.control.rateLimit({ refuseNext: 2, retryAfter: "1" });
    const { request } = vector("sale: the documented example");
    const answers = [await at.send(request), await at.send(request), await at.send(request)];
    assert.deepEqual(answers.map((answer) => answer.status), [429, 429, 200]);
    assert.deepEqual(answers.map((answer) => answer.headers.get("retry-after")), ["1", "1", null]);
  },
  "two sales with one invoice at once are one sale": async (at) => {
    const { request } = vector("sale: the documented example");
    const statuses = (await Promise.all([at.send(request), at.send(request)])).map((answer) => answer.status);
    assert.deepEqual(statuses.sort(), [200, 409]);
    assert.equal((await at.control.ledger()).totals.sales, 1);
  },
  "two sales without an invoice are two sales": async (at) => {
    const { request } = vector("sale: the documented example");
    const { invoiceId: _, ...body } = request.body;
    for (const _ of [1, 2]) assert.equal((await at.send({ ...request, body })).status, 200);
    assert.equal((await at.control.ledger()).totals.sales, 2);
  },
  "a validation message names every field at fault": async (at) => {
    const { request } = vector("sale: the documented example");
    const answer = await at.send({ ...request, body: { clickId: 7, metadata: [], paymentProcessor: "cash" } });
    const { message } = (await answer.json()).error;
    for (const field of ["clickId", "customerExternalId", "amount", "metadata", "paymentProcessor"]) {
      assert.ok(message.includes(field), `${field} is not named in: ${message}`);
    }
  },
  "a body that is not JSON is a validation error": async (at) => {
    const answer = await at.send({ ...vector("sale: the documented example").request, body: undefined });
    assert.deepEqual([answer.status, (await answer.json()).error.code], [400, "VALIDATION_ERROR"]);
  },
  "an undocumented path or method is a 404": async (at) => {
    const { request } = vector("sale: the documented example");
    assert.equal((await at.send({ ...request, path: "/api/track/refund" })).status, 404);
    assert.equal((await at.send({ ...request, method: "PUT" })).status, 404);
  },
  "the ledger notes every request and its answer, and never the key": async (at) => {
    await at.send(vector("sale: the documented example").request);
    await at.send(vector("sale: a wrong key").request);
    const ledger = await at.control.ledger();
    assert.deepEqual(
      ledger.requests.map(({ path, status, code }) => [path, status, code]),
      [["/api/track/sale", 200, null], ["/api/track/sale", 401, "UNAUTHORIZED"]],
    );
    assert.deepEqual(ledger.totals.money, [{ currency: "usd", amount: 4900, commission: 490 }]);
    assert.ok(!JSON.stringify(ledger).includes("_KEY"));
  },
};

const running = await start([serviceWorker(await bundle(join(ROOT, "fake-refport")), KEY)]);
const at = {
  url: running.url,
  control: controlOf(running.url),
  send: ({ method, path, headers, body }) =>
    fetch(running.url + path, { method, headers, body: body === undefined ? "{" : JSON.stringify(body) }),
};

let failed = 0;
const cases = [...vectors.map((one) => [one.name, () => prove(one)]), ...Object.entries(MORE)];
for (const [name, check] of cases) {
  try {
    await seed();
    await check(at);
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}: ${error.message}`);
  }
}
await running.stop();
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

// The click, link, sale and token the documentation's examples speak of.
async function seed() {
  await at.control.reset();
  await at.control.link({
    id: "lnk_abc", domain: "go.yoursite.com", key: "alice", url: "https://yoursite.com", programId: "prog_001",
  });
  await at.control.click({ id: "abc123", publicId: "clk_xyz", link: "alice" });
  await at.control.click({ id: "nolink1", link: null });
  await at.control.nextIds({ sale: "sale_xyz", publicToken: "pt_abc123...", expires: "2024-01-15T12:30:00.000Z" });
}

async function prove({ name, request, response }) {
  await BEFORE[name]?.(at);
  const answer = await at.send(request);
  const body = await answer.json();
  assert.equal(answer.headers.get("content-type"), "application/json");
  assert.deepEqual({ status: answer.status, body: withoutAny(body, response.body) }, response);
}

// Where a vector says "any", whatever text the service sent is right: the documentation does not print it.
function withoutAny(body, wanted) {
  if (wanted === "any" && typeof body === "string" && body !== "") return "any";
  if (typeof body !== "object" || body === null || typeof wanted !== "object" || wanted === null) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, withoutAny(value, wanted[key])]));
}
