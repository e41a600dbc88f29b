// How the tests and the benchmark make and run Workers. It imports nothing: each folder has packages of its own.
//
// In: nothing. Out: settings, for esbuild and for Miniflare, to be spread into their options.

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
