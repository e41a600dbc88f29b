// The processor time of another process, in nanoseconds' resolution where the system tells it.
//
// In: a process that this one started. Out: the milliseconds that its threads have run. A busy machine makes the clock on the
// wall go on while nobody works; this one stands still.

import { readFileSync, readdirSync } from "node:fs";

/** The processes that this one has started and that still run; empty where the system does not tell. */
export function children() {
  try {
    const tasks = readdirSync("/proc/self/task");
    return tasks.flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, "utf8").split(" ").filter(Boolean));
  } catch {
    return [];
  }
}

/** Milliseconds of processor time so far, or undefined where the system does not tell. */
export function cpuMilliseconds(pid) {
  try {
    let nanoseconds = 0;
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ", 1)[0]);
    }
    return nanoseconds / 1e6;
  } catch {
    return undefined;
  }
}
