// The one loop that waits.
//
// In: a call as values.js and request.js read it. Out: its result, always: it never throws and ends within its budget.
// It does what the core's steps say (src/proto/delivery.rs) and decides nothing: `send` runs one attempt under one
// deadline, `sleep` waits, `done` ends. Everything a call needs lives in its own frame, so that a request which the
// runtime kills takes nothing of another with it.

import { toResult } from "./errors.js";
import { core } from "./start.js";

/** Delivers one event. `call.request` is what readRequest found, or undefined; `call.attempts` counts on the way. */
export async function deliver(call) {
  const { event, config, params, request } = call;
  const { transport, signal, onAttempt } = config;
  const clock = startClock();
  const issues = config.issues.concat(params.issues);
  let step = core.begin(event, config.values, params.values, params.extra, issues, request, signal?.aborted === true);
  const { parcel } = step;
  let body;
  while (step.step !== "done") {
    if (step.step === "sleep") {
      const aborted = await sleep(step.milliseconds, signal);
      if (!aborted) clock.atLeast(step.milliseconds);
      step = aborted ? core.handle(parcel, "aborted", [], clock.elapsed(), Date.now(), 0) : core.poll(parcel, clock.elapsed());
    } else {
      const began = clock.elapsed();
      call.attempts += 1;
      const { how, answer, cause } = await attempt(parcel, step.milliseconds, transport, signal);
      body = answer?.[BODY];
      clock.mark();
      step = core.handle(parcel, how, answer ?? [], clock.elapsed(), Date.now(), Math.random());
      if (cause && step.result?.error) step.result.error.cause = cause;
      report(onAttempt, call.attempts, step, clock.elapsed() - began);
    }
  }
  return toResult(step.result, body);
}

/** Time since now, by a clock that never goes back; `Date` may. */
function startClock() {
  const now = () => globalThis.performance?.now() ?? Date.now();
  const started = now();
  let least = 0;
  const elapsed = () => Math.max(least, now() - started);
  let marked = 0;
  return {
    elapsed,
    mark() {
      marked = elapsed();
    },
    // A timer may fire a little early, and a test's clock may stand still: a wait that is over is over.
    atLeast(milliseconds) {
      least = marked + milliseconds;
    },
  };
}

/** What an attempt has come to: `{ how, answer?, cause? }`, as the core's `handle` wants it. Never rejects. */
function attempt(parcel, milliseconds, transport, signal) {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const timer = setTimeout(() => end({ how: "timeout" }), milliseconds);
    const onAbort = () => end({ how: "aborted" });
    signal?.addEventListener("abort", onAbort);
    let open = true;
    const end = (ended) => {
      if (!open) return;
      open = false;
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      // Ends the request, and the reading of a body that nobody waits for any more.
      if (ended.how !== "answered") controller.abort();
      resolve(ended);
    };
    exchange(parcel, transport, controller.signal).then(
      (answer) => end({ how: "answered", answer }),
      (error) => end({ how: "connection", cause: className(error) }),
    );
  });
}

/** Where an answer's body is among its parts; see src/wasm/exports.rs. */
const BODY = 4;

/** Sends the request and reads the answer: `[status, retryAfter, retryAfterMs, requestId, body]`. */
async function exchange(parcel, transport, signal) {
  const [url, init] = core.attempt(parcel, signal);
  const response = await (transport ?? core.fetch)(url, init);
  if (signal.aborted) {
    // The transport ignored the signal, and nobody waits for its answer.
    await response.body?.cancel();
    throw new TypeError("abandoned");
  }
  // An error Response has status 0 too, but is no redirect.
  if (typeof response.status !== "number" || response.type === "error") throw new TypeError("no response");
  const header = (name) => response.headers?.get(name) ?? undefined;
  return [
    response.status,
    header("retry-after"),
    header("retry-after-ms"),
    header("x-request-id") ?? header("request-id"),
    await readBody(response, signal),
  ];
}

/** A body of more bytes is no answer of a service: it is not read to its end, and never reaches the core. */
const LONGEST_BODY = 1024 * 1024;

async function readBody(response, signal) {
  // A test double may have the text alone.
  if (typeof response.body?.getReader !== "function") return response.body === null ? "" : String(await response.text());
  const reader = response.body.getReader();
  const cancel = () => reader.cancel().catch(() => {});
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

/** Waits; true when the signal ended the wait. */
function sleep(milliseconds, signal) {
  return new Promise((resolve) => {
    const end = (aborted) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      resolve(aborted);
    };
    const onAbort = () => end(true);
    // Node's timers may fire up to 1 ms early, and a Retry-After is never undercut.
    const timer = setTimeout(() => end(false), Math.ceil(milliseconds) + 1);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener("abort", onAbort);
  });
}

/** Tells the caller of an attempt. What the callback throws, now or later, is its own affair. */
function report(onAttempt, attempt, { step, status, kind, milliseconds }, durationMs) {
  if (!onAttempt) return;
  const delayMs = step === "sleep" ? milliseconds : null;
  new Promise((resolve) => resolve(onAttempt({ attempt, status, kind, delayMs, durationMs }))).catch(() => {});
}

/** All that is told of a transport's error: its text may hold anything. */
function className(error) {
  const name = Object.prototype.toString.call(error) === "[object Error]" ? error.constructor?.name : undefined;
  return typeof name === "string" && /^\w{1,64}$/.test(name) ? name : undefined;
}
