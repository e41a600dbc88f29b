// The matrix: the packed tarball in every runtime, bundler, framework and test runner, doing the same four things.
//
// In: the tarball (`cargo xtask pack`). Out: a line for each row as it is done, a table, and `N passed, M failed` last.
// What the rows are is list.mjs's, what each does probe.mjs's. Runs on Node.js 22 or newer.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { closeBrowser } from "./matrix/browser.mjs";
import { GROUPS, install, lock } from "./matrix/groups.mjs";
import { complaintAbout } from "./matrix/judge.mjs";
import { Kit } from "./matrix/kit.mjs";
import { chosen } from "./matrix/list.mjs";
import { startService } from "./matrix/service.mjs";

const HELP = `node tests/runtimes/matrix.mjs [options]
  --only NAME      only set-ups whose name, or one of whose rows, begins so (several allowed)
  --quick          only those that \`cargo xtask test\` runs
  --list           print the rows, and end
  --tarball FILE   another package than target/package/refport-edge.tgz
  --lock           write the lock files of the groups again (or of those named after it), and end
  --help           this text`;

/** Of a failure; its end says most. */
const MOST_LINES = 40;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", multiple: true, default: [] },
    quick: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    tarball: { type: "string", default: fileURLToPath(new URL("../../target/package/refport-edge.tgz", import.meta.url)) },
    lock: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}

async function main() {
  if (values.help) return print(HELP);
  if (values.lock) return lock(positionals);
  const setups = chosen(values.only, values.quick);
  if (values.list) return print(setups.flatMap(({ rows }) => Object.entries(rows).map(([name, what]) => line(name, what))).join("\n"));
  if (!existsSync(values.tarball)) throw new Error("there is no packed tarball: run `cargo xtask pack`");
  const rowCount = setups.reduce((sum, { rows }) => sum + Object.keys(rows).length, 0);
  const service = await startService();
  const done = [];
  try {
    for (const setup of setups) {
      done.push(...(await runSetup(setup, service)));
      progress(`${done.length} of ${rowCount} rows done`);
    }
  } finally {
    await closeBrowser();
    await service.stop();
  }
  return report(done);
}

async function runSetup(setup, service) {
  const began = performance.now();
  progress(`${setup.name}: ${Object.keys(setup.rows).join(", ")}`);
  const answers = new Map();
  const kit = new Kit(setup, service, answers, values.tarball);
  let broken;
  try {
    for (const group of [setup.group, ...(setup.needs ?? [])]) await install(group, values.tarball);
    await setup.run(kit);
  } catch (error) {
    console.log(`FAIL  ${setup.name}\n${tail(error.stack)}`);
    broken = { error: "see the set-up above" };
  } finally {
    await kit.end();
  }
  progress(`${setup.name}: took ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return Object.entries(setup.rows).map(([name, what]) => {
    const complaint = complaintAbout(setup, answers.get(name) ?? broken, service.seen(name));
    if (complaint) console.log(`FAIL  ${name}\n${tail(complaint)}`);
    return { name, what, complaint };
  });
}

/** The table, and the counts. */
function report(done) {
  console.log();
  for (const { name, what, complaint } of done) console.log(`${complaint ? "FAIL" : "ok  "} ${line(name, what)}`);
  const failed = done.filter(({ complaint }) => complaint).length;
  console.log(`\n${done.length - failed} passed, ${failed} failed`);
  return failed > 0 || done.length === 0 ? 1 : 0;
}

function line(name, what) {
  return `${name.padEnd(26)} ${what}`;
}

function tail(text) {
  const lines = text.split("\n").filter((one) => !one.startsWith("    at "));
  return lines.slice(-MOST_LINES).map((one) => `      ${one}`).join("\n");
}

function progress(text) {
  console.error(`matrix ${text}`);
}

function print(text) {
  console.log(text);
  return 0;
}
