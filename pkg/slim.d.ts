/**
 * refport-edge without its core, with `refport-edge/capture` and `refport-edge/checkout`: for a bundler or a runtime that none of the ready-made entries fits, and for whoever
 * compiles or caches modules themselves.
 *
 * Call {@link init} first.
 */

export * from "./capture.js";
export * from "./checkout.js";
export * from "./index.js";

/** A `WebAssembly.Module` where the program knows that type, else any object. */
export type CompiledCore = object &
  (typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : unknown);

/**
 * Starts the core, synchronously. Before that, whatever needs it throws an `Error` with these words, `track_sale` and
 * `captureClick` included. After the first time it does nothing.
 *
 * Throws what `WebAssembly.Instance` throws when `module` is not the compiled `refport-edge/core.wasm`.
 *
 * @example
 * ```ts
 * import core from "refport-edge/core.wasm";
 * import { init, getClickIdFromRequest } from "refport-edge/slim";
 *
 * init(core);
 * const clickId = getClickIdFromRequest(request);
 * ```
 */
export function init(module: CompiledCore): void;
