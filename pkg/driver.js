// The one loop that waits.
//
// In: a call as values.js and request.js read it. Out: how it ended, always: within its budget.
// It does what the core's steps say (src/proto/delivery.rs) and decides nothing: `send` runs one attempt under one
// deadline, `sleep` waits, `done` ends. Everything a call needs lives in its own frame, so that a request which the
// runtime kills takes nothing of another with it.

import { read } from "./request.js";
import { core } from "./start.js";
import { Given } from "./values.js";

/** How an attempt ended, as the core's `handle` numbers it. */
const ANSWERED = 0;
const CONNECTION_LOST = 1;
const TIMED_OUT = 2;
const ABORTED = 3;

/** What a body is, as `Given::body` in src/wasm/convert.rs numbers it, with its value. */
const EMPTY = [0];
const NULL = [1, null];
const UNREADABLE = [3];

/** How a step goes on; see src/wasm/convert.rs. The third way is to send. */
const SLEEP = 1;
const DONE = 2;

/**
 * Delivers one event. `call` is `{ event, options, params, request, attempts }`: `request` is what readRequest found, or
 * undefined, and `attempts` counts on the way. Answers `{ outcome, failure, sent, body, cause, requestId, privateValues }`:
 * the first two are the core's, the others of what was sent and last answered.
 */
export async function deliver(call) {
  const { fetch, signal, onAttempt } = call.options;
  const clock = startClock();
  // What the core keeps of the delivery between two steps. Only the core looks inside, and only this frame holds it.
  const state = new Given([]);
  let step = begin(state, call, signal);
  // A call that is over at once has nothing to send.
  const [url, authorization, sent, ...privateValues] = step[4] ? [] : step[5];
  const handle = ({ how, status = 0, headers = [], body = EMPTY }) => {
    const answer = new Answer(headers, body, privateValues);
    return core.handle(state, how, status, answer, clock.elapsed(), Date.now(), Math.random() * 2 ** 32);
  };
  let ended = {};
  let requestId = null;
  for (;;) {
    const [next, milliseconds, , , outcome, failure] = step;
    const began = clock.elapsed();
    if (next === DONE) {
      return { outcome, failure, sent, body: ended.body?.[1], cause: ended.cause, requestId, privateValues };
    } else if (next === SLEEP) {
      const aborted = await sleep(milliseconds, signal);
      if (!aborted) clock.isAtLeast(began + milliseconds);
      step = aborted ? handle({ how: ABORTED }) : core.poll(state, clock.elapsed());
    } else {
      call.attempts += 1;
      ended = await attempt(url, authorization, sent, milliseconds, fetch, signal);
      if (ended.how === TIMED_OUT) clock.isAtLeast(began + milliseconds);
      step = handle(ended);
      requestId = step[3];
      report(onAttempt, call.attempts, ended.status ?? null, step, clock.elapsed() - began);
    }
  }
}

function begin(state, { event, options, params, request }, signal) {
  const refused = options.issues.length + params.issues.length > 0;
  return core.begin(state, event, options.values, params.values, request ?? null, refused, isAborted(signal));
}

const isAborted = (signal) => read(() => signal?.aborted) === true;

/** An answer, as the core's `handle` looks into it. */
class Answer extends Given {
  constructor([retryAfter, retryAfterMs, requestId], [kind, value], privateValues) {
    super([retryAfter, retryAfterMs, requestId, kind, ...privateValues]);
    this.body = value;
  }

  /** The text at a path such as `error.code`, or nothing. */
  textAt(path) {
    const value = this.at(path);
    return typeof value === "string" ? value : "";
  }

  /** 0 for neither a boolean nor a date, 1 for false, 2 for true, 3 for the text of a date. */
  flagAt(path) {
    const value = this.at(path);
    if (typeof value === "boolean") return value ? 2 : 1;
    return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? 3 : 0;
  }

  /** The body is plain JSON: nothing throws. */
  at(path) {
    let value = this.body;
    for (const name of path ? path.split(".") : []) {
      value = Object.hasOwn(value ?? {}, name) ? value[name] : undefined;
    }
    return value;
  }
}

/** Time since now, by a clock that never goes back; `Date` may. */
function startClock() {
  const now = () => globalThis.performance?.now() ?? Date.now();
  const started = now();
  let least = 0;
  return {
    elapsed: () => Math.max(least, now() - started),
    // A timer may fire a little early, and a test's clock may stand still: what a timer ended has taken its time.
    isAtLeast(milliseconds) {
      least = milliseconds;
    },
  };
}

