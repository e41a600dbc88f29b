// What the fake Refport service is held to: the vectors of tests/golden/wire.json, and the few things that no vector
// can say: the partner's link, Retry-After, what the ledger keeps.
// In: the service, running and seeded (`at`). Out: what has to be arranged, and the further cases.
// Not its job: running anything (contract.mjs).

import assert from "node:assert/strict";
import { readVectors } from "./vectors.mjs";

export const [name, folder] = ["fake-refport", "fake-refport"];
export const KEY = "YOUR_API_KEY"; // the key of the documented examples
export const vectors = await readVectors("wire.json");

const vector = (name) => vectors.find((one) => one.name === name);

/** The click, link, sale and token the documentation's examples speak of. */
export async function seed(at) {
  await at.control.reset();
  await at.control.link({
    id: "lnk_abc", domain: "go.yoursite.com", key: "alice", url: "https://yoursite.com", programId: "prog_001",
  });
  await at.control.click({ id: "abc123", publicId: "clk_xyz", link: "alice" });
  await at.control.click({ id: "nolink1", link: null });
  await at.control.nextIds({ sale: "sale_xyz", publicToken: "pt_abc123...", expires: "2024-01-15T12:30:00.000Z" });
}

/** What has to be true at the service before a vector's request arrives; for the others the seeds are enough. */
export const BEFORE = {
  "lead: too many requests": (at) => at.control.rateLimit({ refuseNext: 1 }),
  "sale: the invoice is on the books already": (at) => at.send(vector("sale: the documented example").request),
  "sale: too many requests": (at) => at.control.rateLimit({ refuseNext: 1 }),
  "embed token: no active program": (at) => at.control.program({ active: false }),
  "embed token: too many requests": (at) => at.control.rateLimit({ refuseNext: 1 }),
};

export const MORE = {
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
