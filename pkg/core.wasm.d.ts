/**
 * The core itself: the WebAssembly that every entry of this package runs. What an import of it yields is up to the
 * bundler or the runtime; this says what Cloudflare Workers and most others do.
 */

import type { CompiledCore } from "./slim.js";

declare const core: CompiledCore;
export default core;
