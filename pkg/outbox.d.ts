/**
 * refport-edge/outbox: events that survive an outage of days, on the queue that the platform has anyway.
 *
 * The shop makes a record of an event and puts it in a queue. The queue's consumer delivers it. Each message is then done with, or
 * comes again later, or is a dead letter with a reason. There is no engine here: messages, timers and dead
 * letters are the platform's.
 *
 * ```
 * request ─ toOutboxRecord ─ [ the platform's queue ] ─ deliver ─ disposition ─ ack | again in n seconds | dead letter
 * ```
 *
 * An app whose events are all of one service imports the same functions from `refport-edge/outbox-refport` or
 * `refport-edge/outbox-refcampaign`, and carries one client.
 *
 * Adapters do the right half: {@link handleQueueBatch} (Cloudflare Queues), {@link durableOutbox} (a Durable Object's alarm),
 * {@link deliverInWorkflow} (Cloudflare Workflows), {@link vercelConsumer} (Vercel Queues), {@link handleSqsBatch} (Amazon SQS).
 *
 * Each of these queues delivers at least once. A sale with `invoiceId` and every event of RefCampaign's may be delivered again
 * for free: the service recognises a repeat. A lead, or a sale without `invoiceId`, is never sent again after a delivery that may
 * have recorded it. It becomes a dead letter with `maybeRecorded`, for a person to look at.
 */

import type {
  ErrorData,
  GivenRequest,
  LeadParams,
  PostbackParams,
  RefCampaignConfig,
  RefportConfig,
  RefundParams,
  SaleParams,
  TrackParams,
} from "./index.js";

/**
 * One event, by its kind: exactly one of these members.
 *
 * @example
 * const event: OutboxEvent = { sale: { customerExternalId: "user_001", amount: 4900, invoiceId: "in_1" } };
 */
export type OutboxEvent =
  /** As `track_sale` takes it. Give it an `invoiceId`: without one it is sent once at most. */
  | {
      /** As `track_sale` takes it. */
      sale: SaleParams;
    }
  /** As `track_lead` takes it. It is sent once at most. */
  | {
      /** As `track_lead` takes it. */
      lead: LeadParams;
    }
  /** As `RefCampaign`'s `conversions.track` takes it: the amount in major units. */
  | {
      /** As `conversions.track` takes it. */
      conversion: TrackParams;
    }
  /** As `RefCampaign`'s `conversions.postback` takes it: the amount in minor units. */
  | {
      /** As `conversions.postback` takes it. */
      postback: PostbackParams;
    }
  /** As `RefCampaign`'s `conversions.refund` takes it. One that comes before its conversion is on the books waits for it. */
  | {
      /** As `conversions.refund` takes it. */
      refund: RefundParams;
    };

/** The name of an event's kind. */
export type OutboxEventName = "sale" | "lead" | "conversion" | "postback" | "refund";

/**
 * An event as it waits in a queue: JSON, of version 1. It holds no key. It does hold the event, customer data included, as any
 * queue of orders does.
 */
export interface OutboxRecord {
  /** The version of this shape. A record of a newer release's becomes a dead letter with reason `"future_version"`. */
  outbox: 1;
  /** Of this record: a UUID. A repeat is not recognised by it, but by the event's own ID. */
  id: string;
  /** Its kind. */
  event: OutboxEventName;
  /** The event's parameters, with the click ID (or session ID) that was found, and the `externalId` that was made. */
  params: Record<string, unknown>;
  /** When it was made, in milliseconds since 1970. */
  createdMs: number;
  /** Its own deadline, in milliseconds since 1970. Later it is a dead letter with reason `"expired"`. */
  expiresMs: number;
  /** It waits until then, in milliseconds since 1970: for a wait that is longer than the platform's longest delay. */
  notBeforeMs?: number;
  /** How often it was delivered in messages before this one, without those that came too early. */
  deliveries?: number;
}

/**
 * How {@link toOutboxRecord} makes a record.
 *
 * @example
 * const { record } = await toOutboxRecord(request, { sale }, { expiresInSeconds: 24 * 60 * 60 });
 */
