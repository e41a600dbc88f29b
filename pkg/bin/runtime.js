// This machine: its runtime, the entry that it loads, whether the core runs, and the project's platform.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const OLDEST_NODE = 20;
/** What is hashed to see whether the core runs, and what comes of it. */
const [WORD, HASH] = ["doctor", "72f4be89d6ebab1496e21e38bcd7c8ca0a68928af3081ad7dff87e772eb350c2"];

/** By the file that tells: what such a project loads of this package, and what it must be told. */
const PLATFORMS = [
  [/^open-next\.config\./, "Workers load the entry for workerd", ["next.config.", "refport-edge", 'serverExternalPackages: ["refport-edge"] in the Next configuration']],
  [/^wrangler\.(toml|jsonc?)$/, "Workers load the entry for workerd, and the core as a module"],
  [/^next\.config\./, "routes on Node.js load the core's bytes, edge routes the core as a module"],
  [/^(nuxt|nitro)\.config\./, "on Cloudflare, set experimental: { wasm: true }"],
  [/^deno\.jsonc?$/, "Deno loads the entry with the core's bytes in it"],
  [/^bun(fig\.toml|\.lockb?)$/, "Bun loads the entry with the core's bytes in it"],
];

export async function examineRuntime({ version }) {
  const checks = [runtime(), entry(version)];
  checks.push(await core());
  const names = read(() => readdirSync(process.cwd())) ?? [];
  const found = PLATFORMS.map(([pattern, ...rest]) => [names.find((name) => pattern.test(name)), ...rest]).find(([name]) => name);
  if (found) checks.push(platform(found, names));
  return checks;
}

function runtime() {
  const { Deno, Bun } = globalThis;
  const machine = `${process.platform} ${process.arch}`;
  if (Deno) return check("runtime", "ok", `Deno ${Deno.version.deno}, ${machine}`);
  if (Bun) return check("runtime", "ok", `Bun ${Bun.version}, ${machine}`);
  const isOld = Number(process.versions.node.split(".")[0]) < OLDEST_NODE;
  const text = `Node.js ${process.versions.node}, ${machine}`;
  return isOld ? check("runtime", "fail", text, `use Node.js ${OLDEST_NODE} or newer`) : check("runtime", "ok", text);
}

/** The file that an import loads here, and whether the project has the same version as this command. */
function entry(version) {
  const root = new URL("..", import.meta.url).href;
  const own = read(() => import.meta.resolve("refport-edge"))?.replace(root, "") ?? "the package";
  const text = `refport-edge ${version}: an import loads ${own}`;
  const manifest = read(() => createRequire(join(process.cwd(), "doctor.js")).resolve("refport-edge/package.json"));
  if (manifest === undefined) return check("entry", "warn", `${text}, but not in this folder`, "npm install refport-edge");
  const installed = JSON.parse(readFileSync(manifest, "utf8")).version;
  if (installed === version) return check("entry", "ok", text);
  return check("entry", "warn", `this is ${version}, and the project has ${installed}`, "run the project's own: npx --no-install refport-edge doctor");
}

async function core() {
  try {
    const { hashEmail } = await import("refport-edge");
    if (hashEmail(WORD) === HASH) return check("core", "ok", "WebAssembly runs");
    return check("core", "fail", "the core computes wrongly", "install the package again");
  } catch ({ code, message }) {
    return check("core", "fail", `WebAssembly cannot run (${code ?? message})`, "see the page on errors: WASM_UNAVAILABLE");
  }
}

function platform([name, text, needs], names) {
  if (!needs) return check("project", "ok", `${name}: ${text}`);
  const [file, word, advice] = needs;
  const config = names.find((one) => one.startsWith(file));
  const isTold = config !== undefined && existsSync(config) && readFileSync(config, "utf8").includes(word);
  return isTold ? check("project", "ok", `${name}: ${text}`) : check("project", "warn", `${name}: ${text}`, advice);
}

export const check = (name, status, text, advice = null) => ({ name, status, text, advice });

const read = (part) => {
  try {
    return part();
  } catch {
    return undefined;
  }
};
