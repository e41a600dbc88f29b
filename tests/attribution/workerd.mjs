// Workers as a deploy bundles them, in a local workerd.
//
// In: an entry file. Out: its modules; a workerd that runs while it is used.

import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { BUNDLED, LOCAL } from "../workers.mjs";

export async function bundle(entry) {
  const folder = dirname(entry);
  const { outputFiles } = await build({
    ...BUNDLED, entryPoints: [entry], write: false, outdir: join(folder, "bundle"), logLevel: "warning",
  });
  const modules = outputFiles.map((file) => [
    basename(file.path),
    file.path.endsWith(".wasm") ? { type: "wasm", contents: file.contents } : { type: "esm", contents: file.text },
  ]);
  return { mainModule: "worker.js", modules: Object.fromEntries(modules), modulesRoot: folder };
}

/** Runs Workers while `use(url)` does. */
export async function withWorkers(workers, use) {
  const printed = [];
  const miniflare = new Miniflare({ ...LOCAL, handleStructuredLogs: ({ message }) => printed.push(message), workers });
  try {
    return await use((await miniflare.ready).origin, miniflare, printed);
  } finally {
    await miniflare.dispose();
  }
}
