// #region page
import assert from "node:assert/strict";
import { test } from "node:test";
import { track_sale } from "refport-edge";
import { fakeRefport } from "refport-edge/testing";

test("a sale survives a 429", async () => {
  const fake = fakeRefport({ script: [429, "recorded"] });
  const sale = { customerExternalId: "user_1", amount: 4900, currency: "usd", invoiceId: "in_1" };
  const config = { apiKey: "rk_test", fetch: fake.fetch };
  const result = await track_sale("https://shop.example/?refp_id=abc123", sale, config);
  assert.equal(result.outcome, "recorded");
  assert.deepEqual(fake.ledger.sales, [{ clickId: "abc123", ...sale }]);
});
// #endregion page
