// The core's one instance, and the guard around it.
//
// In: the compiled module, from the entry. Out: `core`, the synchronous steps of src/wasm/exports.rs. A step that traps,
// or that the runtime kills halfway, leaves the instance in an unknown state: the next step gets a fresh one. Nothing of
// a call lives in the instance between two steps, so no other call notices.

import * as glue from "./dist/glue.js";

let module;
let instance;

// Set before a step and cleared after it; not in a `finally`, which V8 skips when it terminates a request.
let dirty = false;

// One giant parameter or answer must not hold its memory for ever: wasm memory never shrinks.
const LARGEST_MEMORY = 2 * 1024 * 1024;

/** Instantiates the core, synchronously and without I/O: once, at import. */
export function start(compiled) {
  module = compiled;
  boot();
}

function boot() {
  // Detaches the old memory's buffer, so that the glue lets go of its views of it.
  instance?.exports.memory.grow(0);
  instance = new WebAssembly.Instance(module, { "./glue.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  // What wasm-bindgen makes for itself the first time that a value crosses is to stay; see arena/src/lib.rs.
  glue.field_names(0);
  instance.exports.memory_settle();
}

function guarded(step) {
  return (...args) => {
    if (dirty) boot();
    const used = instance;
    dirty = true;
    used.exports.memory_rewind();
    const result = step(...args);
    // The global `fetch` may have been replaced by a function that calls this package, and so renewed the instance.
    if (used === instance) dirty = used.exports.memory.buffer.byteLength > LARGEST_MEMORY;
    return result;
  };
}

/** The steps, and the default transport; see src/wasm/exports.rs for what each takes and answers. */
export const core = {
  fieldNames: guarded(glue.field_names),
  findClickId: guarded(glue.find_click_id),
  findSessionId: guarded(glue.find_session_id),
  checkOptions: guarded(glue.check_options),
  begin: guarded(glue.begin),
  attempt: guarded(glue.attempt),
  poll: guarded(glue.poll),
  handle: guarded(glue.handle),
  fetch: guarded(glue.fetch),
  scrub: guarded(glue.scrub),
  hashEmail: guarded(glue.hash_email),
  verifyWebhook: guarded(glue.verify_webhook),
};
