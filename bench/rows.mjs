// The rows of the benchmark.
//
// In: nothing. Out: each row's name, what it shows, and how it is measured: fully, or `quick`.

import { core } from "./rows/core.mjs";

const row = (name, title, about, run) => ({ name, title, about, run });

export const ROWS = [
  row("bytes", "Shipped bytes", "the minified bundle for Workers of everything a package exports", async () =>
    (await import("./rows/bytes.mjs")).bytes(),
  ),
  row("imports", "Shipped bytes by import", "the minified bundle for Workers of one import alone, after gzip -9", async () =>
    (await import("./rows/imports.mjs")).imports(),
  ),
  row("core", "One recorded sale in the core", "exactly, as `cargo xtask counts` has recorded it in bench/counts.json", async () => core()),
  row("start", "Import to first sale", "a process of its own each time, from node_modules; the sale is against a stub", async (quick, say) =>
    (await import("./rows/start.mjs")).startUp({ rounds: quick ? 3 : 15, say }),
  ),
  row("cold", "Cold start in workerd", "a new isolate, its code compiled and run, and the answer to its first request, a sale", async (quick, say) =>
    (await import("./rows/cold.mjs")).coldStart({ rounds: quick ? 12 : 60, say }),
  ),
  row("lookup", "getClickIdFromRequest in workerd", "by the length of the Cookie header and the place of the click ID in it", async (quick, say) =>
    (await import("./rows/lookup.mjs")).lookup({ rounds: quick ? 5 : 25, say }),
  ),
  row("sale", "One sale, processor time", "with a stub for the network that answers with a real Response", async (quick, say) =>
    (await import("./rows/sale.mjs")).sale({ rounds: quick ? 8 : 40, say }),
  ),
  row("dub", "Reporting to Dub", "`refport-edge/dub` alone, beside Dub's own SDK", async (quick, say) =>
    (await import("./rows/dub.mjs")).dub({ rounds: quick ? 8 : 30, say }),
  ),
  row("load", "Sales per second in Node", "through a local server", async (quick, say) =>
    (await import("./rows/load.mjs")).load({ rounds: quick ? 4 : 20, say }),
  ),
  row("memory", "Linear memory", "of the WebAssembly module", async (quick, say) =>
    (await import("./rows/memory.mjs")).memory({ calls: quick ? 10_000 : 100_000, say }),
  ),
];
