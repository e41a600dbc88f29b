// The fault matrix: every row of tests/golden/faults.json, in every runtime, over real HTTP.
//
// In: the packed tarball (`cargo xtask pack`). Out: a line for each runtime, a line for each row that went wrong, and
// `N passed, M failed` last. What a row means is judge.mjs's, how a runtime is started runtimes.mjs's.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { VOCABULARY } from "./answers.mjs";
import { FOLDER, runSuite } from "./install.mjs";
import { faultsOf, judge } from "./judge.mjs";
import { startService } from "./service.mjs";

const HELP = `node tests/faults/matrix.mjs [options]
  --only RUNTIME    only runtimes whose name begins so (several allowed)
  --row SUBSTRING   only rows whose "event: name" contains this
  --times           how long each row took, the slowest first
  --help            this text`;

/** A Worker has six connections at a time; what waits for one would wait on its timeout. */
const CONCURRENCY = 5;

/** Of one runtime; when everything is wrong, more of it tells no more. */
const MOST_COMPLAINTS = 60;

const titleOf = ({ event, name }) => `${event}: ${name}`;
const sum = (list, countOf) => list.reduce((total, item, index) => total + countOf(item, index), 0);

/** What a runtime says of a connection that failed is its own. */
const isPlayedBy =
  ({ name }) =>
  ({ runtimes }) =>
    runtimes === undefined || runtimes.some((start) => name.startsWith(start));

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    row: { type: "string", default: "" },
    times: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(HELP);
else await runSuite(main);

async function main() {
  const { inEachRuntime } = await import("./runtimes.mjs");
  const rows = readRows().filter((row) => titleOf(row).includes(values.row));
  if (rows.length === 0) throw new Error(`no row's "event: name" contains "${values.row}"`);
  const service = await startService();
  try {
    const { passed, failed } = await inEachRuntime(values.only, (runtime) =>
      runRuntime(runtime, rows.filter(isPlayedBy(runtime)), service),
    );
    console.log(`${passed} passed, ${failed} failed`);
    return failed > 0 || passed === 0 ? 1 : 0;
  } finally {
    await service.stop();
  }
}

/** The rows; none passes when one of them is not whole. */
function readRows() {
  const rows = JSON.parse(readFileSync(join(FOLDER, "../golden/faults.json"), "utf8"));
  const titles = new Set(rows.map(titleOf));
  const wrong = rows.flatMap((row) => faultsOf(row, VOCABULARY));
  if (titles.size !== rows.length) wrong.push("two rows have the same name and event");
  if (wrong.length > 0) throw new Error(`tests/golden/faults.json:\n${wrong.join("\n")}`);
  return rows;
}

async function runRuntime(runtime, rows, service) {
  const began = performance.now();
  const idOf = (index) => `${runtime.name}-${index}`;
  const job = {
    task: "rows",
    concurrency: CONCURRENCY,
    apiKey: "rk_test",
    customer: { customerExternalId: "user_001" },
    rows: rows.map(({ event, script, options = {}, recordedAfterRepeat }, index) => {
      const id = idOf(index);
      const again = recordedAfterRepeat === undefined ? undefined : service.again(id);
      return { id, event, options, baseUrl: service.play(id, script), again };
    }),
  };
  const { answer, stray } = await runtime.run(job).catch((error) => ({ answer: [], stray: [error.message] }));
  const seen = new Map(answer.map((one) => [one.id, one]));
  const verdicts = rows.map((row, index) => judge(row, seen.get(idOf(index)), service.books(idOf(index))));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  report(runtime.name, rows, verdicts, {
    stray,
    elsewhere: sum(rows, (_, index) => service.books(idOf(index)).elsewhere),
    once: sum(rows, (_, index) => Number(service.books(idOf(index)).recordedAfterRepeat === 1)),
    seconds,
  });
  if (values.times) printTimes(rows, answer, idOf);
  const failed = sum(verdicts, ({ complaints }) => Number(complaints.length > 0));
  return { passed: rows.length - failed, failed: failed + stray.length };
}

function report(name, rows, verdicts, { stray, elsewhere, once, seconds }) {
  const count = (promise) => sum(verdicts, (verdict) => Number(verdict[promise]));
  const isGood = stray.length === 0 && verdicts.every(({ complaints }) => complaints.length === 0);
  const columns = [
    (isGood ? "ok" : "FAIL").padEnd(4),
    name.padEnd(18),
    `${rows.length} rows`,
    `${count("threw")} throws`,
    `${count("hung")} hangs`,
    `${count("falseRecorded")} false recorded`,
    `status and code kept ${count("kept")}/${rows.length}`,
    `exactly once on the books after a repeat ${once}/${rows.filter((row) => row.recordedAfterRepeat === 1).length}`,
    `${elsewhere} requests to another origin`,
    `${seconds} s`,
  ];
  console.log(columns.join("  "));
  const told = verdicts.flatMap(({ complaints }, index) => complaints.map((one) => `${titleOf(rows[index])}: ${one}`));
  for (const line of [...told.slice(0, MOST_COMPLAINTS), ...stray]) console.log(`     ${line}`);
  if (told.length > MOST_COMPLAINTS) console.log(`     … and ${told.length - MOST_COMPLAINTS} more`);
}

function printTimes(rows, answer, idOf) {
  const took = new Map(answer.map(({ id, durationMs }) => [id, durationMs]));
  const times = rows.map((row, index) => [took.get(idOf(index)) ?? -1, titleOf(row)]);
  for (const [time, title] of times.sort(([one], [other]) => other - one)) console.log(`     ${time} ms  ${title}`);
}
