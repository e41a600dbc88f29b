// In: how the package is loaded (`import` or `require`), and what is to be in its way besides Node's own options: WebAssembly is
// "absent", or no "instance" can be made. Out: findings as JSON on stdout.

import { createRequire } from "node:module";
import { findings } from "./checks.mjs";

const [how, obstacle] = process.argv.slice(2);
const { WebAssembly: real } = globalThis;
if (obstacle === "absent") delete globalThis.WebAssembly;
if (obstacle === "instance") {
  globalThis.WebAssembly = Object.create(real, {
    Instance: {
      value: function Instance() {
        throw new RangeError("could not allocate memory");
      },
    },
  });
}

const api = how === "require" ? createRequire(import.meta.url)("refport-edge") : await import("refport-edge");
const found = await findings(api);
if (obstacle === "instance") found.push(await recovers());
found.push(await slim());
process.stdout.write(JSON.stringify(found));

/** A client that was made without a core finds it once there is one. */
async function recovers() {
  const client = new api.Refport({ apiKey: "rk_test", fetch: async () => new Response('{"sale":{"id":"sale_xyz"}}') });
  globalThis.WebAssembly = real;
  const { outcome } = await client.track.sale({ clickId: "abc123", customerExternalId: "user_001", amount: 4900 });
  return ["once it can be instantiated, the same client works", outcome === "recorded" ? null : outcome];
}

/** Whoever brings a module is told at once that it is the wrong one. */
async function slim() {
  const { init } = await import("refport-edge/slim");
  try {
    init({});
    return ["slim's init refuses a wrong module", "it does not"];
  } catch {
    return ["slim's init refuses a wrong module", null];
  }
}
