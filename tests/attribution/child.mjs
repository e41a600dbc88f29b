// The checks in Node.js, Deno or Bun. In: `{ golden, ids }` as JSON on stdin. Out: lines, and `N passed, M failed` last.

import process from "node:process";
import vm from "node:vm";
import * as api from "refport-edge";
import * as capture from "refport-edge/capture";
import * as checkout from "refport-edge/checkout";
import { run } from "./run.mjs";

let text = "";
process.stdin.setEncoding("utf8");
for await (const piece of process.stdin) text += piece;

// It is neither of this realm nor of its Response, as in a sandbox.
const FOREIGN = `(class Response {
  constructor(body, init = {}) { this.body = body; this.status = init.status ?? 200; this.headers = new Headers(init.headers); }
  async text() { return String(this.body); }
})`;
const foreignResponse = (body) => new (vm.runInNewContext(FOREIGN, { Headers }))(body);

const { passed, failed } = await run({ capture, checkout, api, ...JSON.parse(text), print: console.log, host: { foreignResponse } });
console.log(`${passed} passed, ${failed} failed`);
