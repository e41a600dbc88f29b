// The one loop that waits.
//
// In: a call as values.js and request.js read it. Out: how it ended, always: within its budget.
// It does what the core's steps say (src/proto/delivery.rs) and decides nothing: `send` runs one attempt under one
// deadline, `sleep` waits, `done` ends. Everything a call needs lives in its own frame, so that a request which the
// runtime kills takes nothing of another with it.

import { readAnswer } from "./answer.js";
import { Given } from "./given.js";
import { ABORTED, ANSWERED, CONNECTION_LOST, NOT_CONNECTED, TIMED_OUT } from "./how.js";
import { isFunction, quietly, read } from "./read.js";
import { core } from "./start.js";
import { toldBy } from "./transport.js";
import { uncached } from "./uncached.js";

/** How a step goes on; see src/wasm/convert.rs. The third way is to send. */
const SLEEP = 1;
const DONE = 2;

/**
 * Delivers one event. `call` is `{ event, watch, options, params, request, issues, attempts }`: `watch` began with the call,
 * `request` is what readRequest found, or undefined, and `attempts` counts on the way. Answers `{ outcome, failure, sent, requestId, privateValues, body?, cause?, note? }`: the
 * first two are the core's, the others of what was sent and last answered.
 */
export async function deliver(call) {
  const { event, watch, params, options, issues, request = null } = call;
  const { fetch, signal, onAttempt } = options;
  if (!fetch && !isFunction(read(() => globalThis.fetch))) issues.push("fetch", "must be given: this runtime has none");
  // What the core keeps of the delivery between two steps. Only the core looks inside, and only this frame holds it.
  const state = new Given([]);
  let step = core.begin(state, event, options.values, params, request, issues.length > 0, isAborted(signal));
  // A call that is over at once has nothing to send.
  const [url, authorization, sent, ...values] = step[4] ? [] : step[5];
  const privateValues = privateFormsOf(values);
  const handle = ({ how, status, told, body }) => {
    const answer = new Given(told ? [...told, ...privateValues] : [], body);
    return core.handle(state, how, status, answer, watch.elapsed(), read(Date.now), Math.random() * 2 ** 32);
  };
  let last = {};
  let requestId = null;
  for (;;) {
    const [next, milliseconds, , , outcome, failure] = step;
    const began = watch.elapsed();
    if (next === DONE) {
      return { ...last, outcome, failure, sent, requestId, privateValues };
    } else if (next === SLEEP) {
      // Node's timers may fire up to 1 ms early, and a Retry-After is never undercut.
      const ended = await race(Math.ceil(milliseconds) + 1, signal);
      if (ended.how === TIMED_OUT) watch.atLeast(began + milliseconds);
      step = ended.how === TIMED_OUT ? core.poll(state, watch.elapsed()) : handle(ended);
    } else {
      call.attempts += 1;
      last = await attempt(url, authorization, sent, milliseconds, fetch, signal);
      if (last.how === TIMED_OUT) watch.atLeast(began + milliseconds);
      // What a transport threw may be named after anything.
      if (last.cause && core.scrub(new Given([last.cause, ...privateValues])) !== last.cause) last.cause = undefined;
      step = handle(last);
      requestId = step[3];
      if (onAttempt) {
        const delayMs = step[0] === SLEEP ? step[1] : null;
        const { status = null } = last;
        const report = { attempt: call.attempts, status, kind: step[2], delayMs, durationMs: watch.elapsed() - began };
        // What the callback throws, now or later, is its own affair.
        quietly(() => onAttempt(report));
      }
    }
  }
}

const isAborted = (signal) => read(() => signal?.aborted) === true;

/** Longer than any text that is told of. */
const LONGEST_PRIVATE = 2 ** 16;

/** Private values, as the core looks for them: some characters become others in capitals, as `ß` does. None is empty. */
function privateFormsOf(values) {
  const forms = values.map((value) => value.trim().slice(0, LONGEST_PRIVATE)).filter(Boolean);
  return [...forms, ...forms.filter((form) => /[^\0-\x7f]/.test(form)).map((form) => form.toUpperCase())];
}

/** What an attempt has come to: `{ how, status?, told?, body?, cause?, note? }`, as `handle` wants it. Never rejects. */
async function attempt(url, authorization, sent, milliseconds, transport, signal) {
  const controller = new AbortController();
  const init = Object.assign(core.attempt(authorization, sent, controller.signal), uncached());
  const ended = await race(milliseconds, signal, (end) => {
    exchange(url, init, transport, controller.signal).then(end, (error) => end(lost(error)));
  });
  // Ends the request, and the reading of a body that nobody waits for any more.
  if (ended.how !== ANSWERED) controller.abort();
  return ended;
}

/**
 * What `begin` ends with, unless the time is up before, or the signal fires. A signal may be any object, so its methods are
 * not trusted to work.
 */
function race(milliseconds, signal, begin) {
  return new Promise((resolve) => {
    const end = (ended) => {
      clearTimeout(timer);
      read(() => signal?.removeEventListener("abort", onAbort));
      resolve(ended);
    };
    const onAbort = () => end({ how: ABORTED });
    const timer = setTimeout(() => end({ how: TIMED_OUT }), milliseconds);
    read(() => signal?.addEventListener("abort", onAbort));
    if (isAborted(signal)) onAbort();
    begin?.(end);
  });
}

const NO_CONNECTION = "no connection could be made: see cause, and check the base URL";
const THREW_AT_ONCE =
  "the fetch option threw at once: if it needs its `this`, pass the object that it is a method of, as { fetch: binding }";

function lost(error, note) {
  const { cause, isNotConnected } = toldBy(error);
  return isNotConnected ? { how: NOT_CONNECTED, cause, note: NO_CONNECTION } : { how: CONNECTION_LOST, cause, note };
}

/** Sends the request and reads the answer; see readAnswer. */
async function exchange(url, init, transport, signal) {
  // Deno sends a POST again by itself when a connection is lost (denoland/deno#35610), unless its body is a Blob.
  if (!transport && init.body && globalThis.Deno) init.body = new Blob([init.body]);
  let sending;
  try {
    sending = (transport ?? core.fetch)(url, init);
  } catch (error) {
    // What a network does to a request is never known at once.
    return lost(error, transport && THREW_AT_ONCE);
  }
  const response = await sending;
  if (signal.aborted) {
    // The transport ignored the signal, and nobody waits for its answer.
    quietly(() => response.body?.cancel());
    return { how: ABORTED };
  }
  return readAnswer(response, !transport, signal);
}
