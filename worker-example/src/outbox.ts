// The way of a purchase to the services: a message in the shop's queue, which outlasts an outage of days.
// In: an event of the shop's; a batch of the queue's. Out: an entry in the books for each, as it stands.
// Not its job: when to try again, and when to give up; refport-edge/outbox and the queue know.

import { handleQueueBatch, toOutboxRecord, type DeadLetter, type OutboxEvent } from "refport-edge/outbox";
import type { Books } from "./books.ts";
import { progressOf, queuedEntry, unqueuedEntry, type Entry, type Report } from "./entry.ts";
import type { Env } from "./env.ts";
import { Recorder } from "./recorder.ts";
import { refcampaign } from "./refcampaign.ts";
import { refport } from "./refport.ts";

type BooksStub = DurableObjectStub<Books>;

/**
 * Made for a demo: whoever looks at the page does not wait for minutes. A real shop leaves all of it out: its first wait is a
 * minute, the longest is four hours, and its deliveries run side by side. Here they do not, so that each is noted by itself.
 */
const PACE = { firstWaitSeconds: 1, longestWaitSeconds: 10, concurrency: 1 };

/** Puts an event into the queue. The visitor waits for the queue alone, never for a service. */
export async function queueEvent(
  request: Request,
  event: OutboxEvent,
  about: Pick<Report, "service" | "event" | "invoiceId" | "customerId">,
  env: Env,
  books: BooksStub,
): Promise<Entry> {
  const { outcome, record, error } = await toOutboxRecord(request, event);
  const id = record?.id ?? crypto.randomUUID();
  const report = { ...about, id, call: `toOutboxRecord(request, ${JSON.stringify(event, null, 2)})` };
  if (outcome !== "ready") {
    const entry = unqueuedEntry(report, outcome, error);
    await books.enter(entry);
    return entry;
  }
  // Noted first: the message may be delivered before `send` has resolved.
  const entry = queuedEntry(report);
  await books.enter(entry);
  try {
    await env.OUTBOX.send(record, { contentType: "json" });
    return entry;
  } catch (cause) {
    console.error("the queue took no message", cause);
    const lost: Entry = { ...entry, outcome: "failed", queue: null, code: "QUEUE_UNAVAILABLE" };
    await books.note(id, lost);
    return lost;
  }
}

/** What the queues deliver: events for the services, and the dead letters among them. */
export async function consume(batch: MessageBatch, env: Env, books: BooksStub): Promise<void> {
  if (!batch.queue.endsWith("-dead")) return deliverBatch(batch, env, books);
  for (const message of batch.messages) {
    await books.bury(message.body as DeadLetter);
    message.ack();
  }
}

async function deliverBatch(batch: MessageBatch, env: Env, books: BooksStub): Promise<void> {
  const recorder = new Recorder();
  // One attempt for each delivery: here it is the queue that tries again.
  const watched = <Config extends Recorded>(config: Config) =>
    ({ ...config, maxAttempts: 1, fetch: recorder.through(config.fetch) });
  const campaign = refcampaign(env);
  const config = { refport: watched(refport(env)), refcampaign: campaign && watched(campaign) };
  const notes: Promise<void>[] = [];
  await handleQueueBatch(batch, config, {
    ...PACE,
    queue: env.OUTBOX,
    deadLetters: env.OUTBOX_DEAD,
    onDelivery: (report) => {
      const progress = progressOf(report, recorder.take());
      if (report.id !== null) notes.push(books.note(report.id, progress));
    },
  });
  await Promise.all(notes);
}

type Recorded = { fetch?: Parameters<Recorder["through"]>[0] };
