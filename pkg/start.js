// The core's one instance, and the guard around it.
//
// In: the compiled module, from the entry. Out: `core`, the synchronous steps of src/wasm/exports.rs. A step that traps,
// or that the runtime kills halfway, leaves the instance in an unknown state: the next step gets a fresh one. Nothing of
// a call lives in the instance between two steps, so no other call notices; and nothing of it can be read there, since its
// memory is wiped when a step ends.

import { imports, setWasm } from "./dist/glue.js";
import { warnOnce } from "./warn.js";

let module;

/** What the instance exports. */
let instance;

// Set before a step and cleared after it; not in a `finally`, which V8 skips when it terminates a request.
let dirty = true;

/** What kept the core from starting when it was imported. */
let obstacle;

/** There is no core: WebAssembly is switched off, or refuses the module. */
export class WasmUnavailable extends Error {
  code = "WASM_UNAVAILABLE";

  constructor(reason) {
    super(`${ADVICE} Reason: ${String(reason).slice(0, LONGEST_REASON)}`);
  }
}

const ADVICE =
  "WebAssembly cannot run here. In a page, add 'wasm-unsafe-eval' to script-src of its Content-Security-Policy; " +
  "start Node.js without --jitless; at an edge, give refport-edge/slim the compiled module; else report from another machine.";

const LONGEST_REASON = 200;

/**
 * Starts the core with the module that `compile` answers: once, at import, synchronously and without I/O. To import must never
 * fail, or a page would lose all of its scripts: where there is no core, the calls tell of it.
 */
export function start(compile) {
  try {
    instantiate(compile());
  } catch (error) {
    obstacle = error;
  }
}

/** The same with a module that must be the right one: throws what `WebAssembly.Instance` throws. */
export function instantiate(compiled) {
  module = compiled;
  boot();
  dirty = false;
}

function boot() {
  // Detaches the old memory's buffer, so that the glue lets go of its views of it.
  instance?.memory.grow(0);
  instance = new WebAssembly.Instance(module, { "./glue.js": imports }).exports;
  setWasm(instance);
  instance.__wbindgen_start();
  // What wasm-bindgen makes for itself the first time that a value crosses is to stay; see arena/src/wasm.rs.
  instance.fieldNames(0);
  instance.memory_settle();
}

/** Memory that ran out may be there the next time, so each step tries. */
function renew() {
  try {
    boot();
  } catch (error) {
    throw new WasmUnavailable(obstacle ?? error);
  }
}

const guarded = (step) => (a, b, c, d, e, f, g) => {
  if (dirty) renew();
  const used = instance;
  dirty = true;
  let result;
  try {
    result = used[step](a, b, c, d, e, f, g);
  } catch (error) {
    // It has trapped, and is not used again. Its memory may live on.
    new Uint8Array(used.memory.buffer).fill(0);
    throw error;
  }
  const isSpent = used.memory_rewind();
  // The global `fetch` may have been replaced by a function that calls this package, and so renewed the instance.
  if (used === instance) dirty = isSpent;
  return result;
};

/** The steps, and the default transport; see src/wasm/exports.rs for what each takes and answers. */
const STEPS = [
  "fieldNames",
  "findClickId",
  "findSessionId",
  "checkOptions",
  "begin",
  "attempt",
  "poll",
  "handle",
  "fetch",
  "scrub",
  "hashEmail",
  "verifyWebhook",
];
export const core = {};
for (const step of STEPS) core[step] = guarded(step);

/** What the others do with a WasmUnavailable, their callers decide; these answer without a core, too. */
core.findClickId = withoutCore(core.findClickId, foundNothing);
core.findSessionId = withoutCore(core.findSessionId, foundNothing);
core.verifyWebhook = withoutCore(core.verifyWebhook, ({ message }) => ["wasm_unavailable", message]);

function withoutCore(step, answer) {
  return (a, b, c) => {
    try {
      return step(a, b, c);
    } catch (error) {
      if (error instanceof WasmUnavailable) return answer(error);
      throw error;
    }
  };
}

/** Silence would look like a visitor whom nobody sent. */
function foundNothing({ message }) {
  warnOnce(`no ID is looked for. ${message}`);
  return null;
}
