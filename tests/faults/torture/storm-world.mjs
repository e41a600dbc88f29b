// Where the storm takes place: the shop's Worker, the service in both its forms, and a place for reports.
//
// In: nothing. Out: `send(job, script, leaveMs)`, which has a call made and says what came of it.

import { createServer } from "node:http";
import { startService } from "../service.mjs";
import { post, withWorkers, worker } from "./workers.mjs";

/** The calls of both services that a Worker can be told to make. */
export const CALLS = ["sale", "track", "postback", "refund"];
/** What a refund refunds. */
const CONVERSIONS = "/api/v1/conversions/postback";

/** Nothing takes so long but what hangs. */
const HUNG_MS = 45_000;
const LIMIT_MS = 10 * 60_000;

export async function withStormWorld(use) {
  const service = await startService({ lifetimeMs: LIMIT_MS });
  const reports = await startReports();
  try {
    const shop = await worker("shop", "storm-worker.mjs", {
      env: {
        ROOM: { type: "durable-object", worker: "shop", exportName: "Room" },
        SERVICE: { type: "worker", worker: "service" },
        REPORTS: { type: "text", value: reports.url },
      },
      exports: { Room: { type: "durable-object", storage: "sqlite" } },
      flags: ["nodejs_compat"],
    });
    const workers = [shop, await worker("service", "bound-service.mjs")];
    return await withWorkers(workers, async (url, printed) => {
      const world = new World(url, service, reports, printed);
      // A core is made at its first use.
      for (const call of CALLS) await world.send({ id: `first-${call}`, call, way: "plain" }, ["good"]);
      return use(world);
    });
  } finally {
    await reports.stop();
    await service.stop();
  }
}

class World {
  constructor(url, service, reports, printed) {
    Object.assign(this, { url, service, reports, printed });
  }

  /**
   * Has a call made; the service plays `script` for it. After `leaveMs` the HTTP client goes away.
   * @returns `{ how, result }`; `how` is "answered", "ended" (with `why`), "left" or "hung".
   */
  async send(job, script, { leaveMs, isLost = false } = {}) {
    const { id } = job;
    const left = leaveMs === undefined ? undefined : AbortSignal.timeout(leaveMs);
    const hung = AbortSignal.timeout(HUNG_MS);
    const report = job.way === "waitUntil" && !isLost ? this.reports.of(id, hung) : undefined;
    try {
      const baseUrl = this.service.play(id, script);
      if (job.call === "refund") this.service.record(id, CONVERSIONS, { externalId: id, amount: 4990 });
      const response = await post(this.url, { ...job, baseUrl }, left ? AbortSignal.any([left, hung]) : hung);
      const text = await response.text();
      if (!response.ok) return { how: "ended", why: `${response.status} ${text.slice(0, 200)}` };
      const answer = JSON.parse(text);
      if (answer.id !== id) return { how: "answered", result: { crossed: answer.id } };
      if (answer.later && isLost) return { how: "ended", why: "after its answer" };
      return { how: "answered", result: answer.later ? await report : answer.result };
    } catch (error) {
      if (hung.aborted) return { how: "hung" };
      if (left?.aborted) return { how: "left" };
      return { how: "ended", why: String(error.cause ?? error) };
    }
  }

  async stats() {
    const response = await post(this.url, { way: "stats" }, AbortSignal.timeout(HUNG_MS));
    return response.json();
  }
}

/** Where calls that outlive their answer tell what they came to. */
async function startReports() {
  const waiting = new Map();
  const arrived = new Set();
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const piece of request) text += piece;
    const { id, result } = JSON.parse(text);
    arrived.add(id);
    waiting.get(id)?.(result);
    response.end();
  });
  // A connection that is closed while a report is on its way would lose the report.
  server.keepAliveTimeout = LIMIT_MS;
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Whether a call that was to be killed has told of itself after all. */
    has: (id) => arrived.has(id),
    /** What a call comes to. */
    of(id, hung) {
      const report = new Promise((resolve, reject) => {
        waiting.set(id, resolve);
        hung.addEventListener("abort", () => reject(hung.reason));
      });
      report.catch(() => {}); // it may be given up before anyone waits for it
      return report;
    },
    stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}
