// Vercel's edge runtime, bundled as Vercel does: the module of WebAssembly is compiled outside and handed in.
//
// Wasm code generation is off, as it is in production: where it is on, a package that compiles at run time passes falsely.

import { readFile } from "node:fs/promises";
import { versionOf } from "../groups.mjs";
import { imported } from "../sources.mjs";

const MAIN = `
import { answer } from "./use.mjs";

addEventListener("fetch", (event) => event.respondWith(respond(event.request)));

async function respond(request) {
  return Response.json(await answer(new URL(request.url).searchParams.get("service")));
}
`;

/** `x.wasm?module` is a global that the deployment binds. */
const bindModule = (files) => ({
  name: "bind-module",
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /\.wasm\?module$/ }, async ({ path, ...from }) => {
      if (from.pluginData === "asked") return undefined;
      const found = await resolve(path.replace("?module", ""), { ...from, pluginData: "asked" });
      return { path: found.path, namespace: "wasm" };
    });
    onLoad({ filter: /.*/, namespace: "wasm" }, ({ path }) => {
      files.push(path);
      return { contents: `export default globalThis.wasm_${files.length - 1};` };
    });
  },
});

export const edgeRuntime = [{
  name: "edge-runtime",
  title: "Vercel's edge-runtime",
  what: "WebAssembly compiled beforehand, code generation off",
  version: versionOf("runtimes", "edge-runtime"),
  group: "runtimes",
  quick: true,
  rows: {
    "edge-runtime": "bundled with the condition edge-light, wasm code generation off",
    "edge-runtime-required": "required: the condition edge-light still comes first",
  },
  async run(kit) {
    const required = imported();
    required["use.mjs"] = required["use.mjs"].replace(/import (\{[^}]*\}) from "refport-edge"/, 'const $1 = require("refport-edge")');
    await kit.row("edge-runtime", (service) => ask(kit, imported(), service));
    await kit.row("edge-runtime-required", (service) => ask(kit, required, service));
  },
}];

async function ask(kit, sources, service) {
  await kit.write({ ...sources, "main.mjs": MAIN });
  const { default: esbuild } = await kit.import("esbuild");
  const files = [];
  const { outputFiles } = await esbuild.build({
    entryPoints: [kit.path("main.mjs")], bundle: true, write: false, format: "iife", target: "es2022",
    conditions: ["edge-light"], plugins: [bindModule(files)], logLevel: "silent",
  });
  const modules = {};
  for (const [index, file] of files.entries()) modules[`wasm_${index}`] = new WebAssembly.Module(await readFile(file));
  const { EdgeRuntime } = await kit.import("edge-runtime");
  const runtime = new EdgeRuntime({
    codeGeneration: { strings: false, wasm: false },
    extend: (context) => Object.assign(context, modules),
    initialCode: outputFiles[0].text,
  });
  mustRefuseToCompile(runtime);
  const response = await runtime.dispatchFetch(`https://shop.test/?service=${encodeURIComponent(service)}`);
  await response.waitUntil();
  return response.json();
}

/** Else this row could not fail. */
function mustRefuseToCompile(runtime) {
  let refusal;
  try {
    runtime.evaluate("new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))");
  } catch (error) {
    refusal = error;
  }
  if (!/code generation disallowed/.test(refusal?.message)) throw new Error("this edge runtime compiles WebAssembly");
}