export interface RecordOptions {
  /**
   * As the option `cookieName` of `track_sale`; default `"refp_id"`.
   *
   * @example
   * const { record } = await toOutboxRecord(request, { sale }, { cookieName: "partner" });
   */
  cookieName?: string | null | undefined;
  /**
   * The event's own deadline, in seconds from now: more than 0, at most 1,209,600 (14 days); default 259,200 (3 days). Keep it below
   * your queue's retention (by default 4 days at Cloudflare and SQS, 1 day at Vercel): what a queue drops, it drops in silence.
   *
   * @example
   * const { record } = await toOutboxRecord(request, { sale }, { expiresInSeconds: 24 * 60 * 60 });
   */
  expiresInSeconds?: number | null | undefined;
  /**
   * The largest record, in bytes of JSON; default 120,000, which fits every queue.
   *
   * @example
   * const { record } = await toOutboxRecord(request, { sale }, { maxBytes: 60_000 });
   */
  maxBytes?: number | null | undefined;
  /**
   * The time of day, in milliseconds since 1970; default `Date.now()`. For tests.
   *
   * @example
   * const { record } = await toOutboxRecord(request, { sale }, { nowMs: Date.UTC(2026, 0, 1) });
   */
  nowMs?: number | null | undefined;
}

/** What became of an event on its way to a record. `error` is as `track_sale` reports it, as plain data. */
export type OutboxEntry =
  | {
      /** What became of it. */
      outcome: "ready";
      /** The record, where it is ready; else `null`. */
      record: OutboxRecord;
      /** Why it failed, or `null`. */
      error: null;
    }
  /** No click ID, or no session: an organic customer. There is nothing to send. */
  | {
      /** What became of it. */
      outcome: "skipped";
      /** The record, where it is ready; else `null`. */
      record: null;
      /** Why it failed, or `null`. */
      error: null;
    }
  /** It could never be delivered: `error.issues` says why, while it can still be mended. */
  | {
      /** What became of it. */
      outcome: "failed";
      /** The record, where it is ready; else `null`. */
      record: null;
      /** Why it failed, or `null`. */
      error: ErrorData;
    };

/**
 * Makes a record of an event. It never rejects, and sends nothing.
 *
 * The click ID (for RefCampaign the session ID) is looked for now, as the request is gone later. All parameters are checked
 * now, by the same rules as when they are sent. A conversion without `externalId` or `metadata.orderId` gets its ID now, so that
 * the service recognises it however often it is delivered.
 *
 * @param request What the visitor sent, or a `Promise` of it; `null` where there is no request.
 * @param event The event, by its kind; see {@link OutboxEvent}.
 * @returns `ready` with the record, `skipped` for an organic customer, `failed` with an error (kind `"validation"`: its issues
 *   name the fields; `"internal"`: WebAssembly cannot run here).
 * @example
 * const { outcome, record, error } = await toOutboxRecord(request, { sale: { customerExternalId: "user_001", amount: 4900, invoiceId: "in_1" } });
 * if (record) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(record) }));
 * else if (error) console.error(error.message);
 */
export function toOutboxRecord(
  request: GivenRequest,
  event: OutboxEvent,
  options?: RecordOptions | null,
): Promise<OutboxEntry>;

/**
 * Reads a record, from its JSON text or what was parsed of it. Never throws.
 *
 * @returns `{ record }`, or `{ reason, body }`: `"corrupt"` for what is no record, `"future_version"` for one of a newer release.
 * @example
 * const { record, reason } = parseRecord(message.body);
 */
export function parseRecord(
  body: unknown,
):
  | {
      /** The record, where it is one. */
      record: OutboxRecord;
      /** Why it is none. */
      reason?: undefined;
      /** What there was in its place. */
      body?: undefined;
    }
  | {
      /** The record, where it is one. */
      record?: undefined;
      /** Why it is none. */
      reason: "corrupt" | "future_version";
      /** What there was in its place. */
      body: unknown;
    };

/**
 * A dead letter's record as new, with a new deadline and no deliveries: to be sent to its queue again once the cause is mended.
 * Look at `maybeRecorded` first: where it is true and the event is a lead or has no `invoiceId`, sending it again may count it
 * twice.
 *
 * @returns The record, or `undefined` where the dead letter holds none (it was corrupt, or of a newer release).
 * @example
 * const record = letter.maybeRecorded ? undefined : renewRecord(letter);
 * if (record) await env.OUTBOX.send(record);
 */
