// What the fake RefCampaign service is held to: the vectors of tests/golden/wire_refcampaign.json, and what no vector
// can say: the affiliate's link, who a conversion is credited to, what the ledger keeps.
// In: the service, running and seeded (`at`). Out: what has to be arranged, and the further cases.
// Not its job: running anything (contract.mjs).

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readVectors } from "./vectors.mjs";

export const [name, folder] = ["fake-refcampaign", "fake-refcampaign"];
export const KEY = "YOUR_API_KEY"; // as in the vectors
export const vectors = await readVectors("wire_refcampaign.json");

const vector = (name) => vectors.find((one) => one.name === name);
const { request: postback } = vector("postback: the documented example");
const { request: refund } = vector("refund: all of an approved conversion");
const { request: identify } = vector("identify: as the reference has it");

/** The click, affiliate and IDs the vectors speak of. */
export async function seed(at) {
  await at.control.reset();
  await at.control.link({ code: "PARTNER10" });
  await at.control.click({ sessionId: "rcs_7fKj2", clickId: "clk_1", code: "PARTNER10" });
  await at.control.nextIds({ conversion: "cnv_3F7m2", commission: "cmm_9NkP1" });
}

const recorded = (at) => at.send(postback);
const approved = async (at) => {
  await at.send(postback);
  await at.control.approve({ externalId: "ord_42" });
};
const identified = (at) => at.send(identify);

/** What has to be true at the service before a vector's request arrives; for the others the seeds are enough. */
export const BEFORE = {
  "postback: the hash of an identified customer": identified,
  "postback: the e-mail address of an identified customer": identified,
  "postback: the external ID is on the books already": recorded,
  "postback: too many requests": (at) => at.control.rateLimit({ refuseNext: 1 }),
  "postback: the plan's quota is used up": (at) => at.control.quota({ usedUp: true }),
  "refund: all of an approved conversion": approved,
  "refund: a part of an approved conversion": approved,
  "refund: refunded already": async (at) => {
    await approved(at);
    await at.send(refund);
  },
  "refund: a pending conversion": recorded,
  "refund: more than the conversion": approved,
  "identify: too many requests": (at) => at.control.rateLimit({ refuseNext: 1 }),
};

