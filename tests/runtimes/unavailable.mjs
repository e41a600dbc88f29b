// Where WebAssembly cannot run: to import succeeds, and every call says what to do.
//
// In: nothing. Out: a line for each place, then `N passed, M failed`; exit 1 when M is not 0. The places are Node.js without a
// compiler of machine code, Node.js without WebAssembly or memory for it, workerd with another module than the core, and a page
// with a Content-Security-Policy, in Chromium.
// Not its job: what is checked (unavailable/checks.mjs).

import { spawn } from "node:child_process";
import { Checks, must } from "./contract/check.mjs";
import { inChromium } from "./unavailable/page.mjs";
import { inWorkerd } from "./unavailable/worker.mjs";

const TIMEOUT_MS = 60_000;

const checks = new Checks(console.log);
const nodes = {
  "node --jitless, imported": ["import", "", "--jitless"],
  "node --jitless, required": ["require", "", "--jitless"],
  "node, where there is no WebAssembly": ["import", "absent"],
  "node, where no module can be instantiated": ["import", "instance"],
};
const places = {
  ...Object.fromEntries(Object.entries(nodes).map(([name, how]) => [name, () => inNode(...how)])),
  "workerd, where a module cannot be instantiated": inWorkerd,
  "Chromium, under script-src 'self'": inChromium,
};
for (const [name, look] of Object.entries(places)) {
  const findings = await look().catch((error) => [["it runs", String(error?.stack ?? error)]]);
  await checks.run(name, findings.map(([title, complaint]) => [title, () => must(complaint === null, complaint)]));
}
console.log(`${checks.passed} passed, ${checks.failed} failed`);
process.exitCode = checks.failed === 0 ? 0 : 1;

/** A process of its own: the package is imported once. */
async function inNode(how, obstacle, ...flags) {
  const file = new URL("./unavailable/node.mjs", import.meta.url);
  const child = spawn(process.execPath, [...flags, file.pathname, how, obstacle], { stdio: ["ignore", "pipe", "inherit"] });
  const timer = setTimeout(() => child.kill(), TIMEOUT_MS);
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece) => (text += piece));
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearTimeout(timer);
  if (code !== 0) throw new Error(`it ended with ${code}`);
  return JSON.parse(text);
}
