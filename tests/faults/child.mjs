// One job in Node, Deno or Bun. In: the job as JSON on stdin. Out: its answer as JSON, on the last line of stdout,
// after the word ANSWER.
//
// It does not call `process.exit`: a timer or a socket that the package left behind would keep it alive, and be noticed.

import "./watch.mjs"; // before the package
import process from "node:process";
import { inspect } from "node:util";
import vm from "node:vm";
import { api } from "./package.mjs";
import { run } from "./tasks.mjs";

const stray = [];
process.on("unhandledRejection", (error) => stray.push(`unhandled rejection: ${shown(error)}`));
process.on("uncaughtException", (error) => stray.push(`uncaught exception: ${shown(error)}`));

const FOREIGN = `(class Response {
  status = 200;
  headers = new (class Headers { get() { return null; } })();
  async text() { return '{"sale":{"id":"sale_xyz"}}'; }
})`;

/** An answer of another realm: neither it nor its prototypes, nor its promises, are of this one. */
const foreignResponse = () => new (vm.runInNewContext(FOREIGN))();

/** A value of plain data, of another realm. */
const foreign = (value) => vm.runInNewContext(`(${JSON.stringify(value)})`);

const answer = await run(api, JSON.parse(await readInput()), { foreignResponse, foreign, inspect }).catch((error) => {
  stray.push(`the job failed: ${shown(error)}`);
  return [];
});
// A stray rejection is told of a turn later.
await new Promise((resolve) => setTimeout(resolve, 50));
process.stdout.write(`\nANSWER ${JSON.stringify({ answer, stray })}\n`);

async function readInput() {
  let text = "";
  process.stdin.setEncoding("utf8");
  for await (const piece of process.stdin) text += piece;
  return text;
}

function shown(error) {
  try {
    return String(error?.stack ?? error);
  } catch {
    return "something that cannot be shown";
  }
}
