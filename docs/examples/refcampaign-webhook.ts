import { verifyRefCampaignWebhook } from "refport-edge";

export async function onWebhook(request: Request, env: { REFCAMPAIGN_WEBHOOK_SECRET: string }): Promise<Response> {
  const verdict = await verifyRefCampaignWebhook(request, env.REFCAMPAIGN_WEBHOOK_SECRET);
  if (!verdict.valid) return new Response(verdict.reason, { status: 400 });
  const { event, idempotencyKey } = verdict.event;
  return Response.json({ event, idempotencyKey });
}
