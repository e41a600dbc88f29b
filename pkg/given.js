// The one core of refport-edge/slim: the caller brings its module.
//
// In: a compiled `WebAssembly.Module` of refport-edge/core.wasm. Out: the core, which has the steps of every service.

import { Core } from "./core.js";
import * as glue from "./dist/glue/core.js";

let module;

export const given = new Core(glue, () => module);

/** Throws what `WebAssembly.Instance` throws where it is not the right one. */
export function give(compiled) {
  if (module) return;
  module = compiled;
  try {
    given.instantiate();
  } catch (error) {
    module = undefined;
    throw error;
  }
}

export const isGiven = () => module !== undefined;
