// A contender as a deploy to Workers would bundle it.
//
// In: the source of an entry. Out: `{ js, wasm }`: the text of the one script, and a list of the WebAssembly modules that it
// imports, each `{ name, bytes }`. Minified, everything unused dropped, the same settings for all.

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
  const modules = outputFiles.filter(({ path }) => path.endsWith(".wasm"));
  const wasm = modules.map(({ path, contents }) => ({ name: basename(path), bytes: contents }));
  // What the bundler has copied and then found unused is not shipped.
  return { js: script.text, wasm: wasm.filter(({ name }) => script.text.includes(name)) };
}
