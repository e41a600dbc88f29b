// Row: what a sale costs, besides the waiting. A stub stands for the network; it answers with a real Response.
//
// In: how many rounds. Out: a cell for workerd, timed from outside, one call after another; and one for Node, in processor
// time.

import { bundle } from "../bundle.mjs";
import { ratio, spread } from "../stats.mjs";
import { takeTurns } from "../rounds.mjs";
import { startWorker, timed } from "../workerd.mjs";

const CONTENDERS = ["ours", "plain", "dub"];
/** Calls for one sample: some 50 ms. */
const CALLS = { ours: 1000, plain: 1000, dub: 100 };

export async function saleInWorkerd({ rounds }) {
  const workers = {};
  try {
    for (const name of CONTENDERS) workers[name] = await startWorker(await bundle(entry(name)));
    const ask = async (name, times) => {
      const { took, text } = await timed(`${workers[name].origin}/sale?times=${times}`);
      if (text !== "sale_xyz") throw new Error(`${name}'s sale came to ${text}`);
      return took;
    };
    const samples = await takeTurns(CONTENDERS, { rounds, warmUp: 6 }, async (name) => {
      const floor = await ask(name, 1);
      return (((await ask(name, CALLS[name])) - floor) * 1000) / (CALLS[name] - 1);
    });
    return [
      {
        name: "in workerd",
        unit: "µs",
        values: Object.fromEntries(CONTENDERS.map((name) => [name, spread(samples[name])])),
        ratios: {
          "ours / plain": ratio(samples.ours, samples.plain),
          "ours / dub": ratio(samples.ours, samples.dub),
        },
      },
    ];
  } finally {
    for (const { stop } of Object.values(workers)) await stop();
  }
}

const entry = (name) => `
  import * as contender from "./contenders/${name}.mjs";
  import { serve } from "./workers/calls.mjs";
  export default serve(contender);`;
