// Bundlers, and what becomes of their bundles: in Node.js, in workerd, in Chromium, unbundled and in a Web Worker.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { serve } from "../browser.mjs";
import { versionOf } from "../groups.mjs";
import { answerIn } from "../kit.mjs";
import { PAGE_SCRIPT, PRINT, imported, page, required, use, worker } from "../sources.mjs";
import { runWorker } from "./workerd.mjs";

const NODE_SCRIPT = `import { answer } from "./use.mjs";\nconst SERVICE = process.argv[2];\n${PRINT};\n`;
/** For bundles that have no top-level await. */
const NODE_SCRIPT_OLD = `import { answer } from "./use.mjs";\nconst SERVICE = process.argv[2];\n(async () => ${PRINT})();\n`;
const NODE_REQUIRED = NODE_SCRIPT_OLD.replace('import { answer } from "./use.mjs"', 'const { answer } = require("./use.cjs")');

/** The page's script hands over to a Web Worker. */
const STARTS_WORKER = 'new Worker(`worker.js${location.search}`).onmessage = ({ data }) => (globalThis.ANSWER = data);';
const WEB_WORKER = `
import { answer } from "./use.mjs";

answer(new URLSearchParams(self.location.search).get("service"), true).then(postMessage);
`;

const files = {
  ...imported(), ...required(), ...worker(),
  "node.mjs": NODE_SCRIPT, "node-old.mjs": NODE_SCRIPT_OLD, "node.cjs": NODE_REQUIRED,
  "page.mjs": PAGE_SCRIPT, "web-worker.mjs": WEB_WORKER, "package.json": { type: "module" },
};

/** A bundle for Node.js: a program that is run away from any node_modules. */
async function runBundle(kit, file, service) {
  return answerIn(await kit.node([kit.path(file), service]));
}

/** A bundle for browsers: `script.js` in a folder, opened in Chromium. */
export async function openBundle(kit, folder, service, script = "script.js") {
  await kit.write({ [`${folder}/index.html`]: page(script) });
  const server = await serve(kit.path(folder));
  kit.onEnd(server.stop);
  return kit.browse(`${server.url}/index.html`, service);
}

const esbuild = {
  name: "esbuild",
  title: "esbuild",
  what: "for Node.js (ES module, CommonJS) and Workers",
  version: versionOf("runtimes", "esbuild"),
  group: "runtimes",
  quick: true,
  rows: {
    "esbuild-node-esm": "--platform=node --format=esm, run by Node.js",
    "esbuild-node-cjs": "--platform=node --format=cjs of a program that requires, run by Node.js",
    "esbuild-workerd": "--conditions=workerd --loader:.wasm=copy, run by workerd",
  },
  async run(kit) {
    await kit.write(files);
    await kit.row("esbuild-node-esm", async (service) => {
      await esbuildTo(kit, "node.mjs", "out/node.mjs", { platform: "node", format: "esm" });
      return runBundle(kit, "out/node.mjs", service);
    });
    await kit.row("esbuild-node-cjs", async (service) => {
      await esbuildTo(kit, "node.cjs", "out/node.cjs", { platform: "node", format: "cjs" });
      return runBundle(kit, "out/node.cjs", service);
    });
    await kit.row("esbuild-workerd", async (service) => {
      const copied = { format: "esm", conditions: ["workerd"], loader: { ".wasm": "copy" } };
      await esbuildTo(kit, "worker.mjs", "out/worker/worker.js", copied);
      return runWorker(kit, await bundledWorker(kit.path("out/worker"), "worker.js"), "2026-10-01", service);
    });
  },
};

