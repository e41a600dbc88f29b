// The runtimes, and how each is given a job.
//
// In: a job for tasks.mjs. Out: `{ answer, stray, stdout, stderr }`: its answer, what was thrown where nobody could
// catch it, and what the runtime printed. Every program started here is ended here.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { FOLDER, programs } from "./install.mjs";
import { bundleWorker, withWorkerd } from "./workerd.mjs";

const JOB_TIMEOUT_MS = 4 * 60_000;
/** What a runtime may need to end once its work is done. */
const END_MS = 15_000;
const CURRENT_DATE = "2026-10-01";

/** So many runtimes play at the same time. Most of the time they wait. */
const AT_A_TIME = 2;

/** Each runs a job; see the top. */
export const RUNTIMES = [
  { name: "workerd-2024-09-23", run: (job) => runWorker(job, "2024-09-23") },
  { name: `workerd-${CURRENT_DATE}`, run: (job) => runWorker(job, CURRENT_DATE) },
  { name: "node-20", run: (job) => runProgram(job, programs.node20(), []) },
  { name: "node-current", run: (job) => runProgram(job, programs.nodeCurrent(), []) },
  // No permission but the one to send: neither files, nor environment, nor anything else.
  { name: "deno", run: (job) => runProgram(job, programs.deno(), ["run", "--no-prompt", "--allow-net=127.0.0.1"]) },
  { name: "bun", run: (job) => runProgram(job, programs.bun(), ["run"]) },
];

/** The runtimes whose name begins with one of `names`, or all; throws where that is none. */
function chosen(names) {
  const picked = RUNTIMES.filter(({ name }) => names.length === 0 || names.some((start) => name.startsWith(start)));
  if (picked.length > 0) return picked;
  throw new Error(`no such runtime: there are ${RUNTIMES.map(({ name }) => name).join(", ")}`);
}

/** Plays in each of the chosen runtimes. `play` answers `{ passed, failed }` of one runtime; out come those of all. */
export async function inEachRuntime(names, play) {
  const waiting = chosen(names);
  const total = { passed: 0, failed: 0 };
  const lane = async () => {
    for (let runtime = waiting.shift(); runtime; runtime = waiting.shift()) {
      const { passed, failed } = await play(runtime);
      total.passed += passed;
      total.failed += failed;
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  return total;
}

async function runProgram(job, program, args) {
  if (program === undefined) throw new Error("there is no such program on this machine");
  const child = spawn(program, [...args, join(FOLDER, "child.mjs")], { cwd: FOLDER, stdio: "pipe" });
  const timer = setTimeout(() => child.kill("SIGKILL"), JOB_TIMEOUT_MS);
  let late;
  const stdout = collect(child.stdout, (text) => {
    if (text.endsWith("}\n") && answerIn(text)) late ??= setTimeout(() => child.kill("SIGKILL"), END_MS);
  });
  const stderr = collect(child.stderr);
  child.stdin.on("error", () => {}); // a child that dies at once reads nothing
  child.stdin.end(JSON.stringify(job));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (...how) => resolve(how));
  });
  clearTimeout(timer);
  clearTimeout(late);
  const answer = answerIn(stdout());
  const told = answer && JSON.parse(answer);
  if (told && signal) told.stray.push("it did not end by itself after its work was done: something was left behind");
  else if (code !== 0 || !told) throw new Error(`it ended with ${signal ?? code}\n${stderr()}`);
  return { ...told, stdout: stdout().slice(0, -answer.length - ANSWER.length - 1), stderr: stderr() };
}

const ANSWER = "\nANSWER ";

/** The JSON on the last line, once it is there. */
function answerIn(text) {
  const at = text.lastIndexOf(ANSWER);
  return at < 0 || !text.endsWith("\n") ? undefined : text.slice(at + ANSWER.length, -1);
}

function collect(stream, onText = () => {}) {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (piece) => {
    text += piece;
    onText(text);
  });
  return () => text;
}

async function runWorker(job, compatibilityDate) {
  const config = { name: "faults", compatibilityDate, manifest: await bundle(), env: {}, exports: {} };
  return withWorkerd([{ config }], async (miniflare, printed) => {
    const init = { method: "POST", body: JSON.stringify(job), signal: AbortSignal.timeout(JOB_TIMEOUT_MS) };
    const response = await fetch(await miniflare.ready, init);
    if (!response.ok) throw new Error(`the Worker answered ${response.status}: ${await response.text()}`);
    return { ...(await response.json()), stdout: printed.join("\n"), stderr: "" };
  });
}

let bundled;

function bundle() {
  bundled ??= (async () => {
    const manifest = await bundleWorker(join(FOLDER, "worker.mjs"));
    if (Object.values(manifest.modules).every(({ type }) => type !== "wasm"))
      throw new Error("the bundle has no module of WebAssembly: this is not the entry for workerd");
    return manifest;
  })();
  return bundled;
}
