// Next.js: the sale is reported after the response. The click is read before, while there is a request.

import { after } from "next/server";
import { getClickIdFromRequest, track_sale } from "refport-edge";

export async function POST(request: Request) {
  const { orderId, customerId } = await request.json();
  const clickId = getClickIdFromRequest(request);
  const sale = { clickId, customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  const refport = { apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL };
  after(async () => {
    const { outcome, error } = await track_sale(null, sale, refport);
    if (outcome === "failed") console.error(error);
  });
  return Response.json({ orderId });
}
