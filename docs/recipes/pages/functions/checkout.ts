// Cloudflare Pages: functions/checkout.ts answers POST /checkout.

import { track_sale } from "refport-edge";

export const onRequestPost: PagesFunction<Env> = async ({ request, env, waitUntil }) => {
  const { orderId, customerId } = await request.json<{ orderId: string; customerId: string }>();
  const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  waitUntil(track_sale(request, sale, { apiKey: env.REFPORT_API_KEY, baseUrl: env.REFPORT_BASE_URL }));
  return Response.json({ orderId });
};

interface Env {
  REFPORT_API_KEY: string;
  REFPORT_BASE_URL?: string;
}