export function renewRecord(
  letter: DeadLetter | OutboxRecord,
  options?: Pick<RecordOptions, "expiresInSeconds" | "nowMs"> | null,
): OutboxRecord | undefined;

/**
 * How to reach each service. A record whose service is not here waits: that is a mistake of a deploy, not of the event.
 *
 * @example
 * const config = { refport: { apiKey: env.REFPORT_API_KEY } };
 */
export interface OutboxConfig {
  /**
   * For sales and leads. `retry: { replay: "always" }` makes them safe to deliver again, at the risk of counting one twice.
   *
   * @example
   * await deliver(body, { refport: { apiKey: env.REFPORT_API_KEY } });
   */
  refport?: RefportConfig | null | undefined;
  /**
   * For conversions, postbacks and refunds.
   *
   * @example
   * await deliver(body, { refcampaign: { apiKey: env.REFCAMPAIGN_API_KEY } });
   */
  refcampaign?: RefCampaignConfig | null | undefined;
}

/** How one delivery ended, as plain data without personal data, but for {@link record}. */
export interface Delivery {
  /**
   * Of the call: as `track_sale` and `RefCampaign` have it. Where nothing was sent:
   * - `corrupt`, `future_version`, `expired`: the record's fault;
   * - `early`: its `notBeforeMs` is not over;
   * - `interrupted`: an earlier delivery of this message ended without a word. It may have recorded an event that must not be sent
   *   twice.
   */
  outcome:
    | "recorded"
    | "duplicate"
    | "unattributed"
    | "skipped"
    | "failed"
    | "corrupt"
    | "future_version"
    | "expired"
    | "early"
    | "interrupted";
  /** The record that was read, or `null`. */
  record: OutboxRecord | null;
  /** Of the record, or `null`. */
  event: OutboxEventName | null;
  /** Whether delivering it again cannot count it twice. */
  replaySafe: boolean;
  /** Of the record, in milliseconds since 1970; `null` where there is none. */
  expiresMs: number | null;
  /** Of the record, in milliseconds since 1970; `null` where there is none. */
  notBeforeMs: number | null;
  /** Of the call that failed, or `null`. */
  error: ErrorData | null;
  /** HTTP requests made; `null` where the call does not say. */
  attempts: number | null;
  /** The service's own ID of the last request, or `null`. */
  requestId: string | null;
  /** The options are to blame, and not the event: the same record is taken with others. */
  misconfigured: boolean;
}

/**
 * Delivers a record, once: one call of `track_sale`, `track_lead` or `RefCampaign`, with that call's own retries within its
 * budget (10 s). It never rejects.
 *
 * @param record The message's body: a record, or its JSON text. Whatever else it is ends as `corrupt`.
 * @param config How to reach each service. `waitUntil` is ignored here: a delivery waits for its end.
 * @param options `deliveries`: how often the platform has delivered this message, 1 for the first. From the second on, an event
 *   that is not replay safe is not sent, and ends as `interrupted`. `nowMs`: the time of day, for tests.
 * @example
 * const delivery = await deliver(message.body, { refport: { apiKey: env.REFPORT_API_KEY } }, { deliveries: message.attempts });
 * const verdict = disposition(delivery, { deliveries: message.attempts });
 */
export function deliver(
  record: unknown,
  config: OutboxConfig,
  options?: { deliveries?: number | null | undefined; nowMs?: number | null | undefined } | null,
): Promise<Delivery>;

/** Why a message is a dead letter. */
export type DeadReason =
  /** It is no record. */
  | "corrupt"
  /** A newer release of this package made it: deploy that, and send it again. */
  | "future_version"
  /** Its own deadline is over, or would be before its next delivery. */
  | "expired"
  /** It may be on the books, and must not be sent twice. */
  | "maybe_recorded"
  /** The service, or a check before sending, will never take it (400, 409, 422). */
  | "refused"
  /** It was delivered as often as allowed. */
  | "too_many_deliveries"
  /** It is to come again in a new message, and the adapter has no means to send one: see its options. */
  | "cannot_be_renewed";

