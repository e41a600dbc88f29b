import { handleQueueBatch, sendToQueue } from "refport-edge/outbox";
import type { QueueBatchLike, QueueLike } from "refport-edge/outbox";

interface Env {
  REFPORT_API_KEY: string;
  OUTBOX: QueueLike;
  OUTBOX_DEAD: QueueLike;
}

export default {
  /** The shop: the sale goes into the queue, with the click ID that the request has. */
  async fetch(request: Request, env: Env): Promise<Response> {
    const sale = { customerExternalId: "user_11", amount: 4900, currency: "usd", invoiceId: "in_11" };
    const { outcome, error } = await sendToQueue(env.OUTBOX, request, { sale });
    if (outcome === "failed") console.error(error);
    return Response.json({ paid: true });
  },

  /** The consumer: each message is acknowledged, retried later, or buried, by itself. */
  async queue(batch: QueueBatchLike, env: Env): Promise<void> {
    const config = { refport: { apiKey: env.REFPORT_API_KEY } };
    await handleQueueBatch(batch, config, { queue: env.OUTBOX, deadLetters: env.OUTBOX_DEAD });
  },
};
