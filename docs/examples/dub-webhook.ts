import { verifyDubWebhook } from "refport-edge/dub";

/** The events that were acted on. Keep them in your database. */
const seen = new Set<string | null>();

export async function onDubWebhook(request: Request, env: { DUB_WEBHOOK_SECRET: string }): Promise<Response> {
  const verdict = await verifyDubWebhook(request, env.DUB_WEBHOOK_SECRET);
  if (!verdict.valid) return new Response(verdict.reason, { status: 401 });
  if (seen.has(verdict.eventId)) return new Response("seen before");
  seen.add(verdict.eventId);
  return new Response(verdict.event.event); // "sale.created"
}
