// Cloudflare Workers: the module is compiled by whoever deploys the Worker, since workerd compiles none at run time.

import module from "./dist/core.wasm";
import { start } from "./start.js";

start(() => module);

export * from "./api.js";
