// Deno: deno run --allow-net --allow-env deno.ts

import { track_sale } from "refport-edge";

const refport = { apiKey: Deno.env.get("REFPORT_API_KEY")!, baseUrl: Deno.env.get("REFPORT_BASE_URL") };

Deno.serve({ port: Number(Deno.env.get("PORT") ?? 8000) }, async (request) => {
  if (request.method !== "POST") return new Response("POST an order", { status: 405 });
  const { orderId, customerId } = await request.json();
  const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  const { outcome, error } = await track_sale(request, sale, refport);
  if (outcome === "failed") console.error(error);
  return Response.json({ orderId });
});
