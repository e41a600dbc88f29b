/**
 * refport-edge/outbox-refport: `refport-edge/outbox` for Refport's events alone. A Worker that imports it carries nothing of the other
 * service's.
 *
 * All functions are those of `refport-edge/outbox`. A record of the other service's waits here, as one whose key is missing does.
 */

import type { GivenRequest } from "./index.js";
import type { OutboxEntry, OutboxEvent, QueueEntry, QueueLike, RecordOptions } from "./outbox.js";

export * from "./outbox.js";

/**
 * An event of Refport's, by its kind: exactly one of these members.
 *
 * @example
 * const event: RefportEvent = { sale: { customerExternalId: "user_001", amount: 4900, invoiceId: "in_1" } };
 */
export type RefportEvent = Extract<OutboxEvent, { sale: unknown } | { lead: unknown }>;

/**
 * Makes a record of an event of Refport's, as `toOutboxRecord` of `refport-edge/outbox` does. It never rejects, and sends nothing.
 *
 * @example
 * const { outcome, record, error } = await toOutboxRecord(request, { sale: { customerExternalId: "user_001", amount: 4900, invoiceId: "in_1" } });
 */
export function toOutboxRecord(
  request: GivenRequest,
  event: RefportEvent,
  options?: RecordOptions | null,
): Promise<OutboxEntry>;

/**
 * Makes a record of an event of Refport's and sends it to a Cloudflare queue, as `sendToQueue` of `refport-edge/outbox` does.
 *
 * @example
 * const queued = await sendToQueue(env.OUTBOX, request, { sale: { customerExternalId: "user_001", amount: 4900, invoiceId: "in_1" } });
 */
export function sendToQueue(
  queue: QueueLike,
  request: GivenRequest,
  event: RefportEvent,
  options?: RecordOptions | null,
): Promise<QueueEntry>;
