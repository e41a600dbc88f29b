// Row: linear memory: at the start, and after many calls, throwing ones among them.
//
// In: how many calls. Out: a cell each; exact, so without rounds.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { FOLDER } from "../folder.mjs";
import { exact } from "../stats.mjs";

const TIMEOUT_MS = 5 * 60_000;

export async function memory({ calls, say }) {
  say(`${calls} calls`);
  const args = [join(FOLDER, "workers/memory.mjs"), String(calls)];
  const found = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", timeout: TIMEOUT_MS }));
  return [
    exact("at start", "pages", { ours: found.atStart }),
    exact(`after ${calls} calls`, "pages", { ours: found.after }),
    exact(`growth over ${calls} calls`, "B", { ours: found.growth }),
    exact("instances made", "", { ours: found.instances }),
  ];
}
