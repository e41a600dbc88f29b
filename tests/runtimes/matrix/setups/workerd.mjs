// workerd without a bundler: every file of the package is a module of the Worker.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { LOCAL } from "../../../workers.mjs";
import { versionOf } from "../groups.mjs";
import { WORKER, imported, respond, use } from "../sources.mjs";

const CURRENT = "2026-10-01";
const OLD = "2022-03-21";
const PACKAGE = "node_modules/refport-edge";

const SLIM = `
import { init } from "refport-edge/slim";
import core from "refport-edge/core.wasm";

init(core);
`;

export const workerd = [{
  name: "workerd",
  title: "workerd",
  what: "without a bundler, compatibility dates 2022 and 2026; `/slim`",
  version: versionOf("runtimes", "workerd"),
  group: "runtimes",
  quick: true,
  rows: {
    "workerd-current": `no bundler, compatibility date ${CURRENT}`,
    "workerd-old": `no bundler, compatibility date ${OLD}`,
    "workerd-slim": "no bundler, /slim with the raw WebAssembly",
  },
  async run(kit) {
    const slim = { "use.mjs": SLIM + use("refport-edge/slim") };
    await kit.row("workerd-current", (service) => serve(kit, CURRENT, {}, service));
    await kit.row("workerd-old", (service) => serve(kit, OLD, {}, service));
    await kit.row("workerd-slim", (service) => serve(kit, CURRENT, slim, service));
  },
}];

async function serve(kit, compatibilityDate, more, service) {
  const modules = await packageModules(kit);
  const exports = JSON.parse(await readFile(join(kit.path(".."), PACKAGE, "package.json"), "utf8")).exports;
  const entries = { refport: exports["."].workerd.default, slim: exports["./slim"].import.default, core: exports["./core.wasm"].default };
  // workerd looks nothing up: a program that bundles does.
  const resolved = (text) =>
    text.replaceAll(/"refport-edge(?:\/(slim|core)(?:\.wasm)?)?"/g, (_, name = "refport") => `"${entries[name].replace("./", "./refport-edge/")}"`);
  for (const [path, text] of Object.entries({ ...imported(), "respond.mjs": respond(), "worker.mjs": WORKER, ...more })) {
    modules[path] = { type: "esm", contents: resolved(text) };
  }
  return runWorker(kit, { mainModule: "worker.mjs", modules, modulesRoot: "/" }, compatibilityDate, service);
}

/** Runs a Worker and asks it. */
export async function runWorker(kit, manifest, compatibilityDate, service, { path = "/", flags = [] } = {}) {
  const { Miniflare } = await kit.import("miniflare", "runtimes");
  const printed = [];
  const miniflare = new Miniflare({
    ...LOCAL,
    handleStructuredLogs: ({ message }) => printed.push(message),
    workers: [{ config: { name: "matrix", compatibilityDate, compatibilityFlags: flags, manifest, env: {} } }],
  });
  try {
    const { origin } = await miniflare.ready;
    return await kit.ask({ url: origin, printed: () => printed.join("\n") }, path, service);
  } finally {
    await miniflare.dispose();
  }
}

async function packageModules(kit) {
  const modules = {};
  const folder = join(kit.path(".."), PACKAGE);
  for (const name of await readdir(folder, { recursive: true })) {
    if (name.startsWith("dist/cjs")) continue;
    if (name.endsWith(".js")) modules[`refport-edge/${name}`] = { type: "esm", contents: await readFile(join(folder, name), "utf8") };
    if (name.endsWith(".wasm")) modules[`refport-edge/${name}`] = { type: "wasm", contents: await readFile(join(folder, name)) };
  }
  return modules;
}
