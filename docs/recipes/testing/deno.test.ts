import { deepStrictEqual } from "node:assert";
import { track_sale } from "refport-edge";
import { fakeRefport } from "refport-edge/testing";

Deno.test("a sale survives a rate limit", async () => {
  const fake = fakeRefport({ script: [429, "recorded"] });
  const sale = { clickId: "abc123", customerExternalId: "user_1", amount: 4900, invoiceId: "in_1" };
  await track_sale(null, sale, { apiKey: "rk_test", fetch: fake.fetch });
  deepStrictEqual(fake.ledger.sales, [sale]);
});
