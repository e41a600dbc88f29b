// AWS Lambda behind an HTTP API (payload format 2.0). Lambda freezes when the handler returns, so the report is awaited.

import { track_sale } from "refport-edge";

const refport = { apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL };

export async function handler(event: { body: string }) {
  const { orderId, customerId } = JSON.parse(event.body);
  const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  const { outcome, error } = await track_sale(event, sale, refport);
  if (outcome === "failed") console.error(error);
  return { statusCode: 200, body: JSON.stringify({ orderId }) };
}
