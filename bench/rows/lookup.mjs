// Row: the click ID of a request, by the size of its Cookie header and the place of the ID in it.
//
// In: how many rounds. Out: one cell for each size and place, and one for each size over all places. In workerd, measured
// from outside; what an answer costs with a single lookup is taken off. `floor` reads the header and does nothing with it:
// nobody can be quicker than that.

import { bundle } from "../bundle.mjs";
import { PLACES, SIZES, cookieHeader } from "../job.mjs";
import { cell } from "../stats.mjs";
import { takeTurns } from "../rounds.mjs";
import { startWorker, worked } from "../workerd.mjs";

const CONTENDERS = ["ours", "plain", "cookie", "floor"];
const BESIDE = ["plain", "cookie"];
/** How many characters are looked through for one sample: some 20 ms. */
const CHARACTERS = 12_000_000;
const MOST_CALLS = 60_000;

export async function lookup({ rounds, say }) {
  const workers = {};
  try {
    for (const name of CONTENDERS) workers[name] = await startWorker(await bundle(entry(name)));
    const cells = [];
    for (const size of SIZES) {
      const all = Object.fromEntries(CONTENDERS.map((name) => [name, Array(rounds).fill(0)]));
      for (const place of PLACES) {
        say(`${size} B, ID ${place}`);
        const samples = await measure(workers, size, place, rounds);
        for (const name of CONTENDERS) samples[name].forEach((value, round) => (all[name][round] += value / PLACES.length));
        cells.push(cell(`${size} B, ID ${place}`, "µs", samples, BESIDE));
      }
      cells.push({ ...cell(`${size} B, mean of the three`, "µs", all, BESIDE), size });
    }
    return cells;
  } finally {
    for (const { stop } of Object.values(workers)) await stop();
  }
}

const entry = (name) => `
  import * as contender from "./contenders/${name}.mjs";
  import { serve } from "./workers/calls.mjs";
  export default serve(contender);`;

async function measure(workers, size, place, rounds) {
  const header = cookieHeader(size, place);
  const times = Math.min(MOST_CALLS, Math.round(CHARACTERS / size));
  const ask = (name, count) => worked(workers[name], `/lookup?times=${count}`, { method: "POST", body: header });
  const expected = place === "absent" ? "null" : "Zk3JvT9qLm2XwB8c";
  return takeTurns(CONTENDERS, { rounds, warmUp: 3 }, async (name) => {
    const floor = (await ask(name, 1)).took;
    const { took, text } = await ask(name, times);
    if (name !== "floor" && text !== expected) throw new Error(`${name} found ${text} in ${size} B, ID ${place}`);
    return ((took - floor) * 1000) / (times - 1);
  });
}
