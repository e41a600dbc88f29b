// Row: reporting to Dub: this package's entry for it alone, beside Dub's own SDK.
//
// In: how many rounds. Out: cells for the bundle, exact; for a Worker's cold start; and for the processor time of a sale. How
// these are measured is bytes.mjs's, cold.mjs's and sale.mjs's.

import { bundle } from "../bundle.mjs";
import { cell, exact } from "../stats.mjs";
import { gzip } from "./bytes.mjs";
import { coldSamples } from "./cold.mjs";
import { inWorkerd } from "./sale.mjs";

/** Each with the name of its file in contenders/. */
const CONTENDERS = { ours: "edge-dub", dub: "dub" };

const ENTRIES = { ours: 'export { Dub } from "refport-edge/dub";', dub: 'export { Dub } from "dub";' };

export async function dub({ rounds, say }) {
  const weights = {};
  for (const [name, source] of Object.entries(ENTRIES)) {
    const { js, wasm } = await bundle(source);
    weights[name] = wasm.reduce((sum, { bytes }) => sum + gzip(bytes), gzip(js));
  }
  say("cold start");
  const cold = await coldSamples(CONTENDERS, rounds * 2);
  say("a sale");
  const { whole } = await inWorkerd(CONTENDERS, rounds);
  return [
    exact("bundle of `Dub` alone, gzip", "B", weights),
    cell("isolate and first request", "ms", cold, ["dub"]),
    cell("one sale in workerd", "µs", whole, ["dub"]),
  ];
}
