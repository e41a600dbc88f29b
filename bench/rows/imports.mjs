// Row: shipped bytes by what is imported: the minified bundle for Workers of a program that imports that alone.
//
// In: nothing; budgets.json has the imports, which `cargo xtask size` holds to their budgets. Out: a cell each, after gzip -9.
// Exact, so without rounds.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../bundle.mjs";
import { FOLDER } from "../folder.mjs";
import { exact } from "../stats.mjs";
import { gzip } from "./bytes.mjs";

export async function imports() {
  const all = JSON.parse(await readFile(join(FOLDER, "budgets.json"), "utf8"));
  const cells = [];
  for (const { name, import: what, from = "refport-edge" } of all.filter((row) => row.import)) {
    const { js, wasm } = await bundle(`export ${what} from "${from}";`);
    const modules = wasm.reduce((sum, { bytes }) => sum + gzip(bytes), 0);
    cells.push(exact(name, "B", { ours: gzip(js) + modules, "of it, JavaScript": gzip(js), "of it, WebAssembly": modules }));
  }
  return cells;
}