/** What is to become of a message: done with, again after so many seconds, or a dead letter. */
export type Disposition =
  | {
      /** Done with: acknowledge the message. */
      ack: true;
      /** Deliver it again after so many seconds. */
      retryAfterSeconds?: undefined;
      /** A dead letter. */
      dead?: undefined;
    }
  | {
      /** Deliver it again after so many seconds. */
      retryAfterSeconds: number;
      /** Done with: acknowledge the message. */
      ack?: undefined;
      /** A dead letter. */
      dead?: undefined;
    }
  | {
      /** A dead letter. */
      dead: true;
      /** Why it is one. */
      reason: DeadReason;
      /** The event may be on the books. */
      maybeRecorded: boolean;
      /** Done with: acknowledge the message. */
      ack?: undefined;
      /** Deliver it again after so many seconds. */
      retryAfterSeconds?: undefined;
    };

/** What {@link disposition} looks at: a {@link Delivery}, or the result of a call of your own. */
export interface Deliverable {
  /** How the call ended. `pending` is no end, and waits. */
  outcome: Delivery["outcome"] | "pending";
  /** Why it failed. */
  error?: Pick<ErrorData, "kind" | "status" | "retryable" | "maybeRecorded" | "retryAfterMs"> | null | undefined;
  /** Whether a repeat cannot count the event twice. What is not `true` is unsafe. */
  replaySafe?: boolean | null | undefined;
  /** The event's kind. */
  event?: OutboxEventName | null | undefined;
  /** In milliseconds since 1970; default 3 days from now. */
  expiresMs?: number | null | undefined;
  /** It waits until then, in milliseconds since 1970. */
  notBeforeMs?: number | null | undefined;
  /** The options are to blame, and not the event. */
  misconfigured?: boolean | null | undefined;
}

/**
 * How {@link disposition} counts.
 *
 * @example
 * const verdict = disposition(await deliver(body, { refport: { apiKey } }), { deliveries, maxDeliveries: 20 });
 */
export interface DispositionOptions {
  /**
   * How often the event was delivered, this time included; default 1.
   *
   * @example
   * const verdict = disposition(await deliver(body, { refport: { apiKey } }), { deliveries });
   */
  deliveries?: number | null | undefined;
  /**
   * A dead letter after so many; default 100, Cloudflare's maximum.
   *
   * @example
   * const verdict = disposition(await deliver(body, { refport: { apiKey } }), { deliveries, maxDeliveries: 20 });
   */
  maxDeliveries?: number | null | undefined;
  /**
   * The first wait of our own, in seconds, at least 1; default 60. The next ones double.
   *
   * @example
   * const verdict = disposition(await deliver(body, { refport: { apiKey } }), { firstWaitSeconds: 10 });
   */
  firstWaitSeconds?: number | null | undefined;
  /**
   * The longest wait of our own, in seconds; default 14,400 (4 hours).
   *
   * @example
   * const verdict = disposition(await deliver(body, { refport: { apiKey } }), { longestWaitSeconds: 3_600 });
   */
  longestWaitSeconds?: number | null | undefined;
  /**
   * The time of day, in milliseconds since 1970; default `Date.now()`.
   *
   * @example
   * const verdict = disposition(await deliver(body, { refport: { apiKey } }), { nowMs: Date.UTC(2026, 0, 1) });
   */
  nowMs?: number | null | undefined;
  /**
   * From 0 to 1: how much longer than its least a wait of our own is; default `Math.random()`.
   *
   * @example
   * const verdict = disposition(await deliver(body, { refport: { apiKey } }), { random: 0 });
   */
  random?: number | null | undefined;
}

/**
 * What is to become of a message, once its delivery has ended. Pure, and without a core.
 *
 * A wait of our own begins with 1 minute and doubles up to 4 hours, and is up to a quarter longer by chance. So 100 deliveries take
 * 15 days at least. Retry-After is followed to the second, as long as the deliveries that are left outlast the deadline with waits
 * of 4 hours. Later the longer of the two counts. A wait beyond the deadline is `expired`.
 *
 * Some errors that are not `retryable` wait too, since the event is not to blame: a refused key, a wrong address, a quota, a runtime
 * without WebAssembly. A refund waits where its conversion is not on the books yet (404, 409).
 *
 * @example
 * const verdict = disposition(await deliver(body, config, { deliveries }), { deliveries });
 * if (verdict.ack) await remove(message);
 * else if (verdict.dead) await bury(message, verdict.reason);
 * else await postpone(message, verdict.retryAfterSeconds);
 */
