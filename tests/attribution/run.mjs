// What every runtime checks of `refport-edge/capture` and `/checkout`.
//
// In: the entries, the package's API, the golden vectors by file name, how many random IDs, and where to print. Out: lines, and `{ passed, failed }`.
// It imports nothing of any runtime.

import { Checks } from "../runtimes/contract/check.mjs";
import { carriedChecks } from "./checks/carried.mjs";
import { captureChecks } from "./checks/captured.mjs";
import { encoderChecks } from "./checks/encoders.mjs";
import { hostileChecks } from "./checks/hostile.mjs";
import { responseChecks } from "./checks/responses.mjs";

/** The files of tests/golden that it reads. */
export const GOLDEN = ["capture", "checkout"];

export async function run({ capture, checkout, api, golden, ids, print, host = {} }) {
  const checks = new Checks(print);
  await checks.run("capture.json", captureChecks(capture, golden.capture));
  await checks.run("checkout.json", carriedChecks(checkout, golden.checkout));
  await checks.run("responses", responseChecks(capture, host));
  await checks.run("encoders", encoderChecks(capture, api, ids));
  await checks.run("hostile values", hostileChecks(capture, checkout));
  return { passed: checks.passed, failed: checks.failed };
}
