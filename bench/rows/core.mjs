// Row: what a recorded sale asks of the core, exactly.
//
// In: counts.json, which `cargo xtask counts` records and holds every change to. Out: a cell each. It measures nothing.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FOLDER } from "../folder.mjs";
import { exact } from "../stats.mjs";

export function core() {
  const figures = JSON.parse(readFileSync(join(FOLDER, "counts.json"), "utf8"))["sale recorded"];
  return [
    exact("instructions", "", { ours: figures.instructions }),
    exact("crossings, in", "", { ours: figures.in }),
    exact("crossings, out", "", { ours: figures.out }),
  ];
}
