// Everywhere else: the bytes travel inside a JavaScript file, so that no bundler, file system or permission is in the way.

/* @ts-self-types="./index.d.ts" */

import { base64 } from "./dist/inline.js";
import { start } from "./start.js";

start(() => new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))));

export * from "./api.js";
