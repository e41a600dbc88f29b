// Next.js: a route handler.

import { track_sale } from "refport-edge";

export async function POST(request: Request) {
  const { orderId, customerId } = await request.json();
  const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  const refport = { apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL };
  const { outcome, error } = await track_sale(request, sale, refport);
  if (outcome === "failed") console.error(error);
  return Response.json({ orderId });
}
