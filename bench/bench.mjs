// The benchmark: everything side by side, on this machine.
//
// In: which rows. Out: a table for each row and one of the targets, each `met` or `missed`, on stdout; progress on stderr.
// A run of all rows writes results.json, RESULTS.md, results.svg and a part of docs/performance.md. It exits 0 whatever it measures.

import { parseArgs } from "node:util";
import { machine, versions } from "./machine.mjs";
import { readResults, render, unmeasured } from "./report/files.mjs";
import { rowTable, targetTable } from "./report/table.mjs";
import { ROWS } from "./rows.mjs";
import { judge } from "./targets.mjs";

const HELP = `node bench/bench.mjs [options]; \`cargo xtask bench\` builds and installs what it needs
  --only ROW   only this row (several allowed); nothing is written
  --quick      a fifth of the rounds; nothing is written
  --write      write the results of a quick run all the same
  --render     judge the targets and make RESULTS.md, the plot and the part of docs/performance.md again, from what was measured
  --check      tell whether they are what was measured, and whether every target was
  --list       the rows
  --help       this text`;

const { values: options } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    ...Object.fromEntries(["quick", "write", "render", "check", "list", "help"].map((name) => [name, { type: "boolean", default: false }])),
  },
});

if (options.help) console.log(HELP);
else if (options.list) for (const { name, title, about } of ROWS) console.log(`${name.padEnd(8)} ${title}: ${about}`);
else if (options.render) console.log((await render(await readResults())).stale.map((name) => `wrote ${name}`).join("\n") || "up to date");
else if (options.check) await check();
else await run();

async function check() {
  const results = await readResults();
  const missing = unmeasured(results);
  const { stale, of } = await render(results, { check: true });
  if (missing.length > 0) console.log(`FAIL never measured: ${missing.join("; ")}: run \`cargo xtask bench\`, which makes every file anew`);
  const remedy = missing.length > 0 ? "the same run mends it" : "run `cargo xtask bench --render`, which measures nothing";
  for (const name of stale) console.log(`FAIL ${name} is not what the targets and the recorded figures say: ${remedy}`);
  const failed = stale.length + Math.sign(missing.length);
  console.log(`${of + 1 - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

async function run() {
  const { only, quick } = options;
  const unknown = only.find((name) => ROWS.every((row) => row.name !== name));
  if (unknown) throw new Error(`no row is called ${unknown}: see --list`);
  const rows = {};
  for (const { name, title, about, run } of ROWS.filter(({ name }) => only.length === 0 || only.includes(name))) {
    const began = performance.now();
    const say = (what) => console.error(`bench  ${name}: ${what}`);
    say(about);
    rows[name] = { title, about, cells: await run(quick, say) };
    say(`done in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    console.log(`${rowTable(rows[name])}\n`);
  }
  console.log(targetTable(judge(rows).filter(({ measured }) => measured)));
  console.log(`\n${machine()}`);
  if (only.length > 0 || (quick && !options.write)) return;
  const { stale } = await render({ machine: machine(), versions: versions(), quick, rows });
  for (const name of stale) console.error(`bench  wrote ${name}`);
}
