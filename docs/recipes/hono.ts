// Hono, on Cloudflare Workers. On another runtime only the last line differs.

import { Hono } from "hono";
import { track_sale } from "refport-edge";

const app = new Hono<{ Bindings: { REFPORT_API_KEY: string; REFPORT_BASE_URL?: string } }>();

app.post("/checkout", async (c) => {
  const { orderId, customerId } = await c.req.json();
  const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  const { outcome, error } = await track_sale(c, sale, { apiKey: c.env.REFPORT_API_KEY, baseUrl: c.env.REFPORT_BASE_URL });
  if (outcome === "failed") console.error(error);
  return c.json({ orderId });
});

export default app;
