// The core's one instance, and the guard around it.
//
// In: the compiled module, from the entry. Out: `core`, the synchronous steps of src/wasm/exports.rs. A step that traps,
// or that the runtime kills halfway, leaves the instance in an unknown state: the next step gets a fresh one. Nothing of
// a call lives in the instance between two steps, so no other call notices.

import { imports, setWasm } from "./dist/glue.js";

let module;

/** What the instance exports. */
let instance;

// Set before a step and cleared after it; not in a `finally`, which V8 skips when it terminates a request.
let dirty = false;

// One giant parameter or answer must not hold its memory for ever: wasm memory never shrinks.
const LARGEST_MEMORY = 2 ** 21;

/** Instantiates the core, synchronously and without I/O: once, at import. */
export function start(compiled) {
  module = compiled;
  boot();
}

function boot() {
  // Detaches the old memory's buffer, so that the glue lets go of its views of it.
  instance?.memory.grow(0);
  instance = new WebAssembly.Instance(module, { "./glue.js": imports }).exports;
  setWasm(instance);
  instance.__wbindgen_start();
  // What wasm-bindgen makes for itself the first time that a value crosses is to stay; see arena/src/lib.rs.
  instance.fieldNames(0);
  instance.memory_settle();
}

const guarded = (step) => (a, b, c, d, e, f, g) => {
  if (dirty) boot();
  const used = instance;
  dirty = true;
  used.memory_rewind();
  const result = used[step](a, b, c, d, e, f, g);
  // The global `fetch` may have been replaced by a function that calls this package, and so renewed the instance.
  if (used === instance) dirty = used.memory.buffer.byteLength > LARGEST_MEMORY;
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
