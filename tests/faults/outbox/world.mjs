// Where the outages take place: the shop's Worker with its queues, a Durable Object and a Workflow in workerd; the fault service
// behind a door; and a place for reports.
//
// In: nothing. Out: `send`, which has an event put on a queue, the door, the service's books, and all that was reported.

import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { startService } from "../service.mjs";
import { post, withWorkers, worker } from "../torture/workers.mjs";
import { startGate } from "./gate.mjs";

const LIMIT_MS = 8 * 60_000;
/** The page of the service's books. */
const PAGE = "outage";
/** As the platform's own limit for messages that no handler ends well with. */
export const POISON_RETRIES = 3;

const queue = (name, more) => ({ type: "queue", name, maxBatchTimeout: 0, ...more });

const TRIGGERS = [
  queue("outbox", { maxBatchSize: 100, maxRetries: 100, deadLetterQueue: "dead" }),
  queue("poisoned", { maxBatchSize: 1, maxRetries: POISON_RETRIES, retryDelay: 0, deadLetterQueue: "dead-poisoned" }),
  queue("dead", { maxBatchSize: 100 }),
  queue("dead-poisoned", { maxBatchSize: 100 }),
];

export async function withOutboxWorld(use) {
  const service = await startService({ lifetimeMs: LIMIT_MS });
  const direct = new URL(service.play(PAGE, ["good"]));
  const gate = await startGate(Number(direct.port));
  const reports = await startReports();
  try {
    const shop = await worker("shop", "../outbox/worker.mjs", {
      env: {
        OUTBOX: { type: "queue", name: "outbox" },
        POISONED: { type: "queue", name: "poisoned" },
        DEAD: { type: "queue", name: "dead" },
        ROOM: { type: "durable-object", worker: "shop", exportName: "Room" },
        DELIVER: { type: "workflow", name: "deliver", worker: "shop", exportName: "Deliver" },
        SERVICE: { type: "text", value: `http://127.0.0.1:${gate.port}/s/${PAGE}` },
        REPORTS: { type: "text", value: reports.url },
      },
      exports: { Room: { type: "durable-object", storage: "sqlite" }, Deliver: { type: "workflow", name: "deliver" } },
    });
    shop.config.triggers = TRIGGERS;
    return await withWorkers([shop], (url, printed) => use(new World(url, service, gate, reports, printed)));
  } finally {
    await reports.stop();
    await gate.shut().catch(() => {});
    await service.stop();
  }
}

class World {
  constructor(url, service, gate, reports, printed) {
    Object.assign(this, { url, service, gate, reports, printed });
  }

  async send(job) {
    const response = await post(this.url, job, AbortSignal.timeout(30_000));
    const text = await response.text();
    if (!response.ok) throw new Error(`the Worker answered ${response.status}: ${text.slice(0, 300)}`);
    const answer = JSON.parse(text);
    if (answer.outcome !== "queued") throw new Error(`the Worker did not queue it: ${text}`);
    return answer;
  }

  /** From now on the service answers every request so. */
  play(answer) {
    this.service.play(PAGE, [answer]);
  }

  /** The page, and the customers of the events on it. */
  books() {
    return this.service.books(PAGE);
  }

  /** Waits until it is so; false when the time is up before. */
  async until(isSo, limitMs) {
    const end = performance.now() + limitMs;
    while (!isSo()) {
      if (performance.now() > end) return false;
      await sleep(50);
    }
    return true;
  }
}

/** Where the Worker tells what happens, and learns when it is to be killed. */
async function startReports() {
  const all = [];
  /** Each is asked of what begins: after how many milliseconds it is to be killed, or null. */
  const killers = { decide: () => null };
  const take = async (request, response) => {
    let text = "";
    for await (const piece of request) text += piece;
    const what = JSON.parse(text);
    const killMs = killers.decide(what) ?? null;
    all.push({ ...what, atMs: performance.now(), isKilled: killMs !== null });
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ killMs }));
  };
  // Who is killed halfway through a report has told nothing.
  const server = createServer((request, response) => take(request, response).catch(() => response.destroy()));
  server.keepAliveTimeout = LIMIT_MS;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    killers,
    of: (what) => all.filter((one) => one.what === what),
    /** Every dead letter of these queues. */
    letters: (...queues) => all.filter((one) => one.what === "dead" && queues.includes(one.queue)).flatMap(({ letters }) => letters),
    stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}
