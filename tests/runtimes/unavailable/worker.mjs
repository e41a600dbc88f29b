// workerd, with a module that is not the core in the core's place, as a bundler may put it there.
//
// In: nothing but the installed package. Out: findings.

import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join, relative } from "node:path";
import { Miniflare } from "miniflare";
import { LOCAL } from "../../workers.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const PACKAGE = join(HERE, "../node_modules/refport-edge");
/** It has neither imports nor exports. */
const EMPTY = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

const WORKER = `
  import * as api from "./refport-edge/dist/workerd/index.js";
  import { findings } from "./checks.mjs";
  export default { fetch: async () => Response.json(await findings(api)) };`;

export async function inWorkerd() {
  const esm = (contents) => ({ type: "esm", contents });
  const modules = {
    "worker.mjs": esm(WORKER),
    "checks.mjs": esm(await readFile(join(HERE, "checks.mjs"), "utf8")),
  };
  for (const file of await readdir(PACKAGE, { recursive: true, withFileTypes: true })) {
    const path = relative(PACKAGE, join(file.parentPath, file.name));
    if (path.endsWith(".wasm")) modules[`refport-edge/${path}`] = { type: "wasm", contents: EMPTY };
    if (path.endsWith(".js")) modules[`refport-edge/${path}`] = esm(await readFile(join(PACKAGE, path), "utf8"));
  }
  const manifest = { mainModule: "worker.mjs", modules, modulesRoot: "/" };
  const config = { name: "unavailable", compatibilityDate: "2026-10-01", manifest, env: {} };
  const miniflare = new Miniflare({ ...LOCAL, workers: [{ config }] });
  try {
    const response = await fetch(await miniflare.ready);
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return JSON.parse(text);
  } finally {
    await miniflare.dispose();
  }
}
