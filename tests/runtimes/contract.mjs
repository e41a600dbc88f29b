// The contract of the package, the same for every runtime.
//
// In: the package's API, the golden vectors by file name, the address of the live service (live.mjs) and where to print.
// Out: lines, and `{ passed, failed }`. It imports nothing of any runtime.
// Not its job: loading the package; each launcher does that in its runtime's own way.

import { backgroundChecks } from "./contract/background.mjs";
import { Checks, same } from "./contract/check.mjs";
import { SERVICES } from "./contract/calls.mjs";
import { errorChecks } from "./contract/errors.mjs";
import { SUITES } from "./contract/golden.mjs";
import { realChecks } from "./contract/real.mjs";
import { webhookChecks } from "./contract/webhooks.mjs";

/** The files of tests/golden that it reads. */
export const GOLDEN = [...Object.keys(SUITES), ...SERVICES];

/** The suites of the vectors, each with its name. */
export function* suitesOf(api, golden) {
  for (const [name, suite] of Object.entries(SUITES)) yield [`${name}.json`, suite(api, golden[name])];
  // Those have vectors of every suite in one file of their own.
  for (const service of SERVICES) {
    for (const [name, suite] of Object.entries(SUITES)) {
      const vectors = golden[service].filter((vector) => vector.suite === name);
      if (vectors.length > 0) yield [`${service}.json, ${name}`, suite(api, vectors.map(({ suite: _, ...vector }) => vector))];
    }
    const unknown = golden[service].filter(({ suite }) => !Object.hasOwn(SUITES, suite));
    yield [`${service}.json`, [["every vector is of a suite", () => same(unknown, [])]]];
  }
}

export async function run({ api, golden, fetchTo, print }) {
  const checks = new Checks(print);
  for (const [name, suite] of suitesOf(api, golden)) await checks.run(name, suite);
  const others = { ...webhookChecks(api), ...errorChecks(api), ...realChecks(api, fetchTo), ...backgroundChecks(api) };
  for (const [name, suite] of Object.entries(others)) await checks.run(name, Object.entries(suite));
  return { passed: checks.passed, failed: checks.failed };
}
