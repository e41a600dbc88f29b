// refport-edge/testing, of the packed package, in every runtime: imported and required, on Node.js, Deno, Bun and workerd.
//
// In: nothing. Out: a line for each complaint, a line for each runtime, then `N passed, M failed`; exit 1 when M is not 0.

import { execFile } from "node:child_process";
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { folderOf, importFrom, install, programOf } from "./matrix/groups.mjs";
import { bundledWorker } from "./matrix/setups/bundlers.mjs";
import { BUNDLED, LOCAL } from "../workers.mjs";

const TARBALL = fileURLToPath(new URL("../../target/package/refport-edge.tgz", import.meta.url));
const FOLDER = join(folderOf("runtimes"), "testing");
const run = promisify(execFile);

await install("runtimes", TARBALL);
await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
await cp(fileURLToPath(new URL("testing", import.meta.url)), FOLDER, { recursive: true });

const RUNTIMES = {
  "Node.js 20": async () => printed(await programOf("runtimes", "node20-", ["bin/node"]), "imported.mjs"),
  "Node.js 20, required": async () => printed(await programOf("runtimes", "node20-", ["bin/node"]), "--no-experimental-require-module", "required.cjs"),
  "Node.js 26": async () => printed(await programOf("runtimes", "node26-", ["bin/node"]), "imported.mjs"),
  Deno: async () => printed(await programOf("runtimes", "@deno", ["deno"]), "run", "--no-prompt", "--no-lock", "--node-modules-dir=manual", "imported.mjs"),
  Bun: async () => printed(await programOf("runtimes", "@oven", ["bin/bun"]), "run", "imported.mjs"),
  workerd: inWorkerd,
};

let [passed, failed] = [0, 0];
for (const [name, play] of Object.entries(RUNTIMES)) {
  const found = await play().catch((error) => ({ "it runs": `${error.message}\n${error.stderr ?? ""}` }));
  const wrong = Object.entries(found).filter(([, complaint]) => complaint !== null);
  for (const [title, complaint] of wrong) console.log(`FAIL ${name}: ${title}: ${complaint}`);
  passed += Object.keys(found).length - wrong.length;
  failed += wrong.length;
  console.log(`${wrong.length > 0 ? "FAIL" : "ok  "} ${name}: ${Object.keys(found).length - wrong.length} of ${Object.keys(found).length}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** With no permission at all, where a runtime knows permissions. */
async function printed(program, ...args) {
  const { stdout } = await run(program, args, { cwd: FOLDER, timeout: 60_000, env: { ...process.env, DENO_NO_UPDATE_CHECK: "1" } });
  return JSON.parse(/^FOUND (.*)$/m.exec(stdout)[1]);
}

async function inWorkerd() {
  const { default: esbuild } = await importFrom("runtimes", "esbuild");
  const outdir = join(FOLDER, "out");
  await esbuild.build({ entryPoints: [join(FOLDER, "worker.mjs")], outdir, logLevel: "silent", absWorkingDir: FOLDER, ...BUNDLED });
  const { Miniflare } = await importFrom("runtimes", "miniflare");
  const manifest = await bundledWorker(outdir, "worker.js");
  const miniflare = new Miniflare({ ...LOCAL, workers: [{ config: { name: "testing", compatibilityDate: "2026-10-01", manifest, env: {} } }] });
  try {
    return await (await fetch(await miniflare.ready)).json();
  } finally {
    await miniflare.dispose();
  }
}
