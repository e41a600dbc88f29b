// Ways into the middle of a step, for a Worker under test. To be imported before the package.
//
// No user can do these: they stand for what ends a Worker at any moment (a CPU limit, an eviction). The global `fetch` is called
// by the package from inside its WebAssembly, so what happens there happens with its frames on the stack; the steps `begin` and
// `handle` are called while the instance is marked as in use.
// Out: `inFetch`, `inStep` and `inBegin`, which arm a hook for one call, and what is known of the package's instances.

import { watchInstances } from "./instances.mjs";

/** How many instances were made, and how large the largest is. */
export const stats = watchInstances();

const fetchHooks = new Map();
const stepHooks = new Map();
const beginHooks = new Map();

/** Runs `act` once, when the package calls the global `fetch` with a URL that has `/ID/` in it. */
export const inFetch = (id, act) => fetchHooks.set(id, act);

/** Runs `act` once, in the step after an answer with an error whose code is `ID`. */
export const inStep = (id, act) => stepHooks.set(id, act);

/** Runs `act` once, in the first step of the call for the event `ID`. */
export const inBegin = (id, act) => beginHooks.set(id, act);

function run(hooks, id) {
  const act = hooks.get(id);
  hooks.delete(id);
  act?.();
}

const realFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  if (fetchHooks.size > 0 && typeof input === "string") run(fetchHooks, input.split("/")[4]);
  return realFetch(input, init);
};

/** The message that was laid out last: that of the step that runs. */
let message = "";

const { encodeInto } = TextEncoder.prototype;
TextEncoder.prototype.encodeInto = function (text, bytes) {
  message = text;
  return encodeInto.call(this, text, bytes);
};

/** Runs the hook of the event whose ID stands in the message, as a whole value. */
function runFor(hooks) {
  for (const id of hooks.keys()) if (message.includes(`\0${id}\0`)) return run(hooks, id);
}

const hooked = (step, hooks) => (length) => {
  if (hooks.size > 0) runFor(hooks);
  return step(length);
};

const WatchedInstance = WebAssembly.Instance;
WebAssembly.Instance = class extends WatchedInstance {
  constructor(...args) {
    super(...args);
    const { begin, handle, ...others } = super.exports;
    // A core that only looks IDs up has none of them.
    if (!begin) return;
    const exports = { ...others, begin: hooked(begin, beginHooks), handle: hooked(handle, stepHooks) };
    Object.defineProperty(this, "exports", { value: exports });
  }
};
