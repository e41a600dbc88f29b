// What the clients of all services share: options read once, and calls that read everything before they send anything.
//
// In: what the caller gave. Out: options that were checked, and how a call ended. The file of each service
// makes of that what its callers get.

import { endOrPending } from "./background.js";
import { Stopwatch } from "./clock.js";
import { WasmUnavailable } from "./core.js";
import { deliver } from "./driver.js";
import { internalFailure, refusal, toError } from "./errors.js";
import { checkOptions } from "./steps.js";
import { readOptions, readParams } from "./values.js";

/**
 * The function with which a client sends. It takes an endpoint, the event's parameters and the options of the call. `by` is
 * `{ core, service, classOf, finish? }`: the core, what the build lists of the service, and what makes its errors. A client that
 * could send nothing is not made: it throws. Only this frame holds the options, and the key in them: printing a client shows
 * nothing of it.
 */
export function sender(by, config) {
  const issues = [];
  const defaults = readOptions(by.service, config, issues);
  const failure = checked(by, defaults);
  const error = failure && toError(by, failure, issues, { __proto__: null, attempts: 0, requestId: null });
  if (error?.issues.length > 0) throw error;
  return (endpoint, params, options, isQuestion) => send({ __proto__: null, by, endpoint, params, options, defaults, isQuestion });
}

/** What the core says of options. Where there is no core, the calls tell of it. */
function checked({ core, service }, options) {
  try {
    return checkOptions(core, service, options);
  } catch (error) {
    if (error instanceof WasmUnavailable) return undefined;
    throw error;
  }
}

/**
 * One call, from the caller's values to its end: `{ error, attempts, ...how it ended }` (see deliver in driver.js).
 * `readRequest` is for the calls that look for the click ID in a request; it may have to wait for one. `refused` is an issue
 * with which the call ends before anything is read. It never rejects. A call with the option `waitUntil` may end as pending, but
 * for a question, whose answer is what it is made for: see background.js. Objects of our own in which members may be absent have no
 * prototype: a member that is put on `Object.prototype` is nobody's.
 */
export function send({ by, endpoint, params, options, defaults, readRequest, refused, isQuestion }) {
  const { core, service } = by;
  const watch = new Stopwatch();
  const call = { __proto__: null, core, service, endpoint, watch, isQuestion, issues: [...(refused ?? [])], attempts: 0, outcome: "failed", requestId: null, error: null };
  // It reads everything, and sends the first request, before it returns a promise.
  return endOrPending(call, toItsEnd(call, { by, params, options, defaults, readRequest, refused }));
}

/** The call itself, once it has ended. */
async function toItsEnd(call, { by, params, options, defaults, readRequest, refused }) {
  const { service, endpoint } = call;
  try {
    if (refused) {
      call.failure = refusal();
    } else {
      call.options = readOptions(service, options, call.issues, defaults);
      call.params = readParams(endpoint, params, call.issues);
      const found = readRequest?.(call.options);
      call.isAwaiting = found instanceof Promise;
      call.request = call.isAwaiting ? await found : found;
      Object.assign(call, await deliver(call));
    }
  } catch (error) {
    call.failure = internalFailure(call.attempts, error);
  }
  if (call.failure) call.error = toError(by, call.failure, call.issues, call);
  return call;
}
