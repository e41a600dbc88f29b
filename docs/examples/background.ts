import { track_sale } from "refport-edge";

export default {
  async fetch(request: Request, env: { REFPORT_API_KEY: string }, ctx: Context): Promise<Response> {
    const sale = { customerExternalId: "user_7", amount: 4900, currency: "usd", invoiceId: "in_7" };
    // Called with its object: a detached `waitUntil` throws.
    ctx.waitUntil(report(request, sale, env));
    return Response.json({ paid: true });
  },
};

async function report(request: Request, sale: Parameters<typeof track_sale>[1], env: { REFPORT_API_KEY: string }) {
  const { outcome, error } = await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
  if (outcome === "failed") console.error(error);
}

interface Context {
  waitUntil(promise: Promise<unknown>): void;
}
