// `refport-edge doctor` of the installed package, run to its end.
//
// In: its arguments and its environment. Out: what it printed, its report where it printed one, and its exit code.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const COMMAND = fileURLToPath(new URL("../node_modules/refport-edge/bin/refport-edge.js", import.meta.url));
const HERE = fileURLToPath(new URL("..", import.meta.url));

export function runDoctor(args, env = {}, { cwd = HERE, program = process.execPath, before = [] } = {}) {
  return new Promise((resolve) => {
    const options = { cwd, env: { PATH: process.env.PATH, ...env }, timeout: 60_000 };
    execFile(program, [...before, COMMAND, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? error.signal) : 0, stdout, stderr, checks: checksOf(stdout) });
    });
  });
}

/** By section and name: `checks["Refport accepted"]`. */
function checksOf(stdout) {
  if (!stdout.startsWith("{")) return {};
  const { sections } = JSON.parse(stdout);
  const titled = (title) => (/^https?:/.test(title) ? "page" : title);
  return Object.fromEntries(
    sections.flatMap(({ title, checks }) => checks.map((check) => [`${titled(title)} ${check.name}`, check])),
  );
}
