// What a recipe is held to: what it answers, and what is on the books of the service afterwards.
//
// In: the running program (`shop.send`), its fake service. Out: nothing, or an error.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

export const KEY = "rk_test_of_the_recipes";

const WAIT_MS = 10_000;
const CLICK = { cookie: "other=1; refp_id=abc123" };
const ORDER = { orderId: "ord_1", customerId: "user_1" };
const SALE = { clickId: "abc123", customerExternalId: "user_1", amount: 4900, currency: "usd", invoiceId: "ord_1" };

/** An order of a visitor with a click, one without, and one while the service is down. */
export const checkout = (path = "/checkout", waitMs = WAIT_MS) => async ({ shop, fake }) => {
  const order = async (body, headers) => {
    const answer = await shop.send("POST", path, { headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
    assert.deepEqual([answer.status, JSON.parse(answer.text)], [200, { orderId: body.orderId }], answer.text);
  };
  await order(ORDER, CLICK);
  await until(() => assert.deepEqual(fake.ledger.sales, [SALE]), waitMs);
  await order({ ...ORDER, orderId: "ord_2" }, {});
  fake.outage(503);
  await order({ ...ORDER, orderId: "ord_3" }, CLICK);
  await until(() => assert.equal(fake.requests.length, 4), waitMs);
  fake.outage(null);
  assert.deepEqual(fake.ledger.sales, [SALE]);
  assert.ok(fake.requests.every(({ body }) => body.invoiceId !== "ord_2"));
};

/** A link sets the cookie, past all caches; a page without one sets none. */
export const capture = (path = "/") => async ({ shop }) => {
  const headers = {
    accept: "text/html", "sec-fetch-dest": "document", "sec-fetch-mode": "navigate",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  };
  const landing = await shop.send("GET", `${path}?refp_id=clk_1`, { headers });
  assert.match(landing.setCookies.join(), /^refp_id=clk_1;.*Path=\//i, `${landing.status} ${landing.text.slice(0, 300)}`);
  assert.match(landing.headers["cache-control"] ?? "", /no-store/);
  const plain = await shop.send("GET", path, { headers });
  assert.deepEqual([plain.status, plain.setCookies], [200, []], plain.text.slice(0, 300));
};

/** An event of a provider's, delivered more than once, while the service is down, and forged. */
export const webhook = (path, signed, invoiceId) => async ({ shop, fake, kit }) => {
  const send = async (event, change = (body) => body) => {
    const { body, headers } = await signed(kit, event);
    return (await shop.send("POST", path, { headers, body: change(body) })).status;
  };
  assert.equal(await send("paid"), 200);
  assert.deepEqual(fake.ledger.sales.map((sale) => [sale.clickId, sale.amount, sale.invoiceId]), [["abc123", 4900, invoiceId]]);
  assert.equal(await send("paid"), 200, "a duplicate is done");
  assert.equal(fake.requests.at(-1).status, 409);
  fake.outage(503);
  assert.equal(await send("paid"), 503, "what may become better comes again");
  fake.outage(null);
  const before = fake.requests.length;
  assert.equal(await send("paid", (body) => body.replace("4900", "4901")), 400, "a forged event is refused");
  for (const event of ["unpaid", "organic", "other"]) assert.equal(await send(event), 200, event);
  assert.equal(fake.requests.length, before, "nothing is sent for what is no sale");
  fake.outage(401);
  assert.equal(await send("paid"), 200, "what cannot become better is done");
};

/** Until it no longer throws. */
export async function until(check, waitMs = WAIT_MS) {
  const end = Date.now() + waitMs;
  for (;;) {
    try {
      return check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(20);
    }
  }
}
