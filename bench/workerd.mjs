// Local Workers, each in a workerd of its own.
//
// In: a bundle, bindings. Out: the Worker's address, straight to it. Every workerd started here is ended here.

import { Miniflare } from "miniflare";
import { LOCAL } from "../tests/workers.mjs";
import { FOLDER } from "./folder.mjs";
import { children, cpuMilliseconds } from "./cpu.mjs";

export const COMPATIBILITY_DATE = "2026-10-01";

/** Starts one Worker in a process of its own; `stop` ends it. */
export async function startWorker({ js, wasm = [] }, env = {}) {
  const modules = { "worker.js": { type: "esm", contents: js } };
  for (const { name, bytes } of wasm) modules[name] = { type: "wasm", contents: bytes };
  const miniflare = new Miniflare({
    ...LOCAL,
    handleStructuredLogs: ({ level, message }) => level === "error" && console.error(`workerd: ${message}`),
    workers: [
      {
        config: {
          name: "bench",
          compatibilityDate: COMPATIBILITY_DATE,
          manifest: { mainModule: "worker.js", modules, modulesRoot: FOLDER },
          env,
          exports: {},
        },
        // Straight to the Worker: Miniflare's own entry would be most of the work.
        dev: { unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] },
      },
    ],
  });
  const before = new Set(children());
  await miniflare.ready;
  const pid = children().find((child) => !before.has(child));
  const { origin } = await miniflare.unsafeGetDirectURL("bench");
  return { origin, pid, stop: () => miniflare.dispose() };
}

/** What a Worker answers: its text, and what it `took`, in milliseconds on the clock outside. Clocks stand still inside. */
export async function timed(url, init) {
  const began = performance.now();
  const response = await fetch(url, init);
  const text = await response.text();
  const took = performance.now() - began;
  if (!response.ok) throw new Error(`the Worker answered ${response.status}: ${text.slice(0, 300)}`);
  return { took, text };
}

/** The same, with what it took of the processor: where that is not told, the time on the clock. */
export async function worked({ origin, pid }, path, init) {
  const before = cpuMilliseconds(pid);
  const answer = await timed(origin + path, init);
  const after = cpuMilliseconds(pid);
  return { ...answer, took: after === undefined ? answer.took : after - before };
}
