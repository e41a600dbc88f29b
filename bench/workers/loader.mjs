// A Worker that starts others: each in an isolate of its own that nobody has used before.
//
// In: `/NAME?nonce=N`, `env.CODE` with the scripts and modules. Out: the answer of the new Worker's first request. Without
// a name nothing is started: what the way here costs.

import { Buffer } from "node:buffer";

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const code = env.CODE[pathname.slice(1)];
    if (!code) return new Response("nothing");
    const nonce = searchParams.get("nonce");
    // Else V8 would find what it has compiled before.
    const modules = { "worker.js": `${code.js}\n//${nonce}` };
    for (const { name, base64 } of code.wasm) modules[name] = { wasm: unique(Buffer.from(base64, "base64"), nonce) };
    const worker = env.LOADER.load({ compatibilityDate: env.DATE, mainModule: "worker.js", modules });
    return worker.getEntrypoint().fetch("https://worker.test/first");
  },
};

/** The module with one more custom section. */
function unique(bytes, nonce) {
  const section = [0, nonce.length + 2, 1, 110, ...Buffer.from(nonce)];
  const longer = new Uint8Array(bytes.length + section.length);
  longer.set(bytes);
  longer.set(section, bytes.length);
  return longer.buffer;
}
