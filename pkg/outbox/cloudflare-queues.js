// Cloudflare Queues.
//
// In: a queue's binding, or a batch. Out: each message acknowledged or retried by itself. A handler that throws has its whole
// batch delivered again, so this one does not.

import { method, ownOf, read } from "../read.js";
import { backoffSeconds } from "./disposition.js";
import { inLanes, settle } from "./settle.js";

/** 24 hours. */
const LONGEST_DELAY_SECONDS = 86_400;

/** `sendToQueue`, of `toOutboxRecord`. */
export const sendToQueueWith = (toOutboxRecord) => async function sendToQueue(queue, request, event, options) {
  const { outcome, record, error } = await toOutboxRecord(request, event, options);
  if (!record) return { outcome, id: null, error };
  if (!method(queue ?? {}, "send")) throw new TypeError("sendToQueue needs a queue's binding: is it among the producers in wrangler.jsonc?");
  await queue.send(record, { contentType: "json" });
  return { outcome: "queued", id: record.id, error: null };
};

/** `handleQueueBatch`, of `deliver`. */
export const handleQueueBatchWith = (deliver) => async function handleQueueBatch(batch, config, options) {
  await inLanes([...batch.messages], options, async (message) => {
    try {
      await handle(deliver, message, config, options);
    } catch {
      // A binding failed. The message stays where it is: one that nobody speaks for counts as acknowledged.
      const delaySeconds = Math.min(backoffSeconds(message.attempts, options), LONGEST_DELAY_SECONDS);
      read(() => (message.retry({ delaySeconds }), true)) ?? message.retry();
    }
  });
};

async function handle(deliver, message, config, options) {
  const queue = ownOf(options, "queue");
  const deadLetters = ownOf(options, "deadLetters");
  const canRenew = Boolean(queue);
  const longestSeconds = LONGEST_DELAY_SECONDS;
  const does = await settle(deliver, message.body, { deliveries: message.attempts, config, options, longestSeconds, canRenew });
  if (does.letter && !deadLetters) return message.retry(); // until the platform's own limit makes it a dead letter
  if (does.letter) await deadLetters.send(does.letter, { contentType: "json" });
  else if (does.renewed) await queue.send(does.renewed, { contentType: "json", delaySeconds: does.seconds });
  else if (!does.ack) return message.retry({ delaySeconds: does.seconds });
  message.ack();
}
