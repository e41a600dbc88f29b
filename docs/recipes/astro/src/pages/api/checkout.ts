// Astro: src/pages/api/checkout.ts

import type { APIRoute } from "astro";
import { track_sale } from "refport-edge";

export const prerender = false;

export const POST: APIRoute = async (context) => {
  const { orderId, customerId } = await context.request.json();
  const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  const refport = { apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL };
  const { outcome, error } = await track_sale(context, sale, refport);
  if (outcome === "failed") console.error(error);
  return Response.json({ orderId });
};
