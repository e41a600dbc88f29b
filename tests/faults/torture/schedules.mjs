// Random schedules of attempts, waits and signals against the native delivery machine, with a virtual clock.
//
// In: how many. Out: figures, and whether one broke a promise: over its budget, earlier than Retry-After, sent again
// though it may count twice, or without an end. The schedules and the promises are tests/schedules.rs's; this part only
// runs it, in release, for longer than an ordinary test run would.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const LONGEST_MS = 15 * 60_000;

export function schedules(count) {
  const args = ["test", "--release", "-p", "refport-edge", "--test", "schedules", "--", "--nocapture"];
  const env = { ...process.env, REFPORT_SCHEDULES: String(count) };
  return new Promise((resolve) => {
    execFile("cargo", args, { cwd: ROOT, env, timeout: LONGEST_MS, maxBuffer: 2 ** 24 }, (error, stdout) => {
      const figures = /Figures \{ (.*) \}/.exec(stdout)?.[1];
      resolve({
        figures: [figures ?? "no figures"],
        promises: { "over budget, early, sent twice or without an end": error ? 1 : 0 },
        alarms: error ? { [`${error.message}\n${stdout}`]: 1 } : { "runs without figures": figures ? 0 : 1 },
      });
    });
  });
}
