// The files that hold results: RESULTS.md, results.svg and a part of docs/performance.md, all made from results.json; and that itself.
//
// In: what was measured. Out: the files' content, and whether it is what is there. What is exact and recorded elsewhere
// (counts.json) is taken from there each time, and the targets are judged each time: neither has to be measured anew.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FOLDER } from "../folder.mjs";
import { ROWS } from "../rows.mjs";
import { core } from "../rows/core.mjs";
import { judge } from "../targets.mjs";
import { pagePart, resultsPage } from "./markdown.mjs";
import { plot } from "./svg.mjs";

const PAGE = join(FOLDER, "../docs/performance.md");
const [BEGIN, END] = ["<!-- bench:begin -->", "<!-- bench:end -->"];

export const readResults = async () => JSON.parse(await readFile(join(FOLDER, "results.json"), "utf8"));

/** The names of the targets whose figure was never measured. */
export const unmeasured = (results) =>
  judge(current(results).rows).filter(({ measured }) => !measured).map(({ name }) => name);

/** Writes every file; with `check` it only tells which are not what they should be. */
export async function render(measured, { check = false } = {}) {
  const results = current(measured);
  const shown = { ...results, targets: judge(results.rows) };
  const page = await readFile(PAGE, "utf8");
  const [before, rest] = page.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (after === undefined) throw new Error(`docs/performance.md lacks ${BEGIN} and ${END}`);
  const files = {
    "bench/results.json": `${JSON.stringify(results, null, 1)}\n`,
    "bench/RESULTS.md": resultsPage(shown),
    "bench/results.svg": plot(shown.targets),
    "docs/performance.md": `${before}${BEGIN}\n\n${pagePart(shown)}\n\n${END}${after}`,
  };
  const stale = [];
  for (const [name, content] of Object.entries(files)) {
    const path = join(FOLDER, "..", name);
    const there = await readFile(path, "utf8").catch(() => "");
    if (there === content) continue;
    stale.push(name);
    if (!check) await writeFile(path, content);
  }
  return { stale, of: Object.keys(files).length };
}

/** What was measured, with what is exact as it is recorded now. */
function current({ machine, versions, quick, rows }) {
  const { title, about } = ROWS.find(({ name }) => name === "core");
  return { machine, versions, quick, rows: { ...rows, core: { title, about, cells: core() } } };
}
