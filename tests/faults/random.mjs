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

/** The newest of Node.js and of the Workers runtime get all; the others, a sample. */
const MANY = 10_000;
const SOME = 1000;
const THOROUGH = /^(node-current|workerd-2026)/;

/** More would not be read. */
const MOST_TOLD = 20;

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

async function main() {
  const { inEachRuntime } = await import("./runtimes.mjs");
  const golden = (name) => JSON.parse(readFileSync(join(FOLDER, "../golden", name), "utf8"));
  const vectors = {
    requestLikes: golden("request_like.json"),
    clickIds: golden("click_id.json"),
    webhooks: golden("webhook.json"),
  };
  const seed = Number(values.seed);
  console.log(`seed ${seed}`);
  const { passed, failed } = await inEachRuntime(values.only, async ({ name, run }) => {
    const isThorough = THOROUGH.test(name);
    const count = Number(values.count ?? (isThorough ? MANY : SOME));
    const jobs = [{ task: "random", seed, from: Number(values.from), count, ...vectors }];
    if (isThorough) jobs.push({ task: "pollution", seed, ...vectors });
    const total = { passed: 0, failed: 0 };
    for (const job of jobs) {
      const told = await runJob(name, run, job);
      total.passed += told.passed;
      total.failed += told.failed;
    }
    return total;
  });
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

async function runJob(name, run, job) {
  const began = performance.now();
  const { answer, stray } = await run(job).catch((error) => ({ answer: undefined, stray: [error.message] }));
  const { played = 0, wrong = [] } = answer ?? {};
  const faults = wrong.length + stray.length;
  const isGood = faults === 0 && played > 0;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const figures = `${played} calls  ${wrong.length} wrong  ${stray.length} stray errors  ${seconds} s`;
  console.log(`${isGood ? "ok  " : "FAIL"}  ${name.padEnd(18)}  ${job.task.padEnd(9)}  ${figures}`);
  for (const { name: title, complaints } of wrong.slice(0, MOST_TOLD)) console.log(`     ${title}: ${complaints.slice(0, 3).join("; ")}`);
  for (const message of stray.slice(0, MOST_TOLD)) console.log(`     ${message}`);
  return { passed: played - wrong.length, failed: isGood ? 0 : Math.max(faults, 1) };
}