export function disposition(result: Deliverable, options?: DispositionOptions | null): Disposition;

/** A dead letter: what an adapter hands on in place of a message that nobody can deliver. JSON, without a key. */
export interface DeadLetter {
  /** The version of this shape. */
  deadLetter: 1;
  /** Why it is one. */
  reason: DeadReason;
  /** The event may be on the books. */
  maybeRecorded: boolean;
  /** How often it was delivered, in all of its messages. */
  deliveries: number;
  /** When, in milliseconds since 1970. */
  deadMs: number;
  /** The error of its last delivery, if that made a call. */
  error: (Pick<ErrorData, "kind" | "status" | "code" | "requestId" | "message">) | null;
  /** The record; see {@link renewRecord}. `null` where there was none. */
  record: OutboxRecord | null;
  /** What was in the message in place of a record. */
  body: unknown;
}

/** One delivery, for logs and metrics: no key and no personal data. */
export type DeliveryReport = Omit<Delivery, "record"> & {
  /** Of the record, or `null`. */
  id: string | null;
  /** How often it was delivered, this time included. */
  deliveries: number;
  /** What is to become of its message. */
  disposition: Disposition;
};

/**
 * Shared by all adapters.
 *
 * @example
 * const options: ConsumerOptions = { maxDeliveries: 20 };
 * await handleQueueBatch(batch, { refport: { apiKey } }, options);
 */
export interface ConsumerOptions {
  /**
   * A dead letter after so many deliveries; default 100. For Cloudflare Queues set the consumer's `max_retries` to as many, and
   * for SQS the redrive policy's `maxReceiveCount`.
   *
   * @example
   * await handleQueueBatch(batch, { refport: { apiKey } }, { maxDeliveries: 20 });
   */
  maxDeliveries?: number | null | undefined;
  /**
   * The first wait of our own, in seconds, at least 1; default 60. The next ones double.
   *
   * @example
   * await handleQueueBatch(batch, { refport: { apiKey } }, { firstWaitSeconds: 10 });
   */
  firstWaitSeconds?: number | null | undefined;
  /**
   * The longest wait of our own, in seconds; default 14,400 (4 hours).
   *
   * @example
   * await handleQueueBatch(batch, { refport: { apiKey } }, { longestWaitSeconds: 3_600 });
   */
  longestWaitSeconds?: number | null | undefined;
  /**
   * Called after each delivery. What it throws is swallowed.
   *
   * @example
   * await handleQueueBatch(batch, { refport: { apiKey } }, { onDelivery: ({ outcome, disposition }) => console.log(outcome, disposition) });
   */
  onDelivery?: ((report: DeliveryReport) => void) | null | undefined;
}

/**
 * Options of adapters that get several messages at once.
 *
 * @example
 * await handleQueueBatch(batch, { refport: { apiKey } }, { concurrency: 3, maxDeliveries: 20 });
 */
export interface BatchOptions extends ConsumerOptions {
  /**
   * Deliveries at a time; default 6, the connections that a Worker has.
   *
   * @example
   * await handleQueueBatch(batch, { refport: { apiKey } }, { concurrency: 3 });
   */
  concurrency?: number | null | undefined;
}

/** A Cloudflare queue's binding, of whichever library of types. */
export interface QueueLike {
  /** As of a `Queue`. */
  send(message: any, options?: any): Promise<unknown>;
}

/** A batch of Cloudflare Queues, of whichever library of types. */
export interface QueueBatchLike {
  /** The messages, as of a `MessageBatch`. */
  readonly messages: readonly {
    readonly body: unknown;
    readonly attempts: number;
    ack(): void;
    retry(options?: { delaySeconds?: number }): void;
  }[];
}

/**
 * Options of {@link handleQueueBatch}.
 *
 * @example
 * await handleQueueBatch(batch, { refport: { apiKey } }, { queue: env.OUTBOX, deadLetters: env.OUTBOX_DEAD });
 */
