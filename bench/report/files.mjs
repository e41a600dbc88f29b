// The files that hold results: RESULTS.md, results.svg and the README's part, all made from results.json.
//
// In: results. Out: the files' content, and whether it is what is there.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FOLDER } from "../folder.mjs";
import { readmePart, resultsPage } from "./markdown.mjs";
import { plot } from "./svg.mjs";

const README = join(FOLDER, "../README.md");
const [BEGIN, END] = ["<!-- bench:begin -->", "<!-- bench:end -->"];
const RESULTS = join(FOLDER, "results.json");

export const readResults = async () => JSON.parse(await readFile(RESULTS, "utf8"));
export const writeResults = (results) => writeFile(RESULTS, `${JSON.stringify(results, null, 1)}\n`);

/** Writes every file; with `check` it only tells which are not what they should be. */
export async function render(results, { check = false } = {}) {
  const readme = await readFile(README, "utf8");
  const [before, rest] = readme.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (after === undefined) throw new Error(`README.md lacks ${BEGIN} and ${END}`);
  const files = {
    "bench/RESULTS.md": resultsPage(results),
    "bench/results.svg": plot(results.targets),
    "README.md": `${before}${BEGIN}\n\n${readmePart(results)}\n\n${END}${after}`,
  };
  const stale = [];
  for (const [name, content] of Object.entries(files)) {
    const path = join(FOLDER, "..", name);
    const there = await readFile(path, "utf8").catch(() => "");
    if (there === content) continue;
    stale.push(name);
    if (!check) await writeFile(path, content);
  }
  return stale;
}
