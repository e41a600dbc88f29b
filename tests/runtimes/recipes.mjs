// The recipes of docs/recipes: each program runs, from the packed tarball, against a fake service of its own.
//
// In: the tarball (`cargo xtask pack`). Out: a line for each program, then what was not run and why, how many were executed, and
// `N passed, M failed` last. Runs on Node.js 22 or newer.

import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fakeRefport } from "refport-edge/testing";
import { serve } from "./fake-server.mjs";
import { folderOf, install } from "./matrix/groups.mjs";
import { Kit } from "./matrix/kit.mjs";
import { KEY } from "./recipes/checks.mjs";
import { RECIPES } from "./recipes/list.mjs";

const HELP = `node tests/runtimes/recipes.mjs [options]
  --only NAME      only recipes whose name begins so (several allowed)
  --all            also those that a framework builds
  --list           print the recipes, and end
  --tarball FILE   another package than target/package/refport-edge.tgz
  --help           this text`;

const SOURCES = fileURLToPath(new URL("../../docs/recipes", import.meta.url));
const MOST_LINES = 30;
const AT_ONCE = 2;

const installing = new Map();
/** The last of those that run alone. */
let last = Promise.resolve();

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    all: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    tarball: { type: "string", default: fileURLToPath(new URL("../../target/package/refport-edge.tgz", import.meta.url)) },
    help: { type: "boolean", default: false },
  },
});

process.exitCode = await main().catch((error) => (console.error(`error: ${error.message}`), 1));

async function main() {
  if (values.help) return print(HELP);
  const named = RECIPES.filter(({ name }) => values.only.length === 0 || values.only.some((start) => name.startsWith(start)));
  const chosen = named.filter(({ isBuilt }) => !isBuilt || values.all || values.only.length > 0);
  if (values.list) return print(chosen.map(({ name, files }) => `${name.padEnd(28)} ${files.join(", ")}`).join("\n"));
  if (chosen.length === 0) throw new Error("no recipe's name begins so: see --list");
  if (!existsSync(values.tarball)) throw new Error("there is no packed tarball: run `cargo xtask pack`");
  const done = [];
  const waiting = [...chosen];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) done.push(await run(next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return report(done);
}

async function run(recipe) {
  const { name, group } = recipe;
  const folder = `recipe-${name.replace(/\W+/g, "-")}`;
  const began = performance.now();
  const kit = new Kit({ ...recipe, name: folder }, null, null, values.tarball);
  try {
    for (const one of new Set(["runtimes", group])) await installed(one);
    const missing = missingFrom(recipe);
    if (missing.length > 0) return told(recipe, "wait", `waits for ${missing.join(", ")}`);
    await (recipe.isAlone ? alone(() => play(recipe, kit)) : play(recipe, kit));
    return told(recipe, "ok", `${((performance.now() - began) / 1000).toFixed(1)} s`);
  } catch (error) {
    return told(recipe, "FAIL", tail(error.stack));
  } finally {
    await kit.end();
  }
}

/** Each group once. */
function installed(group) {
  if (!installing.has(group)) installing.set(group, install(group, values.tarball));
  return installing.get(group);
}

/** One after the other: what shares this process, or a folder. */
function alone(does) {
  const done = last.then(does);
  last = done.catch(() => {});
  return done;
}

/** In a folder of the recipe's own, with a fake service of its own. */
async function play({ files, way, check, atRoot, prepare }, kit) {
  if (!atRoot) await rm(kit.folder, { recursive: true, force: true });
  await mkdir(kit.folder, { recursive: true });
  await prepare?.(kit);
  for (const file of files) await cp(join(SOURCES, file), join(kit.folder, atRoot || file.includes("/") ? within(file) : basename(file)), { recursive: true });
  const fake = fakeRefport({ apiKey: KEY });
  const service = await serve(fake);
  kit.onEnd(service.stop);
  const env = { REFPORT_API_KEY: KEY, REFPORT_BASE_URL: service.url };
  const shop = await way(kit, env);
  kit.onEnd(() => shop.stop?.());
  try {
    await check({ shop, fake, kit });
  } catch (error) {
    throw Object.assign(error, { stack: `${error.stack}\n${shop.printed?.() ?? ""}` });
  }
}

/** A framework's files keep their place below its own folder. */
function within(file) {
  return file.split("/").slice(1).join("/");
}

/** What a recipe takes of this package that the packed one does not have yet. */
function missingFrom({ group, needs = [] }) {
  const read = (file) => readFileSync(join(folderOf(group), "node_modules/refport-edge", file), "utf8");
  const { exports } = JSON.parse(read("package.json"));
  const types = read("index.d.ts");
  const has = (need) =>
    need.startsWith("option ") ? types.includes(`  ${need.slice("option ".length)}?:`) : need.replace("refport-edge", ".") in exports;
  return needs.filter((need) => !has(need));
}

function told({ name, files, isChecked = false }, status, text) {
  console.log(`${status.padEnd(4)} ${name.padEnd(28)} ${text}`);
  return { files, isChecked, status };
}

function report(done) {
  const count = (status) => done.filter((one) => one.status === status).length;
  const left = RECIPES.length - done.length;
  if (left > 0) console.log(`\n${left} recipes were not asked for: node tests/runtimes/recipes.mjs --all`);
  const played = done.filter(({ status }) => status !== "wait");
  const executed = new Set(played.filter(({ isChecked }) => !isChecked).map(({ files: [program] }) => program)).size;
  const checked = new Set(played.filter(({ isChecked }) => isChecked).flatMap(({ files }) => files)).size;
  console.log(`\n${executed} programs executed, ${checked} files type-checked, ${count("wait")} wait`);
  console.log(`${count("ok")} passed, ${count("FAIL")} failed`);
  return count("FAIL") > 0 || count("ok") === 0 ? 1 : 0;
}

function tail(text) {
  return `\n${text.split("\n").filter((line) => !line.startsWith("    at ")).slice(-MOST_LINES).map((line) => `     ${line}`).join("\n")}`;
}

function print(text) {
  console.log(text);
  return 0;
}
