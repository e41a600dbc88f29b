// What every queue does with a message: deliver it, and say what is to become of it.
//
// In: a message's body and count, and what the platform can do. Out: `{ ack }`, `{ seconds }`, `{ renewed, seconds }` or
// `{ letter }`. Each adapter says that in its platform's own words.

import { numberFrom, ownOf, quietly, read } from "../read.js";
import { MOST_DELIVERIES, disposition } from "./disposition.js";

/**
 * `ack`: it is done with. `seconds` alone: the same message again, after so many. `renewed`: a new message with this record, after so
 * many seconds, and this one is done with. `letter`: a dead letter.
 *
 * The platform's count of a message cannot tell a wait that we asked for from a killed isolate. So an event that must not be sent
 * twice goes on in a new message. A second delivery of the same message then means a kill.
 * A new message is also what waits longer than the platform's longest delay.
 */
export async function settle(deliver, body, { deliveries: count, config, options, longestSeconds, canRenew }) {
  const deliveries = numberFrom(count, 1);
  const result = await deliver(body, config, { deliveries });
  const before = ownOf(result.record, "deliveries") ?? 0;
  const verdict = disposition(result, { ...countingOf(options), deliveries: before + deliveries });
  // A message that came before its time was not delivered.
  const counted = before + (result.outcome === "early" ? 0 : deliveries);
  const onDelivery = ownOf(options, "onDelivery");
  const { record, ...told } = result;
  if (onDelivery) quietly(() => onDelivery({ ...told, id: record?.id ?? null, deliveries: counted, disposition: verdict }));
  if (ownOf(verdict, "ack")) return { ...NOTHING, ack: true };
  const letter = (why) => ({ ...NOTHING, letter: letterOf(body, result, why, counted) });
  if (ownOf(verdict, "dead")) return letter(verdict);
  const asked = verdict.retryAfterSeconds;
  const seconds = Math.min(asked, longestSeconds);
  if (result.replaySafe && (asked === seconds || !canRenew)) return { ...NOTHING, seconds };
  if (!canRenew) return letter({ reason: "cannot_be_renewed", maybeRecorded: false });
  const notBeforeMs = Date.now() + asked * 1000 - EARLY_MS;
  return { ...NOTHING, seconds, renewed: { ...record, deliveries: counted, notBeforeMs } };
}

/** Each member of its own, whatever `Object.prototype` has of these names. */
const NOTHING = { ack: false, seconds: undefined, renewed: undefined, letter: undefined };

/** The options of an adapter that are disposition's. */
export const countingOf = (options) => ({
  maxDeliveries: numberFrom(ownOf(options, "maxDeliveries"), MOST_DELIVERIES),
  firstWaitSeconds: ownOf(options, "firstWaitSeconds"),
  longestWaitSeconds: ownOf(options, "longestWaitSeconds"),
});

/** A platform's clock may differ from ours by a little. */
const EARLY_MS = 1000;

/** A dead letter: why, what is known, and the record, or what was in its place. */
export function letterOf(body, result, { reason, maybeRecorded }, deliveries) {
  const { record, error } = result;
  const told = error && Object.fromEntries(["kind", "status", "code", "requestId", "message"].map((name) => [name, ownOf(error, name)]));
  return { deadLetter: 1, reason, maybeRecorded, deliveries, deadMs: Date.now(), error: told, record, body: record ? null : plain(body) };
}

/** What JSON can hold of a body. */
const plain = (body) => read(() => JSON.parse(JSON.stringify(body))) ?? null;

/** Runs `work` on each item, as many at a time as the options say: a Worker has six connections. */
export async function inLanes(items, options, work) {
  const width = numberFrom(ownOf(options, "concurrency"), WIDTH);
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(width, items.length)) }, lane));
}

const WIDTH = 6;
