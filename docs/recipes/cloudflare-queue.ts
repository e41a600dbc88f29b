// Cloudflare Queues: a sale survives an outage of days. The queue's consumer is in the same Worker.
//
// wrangler.jsonc: "queues": {
//   "producers": [{ "binding": "OUTBOX", "queue": "outbox" }, { "binding": "OUTBOX_DEAD", "queue": "outbox-dead" }],
//   "consumers": [{ "queue": "outbox", "max_retries": 100, "max_batch_size": 20, "dead_letter_queue": "outbox-dead" }]
// }

import { handleQueueBatch, sendToQueue } from "refport-edge/outbox";

export default {
  async fetch(request, env): Promise<Response> {
    const { orderId, customerId } = await request.json<{ orderId: string; customerId: string }>();
    const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
    // The order stands, also where the queue takes nothing.
    const { error } = await sendToQueue(env.OUTBOX, request, { sale }).catch((error: unknown) => ({ error }));
    if (error) console.error(error);
    return Response.json({ orderId });
  },

  async queue(batch, env): Promise<void> {
    const refport = { apiKey: env.REFPORT_API_KEY, baseUrl: env.REFPORT_BASE_URL };
    await handleQueueBatch(batch, { refport }, { queue: env.OUTBOX, deadLetters: env.OUTBOX_DEAD });
  },
} satisfies ExportedHandler<Env>;

interface Env {
  OUTBOX: Queue;
  OUTBOX_DEAD: Queue;
  REFPORT_API_KEY: string;
  REFPORT_BASE_URL?: string;
}
