// The vectors of capture and checkout, and what else every runtime checks, in workerd, Node.js, Deno and Bun.
//
// In: the packed tarball, installed here. Out: a line for each suite, then `N passed, M failed`; exit 1 when M is not 0.
// Not its job: what is checked (run.mjs).

import { spawn } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { GOLDEN } from "./run.mjs";
import { bundle, withWorkers } from "./workerd.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const DATES = ["2026-10-01", "2024-09-23"];
const TIMEOUT_MS = 120_000;

const golden = {};
for (const name of GOLDEN) golden[name] = JSON.parse(await readFile(join(HERE, `../golden/${name}.json`), "utf8"));
/** Random IDs: all of them where the package is at home, and a part elsewhere. */
const [ALL, PART] = [10_000, 1_000];
const job = (ids) => JSON.stringify({ golden, ids });

const inWorkerd = (compatibilityDate, ids) => async () => {
  const config = { name: "attribution", compatibilityDate, manifest: await bundle(join(HERE, "worker.mjs")), env: {} };
  return withWorkers([{ config }], async (url) => {
    const response = await fetch(url, { method: "POST", body: job(ids), signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(await response.text());
    const { lines, passed, failed } = await response.json();
    return [...lines, `${passed} passed, ${failed} failed`].join("\n");
  });
};

const RUNTIMES = {
  ...Object.fromEntries(DATES.map((date, at) => [`workerd, ${date}`, inWorkerd(date, at === 0 ? ALL : PART)])),
  "Node.js on the PATH": async () => run(await onPath("node"), []),
  [`Node.js ${process.version}`]: async () => run(process.execPath, [], ALL),
  Deno: async () => run(await platformProgram("@deno", ["deno"]), ["run", "--no-prompt", "--allow-net=127.0.0.1"]),
  Bun: async () => run(await platformProgram("@oven", ["bin/bun"]), ["run"]),
};

let [passed, failed] = [0, 0];
for (const [name, inRuntime] of Object.entries(RUNTIMES)) {
  try {
    const printed = await inRuntime();
    const lines = printed.trim().split("\n");
    const [, good, bad] = /^(\d+) passed, (\d+) failed$/.exec(lines.pop());
    console.log([`${name}: ${good} passed, ${bad} failed`, ...lines.map((line) => `  ${line}`)].join("\n"));
    passed += Number(good);
    failed += Number(bad);
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}: ${error.message}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** What a program prints when it is given the vectors. */
function run(program, args, ids = PART) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, join(HERE, "child.mjs")], { cwd: HERE, stdio: "pipe" });
    const timer = setTimeout(() => child.kill("SIGKILL"), TIMEOUT_MS);
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
    child.stdin.on("error", () => {});
    child.stdin.end(job(ids));
    child.once("error", reject);
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(out);
      else reject(new Error(`it ended with ${signal ?? code}\n${out.slice(-2_000)}${err.slice(-2_000)}`));
    });
  });
}

async function onPath(name) {
  for (const folder of process.env.PATH.split(delimiter)) {
    if ((await readdir(folder).catch(() => [])).includes(name)) return join(folder, name);
  }
  throw new Error(`${name} is not on the PATH`);
}

/** npm installs the packages of this platform only. */
async function platformProgram(scope, files) {
  const folder = join(HERE, "node_modules", scope);
  for (const name of await readdir(folder)) {
    for (const file of files) {
      const program = join(folder, name, file);
      if (await doesRun(program)) return program;
    }
  }
  throw new Error(`no package of ${scope} has a program that runs here`);
}

/** Of two for one platform (glibc, musl), one runs. */
function doesRun(program) {
  return new Promise((resolve) => {
    const child = spawn(program, ["--version"], { stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}
