// What the clients of both services share: options read once, and calls that read everything before they send anything.
//
// In: what the caller gave. Out: options that were checked, and how a call ended. What comes of that is refport.js's and
// refcampaign.js's.

import { deliver } from "./driver.js";
import { internalFailure, toError } from "./errors.js";
import { core } from "./start.js";
import { readOptions, readParams } from "./values.js";

/** The options of a client, for every call of its. A client that could send nothing is not made: it throws. */
export function checkedOptions(provider, options, classOf) {
  const read = readOptions(provider, options);
  const failure = core.checkOptions(provider, read.values);
  const error = toError(classOf, failure, read.issues);
  if (error.issues.length > 0) throw error;
  return read;
}

/**
 * One call, from the caller's values to its end: `{ error, ...how it ended }` (see deliver in driver.js). `readRequest` is for
 * the calls that look for the click ID in a request. It never rejects.
 */
export async function send({ event, provider, params, options, defaults, readRequest }, classOf) {
  const call = { event, attempts: 0 };
  let ended;
  let found = [];
  try {
    call.options = readOptions(provider, options, defaults);
    call.params = readParams(event, params);
    call.request = readRequest?.(call.options);
    found = [...call.options.issues, ...call.params.issues];
    ended = await deliver(call);
  } catch {
    ended = { outcome: "failed", failure: internalFailure(call.attempts), requestId: null };
  }
  const { attempts } = call;
  const error = ended.failure ? toError(classOf, ended.failure, found, { ...ended, attempts }) : null;
  return { ...ended, attempts, error };
}
