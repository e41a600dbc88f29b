// Workers of this folder in a local workerd, bundled as a deploy would bundle them.
//
// In: an entry file and bindings. Out: addresses. Every Worker started here is ended here.

import { basename, join } from "node:path";
import { build } from "esbuild";
import { FOLDER } from "../install.mjs";

const COMPATIBILITY_DATE = "2026-10-01";
const HERE = join(FOLDER, "torture");

/** One Worker. `env` and `exports` are Miniflare's; `flags` are compatibility flags. */
export async function worker(name, entry, { env = {}, exports = {}, flags = [] } = {}) {
  const manifest = await bundle(entry);
  return {
    config: {
      name,
      compatibilityDate: COMPATIBILITY_DATE,
      compatibilityFlags: flags,
      manifest: { ...manifest, modulesRoot: HERE },
      env,
      exports,
    },
    // Straight to the Worker: Miniflare's own entry would be most of the work.
    dev: { unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] },
  };
}

/** Runs Workers while `use` does; it gets the address of the first one, and what they printed so far. */
export async function withWorkers(workers, use) {
  // It is imported here because it does not load on an old Node.js.
  const { Miniflare } = await import("miniflare");
  const printed = [];
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false, // else it is fetched from the network
    logRequests: false,
    telemetry: { enabled: false },
    handleStructuredLogs: ({ level, message }) => printed.push(`[${level}] ${message}`),
    workers,
  });
  try {
    await miniflare.ready;
    const url = await miniflare.unsafeGetDirectURL(workers[0].config.name);
    return await use(url.origin, printed);
  } finally {
    await miniflare.dispose();
  }
}

/** A POST of JSON to a Worker. */
export function post(url, job, signal) {
  return fetch(url, { method: "POST", body: JSON.stringify(job), signal });
}

async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(HERE, entry)],
    bundle: true,
    write: false,
    outdir: join(HERE, "bundle"),
    entryNames: "worker",
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    loader: { ".wasm": "copy" },
    logLevel: "warning",
  });
  const modules = outputFiles.map((file) => [
    basename(file.path),
    file.path.endsWith(".wasm") ? { type: "wasm", contents: file.contents } : { type: "esm", contents: file.text },
  ]);
  return { mainModule: "worker.js", modules: Object.fromEntries(modules) };
}
