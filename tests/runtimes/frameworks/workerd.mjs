// Workers: a bare one, Pages' context, and Hono, in the Workers runtime.

import { createRequire } from "node:module";
import { basename } from "node:path";
import { honoHooks } from "./hono-app.mjs";
import { sendTo } from "./serve.mjs";

const tools = createRequire(new URL("../../runtimes/package.json", import.meta.url));
const HOOKS = { request: "/hook", "Pages' context": "/hook" };
const DATES = ["2022-03-21", "2026-10-01"];

export default [
  ...DATES.map((date) => ({ name: `Workers, ${date}`, hooks: HOOKS, start: () => run("/worker", date) })),
  { name: "Hono 4, on Workers", hooks: honoHooks, start: () => run("", DATES[1]) },
];

/** A Worker that answers with what it saw, in JSON. */
async function run(prefix, compatibilityDate) {
  const { build } = tools("esbuild");
  const { Miniflare } = tools("miniflare");
  const cores = new Map();
  const keep = { name: "wasm", setup: (made) => made.onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
    cores.set(basename(path), createRequire(`${resolveDir}/`).resolve(path));
    return { path: `./${basename(path)}`, external: true };
  }) };
  const { outputFiles } = await build({
    entryPoints: ["worker.mjs"], bundle: true, format: "esm", write: false, conditions: ["workerd"], plugins: [keep], logLevel: "silent",
  });
  const { readFile } = await import("node:fs/promises");
  const modules = { "worker.mjs": { type: "esm", contents: outputFiles[0].text } };
  for (const [name, file] of cores) modules[name] = { type: "wasm", contents: await readFile(file) };
  const manifest = { mainModule: "worker.mjs", modules, modulesRoot: "/" };
  const miniflare = new Miniflare({
    host: "127.0.0.1", port: 0, handleStructuredLogs() {}, workers: [{ config: { name: "shop", compatibilityDate, compatibilityFlags: [], manifest, env: {} } }],
  });
  const { port } = await miniflare.ready;
  const send = async (request, hook = "") => {
    const answer = await sendTo(port, { ...request, path: prefix + request.path, headers: { ...request.headers, "x-hook": hook } });
    return JSON.parse(/\{.*\}/s.exec(answer)[0]);
  };
  return { send, stop: () => miniflare.dispose() };
}
