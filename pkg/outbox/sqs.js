// Amazon SQS, by way of Lambda.
//
// In: a batch as Lambda hands it on. Out: the messages that are to come again, as `ReportBatchItemFailures` has it. When they
// come is their visibility timeout, which `changeVisibility` sets.

import { ownOf } from "../read.js";
import { inLanes, settle } from "./settle.js";

/** 12 hours, less what a delivery has taken of them. */
const LONGEST_VISIBILITY_SECONDS = 42_000;
/** Of a new message. */
const LONGEST_DELAY_SECONDS = 900;

/** `handleSqsBatch`, of `deliver`. */
export const handleSqsBatchWith = (deliver) => async function handleSqsBatch(event, config, options) {
  const batchItemFailures = [];
  await inLanes([...event.Records], options, async (message) => {
    // A function of the caller's failed: the message stays where it is.
    const isDone = await handle(deliver, message, config, options).catch(() => false);
    if (!isDone) batchItemFailures.push({ itemIdentifier: message.messageId });
  });
  return { batchItemFailures };
};

async function handle(deliver, message, config, options) {
  const [send, deadLetters, changeVisibility] = ["send", "deadLetters", "changeVisibility"].map((name) => ownOf(options, name));
  const deliveries = Number(ownOf(message.attributes, "ApproximateReceiveCount") ?? 1);
  const longestSeconds = LONGEST_VISIBILITY_SECONDS;
  const canRenew = Boolean(send);
  const does = await settle(deliver, message.body, { deliveries, config, options, longestSeconds, canRenew });
  if (does.ack) return true;
  if (does.renewed) {
    await send(JSON.stringify(does.renewed), Math.min(does.seconds, LONGEST_DELAY_SECONDS));
    return true;
  }
  if (does.letter && deadLetters) {
    await deadLetters(JSON.stringify(does.letter));
    return true;
  }
  if (does.seconds) await changeVisibility?.(message.receiptHandle, does.seconds);
  return false;
}
