// Stripe's events, signed by its own library.

export const STRIPE = {
  bindings: () => ({
    STRIPE_API_KEY: { type: "text", value: "sk_test_123" }, STRIPE_WEBHOOK_SECRET: { type: "text", value: "whsec_test" },
    STRIPE_PRICE: { type: "text", value: "price_1" },
  }),
};

const SESSION = {
  id: "cs_1", object: "checkout.session", mode: "payment", amount_total: 4900, currency: "usd", payment_status: "paid",
  client_reference_id: "user_1", customer: "cus_1", metadata: { refportClickId: "abc123", refportExternalCustomerId: "user_1" },
};
const EVENTS = {
  paid: ["checkout.session.completed", {}],
  unpaid: ["checkout.session.completed", { payment_status: "unpaid" }],
  organic: ["checkout.session.completed", { metadata: {} }],
  other: ["customer.created", {}],
};

export async function signedByStripe(kit, name) {
  const { default: Stripe } = await kit.import("stripe");
  const [type, change] = EVENTS[name];
  const event = { id: "evt_1", object: "event", type, created: Math.floor(Date.now() / 1000), data: { object: { ...SESSION, ...change } } };
  const body = JSON.stringify(event);
  const signature = new Stripe("sk_test_123").webhooks.generateTestHeaderString({ payload: body, secret: "whsec_test" });
  return { body, headers: { "stripe-signature": signature, "content-type": "application/json" } };
}
