// How long a call takes: at a glance, or exactly.
//
// In: the package, a row (growth-rows.mjs), sizes. Out: milliseconds for each size, and what the call answered.

import process from "node:process";

/** At a glance: the least of a few runs, by the clock. Another program can only make it more. */
const LEAST_RUNS = 2;
const MOST_RUNS = 8;
const ENOUGH_MS = 10;
/** Exactly: of each size so much processor time, which some systems count in steps of several milliseconds. */
const MUCH_MS = 100;

export async function glance(api, row, [size]) {
  const run = await callOf(api, row, size);
  let least = Infinity;
  let told;
  const began = performance.now();
  for (let runs = 0; runs < LEAST_RUNS || (runs < MOST_RUNS && performance.now() - began < ENOUGH_MS); runs += 1) {
    const start = performance.now();
    told = await run();
    least = Math.min(least, performance.now() - start);
  }
  return { times: [least], told };
}

/** By the processor's time, which other programs take no part of; the sizes in turn, so that they meet the same engine. */
export async function exactly(api, row, sizes) {
  const runs = [];
  for (const size of sizes) runs.push({ run: await callOf(api, row, size), spent: 0, count: 0 });
  const left = () => runs.filter(({ spent }) => spent < MUCH_MS);
  while (left().length > 0) {
    for (const one of left()) {
      const start = processorTime();
      await one.run();
      one.spent += processorTime() - start;
      one.count += 1;
    }
  }
  return { times: runs.map(({ spent, count }) => spent / count) };
}

const made = { row: undefined, calls: new Map() };

/** The call with an input of this size; each is made once, while the row is the same. */
async function callOf(api, row, size) {
  if (made.row !== row) Object.assign(made, { row, calls: new Map() });
  if (!made.calls.has(size)) made.calls.set(size, await row.make(api, size));
  return made.calls.get(size);
}

/** Of this thread alone where that is told: the engine's helpers are nobody's to wait for. */
function processorTime() {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}
