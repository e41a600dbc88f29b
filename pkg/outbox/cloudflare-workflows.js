// Cloudflare Workflows: an instance for each record.
//
// In: a Workflow's event and step. Out: what the instance ends with. A safe event is one step, which the engine retries when
// the service asked for it. An unsafe one is a step for each delivery, never retried: a step that ended without a word may have
// sent it.

import { ownOf } from "../read.js";
import { isRepeatable } from "./deliver.js";
import { backoffSeconds } from "./disposition.js";
import { parseRecord } from "./record.js";
import { countingOf, letterOf, settle } from "./settle.js";

const STEP_TIMEOUT = "5 minutes";

/** Thrown in a step, so that it is retried. Of an error, the engine hands on name and message alone. */
class NotDeliveredYet extends Error {
  static name = "NotDeliveredYet";
  name = "NotDeliveredYet";

  constructor(seconds) {
    super(`not delivered yet; retry after ${seconds} s`);
  }
}

/** `retries.delay` of a step: as long as its error asks for, in milliseconds; else a wait of our own. */
export function retryDelay({ ctx, error }) {
  const asked = /\bretry after (\d+) s\b/.exec(String(error?.message ?? ""));
  return (asked ? Number(asked[1]) : backoffSeconds(ctx?.attempt ?? 1)) * 1000;
}

/** `deliverInWorkflow`, of `deliver`. */
export const deliverInWorkflowWith = (deliver) => async function deliverInWorkflow(event, step, config, options) {
  const { maxDeliveries } = countingOf(options);
  let body = event.payload;
  const { record } = parseRecord(body);
  const isSafe = record === undefined || isRepeatable(record, config);
  const retries = { limit: isSafe ? Math.max(maxDeliveries - 1, 0) : 0, delay: isSafe ? retryDelay : 0, backoff: "constant" };
  let ended;
  for (let round = 1; ended === undefined; round += 1) {
    const does = await once(deliver, step, `deliver, round ${round}`, { retries, timeout: STEP_TIMEOUT }, body, config, options);
    if (does.renewed) {
      body = does.renewed;
      await step.sleep(`wait, round ${round}`, does.seconds * 1000);
    } else ended = does;
  }
  const { letter } = ended;
  const deadLetters = ownOf(options, "deadLetters");
  if (letter && deadLetters) await step.do("dead letter", async () => void (await deadLetters(letter)));
  return letter ? { delivered: false, deadLetter: letter } : { delivered: true, deadLetter: null };
};

/** One step; what it comes to when the engine gives it up. */
async function once(deliver, step, name, settings, body, config, options) {
  let attempts = 0;
  try {
    return await step.do(name, settings, async (ctx) => {
      attempts = ctx?.attempt ?? attempts + 1;
      const does = await settle(deliver, body, { deliveries: attempts, config, options, longestSeconds: Infinity, canRenew: true });
      if (does.seconds && !does.renewed) throw new NotDeliveredYet(does.seconds);
      return does;
    });
  } catch {
    const { record } = parseRecord(body);
    const isSafe = record !== undefined && isRepeatable(record, config);
    const verdict = { reason: isSafe ? "too_many_deliveries" : "maybe_recorded", maybeRecorded: true };
    return { letter: letterOf(body, { record: record ?? null, error: null }, verdict, (ownOf(record, "deliveries") ?? 0) + attempts) };
  }
}
