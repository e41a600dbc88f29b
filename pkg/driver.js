// The one loop that waits.
//
// In: a call as values.js and request.js read it. Out: how it ended, always: within its budget.
// It does what the core's steps say (src/proto/delivery.rs) and decides nothing: `send` runs one attempt under one
// deadline, `sleep` waits, `done` ends. Everything a call needs lives in its own frame, so that a request which the
// runtime kills takes nothing of another with it.

import { Given, LONGEST_BODY } from "./given.js";
import { ifText, isFunction, read } from "./read.js";
import { core } from "./start.js";
import { uncached } from "./uncached.js";

/** How an attempt ended, as the core's `handle` numbers it. */
const ANSWERED = 0;
const CONNECTION_LOST = 1;
const TIMED_OUT = 2;
const ABORTED = 3;

/** What a body is, as `Given::body` in src/wasm/convert.rs numbers it. */
const EMPTY = 0;
const NULL = 1;
const JSON_VALUE = 2;
const UNREADABLE = 3;

/** How a step goes on; see src/wasm/convert.rs. The third way is to send. */
const SLEEP = 1;
const DONE = 2;

/** By a clock that never goes back; `Date` may. */
const now = () => globalThis.performance?.now() ?? Date.now();

/**
 * Delivers one event. `call` is `{ event, options, params, request, issues, attempts }`: `request` is what readRequest found,
 * or undefined, and `attempts` counts on the way. Answers `{ outcome, failure, sent, requestId, privateValues, body?, cause? }`:
 * the first two are the core's, the others of what was sent and last answered.
 */
export async function deliver(call) {
  const { event, params, options, issues, request = null } = call;
  const { fetch, signal, onAttempt } = options;
  const started = now();
  // A timer may fire a little early, and a test's clock may stand still: what a timer ended has taken its time.
  let least = 0;
  const elapsed = () => Math.max(least, now() - started);
  // What the core keeps of the delivery between two steps. Only the core looks inside, and only this frame holds it.
  const state = new Given([]);
  let step = core.begin(state, event, options.values, params, request, issues.length > 0, isAborted(signal));
  // A call that is over at once has nothing to send.
  const [url, authorization, sent, ...privateValues] = step[4] ? [] : step[5];
  const handle = ({ how, status, told, body }) => {
    const answer = new Given(told ? [...told, ...privateValues] : [], body);
    return core.handle(state, how, status, answer, elapsed(), Date.now(), Math.random() * 2 ** 32);
  };
  let last = {};
  let requestId = null;
  for (;;) {
    const [next, milliseconds, , , outcome, failure] = step;
    const began = elapsed();
    if (next === DONE) {
      return { ...last, outcome, failure, sent, requestId, privateValues };
    } else if (next === SLEEP) {
      // Node's timers may fire up to 1 ms early, and a Retry-After is never undercut.
      const ended = await race(Math.ceil(milliseconds) + 1, signal);
      if (ended.how === TIMED_OUT) least = began + milliseconds;
      step = ended.how === TIMED_OUT ? core.poll(state, elapsed()) : handle(ended);
    } else {
      call.attempts += 1;
      last = await attempt(url, authorization, sent, milliseconds, fetch, signal);
      if (last.how === TIMED_OUT) least = began + milliseconds;
      step = handle(last);
      requestId = step[3];
      if (onAttempt) {
        const delayMs = step[0] === SLEEP ? step[1] : null;
        const { status = null } = last;
        const report = { attempt: call.attempts, status, kind: step[2], delayMs, durationMs: elapsed() - began };
        // What the callback throws, now or later, is its own affair.
        quietly(() => onAttempt(report));
      }
    }
  }
}

const isAborted = (signal) => read(() => signal?.aborted) === true;

/** Does what may fail, now or later, and nobody is told of it. */
const quietly = (does) => (async () => does())().catch(() => {});

/** What an attempt has come to: `{ how, status?, told?, body?, cause? }`, as `handle` wants it. Never rejects. */
async function attempt(url, authorization, sent, milliseconds, transport, signal) {
  const controller = new AbortController();
  const init = Object.assign(core.attempt(authorization, sent, controller.signal), uncached());
  const ended = await race(milliseconds, signal, (end) => {
    const lost = (error) => end({ how: CONNECTION_LOST, cause: read(className, error) });
    exchange(url, init, transport, controller.signal).then(end, lost);
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

/** Sends the request and reads the answer: of `told`, the first three are headers, and the fourth is what the body is. */
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
  if (status >>> 0 !== status || status > 599 || type === "error") throw new TypeError();
  const header = (name) => ifText(response.headers?.get(name));
  const told = [header("retry-after"), header("retry-after-ms"), header("x-request-id") ?? header("request-id")];
  // A packed one has the length of its package.
  const isShort = header("content-length") <= LONGEST_BODY && !header("content-encoding");
  const text = await readBody(response, isShort, signal);
  const body = read(JSON.parse, text);
  told.push(text?.trim() === "" ? EMPTY : body === undefined ? UNREADABLE : body === null ? NULL : JSON_VALUE);
  return { how: ANSWERED, status, told, body };
}

/**
 * The text of a body, or undefined where it is too long. One that is known to be short is read at once: to read it piece by
 * piece costs a Worker more processor time than all the rest of a call. A test double may have the text alone, or the body.
 */
async function readBody(response, isShort, signal) {
  const { body } = response;
  if (body === null) return "";
  if (!isFunction(body?.getReader) || (isShort && isFunction(response.text))) return String(await response.text());
  const reader = body.getReader();
  const cancel = () => quietly(() => reader.cancel());
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

/** All that is told of a transport's error: its text may hold anything. */
const className = (error) => /^\w{1,64}$/.exec(error.constructor.name)?.[0];
