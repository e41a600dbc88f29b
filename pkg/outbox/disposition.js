// What is to become of a message, once its delivery has ended.
//
// In: how the delivery ended, and how often the message was delivered. Out: done with, again after so many seconds, or a dead
// letter, with its reason. It is pure but for its defaults, and needs no core.

import { isObject, numberFrom, ownOf } from "../read.js";

/** As many as Cloudflare Queues allows. With the waits below they outlast the 14 days that a queue keeps a message at most. */
export const MOST_DELIVERIES = 100;

/** The waits of our own, where the options name no others. */
const WAITS = { firstWaitSeconds: 60, longestWaitSeconds: 4 * 3600 };
/** Waits are up to so much longer, by chance: those who failed together do not come back together. */
const SPREAD = 0.25;
/** Of a result that has no deadline. */
const LIFETIME_MS = 3 * 24 * 3600_000;

/** The event is on the books, or has no place there. */
const SETTLED = ["recorded", "duplicate", "unattributed", "skipped"];
/** The record itself is to blame, or its time is over. */
const DEAD = ["corrupt", "future_version", "expired"];

/** Not the event's fault, and somebody can mend it: a key, an address, a quota, a runtime. */
const MENDABLE = ["auth", "not_found", "redirected", "rate_limit", "internal"];

export function disposition(result, options) {
  const outcome = ownOf(result, "outcome");
  const error = ownOf(result, "error");
  const nowMs = numberFrom(ownOf(options, "nowMs"), Date.now());
  const isOpen = outcome === "interrupted" || outcome === "pending" || isForeign(error);
  const maybeRecorded = isOpen || ownOf(error, "maybeRecorded") === true;
  const dead = (reason) => ({ dead: true, reason, maybeRecorded });
  if (SETTLED.includes(outcome)) return { ack: true };
  if (DEAD.includes(outcome)) return dead(outcome);
  if (maybeRecorded && ownOf(result, "replaySafe") !== true) return dead("maybe_recorded");
  const earlyMs = ownOf(result, "notBeforeMs") - nowMs;
  if (outcome === "early" && Number.isFinite(earlyMs)) return { retryAfterSeconds: secondsFrom(earlyMs) };
  if (!mayHelp(result, error)) return dead("refused");
  const deliveries = numberFrom(ownOf(options, "deliveries"), 1);
  const left = numberFrom(ownOf(options, "maxDeliveries"), MOST_DELIVERIES) - deliveries;
  if (left <= 0) return dead("too_many_deliveries");
  const leftMs = (ownOf(result, "expiresMs") ?? nowMs + LIFETIME_MS) - nowMs;
  const waits = waitsOf(options);
  const own = backoffSeconds(deliveries, { ...waits, random: ownOf(options, "random") });
  const retryAfterSeconds = waitSeconds(error, own, left * waits.longestWaitSeconds * 1000 >= leftMs);
  return retryAfterSeconds * 1000 > leftMs ? dead("expired") : { retryAfterSeconds };
}

/** A wait of our own before the next delivery, in seconds: at least one, since no platform knows a shorter one. */
export function backoffSeconds(deliveries, options) {
  const { firstWaitSeconds, longestWaitSeconds } = waitsOf(options);
  const doublings = Math.min(numberFrom(deliveries - 1, 0), 30);
  const wait = Math.min(firstWaitSeconds * 2 ** doublings, longestWaitSeconds);
  return Math.max(1, Math.ceil(wait * (1 + SPREAD * numberFrom(ownOf(options, "random"), Math.random()))));
}

/** A wait that is no number would be no wait: then it is the default. */
function waitsOf(options) {
  const of = (name) => numberFrom(ownOf(options, name), WAITS[name]);
  return { firstWaitSeconds: of("firstWaitSeconds"), longestWaitSeconds: of("longestWaitSeconds") };
}

/**
 * What the service asked for, to the second, as long as enough deliveries are left to outlast the deadline with waits of our
 * own. A service that asks for one second each time would otherwise use up all of them in minutes.
 */
function waitSeconds(error, own, isPlenty) {
  const askedMs = ownOf(error, "retryAfterMs");
  if (!(askedMs > 0)) return own;
  const asked = secondsFrom(askedMs);
  return isPlenty ? asked : Math.max(asked, own);
}

const secondsFrom = (milliseconds) => Math.max(1, Math.ceil(milliseconds / 1000));

/** Whether an error is not of this package's making, such as one that a caller's own `fetch` threw: nobody knows what was sent. */
const isForeign = (error) => isObject(error) && ["kind", "status", "retryable"].every((name) => ownOf(error, name) === undefined);

/** Whether the same event may be taken later. */
function mayHelp(result, error) {
  if (!isObject(error) || isForeign(error) || ownOf(error, "retryable") === true || ownOf(result, "misconfigured") === true) return true;
  // RefCampaign books conversions minutes later: a refund may come before its conversion.
  if (ownOf(result, "event") === "refund" && ownOf(error, "status") === 409) return true;
  return MENDABLE.includes(ownOf(error, "kind"));
}
