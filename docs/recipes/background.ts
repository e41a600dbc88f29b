// Cloudflare Workers, with the option waitUntil: the call returns at once, and `onResult` gets the end.

import { track_sale } from "refport-edge";

export default {
  async fetch(request, env, ctx): Promise<Response> {
    const { orderId, customerId } = await request.json<{ orderId: string; customerId: string }>();
    const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
    await track_sale(request, sale, {
      apiKey: env.REFPORT_API_KEY,
      baseUrl: env.REFPORT_BASE_URL,
      waitUntil: ctx,
      onResult: (record) => console.log(JSON.stringify(record)),
    });
    return Response.json({ orderId });
  },
} satisfies ExportedHandler<{ REFPORT_API_KEY: string; REFPORT_BASE_URL?: string }>;
