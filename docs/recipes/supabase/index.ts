// A Supabase function: supabase/functions/checkout/index.ts, with "refport-edge": "npm:refport-edge" in its deno.json.

import { track_sale } from "refport-edge";

const refport = { apiKey: Deno.env.get("REFPORT_API_KEY")!, baseUrl: Deno.env.get("REFPORT_BASE_URL") };

Deno.serve(async (request) => {
  const { orderId, customerId } = await request.json();
  const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  EdgeRuntime.waitUntil(track_sale(request, sale, refport));
  return Response.json({ orderId });
});

declare const EdgeRuntime: { waitUntil(work: Promise<unknown>): void };
