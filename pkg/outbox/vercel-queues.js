// Vercel Queues (`@vercel/queue`).
//
// In: what its `handleCallback` hands on. Out: a handler that throws where the message is to come again, and the `retry` that
// says when.

import { ownOf, read } from "../read.js";
import { backoffSeconds } from "./disposition.js";
import { settle } from "./settle.js";

/** 7 days. */
const LONGEST_DELAY_SECONDS = 7 * 24 * 3600;

class NotDeliveredYet extends Error {
  static name = "NotDeliveredYet";
  name = "NotDeliveredYet";

  constructor(seconds) {
    super(`not delivered yet; retry after ${seconds} s`);
    this.afterSeconds = seconds;
  }
}

/** `vercelConsumer`, of `deliver`. */
export const vercelConsumerWith = (deliver) => function vercelConsumer(config, options) {
  const send = ownOf(options, "send");
  const deadLetters = ownOf(options, "deadLetters");
  // The platform has no dead letters of its own: without this they would come again until they are dropped.
  if (typeof deadLetters !== "function") throw new TypeError("vercelConsumer needs the option deadLetters: a function that keeps a dead letter");
  return {
    async handler(message, { deliveryCount }) {
      const longestSeconds = LONGEST_DELAY_SECONDS;
      const canRenew = Boolean(send);
      const does = await settle(deliver, message, { deliveries: deliveryCount, config, options, longestSeconds, canRenew });
      if (does.letter) await deadLetters(does.letter);
      else if (does.renewed) await send(does.renewed, { delaySeconds: does.seconds });
      else if (!does.ack) throw new NotDeliveredYet(does.seconds);
    },
    retry: (error, metadata) => ({ afterSeconds: read(ownOf, error, "afterSeconds") ?? backoffSeconds(metadata?.deliveryCount ?? 1, options) }),
  };
};
