// A core: a compiled module, its one instance, and the guard around it.
//
// In: the module, when it is first needed; then the message of a step. Out: what the step answers. A step that traps, or that
// the runtime kills halfway, leaves the instance in an unknown state: the next step gets a fresh one. Nothing of a call lives in
// the instance between two steps, so no other call notices. Nothing of it can be read there: the memory is wiped when a step ends.
// What the steps are is steps.js's.

import { KIND, MILLISECONDS, NEXT, OUTCOME, REPLY_AT, REPLY_LENGTH, STATE_WORDS } from "./dist/layout.js";
import { lay } from "./message.js";

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

/** Each service has a core of its own, so that nobody pays for those that they do not import. */
export class Core {
  #glue;
  #compile;
  #module;
  /** What the instance exports. */
  #instance;
  /** Set before a step and cleared after it; not in a `finally`, which V8 skips when it terminates a request. */
  #isDirty = true;

  /**
   * `glue` is what wasm-bindgen has made for the module; `compile` answers the module, synchronously and without I/O. Nothing is
   * done before the first step: to import must never fail, or a page would lose all of its scripts.
   */
  constructor(glue, compile) {
    this.#glue = glue;
    this.#compile = compile;
  }

  /** Makes an instance at once. Throws what `WebAssembly.Instance` throws where the module is not the right one. */
  instantiate() {
    this.#module ??= this.#compile();
    // Detaches the old memory's buffer, so that the glue lets go of its views of it.
    this.#instance?.memory.grow(0);
    const instance = new WebAssembly.Instance(this.#module, { "./glue.js": this.#glue }).exports;
    this.#glue.__wbg_set_wasm(instance);
    instance.__wbindgen_start();
    // What wasm-bindgen makes for itself the first time that an object crosses is to stay; see arena/src/wasm.rs.
    instance.prepare?.();
    instance.memory_settle();
    this.#instance = instance;
    this.#isDirty = false;
  }

  /** Memory that ran out may be there the next time, so each step tries. */
  #renew() {
    try {
      this.instantiate();
    } catch (error) {
      throw new WasmUnavailable(error);
    }
  }

  /** Runs `step` with the instance, and with whatever else it is called with. */
  guarded(step, ...given) {
    if (this.#isDirty) this.#renew();
    const used = this.#instance;
    this.#isDirty = true;
    let result;
    try {
      result = step(used, ...given);
    } catch (error) {
      // It has trapped, and is not used again. Its memory may live on.
      new Uint8Array(used.memory.buffer).fill(0);
      throw error;
    }
    const isSpent = used.memory_rewind();
    // The global `fetch` may have been replaced by a function that calls this package, and so renewed the instance.
    if (used === this.#instance) this.#isDirty = isSpent;
    return result;
  }

  /**
   * Runs the step called `name`: `{ next, milliseconds, outcome, kind, reply, failure }`, numbers as src/boundary/layout.rs
   * names them; a step answers only what it has. `words` are pairs of a place and a number. `state` is a delivery's, read and
   * written.
   */
  run(name, values, words, state, bytes) {
    return this.guarded(message, name, values, words, state, bytes);
  }
}

/** The rooms that the core makes. */
const TEXT = 0;
const BYTES = 1;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function message(used, name, values, words, state, bytes) {
  const numbers = [];
  const text = lay(values, (place, number) => numbers.push(place, number));
  // A character is three bytes at most.
  const room = text.length * 3;
  const at = roomFor(used, TEXT, room);
  const bytesAt = bytes && roomFor(used, BYTES, bytes.length);
  const memory = viewOf(used);
  const { written } = encoder.encodeInto(text, memory.bytes.subarray(at, at + room));
  if (bytes) memory.bytes.set(bytes, bytesAt);
  for (let index = 0; index < numbers.length; index += 2) memory.numbers[numbers[index]] = numbers[index + 1];
  const box = memory.words;
  if (state) box.set(state);
  for (let index = 0; index < words.length; index += 2) box[words[index]] = words[index + 1];
  box[REPLY_LENGTH] = 0;
  const failure = used[name](written);
  return answer(used, failure, state);
}

/** Reads what a step has left, before it is wiped. */
function answer(used, failure, state) {
  const { bytes, words: box } = viewOf(used);
  if (state) for (let place = 0; place < STATE_WORDS; place += 1) state[place] = box[place];
  const length = box[REPLY_LENGTH];
  const at = box[REPLY_AT];
  const reply = length > 0 ? decoder.decode(bytes.subarray(at, at + length)) : undefined;
  return { next: box[NEXT], milliseconds: box[MILLISECONDS], outcome: box[OUTCOME], kind: box[KIND], reply, failure };
}

function roomFor(used, room, bytes) {
  const at = used.mailbox_room(room, bytes);
  if (at === 0) throw new RangeError("the core has no memory for it");
  return at >>> 0;
}

/** Views of a memory, and of the words and numbers in it that cross. When it grows, its buffer is another one. */
let view = {};

function viewOf(used) {
  const { buffer } = used.memory;
  if (view.buffer !== buffer) {
    const words = new Uint32Array(buffer, used.mailbox_words());
    view = { buffer, bytes: new Uint8Array(buffer), words, numbers: new Float64Array(buffer, used.mailbox_numbers()) };
  }
  return view;
}
