// What compiles in a Cloudflare Worker: its own Request, a service binding, and what may outlive the answer.

import { track_lead, track_sale } from "refport-edge";

interface Env {
  REFPORT_API_KEY: string;
  REFPORT: Fetcher;
}

export default {
  async fetch(request, env, ctx): Promise<Response> {
    const config = { apiKey: env.REFPORT_API_KEY, fetch: env.REFPORT };
    ctx.waitUntil(track_lead(request, { customerExternalId: "user_001", eventName: "Sign Up" }, config));
    const sale = { customerExternalId: "user_001", amount: 4900, invoiceId: "inv_001" };
    const result = await track_sale(request, sale, { ...config, signal: request.signal });
    return Response.json(result.outcome === "recorded" ? result.data.sale : { outcome: result.outcome });
  },
} satisfies ExportedHandler<Env>;
