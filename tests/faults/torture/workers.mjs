// Workers of this folder in a local workerd, bundled as a deploy would bundle them.
//
// In: an entry file and bindings. Out: addresses. Every Worker started here is ended here.

import { join } from "node:path";
import { FOLDER } from "../install.mjs";
import { bundleWorker, withWorkerd } from "../workerd.mjs";

const COMPATIBILITY_DATE = "2026-10-01";
const HERE = join(FOLDER, "torture");

/** One Worker. `env` and `exports` are Miniflare's; `flags` are compatibility flags. */
export async function worker(name, entry, { env = {}, exports = {}, flags = [] } = {}) {
  return {
    config: {
      name,
      compatibilityDate: COMPATIBILITY_DATE,
      compatibilityFlags: flags,
      manifest: await bundleWorker(join(HERE, entry)),
      env,
      exports,
    },
    // Straight to the Worker: Miniflare's own entry would be most of the work.
    dev: { unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] },
  };
}

/** Runs Workers while `use` does; it gets the address of the first one, and what they printed so far. */
export function withWorkers(workers, use) {
  return withWorkerd(workers, async (miniflare, printed) => {
    const url = await miniflare.unsafeGetDirectURL(workers[0].config.name);
    return use(url.origin, printed);
  });
}

/** A POST of JSON to a Worker. */
export function post(url, job, signal) {
  return fetch(url, { method: "POST", body: JSON.stringify(job), signal });
}
