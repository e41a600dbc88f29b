// Plays random calls, and calls under a polluted `Object.prototype`, in the runtimes.
//
// In: a seed, and which runtimes. Out: `{ passed, failed }`; a line for each runtime, and one for each call that went wrong,
// are printed.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FOLDER } from "./install.mjs";
import { inEachRuntime } from "./runtimes.mjs";

/** The newest of Node.js and of the Workers runtime get all; the others, a sample. */
const MANY = 10_000;
const SOME = 1000;
const THOROUGH = /^(node-current|workerd-2026)/;

/** More would not be read. */
const MOST_TOLD = 20;

/** `from` is the number of the first call, and `count` how many each runtime plays. */
export function playRandom({ seed, only = [], from = 0, count }) {
  const vectors = {
    requestLikes: golden("request_like.json"),
    clickIds: golden("click_id.json"),
    webhooks: golden("webhook.json"),
  };
  return inEachRuntime(only, async ({ name, run }) => {
    const isThorough = THOROUGH.test(name);
    const jobs = [{ task: "random", seed, from, count: count ?? (isThorough ? MANY : SOME), ...vectors }];
    if (isThorough) jobs.push({ task: "pollution", seed, ...vectors });
    const total = { passed: 0, failed: 0 };
    for (const job of jobs) {
      const { passed, failed } = await runJob(name, run, job);
      total.passed += passed;
      total.failed += failed;
    }
    return total;
  });
}

const golden = (name) => JSON.parse(readFileSync(join(FOLDER, "../golden", name), "utf8"));

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
