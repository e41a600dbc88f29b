/**
 * refport-edge/outbox-refcampaign: `refport-edge/outbox` for RefCampaign's events alone. A Worker that imports it carries nothing of the other
 * service's.
 *
 * All functions are those of `refport-edge/outbox`. A record of the other service's waits here, as one whose key is missing does.
 */

import type { GivenRequest } from "./index.js";
import type { OutboxEntry, OutboxEvent, QueueEntry, QueueLike, RecordOptions } from "./outbox.js";

export * from "./outbox.js";

/**
 * An event of RefCampaign's, by its kind: exactly one of these members.
 *
 * @example
 * const event: RefCampaignEvent = { refund: { externalId: "ord_42" } };
 */
export type RefCampaignEvent = Extract<OutboxEvent, { conversion: unknown } | { postback: unknown } | { refund: unknown }>;

/**
 * Makes a record of an event of RefCampaign's, as `toOutboxRecord` of `refport-edge/outbox` does. It never rejects, and sends nothing.
 *
 * @example
 * const { outcome, record, error } = await toOutboxRecord(request, { refund: { externalId: "ord_42" } });
 */
export function toOutboxRecord(
  request: GivenRequest,
  event: RefCampaignEvent,
  options?: RecordOptions | null,
): Promise<OutboxEntry>;

/**
 * Makes a record of an event of RefCampaign's and sends it to a Cloudflare queue, as `sendToQueue` of `refport-edge/outbox` does.
 *
 * @example
 * const queued = await sendToQueue(env.OUTBOX, request, { refund: { externalId: "ord_42" } });
 */
export function sendToQueue(
  queue: QueueLike,
  request: GivenRequest,
  event: RefCampaignEvent,
  options?: RecordOptions | null,
): Promise<QueueEntry>;
