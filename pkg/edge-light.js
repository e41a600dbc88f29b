// Vercel's edge runtime, and Nitro on Cloudflare: the module is compiled by whoever bundles, who knows it by `?module`.

import module from "./dist/core.wasm?module";
import { start } from "./start.js";

start(() => module);

export * from "./api.js";
