// How a recipe is run: as a program of a runtime, in workerd, or by its framework.
//
// In: a kit (../matrix/kit.mjs), the environment. Out: `{ send(method, path, init), printed, stop }`.

import { pathToFileURL } from "node:url";
import { bundledWorker } from "../matrix/setups/bundlers.mjs";
import { BUNDLED, LOCAL } from "../../workers.mjs";

/** A Node.js program that listens on PORT. */
export const node = (file, more = () => ({})) => async (kit, env) =>
  over(await kit.start(() => [file], { env: (port) => ({ ...env, PORT: String(port), ...more(port) }) }));

export const bun = (file) => async (kit, env) => {
  const program = await kit.program("@oven", ["bin/bun"]);
  return over(await kit.start(() => ["run", file], { program, env: (port) => ({ ...env, PORT: String(port), BUN_PORT: String(port) }) }));
};

export const deno = (file, ...args) => async (kit, env) => {
  const program = await kit.program("@deno", ["deno"]);
  const allowed = ["--no-prompt", "--no-lock", "--allow-net=127.0.0.1,0.0.0.0", "--allow-env", "--node-modules-dir=manual", "--no-check"];
  const served = (port) => ({ ...env, PORT: String(port), DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`, DENO_NO_UPDATE_CHECK: "1" });
  return over(await kit.start(() => ["run", ...allowed, ...args, file], { program, env: served }));
};

/** A Worker, bundled as a deploy bundles it. `bindings(env)` and `more` are Miniflare's, `outside` answers what it fetches. */
export const worker = (file, { bindings = () => ({}), more = {}, outside } = {}) => async (kit, env) => {
  const { default: esbuild } = await kit.import("esbuild", "runtimes");
  await esbuild.build({ entryPoints: [kit.path(file)], outdir: kit.path("out"), logLevel: "silent", absWorkingDir: kit.folder, ...BUNDLED });
  const { Miniflare } = await kit.import("miniflare", "runtimes");
  const printed = [];
  const texts = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, { type: "text", value }]));
  const config = {
    name: "recipe", compatibilityDate: "2026-10-01", manifest: await bundledWorker(kit.path("out"), "worker.js"),
    env: { ...texts, ...bindings(env) }, ...more,
  };
  const miniflare = new Miniflare({
    ...LOCAL, handleStructuredLogs: ({ message }) => printed.push(message), workers: [{ config, ...(outside && { dev: { outboundService: { type: "node-handler", handler: outside } } }) }],
  });
  const { origin } = await miniflare.ready;
  return { ...over({ url: origin }), printed: () => printed.join("\n"), stop: () => miniflare.dispose() };
};

/** A module's handler, given what its platform gives. What it logs is kept, as that of a program is. */
export const handler = (file, call) => async (kit, env) => {
  Object.assign(process.env, env);
  const module = await import(pathToFileURL(kit.path(file)).href);
  const { error } = console;
  const said = [];
  console.error = (...words) => void said.push(words.map(String).join(" "));
  return {
    send: (method, path, init) => call(module, method, path, init),
    printed: () => said.join("\n"),
    stop: () => void (console.error = error),
  };
};

/** By HTTP, without a redirect being followed. */
export const over = ({ url, printed, stop }) => ({
  url,
  printed,
  stop,
  async send(method, path, init) {
    const response = await fetch(url + path, { ...init, method, redirect: "manual" });
    return {
      status: response.status, text: await response.text(), headers: Object.fromEntries(response.headers), setCookies: response.headers.getSetCookie(),
    };
  },
});
