// A shop's Worker that puts events on its platform's own queues, and delivers them from there.
//
// In: `POST /` with `{ to, from, events }` or `{ to, raw }`; batches, alarms and Workflows of the platform. Out: reports to env.REPORTS,
// which also says when to come to a bad end. Nothing here knows how to deliver: that is the package's.

import { DurableObject, WorkflowEntrypoint } from "cloudflare:workers";
import { deliverInWorkflow, durableOutbox, handleQueueBatch, sendToQueue, toOutboxRecord } from "refport-edge/outbox";

/** Small waits: an outage of seconds here stands for one of days. */
const WAITS = { firstWaitSeconds: 1, longestWaitSeconds: 2 };
const AT_A_TIME = 25;

const configOf = (env) => {
  // A busy machine answers within the timeout, and the budget has no room for the wait that the service asks for.
  const common = { apiKey: "rk_outbox_test", timeoutMs: 1500, budgetMs: 4000, maxAttempts: 2 };
  return { refport: { ...common, baseUrl: env.SERVICE }, refcampaign: { ...common, apiUrl: env.SERVICE } };
};

/** Tells the test; its answer says after how many milliseconds this is to be killed, if it is. */
async function report(env, what) {
  const response = await fetch(env.REPORTS, { method: "POST", body: JSON.stringify(what) });
  return response.json();
}

/** Begins something that may be killed. */
async function begin(env, ctx, what) {
  const { killMs } = await report(env, what);
  if (killMs !== null) setTimeout(() => ctx.abort("a kill on purpose"), killMs);
}

export default {
  async fetch(request, env) {
    const { to, id, event, raw, sweep } = await request.json();
    if (sweep) return Response.json(await swept(env, sweep));
    if (raw !== undefined) {
      await env[to].send(raw, { contentType: "json" });
      return Response.json({ outcome: "queued" });
    }
    const visit = new Request("https://shop.test/checkout", { headers: { cookie: `theme=dark; refp_id=click_${id}` } });
    if (to === "OUTBOX") return Response.json(await sendToQueue(env.OUTBOX, visit, event));
    const { outcome, record, error } = await toOutboxRecord(visit, event);
    if (!record) return Response.json({ outcome, error });
    if (to === "ROOM") await env.ROOM.get(env.ROOM.idFromName("outbox")).add(record);
    if (to === "DELIVER") await env.DELIVER.create({ id: record.id, params: record });
    return Response.json({ outcome: "queued", id: record.id });
  },

  async queue(batch, env, ctx) {
    const { queue } = batch;
    if (queue.startsWith("dead")) {
      await report(env, { what: "dead", queue, letters: batch.messages.map(({ body }) => body) });
      return batch.ackAll();
    }
    await begin(env, ctx, { what: "batch", queue, messages: batch.messages.map(({ id, attempts, body }) => ({ id, attempts, recordId: body?.id })) });
    const reports = [];
    const options = { ...WAITS, concurrency: AT_A_TIME, onDelivery: (one) => reports.push(one) };
    // Without a binding for dead letters the platform's own limit makes them.
    if (queue === "outbox") Object.assign(options, { queue: env.OUTBOX, deadLetters: env.DEAD });
    const asked = [];
    const messages = batch.messages.map((message) => watched(message, asked));
    await handleQueueBatch({ messages }, configOf(env), options);
    await report(env, { what: "deliveries", queue, reports: reports.map(short), asked });
  },
};

/** An instance whose isolate was killed ends as errored. It is begun again, but for one that may have sent what must not be sent twice. */
async function swept(env, instances) {
  const errored = [];
  for (const { id, isSafe } of instances) {
    const instance = await env.DELIVER.get(id);
    if ((await instance.status()).status !== "errored") continue;
    errored.push(id);
    if (isSafe) await instance.restart();
  }
  return { outcome: "queued", errored };
}

/** The message, with what is asked for it. */
function watched(message, asked) {
  const { id, body, attempts } = message;
  return {
    body,
    attempts,
    ack: () => message.ack(),
    retry(options) {
      asked.push({ id, attempts, delaySeconds: options?.delaySeconds ?? null });
      message.retry(options);
    },
  };
}

const short = ({ outcome, id, event, replaySafe, deliveries, disposition, error }) => ({
  outcome, id, event, replaySafe, deliveries, disposition, retryAfterMs: error?.retryAfterMs ?? null, status: error?.status ?? null,
});

export class Room extends DurableObject {
  #reports = [];
  #outbox = durableOutbox(this.ctx.storage, configOf(this.env), {
    ...WAITS, concurrency: AT_A_TIME, onDelivery: (one) => this.#reports.push(one),
  });

  add(record) {
    return this.#outbox.add(record);
  }

  async alarm() {
    await begin(this.env, this.ctx, { what: "alarm" });
    await this.#outbox.alarm();
    const reports = this.#reports.splice(0).map(short);
    await report(this.env, { what: "deliveries", queue: "alarm", reports, asked: [] });
    const letters = await this.#outbox.deadLetters(1000);
    for (const { record } of letters) await this.#outbox.removeDeadLetter(record.id);
    if (letters.length > 0) await report(this.env, { what: "dead", queue: "room", letters });
  }
}

export class Deliver extends WorkflowEntrypoint {
  async run(event, step) {
    const options = {
      ...WAITS,
      onDelivery: (one) => this.ctx.waitUntil(report(this.env, { what: "deliveries", queue: "workflow", reports: [short(one)], asked: [] })),
      deadLetters: (letter) => report(this.env, { what: "dead", queue: "workflow", letters: [letter] }),
    };
    const watchedStep = {
      sleep: (...args) => step.sleep(...args),
      do: (name, ...rest) => {
        const callback = rest.pop();
        return step.do(name, ...rest, async (ctx) => {
          await begin(this.env, this.ctx, { what: "step", name, attempt: ctx?.attempt });
          return callback(ctx);
        });
      },
    };
    return deliverInWorkflow(event, watchedStep, configOf(this.env), options);
  }
}
