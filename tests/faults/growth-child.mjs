// Takes the times of calls in a process of its own, which can be ended when a call does not end.
//
// In: messages `{ name, sizes, isExact }`, a row's name and how long its inputs are to be. Out: for each a message
// `{ times, told }` (growth-time.mjs), or `{ threw }`.

import process from "node:process";
import { Worker } from "node:worker_threads";
import * as api from "refport-edge";
import { rowNamed } from "./growth-rows.mjs";
import { exactly, glance } from "./growth-time.mjs";

process.on("message", async ({ name, sizes, isExact }) => {
  const look = isExact ? exactly : glance;
  process.send(await look(api, rowNamed(name), sizes).catch((error) => ({ threw: String(error?.stack ?? error) })));
});

// A call that never ends would outlive whoever waits for it: this ends both where the parent is gone.
const WATCH = `
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.kill(process.pid, "SIGKILL"), 1000);
`;
new Worker(WATCH, { eval: true }).unref();
