// Torture: tens of thousands of calls through everything that can go wrong at once, and books to hold them against.
//
// In: the packed tarball (`cargo xtask pack`). Out: a line for each part with its figures, what was wrong beneath it,
// and `N passed, M failed` last. The faults are drawn from a seed, which is printed.
// Not its job: whether one fault is handled as it should be; that is ../matrix.mjs's.

import { parseArgs } from "node:util";
import { runSuite } from "../install.mjs";
import { Random } from "./random.mjs";

/**
 * Each gets the share of its events that are to be, and a Random. It answers `{ figures, promises, alarms }`: how often
 * each promise was broken, and what makes the run itself worthless, such as faults that were never met.
 */
const PARTS = [
  { name: "schedules", run: async (share) => (await import("./schedules.mjs")).schedules(1_000_000 * share) },
  { name: "sales", run: async (share, random) => (await import("./sales.mjs")).sales(10_000 * share, random) },
  {
    name: "tolt",
    run: async (share, random) => (await import("./sales.mjs")).sales(5000 * share, random, "Tolt transaction"),
  },
  {
    name: "dub",
    run: async (share, random) => (await import("./sales.mjs")).sales(5000 * share, random, "Dub sale with invoiceId"),
  },
  {
    name: "conversions",
    run: async (share, random) => (await import("./conversions.mjs")).conversions(10_000 * share, random),
  },
  { name: "once", run: async (share, random) => (await import("./sales.mjs")).once(10_000 * share, random) },
  { name: "storm", run: async (share, random) => (await import("./storm.mjs")).storm(4000 * share, random) },
  { name: "endings", run: async () => (await import("./endings.mjs")).endings() },
  { name: "wear", run: async (share) => (await import("./wear.mjs")).wear(1000 * share) },
  { name: "memory", run: async (share) => (await import("./memory.mjs")).memory(100_000 * share, 10_000 * share) },
  { name: "growth", run: growthPart },
  { name: "random", run: randomPart },
  { name: "outbox", run: async (share) => (await import("../outbox/parts.mjs")).outboxPart(share) },
  { name: "background", run: async (share) => (await import("../outbox/background.mjs")).background(1000 * share) },
];

const HELP = `node tests/faults/torture/torture.mjs [options]
  --only PART   only this part (several allowed): ${PARTS.map(({ name }) => name).join(", ")}
  --quick       a tenth of everything
  --seed N      the faults of an earlier run
  --help        this text`;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    quick: { type: "boolean", default: false },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 32)) },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(HELP);
else await runSuite(main);

async function main() {
  const parts = chosen(values.only);
  const seed = Number(values.seed);
  const isSeed = Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32;
  if (!isSeed) throw new Error("--seed must be a whole number below 2^32");
  console.log(`seed ${seed}`);
  let failed = 0;
  for (const part of parts) failed += Number(!(await runPart(part, values.quick ? 0.1 : 1, new Random(seed))));
  console.log(`${parts.length - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

function chosen(names) {
  const unknown = names.find((name) => PARTS.every((part) => part.name !== name));
  if (unknown) throw new Error(`no such part as ${unknown}: there are ${PARTS.map(({ name }) => name).join(", ")}`);
  return PARTS.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** Time against size; a share of it is the short form, which every test run has. */
async function growthPart(share) {
  const { growth, toldOf } = await import("../growth-run.mjs");
  const { figures, wrong } = await growth({ isQuick: share < 1 });
  const alarms = Object.fromEntries(wrong.map((one) => [toldOf(one), 1]));
  return { figures, promises: { "grow faster than their input, or do not end": wrong.length }, alarms };
}

/** New calls each time: ten seeds in every runtime. */
async function randomPart(share, random) {
  const { playRandom } = await import("../random-run.mjs");
  let calls = 0;
  let wrong = 0;
  for (let left = 10 * share; left > 0; left -= 1) {
    const seed = Math.floor(random.next() * 2 ** 32);
    console.error(`     random: seed ${seed}`);
    const { passed, failed } = await playRandom({ seed });
    calls += passed + failed;
    wrong += failed;
  }
  return { figures: [`${calls} calls`], promises: { "random calls went wrong": wrong }, alarms: {} };
}

/** Prints how the part went; true when nothing was wrong. */
async function runPart({ name, run }, share, random) {
  const began = performance.now();
  const broken = (error) => ({ figures: [], promises: {}, alarms: { [`it broke: ${error.stack}`]: 1 } });
  const { figures, promises, alarms } = await run(share, random).catch(broken);
  const wrong = Object.entries({ ...promises, ...alarms }).filter(([, count]) => count !== 0);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const told = [...figures, ...Object.entries(promises).map(([what, count]) => `${count} ${what}`), `${seconds} s`];
  console.log(`${wrong.length === 0 ? "ok  " : "FAIL"} ${name.padEnd(11)} ${told.join(", ")}`);
  for (const [what, count] of wrong) console.log(`     ${count} ${what}`);
  return wrong.length === 0;
}
