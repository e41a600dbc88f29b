// Row: import and instantiate, in Node, Deno and Bun: each time in a process of its own, from the installed package.
//
// In: how many rounds. Out: a cell for each runtime: from the `import` to the end of the first sale, in milliseconds.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { FOLDER } from "../folder.mjs";
import { cell } from "../stats.mjs";
import { takeTurns } from "../rounds.mjs";

const CONTENDERS = ["ours", "plain", "dub", "stripe", "openai", "resend"];
const TIMEOUT_MS = 30_000;

/** Each runtime's program, and how it is told what it may do. */
const RUNTIMES = {
  Node: { program: process.execPath, args: [] },
  Deno: { program: platformProgram("@deno", "deno"), args: ["run", "--no-prompt", "--allow-read", "--allow-env", "--allow-sys"] },
  Bun: { program: platformProgram("@oven", "bin/bun"), args: ["run"] },
};

export async function startUp({ rounds, say }) {
  const cells = [];
  for (const [runtime, { program, args }] of Object.entries(RUNTIMES)) {
    say(runtime);
    const samples = await takeTurns(CONTENDERS, { rounds, warmUp: 1 }, (name) => {
      const file = join(FOLDER, "workers/import.mjs");
      const all = [...args, file, join(FOLDER, `contenders/${name}.mjs`)];
      const { status, stdout, stderr } = spawnSync(program, all, { cwd: FOLDER, encoding: "utf8", timeout: TIMEOUT_MS });
      if (status !== 0) throw new Error(`${runtime} did not start ${name}: ${stderr}`);
      const times = JSON.parse(stdout.trim().split("\n").at(-1));
      return times.import + times.sale;
    });
    cells.push(cell(runtime, "ms", samples, ["plain", "dub"]));
  }
  return cells;
}

/** npm installs the packages of this platform; of two for one platform (glibc, musl), one runs. */
function platformProgram(scope, path) {
  const folder = join(FOLDER, "node_modules", scope);
  const candidates = (existsSync(folder) ? readdirSync(folder) : []).map((name) => join(folder, name, path));
  return candidates.find((program) => spawnSync(program, ["--version"], { timeout: TIMEOUT_MS }).status === 0);
}
