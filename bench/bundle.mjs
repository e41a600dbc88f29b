// A contender as a deploy to Workers would bundle it.
//
// In: the source of an entry. Out: `{ js, wasm }`: the text of the one script, and the bytes of the WebAssembly module that
// it imports as `name`, if any. Minified, everything unused dropped, the same settings for all.

import { basename } from "node:path";
import { build } from "esbuild";
import { BUNDLED } from "../tests/workers.mjs";
import { FOLDER } from "./folder.mjs";

export async function bundle(source) {
  const { outputFiles } = await build({
    ...BUNDLED,
    stdin: { contents: source, resolveDir: FOLDER, sourcefile: "entry.mjs" },
    minify: true,
    write: false,
    outdir: FOLDER,
    logLevel: "error",
  });
  const script = outputFiles.find(({ path }) => path.endsWith(".js"));
  const module = outputFiles.find(({ path }) => path.endsWith(".wasm"));
  return { js: script.text, wasm: module && { name: basename(module.path), bytes: module.contents } };
}
