// A service that does what a script says, on a virtual clock.
//
// In: the entries of a schedule, in the form of tests/golden/retry.json. Out: a transport, a signal and a callback for a
// call, and what the call did with them. The clock, the timers and the dice of the runtime are replaced while a script is
// played and put back after it, so scripts are played one at a time.
// Not its job: telling whether that was right.

import { text } from "./values.mjs";

const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
const turn = () => new Promise((resolve) => real.setTimeout.call(globalThis, resolve, 0));

/** The answer of a script's entry, as this runtime's own Response wherever that can hold the status. */
export function responseOf(answer) {
  const { status, headers = {} } = answer;
  const body = "json" in answer ? JSON.stringify(answer.json) : text(answer.body ?? "");
  if (status < 200 || status > 599) return { status, type: "opaqueredirect", headers: new Headers(headers), body: null };
  // The statuses that a Response may have no body with.
  return new Response([204, 205, 304].includes(status) ? null : body, { status, headers });
}

/** Plays `schedule` to `call(options)`, and answers what came of it: `{ result, requests, steps, reports }`. */
export async function play(schedule, now, call) {
  const world = new World(schedule, now);
  const replaced = world.replaceGlobals();
  try {
    const result = await call(world.options());
    return { result, requests: world.requests, steps: world.steps, reports: world.reports };
  } finally {
    for (const [owner, name, descriptor] of replaced) {
      // What was inherited shows again once ours is gone.
      if (descriptor) Object.defineProperty(owner, name, descriptor);
      else delete owner[name];
    }
  }
}

class World {
  requests = [];
  /** Timeouts and waits in turn, as the vectors have them. */
  steps = [];
  reports = [];
  #schedule;
  #next = 0;
  #entry;
  #elapsed = 0;
  #now;
  #timers = new Map();
  #lastTimer = 0;
  #controller = new AbortController();

  constructor(schedule, now) {
    this.#schedule = schedule;
    this.#now = now;
    if (schedule[0]?.before) this.#controller.abort();
  }

  options() {
    return {
      fetch: (url, init) => this.#answer(url, init),
      signal: this.#controller.signal,
      onAttempt: (report) => this.reports.push(report),
    };
  }

  replaceGlobals() {
    const replaced = [];
    const replace = (owner, name, value) => {
      replaced.push([owner, name, Object.getOwnPropertyDescriptor(owner, name)]);
      Object.defineProperty(owner, name, { value, writable: true, configurable: true });
    };
    replace(globalThis, "performance", { now: () => this.#elapsed });
    replace(Date, "now", () => this.#now);
    replace(Math, "random", () => this.#entry?.random ?? 0);
    replace(globalThis, "setTimeout", (then, milliseconds) => this.#setTimer(then, milliseconds));
    replace(globalThis, "clearTimeout", (id) => this.#timers.delete(id));
    return replaced;
  }

  #setTimer(then, milliseconds) {
    const id = (this.#lastTimer += 1);
    this.#timers.set(id, { then, milliseconds });
    // In the next turn it is known whether it guards an attempt.
    turn().then(() => this.#wake(id));
    return id;
  }

  /** A wait is over, unless the script has the signal fire in it. */
  #wake(id) {
    const timer = this.#timers.get(id);
    if (!timer || timer.guardsAttempt) return;
    const { delayMs } = this.reports.at(-1);
    this.steps.push({ sleep: delayMs });
    const { abortsWaitAfter, wakesLateBy = 0 } = this.#entry;
    if (abortsWaitAfter !== undefined) {
      this.#elapsed += abortsWaitAfter;
      this.#controller.abort();
      return;
    }
    this.#elapsed += delayMs + wakesLateBy;
    this.#timers.delete(id);
    timer.then();
  }

  #answer(url, init) {
    this.requests.push({ url, init });
    const timer = this.#timers.get(this.#lastTimer);
    timer.guardsAttempt = true;
    this.steps.push({ send: timer.milliseconds });
    this.#entry = this.#schedule[this.#next++];
    if (!this.#entry) throw new Error("the script ends before the call does");
    const { ended, takes = 0, answer } = this.#entry;
    if (ended === "timeout") {
      turn().then(() => this.#fire(timer));
      return new Promise(() => {});
    }
    if (ended === "aborted") {
      turn().then(() => this.#abort(takes));
      return new Promise(() => {});
    }
    this.#elapsed += takes;
    if (ended === "connection") return Promise.reject(new TypeError("Network connection lost."));
    if (ended === "not connected") {
      const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
      return Promise.reject(new TypeError("fetch failed", { cause }));
    }
    if (ended === "redirected") {
      return Promise.resolve(Object.defineProperty(responseOf(answer), "redirected", { value: true }));
    }
    return Promise.resolve(responseOf(answer));
  }

  #fire(timer) {
    this.#elapsed += timer.milliseconds;
    timer.then();
  }

  #abort(takes) {
    this.#elapsed += takes;
    this.#controller.abort();
  }
}
