// The benchmark: everything side by side, on this machine.
//
// In: which rows. Out: a table for each row and one of the targets, each `met` or `missed`, on stdout; progress on stderr.
// A run of all rows writes results.json, RESULTS.md, results.svg and the README's part. It exits 0 whatever it measures.

import { parseArgs } from "node:util";
import { machine, versions } from "./machine.mjs";
import { readResults, render, writeResults } from "./report/files.mjs";
import { rowTable, targetTable } from "./report/table.mjs";
import { ROWS } from "./rows.mjs";
import { judge } from "./targets.mjs";

const HELP = `node bench/bench.mjs [options]; \`cargo xtask bench\` builds and installs what it needs
  --only ROW   only this row (several allowed); nothing is written
  --quick      a fifth of the rounds; nothing is written
  --write      write the results of a quick run all the same
  --render     make RESULTS.md, the plot and the README's part from results.json again
  --check      tell whether they are what results.json says
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
else if (options.render) console.log((await render(await readResults())).map((name) => `wrote ${name}`).join("\n") || "up to date");
else if (options.check) await check();
else await run();

async function check() {
  const stale = await render(await readResults(), { check: true });
  for (const name of stale) console.log(`FAIL ${name} is not what bench/results.json says: run \`cargo xtask bench --render\``);
  console.log(`${3 - stale.length} passed, ${stale.length} failed`);
  process.exitCode = stale.length > 0 ? 1 : 0;
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
  const targets = judge(rows);
  console.log(targetTable(targets));
  console.log(`\n${machine()}`);
  if (only.length > 0 || (quick && !options.write)) return;
  const results = { machine: machine(), versions: versions(), quick, targets, rows };
  await writeResults(results);
  for (const name of await render(results)) console.error(`bench  wrote ${name}`);
}
