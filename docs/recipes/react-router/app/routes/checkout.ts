// React Router: app/routes/checkout.ts, a resource route.

import { track_sale } from "refport-edge";
import type { ActionFunctionArgs } from "react-router";

export async function action({ request }: ActionFunctionArgs) {
  const { orderId, customerId } = await request.json();
  const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  const refport = { apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL };
  const { outcome, error } = await track_sale(request, sale, refport);
  if (outcome === "failed") console.error(error);
  return Response.json({ orderId });
}
