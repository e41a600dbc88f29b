// What the API pages of a lead and a sale give as their SDK equivalent, and the same with the functions that take a request.

import { Refport, track_lead, track_sale } from "refport-edge";
import type { RefportConfig } from "refport-edge";

const config: RefportConfig = { apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL! };
const refport = new Refport(config);

export const lead = () =>
  refport.track.lead({
    clickId: "abc123",
    eventName: "Sign Up",
    customerExternalId: "user_001",
    customerEmail: "alice@example.com",
  });

export const sale = () =>
  refport.track.sale({
    clickId: "abc123",
    customerExternalId: "user_001",
    amount: 4900,
    currency: "usd",
    invoiceId: "inv_001",
    paymentProcessor: "stripe",
  });

/** A handler that reports a sign-up. The click ID is read from the request. */
export async function signUp(request: Request, userId: string): Promise<Response> {
  const result = await track_lead(request, { customerExternalId: userId, eventName: "Sign Up" }, config);
  if (result.outcome === "failed") console.error(result.error);
  return Response.json({ outcome: result.outcome, link: result.data?.link.key ?? null });
}

/** A handler that reports a purchase. */
export async function checkout(request: Request, order: { id: string; userId: string; cents: number }): Promise<Response> {
  const result = await track_sale(
    request,
    { customerExternalId: order.userId, amount: order.cents, currency: "usd", invoiceId: order.id },
    config,
  );
  return Response.json({ outcome: result.outcome, sale: result.data?.sale ?? null });
}