export const MORE = {
  "an affiliate's link records a click and sends the visitor on with its session": async (at) => {
    const response = await fetch(`${at.url}/r/bob`, { redirect: "manual" });
    const landing = new URL(response.headers.get("location"));
    const { totals, clicks } = await at.control.ledger();
    assert.deepEqual([response.status, landing.pathname, totals.clicks], [302, "/", 2]);
    assert.deepEqual([clicks[1].sessionId, clicks[1].affiliateCode], [landing.searchParams.get("_rcid"), "bob"]);
    assert.match(clicks[1].sessionId, /^[A-Za-z0-9_-]{8,}$/);
  },
  "a link nobody made is a 404 and no click": async (at) => {
    assert.equal((await fetch(`${at.url}/r/nobody`, { redirect: "manual" })).status, 404);
    assert.equal((await at.control.ledger()).totals.clicks, 1);
  },
  "two conversions with one external ID at once are one conversion": async (at) => {
    const answers = await Promise.all([at.send(postback), at.send(postback), at.send(postback)]);
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, 409, 409]);
    const { totals } = await at.control.ledger();
    assert.deepEqual([totals.conversions, totals.money], [1, [{ currency: "EUR", amount: 4990, commission: 499 }]]);
  },
  "a repeat can also get the first answer again, and is still one conversion": async (at) => {
    await at.control.repeats({ answer: "first" });
    const answers = [await at.send(postback), await at.send(postback)];
    assert.deepEqual(answers.map((answer) => answer.status), [201, 201]);
    const [first, second] = await Promise.all(answers.map((answer) => answer.json()));
    assert.deepEqual(second.data, first.data);
    assert.equal((await at.control.ledger()).totals.conversions, 1);
  },
  "what nobody is credited with is on no book, and may come again": async (at) => {
    await at.send(vector("postback: nobody to credit").request);
    assert.deepEqual((await at.control.ledger()).totals.money, []);
    assert.equal((await at.send(postback)).status, 201);
  },
  "a session is credited before an e-mail hash, whatever the order": async (at) => {
    await at.control.click({ sessionId: "rcs_other", code: "bob" });
    await at.send({ ...identify, body: { ...identify.body, session_id: "rcs_other" } });
    const { customer_email_hash: customerEmailHash } = identify.body;
    await at.send({ ...postback, body: { customerEmailHash, affiliateCode: "bob", ...postback.body } });
    assert.deepEqual(await creditedOf(at), [["PARTNER10", "sessionId"]]);
  },
  "an unknown session leaves it to the next identifier": async (at) => {
    const body = { ...postback.body, sessionId: "rcs_nobody", affiliateCode: "bob" };
    assert.equal((await at.send({ ...postback, body })).status, 201);
    assert.deepEqual(await creditedOf(at), [["bob", "affiliateCode"]]);
  },
  "the first identify of a session stays": async (at) => {
    const another = sha256("mallory@example.com");
    for (const hash of [identify.body.customer_email_hash, another]) {
      const body = { ...identify.body, customer_email_hash: hash };
      assert.equal((await at.send({ ...identify, body })).status, 200);
    }
    const { clicks } = await at.control.ledger();
    assert.equal(clicks[0].customerEmailHash, identify.body.customer_email_hash);
    const { sessionId: _, ...body } = postback.body;
    const late = await at.send({ ...postback, body: { ...body, customerEmailHash: another } });
    assert.deepEqual((await late.json()).data, { success: false, error: "No attribution found" });
  },
  "an e-mail address is hashed and kept nowhere": async (at) => {
    await identified(at);
    await at.send({ ...postback, body: { ...postback.body, customerEmail: "alice@example.com" } });
    const { clicks, conversions } = await at.control.ledger();
    assert.equal(clicks[0].customerEmailHash, sha256("alice@example.com"));
    assert.ok(!JSON.stringify([clicks, conversions]).includes("@"));
  },
  "a refund takes off its share of the commission, once": async (at) => {
    await approved(at);
    const { request } = vector("refund: a part of an approved conversion");
    await at.send(request);
    await at.send(refund);
    const { totals, conversions } = await at.control.ledger();
    assert.deepEqual(totals.money, [{ currency: "EUR", amount: 3990, commission: 399 }]);
    assert.deepEqual([conversions[0].status, conversions[0].refunded], ["REFUNDED", 1000]);
  },
  "a refunded conversion is still known, and only a pending one can be approved": async (at) => {
    await approved(at);
    await at.send(refund);
    assert.equal((await at.send(postback)).status, 409);
    assert.deepEqual(await at.control.approve({ externalId: "ord_42" }), { approved: false });
  },
  "an external ID has 1 to 255 characters, a reason 1 to 500": async (at) => {
    const statusOf = async (request, field, length) =>
      (await at.send({ ...request, body: { ...request.body, [field]: "x".repeat(length) } })).status;
    for (const length of [0, 256]) assert.equal(await statusOf(postback, "externalId", length), 400);
    assert.equal(await statusOf(postback, "externalId", 255), 201);
    await approved(at);
    for (const length of [0, 501]) assert.equal(await statusOf(refund, "reason", length), 400);
    assert.equal(await statusOf(refund, "reason", 500), 200);
  },
  "the details name every field at fault, and never its value": async (at) => {
    const wrong = { externalId: 7, amount: "secret", currency: null, customerEmailHash: "secret", metadata: [] };
    const body = { ...postback.body, ...wrong };
    const { error } = await (await at.send({ ...postback, body })).json();
    const named = ["externalId", "amount", "currency", "customerEmailHash", "metadata"];
    assert.deepEqual(error.details.map(({ path }) => path), named.map((field) => [field]));
    assert.ok(!JSON.stringify(error).includes("secret"));
  },
  "a body that is not JSON, or does not say that it is, is an invalid request": async (at) => {
    const plain = { ...postback, headers: { ...postback.headers, "content-type": "text/plain" } };
    for (const request of [{ ...postback, body: undefined }, plain]) {
      const answer = await at.send(request);
      assert.deepEqual([answer.status, (await answer.json()).error.code], [400, "INVALID_REQUEST"]);
    }
    assert.equal((await at.control.ledger()).totals.conversions, 0);
  },
  "the endpoints of the older documentation, and other methods, are a 404": async (at) => {
    for (const path of ["/api/v1/conversions/track", "/api/conversions/track", "/api/v1/conversions"]) {
      assert.equal((await at.send({ ...postback, path })).status, 404);
    }
    assert.equal((await at.send({ ...postback, method: "PUT" })).status, 404);
    assert.equal((await at.send({ ...identify, path: "/api/v1/ping" })).status, 404);
  },
  "identify asks for no key and does not look at one": async (at) => {
    for (const headers of [identify.headers, { ...identify.headers, authorization: "Bearer WRONG_KEY" }]) {
      assert.equal((await at.send({ ...identify, headers })).status, 200);
    }
  },
  "the rate limit refuses as often as it was told, with its Retry-After": async (at) => {
    await at.control.rateLimit({ refuseNext: 1, retryAfter: "1" });
    const answers = [await at.send(postback), await at.send(postback)];
    const told = answers.map((answer) => [answer.status, answer.headers.get("retry-after")]);
    assert.deepEqual(told, [[429, "1"], [201, null]]);
  },
  "every answer has a request ID of its own, and an error repeats it in its body": async (at) => {
    const answers = [await at.send(postback), await at.send(postback)];
    const ids = answers.map((answer) => answer.headers.get("x-request-id"));
    assert.equal(new Set(ids).size, 2);
    const [fine, repeated] = await Promise.all(answers.map((answer) => answer.json()));
    assert.deepEqual([fine.meta.requestId, repeated.meta.requestId], [undefined, ids[1]]);
    assert.ok(Math.abs(Date.parse(fine.meta.timestamp) - Date.now()) < 60_000, fine.meta.timestamp);
  },
  "the ledger notes every request and its answer, and never the key": async (at) => {
    await at.send(postback);
    await at.send(vector("postback: a wrong key").request);
    await at.send(vector("ping: a right key").request);
    const ledger = await at.control.ledger();
    assert.deepEqual(
      ledger.requests.map(({ path, status, code }) => [path, status, code]),
      [
        ["/api/v1/conversions/postback", 201, null],
        ["/api/v1/conversions/postback", 401, "UNAUTHORIZED"],
        ["/api/v1/ping", 200, null],
      ],
    );
    assert.ok(!JSON.stringify(ledger).includes("_KEY"));
  },
};

async function creditedOf(at) {
  const { conversions } = await at.control.ledger();
  return conversions.map(({ affiliateCode, attributedBy }) => [affiliateCode, attributedBy]);
}

function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}