export interface QueueOptions extends BatchOptions {
  /**
   * The same queue. An event that must not be sent twice goes on in a new message: a message that comes again then means a killed
   * isolate. What waits for more than 24 hours goes on in a new message too. Without it such an event becomes a dead letter (reason
   * `"cannot_be_renewed"`) when its first delivery fails.
   *
   * @example
   * await handleQueueBatch(batch, { refport: { apiKey } }, { queue: env.OUTBOX });
   */
  queue?: QueueLike | null | undefined;
  /**
   * The dead-letter queue. Dead letters are sent there with their reason. Without it such a message is retried until `max_retries`
   * moves it as it is; one that the service refused is sent to the service each time.
   *
   * @example
   * await handleQueueBatch(batch, { refport: { apiKey } }, { deadLetters: env.OUTBOX_DEAD });
   */
  deadLetters?: QueueLike | null | undefined;
}

/**
 * Makes a record of an event and sends it to a Cloudflare queue.
 *
 * @returns `queued` with the record's ID, or as {@link toOutboxRecord} `skipped` or `failed`. It rejects only where the queue's `send`
 *   does, or where there is none.
 * @example
 * // wrangler.jsonc: "queues": { "producers": [{ "binding": "OUTBOX", "queue": "outbox" }] }
 * const queued = await sendToQueue(env.OUTBOX, request, { sale: { customerExternalId: "user_001", amount: 4900, invoiceId: "in_1" } });
 */
export function sendToQueue(
  queue: QueueLike,
  request: GivenRequest,
  event: OutboxEvent,
  options?: RecordOptions | null,
): Promise<QueueEntry>;

/** What became of an event on its way to a Cloudflare queue. */
export type QueueEntry =
  | {
      /** What became of it. */
      outcome: "queued";
      /** Of its record. */
      id: string;
      /** None. */
      error: null;
    }
  | {
      /** What became of it. */
      outcome: "skipped";
      /** There is no record. */
      id: null;
      /** None: an organic customer. */
      error: null;
    }
  | {
      /** What became of it. */
      outcome: "failed";
      /** There is no record. */
      id: null;
      /** Why it could never be delivered. */
      error: ErrorData;
    };

/**
 * Delivers a batch of Cloudflare Queues, and acknowledges or retries each message by itself. It never throws: a handler that throws
 * has its whole batch delivered again.
 *
 * Set the consumer's `max_retries` to 100 and name a `dead_letter_queue`, with a consumer or a long retention: the platform deletes
 * messages after their retries otherwise.
 *
 * @example
 * // wrangler.jsonc: "consumers": [{ "queue": "outbox", "max_retries": 100, "max_batch_size": 20, "dead_letter_queue": "outbox-dead" }]
 * export default {
 *   async queue(batch, env) {
 *     await handleQueueBatch(batch, { refport: { apiKey: env.REFPORT_API_KEY } }, { queue: env.OUTBOX, deadLetters: env.OUTBOX_DEAD });
 *   },
 * };
 */
export function handleQueueBatch(batch: QueueBatchLike, config: OutboxConfig, options?: QueueOptions | null): Promise<void>;

/** A Durable Object's storage, of whichever library of types. */
export interface StorageLike {
  /** As of `ctx.storage`. */
  put(key: string, value: unknown): Promise<void>;
  /** As of `ctx.storage`. */
  delete(key: string): Promise<boolean>;
  /** As of `ctx.storage`. */
  list(options?: any): Promise<Map<string, any>>;
  /** As of `ctx.storage`. */
  getAlarm(): Promise<number | null>;
  /** As of `ctx.storage`. */
  setAlarm(time: number): Promise<void>;
  /** As of `ctx.storage`. */
  deleteAlarm(): Promise<void>;
}

/** An outbox in a Durable Object. */
export interface DurableOutbox {
  /**
   * Keeps a record, and has it delivered at once. When it resolves, the record is in storage.
   *
   * @throws {TypeError} where it is no record.
   */
  add(record: OutboxRecord): Promise<void>;
  /** The object's alarm: delivers what is due, and sets the next alarm. It never throws. */
  alarm(): Promise<void>;
  /** How many records wait, and how many dead letters are kept. */
  count(): Promise<{ waiting: number; dead: number }>;
  /** The dead letters, the first `limit` of them; default 100. */
  deadLetters(limit?: number): Promise<DeadLetter[]>;
  /** Removes the dead letter of a record, by the record's ID. */
  removeDeadLetter(id: string): Promise<boolean>;
}

