// Row: the click ID of a request, by the size of its Cookie header and the place of the ID in it.
//
// In: how many rounds. Out: one cell for each size and place. In workerd, timed from outside; what an answer costs without
// any lookup is taken off.

import { bundle } from "../bundle.mjs";
import { PLACES, SIZES, cookieHeader } from "../job.mjs";
import { ratio, spread } from "../stats.mjs";
import { takeTurns } from "../rounds.mjs";
import { startWorker, timed } from "../workerd.mjs";

const CONTENDERS = ["ours", "plain", "cookie"];
/** How many characters are looked through for one sample: some 20 ms. */
const CHARACTERS = 12_000_000;
const MOST_CALLS = 60_000;

export async function lookup({ rounds, say }) {
  const workers = {};
  try {
    for (const name of CONTENDERS) workers[name] = await startWorker(await bundle(entry(name)));
    const cells = [];
    for (const size of SIZES) {
      for (const place of PLACES) {
        say(`${size} B, ID ${place}`);
        cells.push(await cell(workers, size, place, rounds));
      }
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

async function cell(workers, size, place, rounds) {
  const header = cookieHeader(size, place);
  const times = Math.min(MOST_CALLS, Math.round(CHARACTERS / size));
  const ask = (name, count) => timed(`${workers[name].origin}/lookup?times=${count}`, { method: "POST", body: header });
  const expected = place === "absent" ? "null" : "Zk3JvT9qLm2XwB8c";
  const samples = await takeTurns(CONTENDERS, { rounds, warmUp: 3 }, async (name) => {
    const floor = (await ask(name, 1)).took;
    const { took, text } = await ask(name, times);
    if (text !== expected) throw new Error(`${name} found ${text} in a header of ${size} B, ID ${place}`);
    return ((took - floor) * 1000) / times;
  });
  return {
    name: `${size} B, ID ${place}`,
    size,
    place,
    unit: "µs",
    values: Object.fromEntries(CONTENDERS.map((name) => [name, spread(samples[name])])),
    ratios: {
      "ours / plain": ratio(samples.ours, samples.plain),
      "ours / cookie": ratio(samples.ours, samples.cookie),
    },
  };
}
