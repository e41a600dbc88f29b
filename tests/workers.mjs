// How the tests and the benchmark make and run Workers. It imports nothing: each folder has packages of its own.
//
// In: nothing. Out: settings, for esbuild and for Miniflare, to be spread into their options; and a limit for what is waited for.

/** A Worker as a deploy bundles it: the entry for workerd, its WebAssembly a module of its own. */
export const BUNDLED = {
  bundle: true,
  entryNames: "worker",
  format: "esm",
  target: "es2022",
  conditions: ["workerd", "worker", "browser"],
  external: ["cloudflare:*", "node:*"],
  loader: { ".wasm": "copy" },
};

/** On this machine alone, on a free port, and quiet. */
export const LOCAL = {
  host: "127.0.0.1",
  port: 0,
  cf: false, // else it is fetched from the network
  logRequests: false,
  telemetry: { enabled: false },
};

/** The promise; or an error where it takes longer, so that no test waits for ever. */
export async function within(limitMs, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