/**
 * An outbox in a Durable Object's storage, driven by its alarm. The alarm is the outbox's own: an object has one. Deliveries that
 * an eviction or a kill cut off are made again a minute later; of an event that must not be sent twice the record becomes a dead
 * letter.
 *
 * @param storage `ctx.storage`, of either kind.
 * @example
 * export class Outbox extends DurableObject {
 *   #outbox = durableOutbox(this.ctx.storage, { refport: { apiKey: this.env.REFPORT_API_KEY } });
 *   add(record) { return this.#outbox.add(record); }
 *   alarm() { return this.#outbox.alarm(); }
 * }
 */
export function durableOutbox(storage: StorageLike, config: OutboxConfig, options?: BatchOptions | null): DurableOutbox;

/** A Workflow's step, of whichever library of types. */
export interface StepLike {
  /** As of a `WorkflowStep`. */
  do(name: string, config: any, callback: (ctx?: any) => Promise<any>): Promise<any>;
  /** As of a `WorkflowStep`. */
  do(name: string, callback: (ctx?: any) => Promise<any>): Promise<any>;
  /** As of a `WorkflowStep`. */
  sleep(name: string, duration: any): Promise<void>;
}

/**
 * Options of {@link deliverInWorkflow}.
 *
 * @example
 * await deliverInWorkflow(event, step, { refport: { apiKey } }, { deadLetters: (letter) => console.error(letter.reason) });
 */
export interface WorkflowOptions extends ConsumerOptions {
  /**
   * Keeps a dead letter, in a step of its own; what it throws has that step retried. It is in the instance's output as well.
   *
   * @example
   * await deliverInWorkflow(event, step, { refport: { apiKey } }, { deadLetters: (letter) => console.error(letter.reason) });
   */
  deadLetters?: ((letter: DeadLetter) => unknown) | null | undefined;
}

/** What a Workflow's instance ends with. */
export type WorkflowOutput = {
  /** Whether the event is on the books. */
  delivered: true;
  /** Why not, or `null`. */
  deadLetter: null;
} | {
  /** Whether the event is on the books. */
  delivered: false;
  /** Why not, or `null`. */
  deadLetter: DeadLetter;
};

/**
 * The whole of a Workflow that delivers one record: its instance ends when the event is on the books, or a dead letter. An event
 * that is replay safe is one step, retried as {@link retryDelay} says; another is a step for each delivery, none of which is retried.
 *
 * @param event The Workflow's event: its payload is the record.
 * @example
 * export class Deliver extends WorkflowEntrypoint {
 *   run(event, step) { return deliverInWorkflow(event, step, { refport: { apiKey: this.env.REFPORT_API_KEY } }); }
 * }
 * // Elsewhere:
 * const { record } = await toOutboxRecord(request, { sale });
 * if (record) await env.DELIVER.create({ id: record.id, params: record });
 */
export function deliverInWorkflow(
  event: { readonly payload: unknown },
  step: StepLike,
  config: OutboxConfig,
  options?: WorkflowOptions | null,
): Promise<WorkflowOutput>;

/**
 * For `retries.delay` of a Workflow's step: how long its error asks to wait, in milliseconds, or else a wait of our own. The error is
 * recognised by its message (`… retry after 40 s`), since the engine hands on no more of one.
 *
 * @example
 * await step.do("deliver", { retries: { limit: 99, delay: retryDelay, backoff: "constant" } }, async () => {
 *   const verdict = disposition(await deliver(record, config));
 *   if (verdict.retryAfterSeconds) throw new Error(`retry after ${verdict.retryAfterSeconds} s`);
 *   return verdict;
 * });
 */
export function retryDelay(input: { ctx?: { attempt?: number }; error?: unknown }): number;

/**
 * Options of {@link vercelConsumer}.
 *
 * @example
 * const { handler, retry } = vercelConsumer({ refport: { apiKey } }, { deadLetters: (letter) => console.error(letter.reason) });
 */
