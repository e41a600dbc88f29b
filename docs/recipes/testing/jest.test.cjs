const { track_sale } = require("refport-edge");
const { fakeRefport } = require("refport-edge/testing");

test("a sale survives a rate limit", async () => {
  const fake = fakeRefport({ script: [429, "recorded"] });
  const sale = { clickId: "abc123", customerExternalId: "user_1", amount: 4900, invoiceId: "in_1" };
  await track_sale(null, sale, { apiKey: "rk_test", fetch: fake.fetch });
  expect(fake.ledger.sales).toEqual([sale]);
});
