// SvelteKit: src/routes/checkout/+server.ts

import { json } from "@sveltejs/kit";
import { track_sale } from "refport-edge";
import type { RequestHandler } from "./$types";

export const POST: RequestHandler = async (event) => {
  const { orderId, customerId } = await event.request.json();
  const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  const refport = { apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL };
  const { outcome, error } = await track_sale(event, sale, refport);
  if (outcome === "failed") console.error(error);
  return json({ orderId });
};