const esbuildBrowser = {
  name: "esbuild-browser",
  title: "esbuild",
  what: "for browsers, and for a Web Worker",
  version: versionOf("runtimes", "esbuild"),
  group: "runtimes",
  needs: ["browser"],
  rows: {
    "esbuild-browser-esm": "--format=esm, in Chromium",
    "esbuild-browser-iife": "--format=iife --minify, in Chromium",
    "esbuild-web-worker": "in a Web Worker of Chromium",
  },
  async run(kit) {
    await kit.write(files);
    await kit.row("esbuild-browser-esm", async (service) => {
      await esbuildTo(kit, "page.mjs", "esm/script.js", { format: "esm" });
      return openBundle(kit, "esm", service);
    });
    await kit.row("esbuild-browser-iife", async (service) => {
      await esbuildTo(kit, "page.mjs", "iife/script.js", { format: "iife", minify: true });
      return openBundle(kit, "iife", service);
    });
    await kit.row("esbuild-web-worker", async (service) => {
      await esbuildTo(kit, "web-worker.mjs", "web-worker/worker.js", { format: "iife" });
      await kit.write({ "web-worker/script.js": STARTS_WORKER });
      return openBundle(kit, "web-worker", service);
    });
  },
};

const chromium = {
  name: "chromium",
  title: "Chromium",
  what: "without a bundler; `/slim` with a core that the page fetches",
  version: "Debian's",
  group: "runtimes",
  needs: ["browser"],
  rows: {
    "chromium-unbundled": "no bundler, an import map",
    "chromium-slim": "/slim, with a core that the page fetches and compiles",
  },
  async run(kit) {
    await kit.row("chromium-unbundled", (service) => unbundled(kit, "refport-edge", "", service));
    await kit.row("chromium-slim", (service) => unbundled(kit, "refport-edge/slim", FETCH_CORE, service));
  },
};

const FETCH_CORE = `
import { init } from "refport-edge/slim";

init(await WebAssembly.compileStreaming(fetch("/node_modules/refport-edge/dist/core.wasm")));
`;

async function unbundled(kit, from, first, service) {
  const folder = `unbundled-${from.replace("/", "-")}`;
  const imports = {
    "refport-edge": "/node_modules/refport-edge/index.js", "refport-edge/slim": "/node_modules/refport-edge/slim.js",
  };
  const html = page(`/chromium/${folder}/page.mjs`);
  await kit.write({
    ...Object.fromEntries(Object.entries({ ...imported(from), "use.mjs": first + use(from), "page.mjs": PAGE_SCRIPT })
      .map(([path, text]) => [`${folder}/${path}`, text])),
    [`${folder}/index.html`]: html.replace("<script", `<script type="importmap">${JSON.stringify({ imports })}</script><script`),
  });
  // The folder of the group: the packages are below it.
  const server = await serve(kit.path(".."));
  kit.onEnd(server.stop);
  return kit.browse(`${server.url}/chromium/${folder}/index.html`, service);
}

async function esbuildTo(kit, entry, outfile, options) {
  const { default: esbuild } = await kit.import("esbuild");
  await esbuild.build({
    entryPoints: [kit.path(entry)], outfile: kit.path(outfile), bundle: true, target: "es2022", logLevel: "silent", ...options,
  });
}

/** The files of a folder, as a Worker's modules. */
export async function bundledWorker(folder, mainModule) {
  const modules = {};
  for (const name of await readdir(folder, { recursive: true })) {
    if (/\.m?js$/.test(name)) modules[name] = { type: "esm", contents: await readFile(join(folder, name), "utf8") };
    if (name.endsWith(".wasm")) modules[name] = { type: "wasm", contents: await readFile(join(folder, name)) };
  }
  return { mainModule, modules, modulesRoot: "/" };
}

