/**
 * The core itself: the WebAssembly that every entry of this package runs. What an import of it yields is up to the
 * bundler or the runtime; this says what Cloudflare Workers and most others do.
 */

/** A `WebAssembly.Module` where the program knows that type, else any object. */
export type CompiledCore = object &
  (typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : unknown);

declare const core: CompiledCore;
export default core;
