import assert from "node:assert/strict";
import { test } from "node:test";
import { track_sale } from "refport-edge";

test("a sale is sent once more after a 503", async () => {
  const answers = [new Response(null, { status: 503 }), Response.json(recorded())];
  const { outcome, attempts } = await track_sale(
    "https://shop.example/?refp_id=clk_1",
    { customerExternalId: "user_9", amount: 4900, invoiceId: "in_9" },
    { apiKey: "test", fetch: () => answers.shift() },
  );
  assert.deepEqual([outcome, attempts], ["recorded", 2]);
});

/** What the service answers. */
function recorded() {
  const customer = { externalId: "user_9", email: null, name: null };
  const sale = { id: "s_1", amount: 4900, currency: "usd", commissionAmount: 490, status: "pending", invoiceId: "in_9", paymentProcessor: "custom" };
  return { eventName: "Purchase", customer, sale };
}
