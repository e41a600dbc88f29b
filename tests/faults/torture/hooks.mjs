// Ways into the middle of a step, for a Worker under test. To be imported before the package.
//
// No user can do these: they stand for what ends a Worker at any moment (a CPU limit, an eviction). The global `fetch`
// and `Object.hasOwn` are called by the package from inside its WebAssembly, so what happens there happens with its
// frames on the stack.
// Out: `inFetch` and `inStep`, which arm a hook for one call, and what is known of the package's instances.

import { watchInstances } from "./instances.mjs";

/** How many instances were made, and how large the last one is. */
export const stats = watchInstances();

const fetchHooks = new Map();
const stepHooks = new Map();

/** Runs `act` once, when the package calls the global `fetch` with a URL that has `/ID/` in it. */
export const inFetch = (id, act) => fetchHooks.set(id, act);

/** Runs `act` once, when the package looks for the code in an error whose code is `ID`. */
export const inStep = (id, act) => stepHooks.set(id, act);

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

const realHasOwn = Object.hasOwn;
Object.hasOwn = (object, name) => {
  if (stepHooks.size > 0 && name === "code") run(stepHooks, object.code);
  return realHasOwn(object, name);
};
