// What calls leave behind in the module's memory: nothing.
//
// In: how many calls are to complete and how many to be abandoned. Out: a verdict (see torture.mjs). It runs here, in
// Node, with the entry for everywhere.

import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { watchInstances } from "./instances.mjs";
import { ABANDONED, COMPLETED, never, throws } from "./memory-calls.mjs";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

const WARM_UP = { completed: 2000, abandoned: 200 };
const AT_A_TIME = 500;
const OPTIONS = { apiKey: "rk_torture", timeoutMs: 60_000, budgetMs: 60_000, maxAttempts: 1 };
const OTHER_COOKIES = `theme=${"dark".repeat(300)}`;
/** What the heap may differ by for reasons of Node's own. */
const HEAP_SLACK = 8 * 1024 * 1024;
/** Of the instances that were replaced, some may not have been collected yet. */
const MOST_ALIVE = 3;

export async function memory(completed, abandoned) {
  const stats = watchInstances();
  const caller = new Caller(await import("refport-edge"));
  await caller.complete(WARM_UP.completed);
  await caller.abandon(WARM_UP.abandoned);
  await caller.endAll();
  const warm = await look(stats);
  await caller.complete(completed);
  await caller.abandon(abandoned);
  const inFlight = caller.left.length;
  const held = await look(stats);
  await caller.endAll();
  const after = await look(stats);
  const growth = (of) => Math.max(0, held[of] - warm[of], after[of] - warm[of]);
  const promises = {
    "bytes of growth": growth("memory"),
    "entries of growth in the table": growth("table"),
    "instances beyond those of the warm-up": after.instances - warm.instances,
    "calls with another outcome than meant": caller.others.length,
  };
  const thrown = await caller.replaceFetch(Math.ceil(completed / 100), stats);
  const renewed = thrown.instances - after.instances;
  const heap = after.heap - warm.heap;
  const figures = [
    `${completed} completed`,
    `${abandoned} abandoned (${inFlight} still in flight when looked at)`,
    `memory ${after.memory} bytes`,
    `table ${after.table}`,
    `heap ${(heap / 1024 / 1024).toFixed(1)} MB more`,
    `${thrown.calls} with a global fetch that throws: ${renewed} instances renewed, ${thrown.alive} alive`,
  ];
  const alarms = {
    [`such calls, the first: ${JSON.stringify(caller.others[0])}`]: caller.others.length,
    "bytes of growth of the heap": heap > HEAP_SLACK ? heap : 0,
    "bytes of growth where the global fetch throws": Math.max(0, thrown.memory - warm.memory),
    "instances alive where the global fetch throws": thrown.alive > MOST_ALIVE ? thrown.alive : 0,
  };
  return { figures, promises, alarms };
}

class Caller {
  /** Results other than meant. */
  others = [];
  /** Calls in flight that nobody has ended. */
  left = [];

  constructor(api) {
    this.api = api;
  }

  async complete(count) {
    await inBatches(count, (index) => this.#call(COMPLETED[index % COMPLETED.length], index));
  }

  async abandon(count) {
    await inBatches(count, async (index) => {
      const { options, end, endLast } = ABANDONED[index % ABANDONED.length]();
      const pending = this.#call({ outcome: "failed", fetch: never, options }, index);
      if (endLast) return void this.left.push({ endLast, pending });
      // By then the transport has been called.
      if (end) setImmediate(end);
      await pending;
    });
  }

  async endAll() {
    for (const { endLast } of this.left) endLast();
    await Promise.all(this.left.map(({ pending }) => pending));
    this.left = [];
  }

  /** A global `fetch` that throws does so through the module's frames, which costs the instance: a new one is made. */
  async replaceFetch(calls, stats) {
    const realFetch = globalThis.fetch;
    globalThis.fetch = throws;
    try {
      await inBatches(calls, (index) => this.#call({ outcome: "failed" }, index));
    } finally {
      globalThis.fetch = realFetch;
    }
    return { calls, ...(await look(stats)) };
  }

  async #call({ outcome, params = {}, fetch, options }, index) {
    const query = index % 2 === 0 ? `?refp_id=click_${index}` : "";
    const shopper = { url: `https://shop.test/${query}`, headers: { cookie: `${OTHER_COOKIES}; refp_id=abc` } };
    const sale = { customerExternalId: `user_${index}`, amount: 4900, invoiceId: `inv_${index}` };
    const result = await this.api.track_sale(shopper, Object.defineProperties(sale, params), {
      ...OPTIONS,
      fetch,
      ...options,
    });
    const isMeant = result.outcome === outcome && result.error?.kind !== "internal";
    if (!isMeant) this.others.push({ meant: outcome, ...result });
  }
}

/** What there is, once what can be collected has been. */
async function look(stats) {
  for (let round = 0; round < 3; round += 1) {
    await sleep(20);
    collectGarbage();
  }
  return { ...stats(), heap: process.memoryUsage().heapUsed };
}

async function inBatches(count, work) {
  for (let from = 0; from < count; from += AT_A_TIME) {
    const size = Math.min(AT_A_TIME, count - from);
    await Promise.all(Array.from({ length: size }, (_, index) => work(from + index)));
  }
}
