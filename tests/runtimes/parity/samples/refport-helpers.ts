// The helpers of `refport` 0.4, in the frameworks its npm page and its guide to direct sales name.

import type { IncomingMessage } from "node:http";
import { Refport, getClickIdFromCookie, getClickIdFromRequest } from "refport-edge";

const refport = new Refport({ apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL! });

interface Order {
  id: string;
  userId: string;
  amountCents: number;
}

/** Express, with a parser of cookies. */
export function express(req: { cookies: Record<string, string>; headers: Record<string, string> }) {
  const clickId = getClickIdFromRequest(req);
  return clickId;
}

/** A Web Request, as Next.js, Remix and others hand it to a route. */
export async function POST(request: Request) {
  const clickId = getClickIdFromRequest(request);
  return Response.json({ clickId });
}

export function plainHeaders() {
  return getClickIdFromRequest({ headers: { cookie: "refp_id=abc123" } });
}

export function nodeServer(req: IncomingMessage) {
  const clickId = getClickIdFromCookie(req.headers.cookie);
  return clickId;
}

export function ofHeader(cookieHeader: string | null | undefined, cookieName?: string) {
  return getClickIdFromCookie(cookieHeader, cookieName);
}

export async function handleOrderCompleted(req: Request, order: Order) {
  const clickId = getClickIdFromRequest(req);
  if (!clickId) return; // an organic customer

  await refport.track.sale({
    clickId,
    customerExternalId: order.userId,
    amount: order.amountCents,
    currency: "usd",
    eventName: "Purchase",
    invoiceId: order.id,
    paymentProcessor: "custom",
  });
}

export async function deduplicated(req: Request, order: Order) {
  const clickId = getClickIdFromRequest(req);
  if (!clickId) return;
  return refport.track.sale({
    clickId,
    customerExternalId: order.userId,
    amount: order.amountCents,
    invoiceId: order.id,
  });
}
