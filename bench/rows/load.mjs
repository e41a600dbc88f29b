// Row: sales per second through a local server, one, 50 and 200 at a time, in Node.
//
// In: how many rounds. Out: a cell for each concurrency. The server is a process of its own; the network is Node's own
// `fetch` on loopback, which is most of the time, as it is in life.

import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { FOLDER } from "../folder.mjs";
import { buyer } from "../job.mjs";
import { cell } from "../stats.mjs";
import { takeTurns } from "../rounds.mjs";

const CONTENDERS = ["ours", "plain", "fair", "dub"];
const CONCURRENCIES = [1, 50, 200];
const SALES = 400;

export async function load({ rounds, say }) {
  const service = fork(join(FOLDER, "workers/service.mjs"));
  try {
    const [port] = await once(service, "message");
    const sells = {};
    for (const name of CONTENDERS) {
      const { seller } = await import(`../contenders/${name}.mjs`);
      sells[name] = seller(undefined, `http://127.0.0.1:${port}`);
    }
    const cells = [];
    for (const concurrency of CONCURRENCIES) {
      say(`${concurrency} at a time`);
      const samples = await takeTurns(CONTENDERS, { rounds }, (name) => salesPerSecond(sells[name], concurrency));
      cells.push(cell(`${concurrency} at a time`, "/s", samples, ["plain", "fair", "dub"]));
    }
    return cells;
  } finally {
    service.disconnect();
  }
}

async function salesPerSecond(sell, concurrency) {
  const from = buyer();
  let left = SALES;
  const began = performance.now();
  const worker = async () => {
    while (left-- > 0) if ((await sell(from)) !== "sale_xyz") throw new Error("a sale was not recorded");
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return (SALES * 1000) / (performance.now() - began);
}
