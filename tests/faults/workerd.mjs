// A local workerd, for every suite of this folder.
//
// In: an entry file, or Workers as Miniflare takes them. Out: the Worker's modules, and a workerd that runs while it is
// used. Every workerd started here is ended here.

import { basename, dirname, join } from "node:path";
import { build } from "esbuild";

/** The Worker as a deploy would bundle it: the entry for workerd, its WebAssembly a module of its own. */
export async function bundleWorker(entry) {
  const folder = dirname(entry);
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    outdir: join(folder, "bundle"),
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
  return { mainModule: "worker.js", modules: Object.fromEntries(modules), modulesRoot: folder };
}

/** Runs Workers while `use` does; it gets the Miniflare, ready, and a list that grows with what the Workers print. */
export async function withWorkerd(workers, use) {
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
    return await use(miniflare, printed);
  } finally {
    await miniflare.dispose();
  }
}
