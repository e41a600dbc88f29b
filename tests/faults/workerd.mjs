// A local workerd, for every suite of this folder.
//
// In: an entry file, or Workers as Miniflare takes them. Out: the Worker's modules, and a workerd that runs while it is
// used. Every workerd started here is ended here.

import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { BUNDLED, LOCAL, within } from "../workers.mjs";

/** A busy machine needs a few seconds for either. */
const START_MS = 60_000;
const END_MS = 30_000;

/** The Worker as a deploy would bundle it: the entry for workerd, its WebAssembly a module of its own. */
export async function bundleWorker(entry) {
  const folder = dirname(entry);
  const { outputFiles } = await build({
    ...BUNDLED,
    entryPoints: [entry],
    write: false,
    outdir: join(folder, "bundle"),
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
    ...LOCAL,
    handleStructuredLogs: ({ level, message }) => printed.push(`[${level}] ${message}`),
    workers,
  });
  try {
    await within(START_MS, "starting workerd", miniflare.ready);
    return await use(miniflare, printed);
  } finally {
    await within(END_MS, "ending workerd", miniflare.dispose());
  }
}
