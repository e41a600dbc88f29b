// Cloudflare Workers: the sale is reported after the response, so that no shopper waits for it.

import { track_sale } from "refport-edge";

export default {
  async fetch(request, env, ctx): Promise<Response> {
    const { orderId, customerId } = await request.json<Order>();
    const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
    ctx.waitUntil(report(track_sale(request, sale, { apiKey: env.REFPORT_API_KEY, baseUrl: env.REFPORT_BASE_URL })));
    return Response.json({ orderId });
  },
} satisfies ExportedHandler<Env>;

/** A report never rejects: what went wrong is in its result. */
async function report(sale: ReturnType<typeof track_sale>) {
  const { outcome, error } = await sale;
  if (outcome === "failed") console.error(error);
}

interface Order {
  orderId: string;
  customerId: string;
}

interface Env {
  /** `npx wrangler secret put REFPORT_API_KEY` */
  REFPORT_API_KEY: string;
  REFPORT_BASE_URL?: string;
}
