// What compiles in a Cloudflare Worker: an outbox on each of its platform's means, and calls that outlive the response.

import { DurableObject, WorkflowEntrypoint, waitUntil, type WorkflowEvent, type WorkflowStep } from "cloudflare:workers";
import { track_sale } from "refport-edge";
import {
  deliverInWorkflow,
  disposition,
  durableOutbox,
  handleQueueBatch,
  retryDelay,
  sendToQueue,
  toOutboxRecord,
  type OutboxRecord,
} from "refport-edge/outbox";

interface Env {
  REFPORT_API_KEY: string;
  OUTBOX: Queue<OutboxRecord>;
  OUTBOX_DEAD: Queue;
  ROOM: DurableObjectNamespace<Outbox>;
  DELIVER: Workflow<OutboxRecord>;
}

const sale = { customerExternalId: "user_001", amount: 4900, invoiceId: "inv_001" };
const configOf = (env: Env) => ({ refport: { apiKey: env.REFPORT_API_KEY } });

export default {
  async fetch(request, env, ctx): Promise<Response> {
    for (const holder of [ctx, waitUntil, (promise: Promise<unknown>) => ctx.waitUntil(promise)]) {
      const result = await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY, waitUntil: holder, onResult: ({ outcome }) => console.log(outcome) });
      if (result.outcome === "pending") continue;
    }
    const queued = await sendToQueue(env.OUTBOX, request, { sale });
    const { record } = await toOutboxRecord(request, { lead: { customerExternalId: "user_001", eventName: "Sign Up" } });
    if (record) {
      await env.ROOM.get(env.ROOM.idFromName("outbox")).add(record);
      await env.DELIVER.create({ id: record.id, params: record });
    }
    return Response.json(queued.outcome);
  },
  async queue(batch, env): Promise<void> {
    await handleQueueBatch(batch, configOf(env), { queue: env.OUTBOX, deadLetters: env.OUTBOX_DEAD });
  },
} satisfies ExportedHandler<Env>;

export class Outbox extends DurableObject<Env> {
  #outbox = durableOutbox(this.ctx.storage, configOf(this.env));

  async add(record: OutboxRecord): Promise<void> {
    await this.#outbox.add(record);
  }

  override alarm(): Promise<void> {
    return this.#outbox.alarm();
  }
}

export class Deliver extends WorkflowEntrypoint<Env, OutboxRecord> {
  override async run(event: WorkflowEvent<OutboxRecord>, step: WorkflowStep): Promise<boolean> {
    const { delivered } = await deliverInWorkflow(event, step, configOf(this.env));
    return delivered;
  }
}

const verdict = disposition({ outcome: "recorded", error: null });
const milliseconds: number = retryDelay({ ctx: { attempt: 1 }, error: new Error("retry after 4 s") });
void [verdict.ack, milliseconds];
