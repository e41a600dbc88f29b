// Calls that outlive the response, and where their end is reported.
//
// In: a call that has begun, with its options `waitUntil` and `onResult`. Out: whether its end is to be waited for, or is in the
// platform's hands.
// A platform ends what it does not hold as soon as the response is out. So nothing counts as held before `waitUntil` has taken it.

import { isFunction, member, method, ownOf, quietly, read } from "./read.js";
import { warnOnce } from "./warn.js";

/** Whether a value can hold a promise: a function, or an object with a method `waitUntil`. */
export const isHolder = (value) => isFunction(value) || isFunction(member(value, "waitUntil"));

/** What Cloudflare gives all promises of one invocation, after its response. */
const CLOUDFLARE_MS = 30_000;

/**
 * The call itself, once it has ended; or the call as it is, pending, where it waits for the service and a platform holds it. All
 * of the caller's values were read before: this is called in the same turn as the function that the user called.
 */
export function endOrPending(call, ending) {
  const { waitUntil, onResult } = call.options ?? NO_OPTIONS;
  return waitUntil || onResult ? heldOrEnded(call, ending) : ending;
}

/** Of a call whose options could not be read. */
const NO_OPTIONS = { __proto__: null };

function heldOrEnded(call, ending) {
  const { waitUntil, budgetMs } = call.options;
  const reported = ending.then(report);
  // Where nothing has to be waited for, the end is the better answer.
  const isWaiting = call.attempts > 0 || call.isAwaiting;
  if (!waitUntil || !isWaiting || call.isQuestion) return ending;
  if (budgetMs > CLOUDFLARE_MS) warnOnce(LONG_BUDGET);
  return isHeld(waitUntil, reported) ? pendingOf(call) : ending;
}

const LONG_BUDGET =
  "budgetMs is beyond 30 seconds, and Cloudflare Workers ends what waitUntil holds 30 seconds after the response, all of a request's calls together";

const pendingOf = ({ requestId, sent }) => ({
  __proto__: null, outcome: "pending", body: null, error: null, attempts: 0, requestId, sent, privateValues: [],
});

/** Whether the platform holds the promise now. */
function isHeld(waitUntil, promise) {
  const hold = method(waitUntil, "waitUntil") ?? waitUntil;
  try {
    const answer = hold(promise);
    // An async waitUntil rejects later: that must not end the process.
    method(answer ?? {}, "then")?.(undefined, () => warnOnce(isHeldByCloudflare(promise) ? DETACHED : NOT_HELD_LATER));
    return true;
  } catch {
    // `ctx.waitUntil`, taken off its object, throws in workerd, where the platform has the same as a function of a module.
    const isRepaired = isHeldByCloudflare(promise);
    warnOnce(isRepaired ? DETACHED : NOT_HELD);
    return isRepaired;
  }
}

const DETACHED = "waitUntil was taken off its object; pass the object itself (waitUntil: ctx). The event is held all the same";
const THE_OBJECT = "Pass the object that waitUntil is a method of (waitUntil: ctx)";
const NOT_HELD = `waitUntil threw, so nothing holds the event: it is sent before the call resolves. ${THE_OBJECT}`;
const NOT_HELD_LATER = `waitUntil rejected, so nothing holds the event. ${THE_OBJECT}`;

/** Not a literal, and hidden from bundlers: only workerd has it. */
const CLOUDFLARE = "cloudflare:workers";
let cloudflare;

// It has to be there at the first request: one that is over does not wait for an import.
if (read(() => navigator.userAgent) === "Cloudflare-Workers") {
  quietly(async () => {
    cloudflare = await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ CLOUDFLARE);
  });
}

const isHeldByCloudflare = (promise) => read(() => (cloudflare.waitUntil(promise), true)) === true;

/** Tells of a call's end, once. What the callback returns is held as well: it may be on its way to a log. */
async function report(call) {
  const { onResult, waitUntil } = call.options;
  const { outcome, error, attempts, requestId, watch, sent } = call;
  if (!onResult) {
    // Nobody else would hear of it.
    if (error && waitUntil && attempts > 0) warnOnce(`an event that waitUntil holds was not recorded (${error.kind}): see onResult`);
    return;
  }
  const externalId = (sent && ownOf(read(JSON.parse, sent), "externalId")) ?? null;
  const record = { outcome, error: error?.toJSON() ?? null, attempts, requestId, externalId, durationMs: watch.elapsed() };
  await quietly(() => onResult(record));
}
