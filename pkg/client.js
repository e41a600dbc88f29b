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
  return (endpoint, params, options, isQuestion) =>
    send(by, endpoint, { params, options, defaults, readRequest: undefined, isQuestion });
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
 * A call, and how it ended (see deliver in driver.js). All members are its own from the beginning: one that is put on
 * `Object.prototype` is no member of a call. (An object without a prototype would do as well, but V8 looks into it slowly.)
 */
class Call {
  core;
  service;
  endpoint;
  watch = new Stopwatch();
  isQuestion;
  isAwaiting = false;
  issues = [];
  options;
  params;
  request;
  attempts = 0;
  sent;
  outcome = "failed";
  failure;
  error = null;
  requestId = null;
  privateValues;
  body;
  cause;
  note;

  constructor({ core, service }, endpoint, isQuestion) {
    this.core = core;
    this.service = service;
    this.endpoint = endpoint;
    this.isQuestion = isQuestion;
  }
}

/**
 * One call, from the caller's values to its end: a Call. `readRequest` is for the calls that look for the click ID in a request; it
 * may have to wait for one. All members of `given` are there. It never rejects. A call with the option `waitUntil` may end as
 * pending, but for a question, whose answer is what it is made for: see background.js.
 */
export function send(by, endpoint, given) {
  const call = new Call(by, endpoint, given.isQuestion);
  // It reads everything, and sends the first request, before it returns a promise.
  return endOrPending(call, toItsEnd(call, by, given));
}

/** A call that ends with these issues before anything is read. */
export function refuse(by, endpoint, issues) {
  const call = new Call(by, endpoint, false);
  call.issues.push(...issues);
  call.failure = refusal();
  call.error = toError(by, call.failure, call.issues, call);
  return call;
}

/** The call itself, once it has ended. */
async function toItsEnd(call, by, { params, options, defaults, readRequest }) {
  try {
    call.options = readOptions(call.service, options, call.issues, defaults);
    call.params = readParams(call.endpoint, params, call.issues);
    const found = readRequest?.(call.options);
    call.isAwaiting = found instanceof Promise;
    call.request = call.isAwaiting ? await found : found;
    Object.assign(call, await deliver(call));
  } catch (error) {
    call.failure = internalFailure(call.attempts, error);
  }
  if (call.failure) call.error = toError(by, call.failure, call.issues, call);
  return call;
}
