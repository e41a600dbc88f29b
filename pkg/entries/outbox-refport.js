// refport-edge/outbox-refport: events on the platform's own queue, Refport's alone.

/* @ts-self-types="../outbox-refport.d.ts" */

import { handleQueueBatchWith, sendToQueueWith } from "../outbox/cloudflare-queues.js";
import { deliverInWorkflowWith } from "../outbox/cloudflare-workflows.js";
import { deliverWith } from "../outbox/deliver.js";
import { durableOutboxWith } from "../outbox/durable-object.js";
import { toOutboxRecordWith } from "../outbox/record.js";
import { handleSqsBatchWith } from "../outbox/sqs.js";
import { vercelConsumerWith } from "../outbox/vercel-queues.js";
import { getClickIdFromRequest, track_lead, track_sale } from "./refport.js";

export { retryDelay } from "../outbox/cloudflare-workflows.js";
export { disposition } from "../outbox/disposition.js";
export { parseRecord, renewRecord } from "../outbox/record.js";

export const toOutboxRecord = /* @__PURE__ */ toOutboxRecordWith({ getClickIdFromRequest, track_lead, track_sale });
export const deliver = /* @__PURE__ */ deliverWith({ track_lead, track_sale });
export const sendToQueue = /* @__PURE__ */ sendToQueueWith(toOutboxRecord);
export const handleQueueBatch = /* @__PURE__ */ handleQueueBatchWith(deliver);
export const deliverInWorkflow = /* @__PURE__ */ deliverInWorkflowWith(deliver);
export const durableOutbox = /* @__PURE__ */ durableOutboxWith(deliver);
export const vercelConsumer = /* @__PURE__ */ vercelConsumerWith(deliver);
export const handleSqsBatch = /* @__PURE__ */ handleSqsBatchWith(deliver);
