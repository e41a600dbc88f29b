// What compiles in a Cloudflare Worker: its own Request, a service binding, and what may outlive the answer.

import { RefCampaign, Refport, getSessionIdFromRequest, track_lead, track_sale, verifyRefCampaignWebhook } from "refport-edge";

interface Env {
  REFPORT_API_KEY: string;
  REFPORT: Fetcher;
  REFCAMPAIGN: Fetcher;
  WEBHOOK_SECRET: string;
}

const paid = { externalId: "ord_42", amount: 4990, currency: "EUR" };

export default {
  async fetch(request, env, ctx): Promise<Response> {
    const config = { apiKey: env.REFPORT_API_KEY, fetch: env.REFPORT };
    ctx.waitUntil(track_lead(request, { customerExternalId: "user_001", eventName: "Sign Up" }, config));
    const sale = { customerExternalId: "user_001", amount: 4900, invoiceId: "inv_001" };
    const result = await track_sale(request, sale, { ...config, signal: request.signal });
    const client = new Refport(config);
    ctx.waitUntil(client.track.sale({ ...sale, clickId: "abc123" }, { signal: request.signal }));
    const campaign = new RefCampaign({ apiKey: "rc_test_1", fetch: env.REFCAMPAIGN });
    ctx.waitUntil(campaign.conversions.postback({ ...paid, sessionId: getSessionIdFromRequest(request) }));
    const verdict = await verifyRefCampaignWebhook(request.clone(), env.WEBHOOK_SECRET);
    if (verdict.valid) console.log(verdict.event.event);
    return Response.json(result.outcome === "recorded" ? result.data.sale : { outcome: result.outcome });
  },
} satisfies ExportedHandler<Env>;