export interface VercelOptions extends ConsumerOptions {
  /**
   * Keeps a dead letter: the platform has no place for them. Required.
   *
   * @example
   * const { handler, retry } = vercelConsumer({ refport: { apiKey } }, { deadLetters: (letter) => console.error(letter.reason) });
   */
  deadLetters: (letter: DeadLetter) => unknown;
  /**
   * Sends a record to the same topic, after so many seconds. Without it, see {@link QueueOptions.queue}.
   *
   * @example
   * const { handler, retry } = vercelConsumer({ refport: { apiKey } }, { deadLetters: (letter) => console.error(letter.reason), send: (record, { delaySeconds }) => console.log(record.id, delaySeconds) });
   */
  send?: ((record: OutboxRecord, options: { delaySeconds: number }) => unknown) | null | undefined;
}

/**
 * The two halves of a consumer for `@vercel/queue`'s `handleCallback`. The queue has no maximum of deliveries: the record's own
 * deadline, below the topic's retention, is the end.
 *
 * @throws {TypeError} where `deadLetters` is missing.
 * @example
 * import { handleCallback, send } from "@vercel/queue";
 * const { handler, retry } = vercelConsumer({ refport: { apiKey: process.env.REFPORT_API_KEY } }, {
 *   send: (record, { delaySeconds }) => send("outbox", record, { delaySeconds, retentionSeconds: 604_800 }),
 *   deadLetters: (letter) => send("outbox-dead", letter, { retentionSeconds: 604_800 }),
 * });
 * export const POST = handleCallback(handler, { retry, visibilityTimeoutSeconds: 120 });
 */
export function vercelConsumer(
  config: OutboxConfig,
  options: VercelOptions,
): {
  /** Delivers a message; throws where it is to come again. */
  handler(message: unknown, metadata: { deliveryCount: number }): Promise<void>;
  /** How long a message waits that was not delivered. */
  retry(error: unknown, metadata: { deliveryCount: number }): {
    /** The wait, in seconds. */
    afterSeconds: number;
  };
};

/** A batch of SQS, as Lambda hands it on. */
export interface SqsEventLike {
  /** The messages, as of an `SQSEvent`. */
  readonly Records: readonly {
    readonly messageId: string;
    readonly receiptHandle: string;
    readonly body: string;
    readonly attributes: { readonly ApproximateReceiveCount: string };
  }[];
}

/**
 * Options of {@link handleSqsBatch}.
 *
 * @example
 * await handleSqsBatch(event, { refport: { apiKey } }, { deadLetters: (letter) => console.error(letter) });
 */
export interface SqsOptions extends BatchOptions {
  /**
   * Sends a body to the same queue, after at most 900 seconds. Without it, see {@link QueueOptions.queue}.
   *
   * @example
   * await handleSqsBatch(event, { refport: { apiKey } }, { send: (body, seconds) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body, DelaySeconds: seconds })) });
   */
  send?: ((body: string, delaySeconds: number) => unknown) | null | undefined;
  /**
   * Keeps a dead letter. Without it the message fails until the queue's redrive policy moves it.
   *
   * @example
   * await handleSqsBatch(event, { refport: { apiKey } }, { deadLetters: (letter) => console.error(letter) });
   */
  deadLetters?: ((body: string) => unknown) | null | undefined;
  /**
   * `ChangeMessageVisibility`. Without it a message comes again when the queue's visibility timeout is over.
   *
   * @example
   * await handleSqsBatch(event, { refport: { apiKey } }, { changeVisibility: (handle, seconds) => console.log(handle, seconds) });
   */
  changeVisibility?: ((receiptHandle: string, seconds: number) => unknown) | null | undefined;
}

/**
 * Delivers a batch of SQS in Lambda. The event source needs `ReportBatchItemFailures`, and the queue must be a standard one: a FIFO
 * queue would want all that follows a failure to fail. It never throws.
 *
 * @example
 * export const handler = (event) => handleSqsBatch(event, { refport: { apiKey: process.env.REFPORT_API_KEY } }, {
 *   send: (MessageBody, DelaySeconds) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds })),
 *   deadLetters: (MessageBody) => sqs.send(new SendMessageCommand({ QueueUrl: DEAD_URL, MessageBody })),
 *   changeVisibility: (ReceiptHandle, VisibilityTimeout) =>
 *     sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout })),
 * });
 */
export function handleSqsBatch(
  event: SqsEventLike,
  config: OutboxConfig,
  options?: SqsOptions | null,
): Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
