// What the clients of both services share: options read once, and calls that read everything before they send anything.
//
// In: what the caller gave. Out: options that were checked, and how a call ended. What comes of that is refport.js's and
// refcampaign.js's.

import { Stopwatch } from "./clock.js";
import { checkOptions } from "./core.js";
import { deliver } from "./driver.js";
import { internalFailure, refusal, toError } from "./errors.js";
import { WasmUnavailable } from "./start.js";
import { readOptions, readParams } from "./values.js";

/**
 * How a client of a provider's sends: a function of the event, its parameters and the options of the call. A client that could
 * send nothing is not made: it throws. The options stay in this frame, and with them the key: printing a client shows nothing
 * of it.
 */
export function sender(provider, config) {
  const issues = [];
  const defaults = readOptions(provider, config, issues);
  const failure = checked(provider, defaults);
  const error = failure && toError(provider, failure, issues, { __proto__: null, attempts: 0, requestId: null });
  if (error?.issues.length > 0) throw error;
  return (event, params, options) => send({ __proto__: null, provider, event, params, options, defaults });
}

/** What the core says of options. Where there is no core, the calls tell of it. */
function checked(provider, options) {
  try {
    return checkOptions(provider, options);
  } catch (error) {
    if (error instanceof WasmUnavailable) return undefined;
    throw error;
  }
}

/**
 * One call, from the caller's values to its end: `{ error, attempts, ...how it ended }` (see deliver in driver.js).
 * `readRequest` is for the calls that look for the click ID in a request; it may have to wait for one. `refused` is an issue
 * with which the call ends before anything is read. It never rejects. Objects of our own in which members may be absent have no
 * prototype: a member that is put on `Object.prototype` is nobody's.
 */
export async function send({ provider, event, params, options, defaults, readRequest, refused }) {
  const watch = new Stopwatch();
  const call = { __proto__: null, provider, event, watch, issues: [...(refused ?? [])], attempts: 0, outcome: "failed", requestId: null, error: null };
  try {
    if (refused) {
      call.failure = refusal();
    } else {
      call.options = readOptions(provider, options, call.issues, defaults);
      call.params = readParams(event, params, call.issues);
      const found = readRequest?.(call.options);
      call.request = found instanceof Promise ? await found : found;
      Object.assign(call, await deliver(call));
    }
  } catch (error) {
    call.failure = internalFailure(call.attempts, error);
  }
  if (call.failure) call.error = toError(provider, call.failure, call.issues, call);
  return call;
}
