// Row: a Worker's cold start: a new isolate, its script and module compiled and run, and the answer to the first request,
// which is one sale against a stub.
//
// In: how many rounds. Out: a cell. One workerd makes all the isolates, each new (Dynamic Workers); what the way to it and
// back costs is taken off. What an isolate costs that has nothing in it (`empty`) is not: the visitor waits for that too.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../bundle.mjs";
import { FOLDER } from "../folder.mjs";
import { cell } from "../stats.mjs";
import { takeTurns } from "../rounds.mjs";
import { COMPATIBILITY_DATE, startWorker, timed } from "../workerd.mjs";

const CONTENDERS = ["plain", "ours", "dub", "stripe", "openai", "resend"];

export async function coldStart({ rounds }) {
  const samples = await coldSamples(Object.fromEntries(CONTENDERS.map((name) => [name, name])), rounds);
  return [cell("isolate and first request", "ms", samples, ["plain", "dub"])];
}

/** The samples of these contenders, each with the name of its file; and of an isolate with nothing in it. */
export async function coldSamples(contenders, rounds) {
  const code = { empty: { js: "export default { fetch: () => new Response('sale_xyz') }", wasm: [] } };
  for (const [name, file] of Object.entries(contenders)) {
    const { js, wasm } = await bundle(entry(file));
    code[name] = { js, wasm: wasm.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString("base64") })) };
  }
  const env = {
    LOADER: { type: "worker-loader" },
    CODE: { type: "json", value: code },
    DATE: { type: "text", value: COMPATIBILITY_DATE },
  };
  const loader = await readFile(join(FOLDER, "workers/loader.mjs"), "utf8");
  const { origin, stop } = await startWorker({ js: loader }, env);
  try {
    let nonce = 1_000_000;
    return await takeTurns(Object.keys(code), { rounds }, async (name) => {
      const floor = (await timed(origin)).took;
      const { took, text } = await timed(`${origin}/${name}?nonce=${nonce++}`);
      if (text !== "sale_xyz") throw new Error(`${name}'s first sale came to ${text}`);
      return took - floor;
    });
  } finally {
    await stop();
  }
}

const entry = (name) => `
  import * as contender from "./contenders/${name}.mjs";
  import { serve } from "./workers/calls.mjs";
  export default serve(contender);`;