/** What an attempt has come to: `{ how, status?, headers?, body?, cause? }`, as the core's `handle` wants it. Never rejects. */
function attempt(url, authorization, body, milliseconds, transport, signal) {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const init = core.attempt(authorization, body, controller.signal);
    const end = (ended) => {
      stop();
      // Ends the request, and the reading of a body that nobody waits for any more.
      if (ended.how !== ANSWERED) controller.abort();
      resolve(ended);
    };
    const stop = wait(milliseconds, signal, () => end({ how: TIMED_OUT }), () => end({ how: ABORTED }));
    exchange(url, init, transport, controller.signal).then(
      (answer) => end({ how: ANSWERED, ...answer }),
      (error) => end({ how: CONNECTION_LOST, cause: read(() => className(error)) }),
    );
  });
}

/** Sends the request and reads the answer: `{ status, headers: [retryAfter, retryAfterMs, requestId], body }`. */
async function exchange(url, init, transport, signal) {
  // Deno sends a POST again by itself when a connection is lost (denoland/deno#35610), unless its body is a Blob.
  if (!transport && init.body && globalThis.Deno) init.body = new Blob([init.body]);
  const response = await (transport ?? core.fetch)(url, init);
  if (signal.aborted) {
    // The transport ignored the signal, and nobody waits for its answer.
    await response.body?.cancel();
    throw new TypeError();
  }
  // An error Response has status 0 too, but is no redirect.
  const { status, type } = response;
  if (!(Number.isInteger(status) && status >= 0 && status < 600) || type === "error") throw new TypeError();
  const header = (name) => {
    const text = response.headers?.get(name);
    return typeof text === "string" ? text : undefined;
  };
  const headers = [header("retry-after"), header("retry-after-ms"), header("x-request-id") ?? header("request-id")];
  return { status, headers, body: parse(await readBody(response, signal)) };
}

/** What a body's text is, and its value where it is JSON. */
function parse(text) {
  if (text === undefined) return UNREADABLE;
  if (!text.trim()) return EMPTY;
  try {
    const value = JSON.parse(text);
    return value === null ? NULL : [2, value];
  } catch {
    return UNREADABLE;
  }
}

/** A body of more bytes is no answer of a service: it is not read to its end, and never reaches the core. */
const LONGEST_BODY = 1024 * 1024;

async function readBody(response, signal) {
  if (isKnownToBeShort(response)) return response.text();
  // A test double may have the text alone.
  if (typeof response.body?.getReader !== "function") return response.body === null ? "" : String(await response.text());
  const reader = response.body.getReader();
  const cancel = () => read(() => reader.cancel().catch(() => {}));
  signal.addEventListener("abort", cancel);
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > LONGEST_BODY) {
      cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/**
 * Whether a body can be read at once. To read it piece by piece costs a Worker more processor time than all the rest of a
 * call. A packed one has the length of its package.
 */
function isKnownToBeShort({ headers, text }) {
  const length = headers?.get("content-length");
  return length && length <= LONGEST_BODY && !headers.has("content-encoding") && typeof text === "function";
}

/** Waits; true when the signal ended the wait. */
function sleep(milliseconds, signal) {
  return new Promise((resolve) => {
    const end = (aborted) => {
      stop();
      resolve(aborted);
    };
    // Node's timers may fire up to 1 ms early, and a Retry-After is never undercut.
    const stop = wait(Math.ceil(milliseconds) + 1, signal, () => end(false), () => end(true));
  });
}

/**
 * Calls `onTime` after so many milliseconds and `onAbort` when the signal fires, later and at least once, until it is
 * stopped: by the function that it answers. A signal may be any object, so its methods are not trusted to work.
 */
function wait(milliseconds, signal, onTime, onAbort) {
  const timer = setTimeout(onTime, milliseconds);
  const listener = () => queueMicrotask(onAbort);
  read(() => signal?.addEventListener("abort", listener));
  if (isAborted(signal)) listener();
  return () => {
    clearTimeout(timer);
    read(() => signal?.removeEventListener("abort", listener));
  };
}

/** Tells the caller of an attempt. What the callback throws, now or later, is its own affair. */
function report(onAttempt, attempt, status, [next, milliseconds, kind], durationMs) {
  if (!onAttempt) return;
  const delayMs = next === SLEEP ? milliseconds : null;
  new Promise((resolve) => resolve(onAttempt({ attempt, status, kind, delayMs, durationMs }))).catch(() => {});
}

/** All that is told of a transport's error: its text may hold anything. */
function className(error) {
  const { name } = error.constructor;
  return /^\w{1,64}$/.test(name) ? String(name) : undefined;
}
