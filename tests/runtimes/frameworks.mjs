// The frameworks: what each hands its handlers, given to the packed package.
//
// In: the tarball (`cargo xtask pack`). Out: a line for each shape with how many of its requests were read rightly, what is
// wrong with the others, and `N passed, M failed` last. A shape is one object of one framework: its context, its request,
// its headers. Not its job: what is sent (frameworks/requests.mjs). Runs on Node.js 22 or newer.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { folderOf, install, programOf } from "./matrix/groups.mjs";
import { LIST } from "./frameworks/list.mjs";

const HELP = `node tests/runtimes/frameworks.mjs [options]
  --only NAME      only the files of tests/runtimes/frameworks whose name begins so (several allowed)
  --tarball FILE   another package than target/package/refport-edge.tgz
  --help           this text`;

const SOURCES = fileURLToPath(new URL("frameworks", import.meta.url));
const PROGRAM_MS = 120_000;
const AT_ONCE = 2;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    tarball: { type: "string", default: fileURLToPath(new URL("../../target/package/refport-edge.tgz", import.meta.url)) },
    help: { type: "boolean", default: false },
  },
});

process.exitCode = values.help ? (console.log(HELP), 0) : await main();

async function main() {
  if (!existsSync(values.tarball)) return complain("there is no packed tarball: run `cargo xtask pack`");
  const chosen = LIST.filter(({ file }) => values.only.length === 0 || values.only.some((name) => file.startsWith(name)));
  if (chosen.length === 0) return complain("no file begins so: see tests/runtimes/frameworks");
  // Bun, Deno, miniflare and esbuild are there.
  for (const group of new Set(["runtimes", ...chosen.map(({ group }) => group)])) await prepare(group);
  const waiting = chosen.map((one, index) => ({ ...one, index }));
  const shapes = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) shapes[next.index] = await examine(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return report(shapes.flat());
}

function complain(text) {
  console.error(`error: ${text}`);
  return 1;
}

/** Beside the packages of a group, so that they are imported by their names. */
async function prepare(group) {
  await install(group, values.tarball);
  const suite = join(folderOf(group), "suite");
  await rm(suite, { recursive: true, force: true });
  await mkdir(suite, { recursive: true });
  await cp(SOURCES, suite, { recursive: true });
}

/** The shapes of a framework; a process that breaks off is one that failed. */
async function examine({ file, group, which, runtime }) {
  const [program, ...args] = await commandOf(runtime);
  const cwd = join(folderOf(group), "suite");
  const { printed, ended } = await run(program, [...args, "examine.mjs", `${file}.mjs`, which], cwd);
  const shapes = [...printed.matchAll(/^SHAPE (.*)$/gm)].map(([, json]) => JSON.parse(json));
  if (ended === 0 && shapes.length > 0) return shapes;
  const broken = { request: "every request", complaint: `it ended with ${ended}\n${printed}` };
  return [...shapes, { framework: `${file} ${which}`.trim(), shape: `on ${runtime}`, rows: [broken] }];
}

async function commandOf(runtime) {
  if (runtime === "bun") return [await programOf("runtimes", "@oven", ["bin/bun"]), "run"];
  if (runtime === "node") return [process.execPath];
  return [await programOf("runtimes", "@deno", ["deno"]), "run", "--allow-all", "--no-lock", "--node-modules-dir=manual"];
}

function run(program, args, cwd) {
  // Nobody is to be told of this run.
  const quiet = { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", NEXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1" };
  const env = { ...process.env, ...quiet, NODE_ENV: "production" };
  // Its own process group, so that what it starts ends with it.
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (piece) => (printed += piece));
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), PROGRAM_MS);
  return new Promise((resolve) => {
    const end = (ended) => (clearTimeout(timer), resolve({ printed, ended }));
    child.once("error", ({ message }) => end(message)).once("close", (code, signal) => end(code ?? signal));
  });
}

function report(shapes) {
  const widest = (name) => Math.max(...shapes.map((shape) => shape[name].length));
  const widths = [widest("framework"), widest("shape")];
  console.log(`     ${"framework".padEnd(widths[0])}  ${"shape".padEnd(widths[1])}  rows ok`);
  let [passed, failed] = [0, 0];
  for (const { framework, shape, rows } of shapes) {
    const wrong = rows.filter(({ complaint }) => complaint);
    passed += rows.length - wrong.length;
    failed += wrong.length;
    const counts = `${rows.length - wrong.length} of ${rows.length}`;
    console.log(`${wrong.length > 0 ? "FAIL" : "ok  "} ${framework.padEnd(widths[0])}  ${shape.padEnd(widths[1])}  ${counts}`);
    for (const { request, complaint } of wrong) console.log(`     ${framework}, ${shape}, ${request}: ${complaint}`);
  }
  console.log(`\n${shapes.length} shapes\n${passed} passed, ${failed} failed`);
  return failed > 0 || shapes.length === 0 ? 1 : 0;
}
