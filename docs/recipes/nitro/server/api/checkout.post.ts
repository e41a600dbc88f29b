// Nuxt and Nitro: server/api/checkout.post.ts

import { track_sale } from "refport-edge";

export default defineEventHandler(async (event) => {
  const { orderId, customerId } = await readBody(event);
  const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  const refport = { apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL };
  const { outcome, error } = await track_sale(event, sale, refport);
  if (outcome === "failed") console.error(error);
  return { orderId };
});
