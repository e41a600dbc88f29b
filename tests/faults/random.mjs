// Random and hostile calls, and a polluted `Object.prototype`, in every runtime.
//
// In: the packed tarball (`cargo xtask pack`). Out: a line for each runtime, one for each call that went wrong, and
// `N passed, M failed` last. Everything is drawn from a seed, which is printed.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { FOLDER, runSuite } from "./install.mjs";

const HELP = `node tests/faults/random.mjs [options]
  --only RUNTIME   only runtimes whose name begins so (several allowed)
  --seed N         the calls of an earlier run
  --from N         the first call's number
  --count N        so many calls in each runtime
  --help           this text`;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 32)) },
    from: { type: "string", default: "0" },
    count: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(HELP);
else await runSuite(main);

/** The newest of Node.js and of the Workers runtime get all; the others, a sample. */
const MANY = 10_000;
const SOME = 1000;
const THOROUGH = /^(node-current|workerd-2026)/;

/** More would not be read. */
const MOST_TOLD = 20;

async function main() {
  const { chosen } = await import("./runtimes.mjs");
  const golden = (name) => JSON.parse(readFileSync(join(FOLDER, "../golden", name), "utf8"));
  const job = {
    task: "random",
    seed: Number(values.seed),
    from: Number(values.from),
    requestLikes: golden("request_like.json"),
    clickIds: golden("click_id.json"),
  };
  console.log(`seed ${job.seed}`);
  let passed = 0;
  let failed = 0;
  for (const { name, run } of chosen(values.only)) {
    const count = Number(values.count ?? (THOROUGH.test(name) ? MANY : SOME));
    const began = performance.now();
    const { answer, stray } = await run({ ...job, count }).catch((error) => ({ answer: undefined, stray: [error.message] }));
    const { played = 0, wrong = [], slowest } = answer ?? {};
    const isGood = wrong.length + stray.length === 0 && played > 0;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const figures = `${played} calls  ${wrong.length} wrong  ${stray.length} stray errors  ${seconds} s`;
    console.log(`${isGood ? "ok  " : "FAIL"}  ${name.padEnd(18)}  ${figures}  slowest ${slowest?.ms} ms (number ${slowest?.number}, ${slowest?.what})`);
    for (const { name: title, complaints } of wrong.slice(0, MOST_TOLD)) console.log(`     ${title}: ${complaints.join("; ")}`);
    for (const message of stray.slice(0, MOST_TOLD)) console.log(`     ${message}`);
    passed += played - wrong.length;
    failed += wrong.length + stray.length + (isGood || wrong.length + stray.length > 0 ? 0 : 1);
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}
