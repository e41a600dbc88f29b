// The one loop that waits.
//
// In: a call as values.js and request.js read it. Out: how it ended, always: within its budget.
// It does what the core's steps say (src/proto/delivery.rs) and decides nothing: `send` runs one attempt under one
// deadline, `sleep` waits, `done` ends. Everything a call needs lives in its own frame, so that a request which the
// runtime kills takes nothing of another with it.

import { NO_ANSWER, readAnswer } from "./answer.js";
import {
  ABORTED,
  ANSWERED,
  CONNECTION_LOST,
  DONE,
  KINDS,
  NOT_CONNECTED,
  OUTCOMES,
  SLEEP,
  TIMED_OUT,
} from "./dist/layout.js";
import { initOf } from "./init.js";
import { isFunction, quietly, read } from "./read.js";
import { begin, fetchByCore, handle, newState, poll, scrub } from "./steps.js";
import { toldBy } from "./transport.js";

/**
 * Delivers one event. `call` is `{ core, service, endpoint, watch, options, params, request, issues, attempts }`: `watch` began with the
 * call, `request` is what readRequest found, or undefined, and `attempts` counts on the way; `sent` is the body of the request. Answers
 * `{ outcome, failure, requestId, privateValues, body, cause, note }`: the first two are the core's, the others of what was last answered.
 */
export async function deliver(call) {
  const { core, endpoint, watch, params, options, issues, request = null } = call;
  const { fetch, signal, onAttempt, debug } = options;
  if (!fetch && !isFunction(read(() => globalThis.fetch))) issues.push({ field: "fetch", message: "must be given: this runtime has none" });
  // It is held by this frame alone.
  const state = newState();
  const first = begin(core, state, endpoint, {
    options, params, request, isRefused: issues.length > 0, isAborted: isAborted(signal),
  });
  const { url, body: sent, privateValues: values } = first.request ?? NOTHING_TO_SEND;
  const privateValues = privateFormsOf(values);
  call.sent = sent || null;
  let { step } = first;
  let last = NO_ANSWER;
  let requestId = null;
  for (;;) {
    if (step.next === DONE) {
      const { body, cause, note } = last;
      return { outcome: OUTCOMES[step.outcome], failure: step.failure, requestId, privateValues, body, cause, note };
    }
    const began = watch.elapsed();
    if (step.next === SLEEP) {
      // Node's timers may fire up to 1 ms early, and a Retry-After is never undercut.
      const ended = await race(Math.ceil(step.milliseconds) + 1, signal);
      const isOver = ended.ending === TIMED_OUT;
      if (isOver) watch.atLeast(began + step.milliseconds);
      step = isOver ? poll(core, state, watch.elapsed()) : handle(core, state, ended, privateValues, watch.elapsed());
      continue;
    }
    call.attempts += 1;
    last = await attempt(call, first.request, step.milliseconds);
    if (last.ending === TIMED_OUT) watch.atLeast(began + step.milliseconds);
    // What a transport threw may be named after anything.
    if (last.cause && scrub(core, last.cause, privateValues) !== last.cause) last.cause = undefined;
    step = handle(core, state, last, privateValues, watch.elapsed());
    requestId = step.reply ?? null;
    if (onAttempt || debug) {
      const delayMs = step.next === SLEEP ? step.milliseconds : null;
      const kind = step.kind > 0 ? KINDS[step.kind - 1] : null;
      const durationMs = watch.elapsed() - began;
      const report = { attempt: call.attempts, status: last.status ?? null, kind, delayMs, durationMs };
      // What a callback throws, now or later, is its own affair.
      quietly(() => onAttempt?.(report));
      if (debug) print(endpoint, report, step.outcome);
    }
  }
}

/** An attempt in one line, for whoever watches a program run. */
function print({ constant }, { attempt, status, kind, delayMs, durationMs }, outcome) {
  const came = `${status ?? "no answer"}${kind ? ` (${kind})` : ""}`;
  const next = delayMs === null ? OUTCOMES[outcome] : `again in ${delayMs} ms`;
  read(() => console.error(`refport-edge: ${constant}, attempt ${attempt}: ${came} after ${Math.round(durationMs)} ms, ${next}`));
}

/** Of a call that is over at once. */
const NOTHING_TO_SEND = { url: "", body: "", privateValues: [] };

const isAborted = (signal) => signal !== undefined && read(() => signal.aborted) === true;

/** Longer than any text that is told of. */
const LONGEST_PRIVATE = 2 ** 16;

/** Private values, as the core looks for them: some characters become others in capitals, as `ß` does. None is empty. */
function privateFormsOf(values) {
  const forms = values.map((value) => value.trim().slice(0, LONGEST_PRIVATE)).filter(Boolean);
  const beyondAscii = forms.filter((form) => /[^\0-\x7f]/.test(form));
  return beyondAscii.length > 0 ? forms.concat(beyondAscii.map((form) => form.toUpperCase())) : forms;
}

/** What an attempt has come to, as `handle` wants it; see readAnswer. Never rejects. */
async function attempt(call, request, milliseconds) {
  const { signal } = call.options;
  const controller = new AbortController();
  const init = initOf(call.endpoint.method, request, controller.signal);
  const reading = { isOver: false, cancel: undefined };
  const ended = await race(milliseconds, signal, (end) => {
    exchange(call, request.url, init, reading).then(end, (error) => end(lost(error)));
  });
  // Ends the request, and the reading of a body that nobody waits for any more.
  if (ended.ending !== ANSWERED) {
    reading.isOver = true;
    controller.abort();
    reading.cancel?.();
  }
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
      if (signal) read(() => signal.removeEventListener("abort", onAbort));
      resolve(ended);
    };
    const onAbort = () => end({ ...NO_ANSWER, ending: ABORTED });
    const timer = setTimeout(() => end({ ...NO_ANSWER, ending: TIMED_OUT }), milliseconds);
    if (signal) read(() => signal.addEventListener("abort", onAbort));
    if (isAborted(signal)) onAbort();
    begin?.(end);
  });
}

const NO_CONNECTION = "no connection could be made: see cause, and check the base URL";
const THREW_AT_ONCE =
  "the fetch option threw at once: if it needs its `this`, pass the object that it is a method of, as { fetch: binding }";

function lost(error, given) {
  const { cause, isNotConnected } = toldBy(error);
  const [ending, note] = isNotConnected ? [NOT_CONNECTED, NO_CONNECTION] : [CONNECTION_LOST, given];
  return { ...NO_ANSWER, ending, cause, note };
}

/** Sends the request and reads the answer; see readAnswer. */
async function exchange({ core, service, options }, url, init, reading) {
  const transport = options.fetch;
  // Deno sends a POST again by itself when a connection is lost (denoland/deno#35610), unless its body is a Blob.
  if (!transport && init.body && Object.hasOwn(globalThis, "Deno")) init.body = new Blob([init.body]);
  let sending;
  try {
    sending = transport ? transport(url, init) : fetchByCore(core, url, init);
  } catch (error) {
    // What a network does to a request is never known at once.
    return lost(error, transport && THREW_AT_ONCE);
  }
  const response = await sending;
  if (reading.isOver) {
    // The transport ignored the signal, and nobody waits for its answer.
    quietly(() => response.body?.cancel());
    return { ...NO_ANSWER, ending: ABORTED };
  }
  return readAnswer(service, response, !transport, reading);
}
