// A Cloudflare Worker in Rust (examples/worker) reports sales to the fake service, in the Workers runtime.
// In: the directory of its module and glue. Out: one line for each case, then "N passed, M failed"; exit 1 when M is not 0.
// Not its job: what the crate decides (tests/*.rs).

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../local/bundle.mjs";
import { ROOT, controlOf, serviceWorker, start } from "../local/workers.mjs";
import { runCases } from "./cases.mjs";

const [dir] = process.argv.slice(2);
const KEY = "rk_rust_worker";
const SHIM = `
  import * as glue from "./worker_bg.js";
  import module from "./worker_bg.wasm";
  const { exports } = new WebAssembly.Instance(module, { "./worker_bg.js": glue });
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
  export default { fetch: (request, env, context) => glue.fetch(request, env, context) };`;

const CASES = {
  "a sale is recorded": async ({ report, sales }) => {
    assert.deepEqual([await report("refp_id=abc123&invoice=inv_1"), await sales()], [[200, "recorded"], 1]);
  },
  "the same sale again is a duplicate, and still one": async ({ report, sales }) => {
    assert.deepEqual([await report("refp_id=abc123&invoice=inv_1"), await sales()], [[200, "duplicate"], 1]);
  },
  "a service that refuses at first is asked again": async ({ report, sales, control }) => {
    await control.rateLimit({ refuseNext: 2 });
    assert.deepEqual([await report("refp_id=abc123&invoice=inv_2"), await sales()], [[200, "recorded"], 2]);
  },
  "a value that could never work is named, and nothing is sent": async ({ report, sales }) => {
    const [status, text] = await report("refp_id=%20&invoice=inv_3");
    assert.deepEqual([status, text.includes("clickId"), await sales()], [400, true, 2]);
  },
};

const fake = await start([serviceWorker(await bundle(join(ROOT, "fake-refport")), "fake-refport", KEY)]);
const shop = await start([await rustWorker(fake.url)]);
const control = controlOf(fake.url);
await control.click({ id: "abc123", link: "alice" });
const at = {
  control,
  async report(query) {
    const response = await fetch(`${shop.url}/?${query}`);
    return [response.status, await response.text()];
  },
  sales: async () => (await control.ledger()).totals.sales,
};
await runCases(CASES, at, () => Promise.all([shop.stop(), fake.stop()]));

async function rustWorker(service) {
  const modules = { "worker.mjs": { type: "esm", contents: SHIM } };
  for (const file of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    const name = path.slice(dir.length + 1);
    if (name.endsWith(".wasm")) modules[name] = { type: "wasm", contents: await readFile(path) };
    if (name.endsWith("_bg.js") || name.includes("snippets") && name.endsWith(".js")) {
      modules[name] = { type: "esm", contents: await readFile(path, "utf8") };
    }
  }
  const secret = (value) => ({ type: "text", value });
  return {
    config: {
      name: "rust-worker",
      compatibilityDate: "2026-10-01",
      manifest: { mainModule: "worker.mjs", modules, modulesRoot: "/" },
      env: { REFPORT_API_KEY: secret(KEY), REFPORT_URL: secret(service) },
    },
    dev: { unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] },
  };
}
