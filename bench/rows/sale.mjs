// Row: what a sale costs, besides the waiting. A stub stands for the network; it answers with a real Response.
//
// In: how many rounds. Out: a cell for workerd, measured from outside, one call after another; and one for Node. All in
// processor time.

import { bundle } from "../bundle.mjs";
import { cell } from "../stats.mjs";
import { takeTurns } from "../rounds.mjs";
import { startWorker, worked } from "../workerd.mjs";
import { buyer } from "../job.mjs";
import { stub } from "../workers/calls.mjs";

const CONTENDERS = ["ours", "plain", "fair", "dub"];
/** Calls for one sample: some 50 ms. */
const CALLS = { ours: 1000, plain: 1000, fair: 1000, dub: 300 };
/** Until V8 has compiled all that is hot with its best compiler. */
const WARM_UP = 20;

export async function sale({ rounds, say }) {
  say("in workerd");
  const { whole, piecemeal } = await inWorkerd(Object.fromEntries(CONTENDERS.map((name) => [name, name])), rounds);
  say("in Node");
  const node = await inNode(rounds);
  const cells = { "in workerd": whole, "in workerd, length not told": piecemeal, "in Node": node };
  return Object.entries(cells).map(([name, samples]) => cell(name, "µs", samples, ["plain", "fair", "dub"]));
}

/** Of these contenders, each with the name of its file. */
export async function inWorkerd(contenders, rounds) {
  const workers = {};
  try {
    for (const [name, file] of Object.entries(contenders)) workers[name] = await startWorker(await bundle(entry(file)));
    const ask = async (kind, name, times) => {
      const { took, text } = await worked(workers[name], `/${kind}?times=${times}`);
      if (text !== "sale_xyz") throw new Error(`${name}'s sale came to ${text}`);
      return took;
    };
    const measure = (kind) =>
      takeTurns(Object.keys(contenders), { rounds, warmUp: WARM_UP }, async (name) => {
        const floor = await ask(kind, name, 1);
        return (((await ask(kind, name, CALLS[name])) - floor) * 1000) / (CALLS[name] - 1);
      });
    return { whole: await measure("sale"), piecemeal: await measure("piecemeal") };
  } finally {
    for (const { stop } of Object.values(workers)) await stop();
  }
}

async function inNode(rounds) {
  const sells = {};
  // Some contenders put the stub in its place.
  const { fetch } = globalThis;
  for (const name of CONTENDERS) sells[name] = (await import(`../contenders/${name}.mjs`)).seller(stub);
  const from = buyer();
  const samples = await takeTurns(CONTENDERS, { rounds, warmUp: WARM_UP }, async (name) => {
    const before = process.cpuUsage();
    for (let i = 0; i < CALLS[name]; i++) await sells[name](from);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / CALLS[name];
  });
  globalThis.fetch = fetch;
  return samples;
}

const entry = (name) => `
  import * as contender from "./contenders/${name}.mjs";
  import { serve } from "./workers/calls.mjs";
  export default serve(contender);`;
