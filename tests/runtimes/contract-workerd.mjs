// The contract in workerd, the runtime of Cloudflare Workers, with the package as npm installed it from its tarball.
//
// In: nothing. Out: a line for each suite, then `N passed, M failed`; exit 1 when M is not 0. The package runs as it was
// packed, and as esbuild bundles it, each on a current and on an old compatibility date.
// Not its job: what is checked (contract.mjs).

import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { BUNDLED, LOCAL } from "../workers.mjs";
import { GOLDEN } from "./contract.mjs";
import { startLiveService } from "./live.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const PACKAGE = join(HERE, "node_modules/refport-edge");
const DATES = ["2026-10-01", "2024-09-23"];

const WORKER = `
  import * as root from "refport-edge";
  import * as dub from "refport-edge/dub";
  import * as tolt from "refport-edge/tolt";
  import { run } from "./contract.mjs";
  import golden from "./golden.js";

  const api = { ...root, dub, tolt };

  // On old dates a rejection counts as unhandled until, some microtasks later, it is handled.
  const unhandled = new Map();
  addEventListener("unhandledrejection", ({ promise, reason }) => unhandled.set(promise, String(reason)));
  addEventListener("rejectionhandled", ({ promise }) => unhandled.delete(promise));

  export default {
    async fetch(_, env) {
      const lines = [];
      const { passed, failed } = await run({ api, golden, fetchTo: env.SERVICE, print: (line) => lines.push(line) });
      const handled = unhandled.size === 0;
      lines.push((handled ? "ok   " : "FAIL ") + "no rejection is left unhandled " + [...unhandled.values()]);
      return Response.json({ lines, passed: passed + handled, failed: failed + !handled });
    },
  };`;

const golden = {};
for (const name of GOLDEN) golden[name] = JSON.parse(await readFile(join(HERE, `../golden/${name}.json`), "utf8"));
const service = await startLiveService();
const outcomes = [];
for (const [how, modules] of [["as packed", await asPacked()], ["bundled by esbuild", await bundled()]]) {
  for (const date of DATES) outcomes.push(await contract(how, modules, date));
}
await service.stop();

const count = (what) => outcomes.reduce((sum, outcome) => sum + outcome[what], 0);
console.log(`${count("passed")} passed, ${count("failed")} failed`);
process.exitCode = count("failed") === 0 ? 0 : 1;

async function contract(how, modules, compatibilityDate) {
  console.log(`workerd, ${how}, compatibility date ${compatibilityDate}`);
  const miniflare = new Miniflare({
    ...LOCAL,
    handleStructuredLogs: ({ level, message }) => console.log(`[${level}] ${message}`),
    workers: [{
      config: {
        name: "contract",
        compatibilityDate,
        manifest: { mainModule: "worker.mjs", modules, modulesRoot: "/" },
        env: { SERVICE: { type: "text", value: service.url } },
      },
    }],
  });
  try {
    const response = await fetch(await miniflare.ready);
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    const outcome = JSON.parse(text);
    for (const line of outcome.lines) console.log(`  ${line}`);
    return outcome;
  } catch (error) {
    console.log(`  FAIL the Worker did not run: ${error.message}`);
    return { passed: 0, failed: 1 };
  } finally {
    await miniflare.dispose();
  }
}

/** Every file as a module of its own: no bundler has touched it. */
async function asPacked() {
  const esm = (contents) => ({ type: "esm", contents });
  const { exports: entries } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));
  const modules = {
    "worker.mjs": esm(WORKER.replace(/"refport-edge(\/\w+)?"/g, (_, name = "") => `"./refport-edge/${entries[`.${name}`].workerd.default.slice(2)}"`)),
    // A literal would make a prototype of a member called __proto__.
    "golden.js": esm(`export default JSON.parse(${JSON.stringify(JSON.stringify(golden))});`),
    "contract.mjs": esm(await readFile(join(HERE, "contract.mjs"), "utf8")),
  };
  for (const name of await readdir(join(HERE, "contract"))) {
    modules[`contract/${name}`] = esm(await readFile(join(HERE, "contract", name), "utf8"));
  }
  for (const name of await readdir(PACKAGE, { recursive: true })) {
    if (name.startsWith("dist/cjs")) continue;
    if (name.endsWith(".js")) modules[`refport-edge/${name}`] = esm(await readFile(join(PACKAGE, name), "utf8"));
    if (name.endsWith(".wasm")) {
      modules[`refport-edge/${name}`] = { type: "wasm", contents: await readFile(join(PACKAGE, name)) };
    }
  }
  return modules;
}

/** One file and the module of WebAssembly, as a deployment makes them. */
async function bundled() {
  const outdir = await mkdtemp(join(tmpdir(), "refport-edge-workerd-"));
  try {
    const inMemory = {
      name: "in-memory",
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^\.\/golden\.js$/ }, () => ({ path: "golden.js", namespace: "in-memory" }));
        onLoad({ filter: /.*/, namespace: "in-memory" }, () => ({ contents: JSON.stringify(golden), loader: "json" }));
      },
    };
    await build({
      ...BUNDLED,
      stdin: { contents: WORKER, resolveDir: HERE, sourcefile: "worker.mjs" },
      outdir,
      outExtension: { ".js": ".mjs" },
      plugins: [inMemory],
      logLevel: "warning",
    });
    const modules = {};
    for (const name of await readdir(outdir)) {
      const type = name.endsWith(".wasm") ? "wasm" : "esm";
      modules[name] = { type, contents: await readFile(join(outdir, name), type === "esm" ? "utf8" : null) };
    }
    return modules;
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}