const rollup = {
  name: "rollup",
  title: "rollup",
  what: "for Node.js and browsers",
  version: versionOf("bundlers", "rollup"),
  group: "bundlers",
  needs: ["browser"],
  rows: {
    "rollup-node": "an ES module, run by Node.js",
    "rollup-browser": "with `browser: true`, in Chromium",
  },
  async run(kit) {
    await kit.write(files);
    const { rollup } = await kit.import("rollup");
    const { default: nodeResolve } = await kit.import("@rollup/plugin-node-resolve");
    const bundle = async (input, file, format, options) => {
      const made = await rollup({ input: kit.path(input), plugins: [nodeResolve(options)], logLevel: "silent" });
      await made.write({ file: kit.path(file), format });
    };
    await kit.row("rollup-node", async (service) => {
      await bundle("node.mjs", "out/node.mjs", "es", {});
      return runBundle(kit, "out/node.mjs", service);
    });
    await kit.row("rollup-browser", async (service) => {
      await bundle("page.mjs", "browser/script.js", "es", { browser: true });
      return openBundle(kit, "browser", service);
    });
  },
};

const webpack = {
  name: "webpack",
  title: "webpack",
  what: "for browsers, a Web Worker and Node.js, imported and required",
  version: versionOf("bundlers", "webpack"),
  group: "bundlers",
  needs: ["browser"],
  rows: {
    "webpack-browser": "target web, production, in Chromium",
    "webpack-web-worker": "target webworker, in a Web Worker of Chromium",
    "webpack-node": "target node, run by Node.js",
    "webpack-node-required": "target node, of a program that requires, run by Node.js",
  },
  async run(kit) {
    await kit.write(files);
    const { default: webpack } = await kit.import("webpack");
    const bundle = (entry, folder, filename, target) =>
      new Promise((resolve, reject) => {
        const output = { path: kit.path(folder), filename };
        webpack({ mode: "production", context: kit.folder, entry, target, output }, (error, stats) =>
          error || stats.hasErrors() ? reject(error ?? new Error(stats.toString("errors-only"))) : resolve());
      });
    await kit.row("webpack-browser", async (service) => {
      await bundle("./page.mjs", "browser", "script.js", "web");
      return openBundle(kit, "browser", service);
    });
    await kit.row("webpack-web-worker", async (service) => {
      await bundle("./web-worker.mjs", "web-worker", "worker.js", "webworker");
      await kit.write({ "web-worker/script.js": STARTS_WORKER });
      return openBundle(kit, "web-worker", service);
    });
    await kit.row("webpack-node", async (service) => {
      await bundle("./node-old.mjs", "out", "node.cjs", "node20");
      return runBundle(kit, "out/node.cjs", service);
    });
    await kit.row("webpack-node-required", async (service) => {
      await bundle("./node.cjs", "out", "required.cjs", "node20");
      return runBundle(kit, "out/required.cjs", service);
    });
  },
};

const bunBuild = {
  name: "bun-build",
  title: "Bun's bundler",
  what: "for browsers, Node.js and Bun",
  version: versionOf("runtimes", "bun"),
  group: "runtimes",
  needs: ["browser"],
  rows: {
    "bun-build-browser": "--target=browser, in Chromium",
    "bun-build-node": "--target=node, run by Node.js",
    "bun-build-bun": "--target=bun --minify, run by Bun",
  },
  async run(kit) {
    await kit.write(files);
    const bun = await kit.program("@oven", ["bin/bun"]);
    const bundle = (entry, outfile, ...more) => kit.run(bun, ["build", entry, `--outfile=${outfile}`, ...more]);
    await kit.row("bun-build-browser", async (service) => {
      await bundle("./page.mjs", "browser/script.js", "--target=browser");
      return openBundle(kit, "browser", service);
    });
    await kit.row("bun-build-node", async (service) => {
      await bundle("./node.mjs", "out/node.mjs", "--target=node");
      return runBundle(kit, "out/node.mjs", service);
    });
    await kit.row("bun-build-bun", async (service) => {
      await bundle("./node.mjs", "out/bun.mjs", "--target=bun", "--minify");
      return answerIn(await kit.run(bun, [kit.path("out/bun.mjs"), service]));
    });
  },
};

export const bundlers = [esbuild, esbuildBrowser, chromium, rollup, webpack, bunBuild];
