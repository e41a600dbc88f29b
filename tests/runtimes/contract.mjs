// The contract of the package, the same for every runtime.
//
// In: the package's API, the golden vectors by file name, the address of the live service (live.mjs) and where to print.
// Out: lines, and `{ passed, failed }`. It imports nothing of any runtime.
// Not its job: loading the package; each launcher does that in its runtime's own way.

import { backgroundChecks } from "./contract/background.mjs";
import { Checks } from "./contract/check.mjs";
import { errorChecks } from "./contract/errors.mjs";
import { SUITES } from "./contract/golden.mjs";
import { realChecks } from "./contract/real.mjs";
import { webhookChecks } from "./contract/webhooks.mjs";

/** The files of tests/golden that it reads. */
export const GOLDEN = Object.keys(SUITES);

export async function run({ api, golden, fetchTo, print }) {
  const checks = new Checks(print);
  for (const [name, suite] of Object.entries(SUITES)) await checks.run(`${name}.json`, suite(api, golden[name]));
  const others = { ...webhookChecks(api), ...errorChecks(api), ...realChecks(api, fetchTo), ...backgroundChecks(api) };
  for (const [name, suite] of Object.entries(others)) await checks.run(name, Object.entries(suite));
  return { passed: checks.passed, failed: checks.failed };
}
