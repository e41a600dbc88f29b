// Bundles a Worker the way a user's deploy would: with wrangler's own bundler, as a dry run, without the network.
// In: the folder of a wrangler.jsonc. Out: its modules, in the form Miniflare takes.
// Not its job: running them (workers.mjs).

import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const MODULE_TYPES = { ".js": "esm", ".wasm": "wasm" };
const TIMEOUT_MS = 120_000;

/** @returns {Promise<{ mainModule: string, modules: Record<string, { type: string, contents: string | Uint8Array }> }>} */
export async function bundle(folder) {
  const outdir = await mkdtemp(join(tmpdir(), "refport-edge-bundle-"));
  try {
    await wrangler(["deploy", "--dry-run", "--outdir", outdir, "--config", join(folder, "wrangler.jsonc")], folder);
    return await readModules(outdir);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

async function wrangler(args, cwd) {
  const cli = join(dirname(createRequire(import.meta.url).resolve("wrangler/package.json")), "bin/wrangler.js");
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", CI: "1", NO_COLOR: "1" };
  try {
    await run(process.execPath, [cli, ...args], { cwd, env, timeout: TIMEOUT_MS, maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    throw new Error(`wrangler could not bundle ${resolve(cwd)}:\n${error.stdout ?? ""}${error.stderr ?? error.message}`);
  }
}

async function readModules(outdir) {
  const modules = {};
  for (const name of await readdir(outdir)) {
    const type = MODULE_TYPES[name.slice(name.lastIndexOf("."))];
    if (type) modules[name] = { type, contents: await readFile(join(outdir, name), type === "esm" ? "utf8" : null) };
  }
  const mainModule = Object.keys(modules).find((name) => name.endsWith(".js"));
  if (!mainModule) throw new Error(`wrangler left no module in ${outdir}`);
  return { mainModule, modules };
}
