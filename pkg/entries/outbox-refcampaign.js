// refport-edge/outbox-refcampaign: events on the platform's own queue, RefCampaign's alone.

/* @ts-self-types="../outbox-refcampaign.d.ts" */

import { handleQueueBatchWith, sendToQueueWith } from "../outbox/cloudflare-queues.js";
import { deliverInWorkflowWith } from "../outbox/cloudflare-workflows.js";
import { deliverWith } from "../outbox/deliver.js";
import { durableOutboxWith } from "../outbox/durable-object.js";
import { toOutboxRecordWith } from "../outbox/record.js";
import { handleSqsBatchWith } from "../outbox/sqs.js";
import { vercelConsumerWith } from "../outbox/vercel-queues.js";
import { RefCampaign, getSessionIdFromRequest } from "./refcampaign.js";

export { retryDelay } from "../outbox/cloudflare-workflows.js";
export { disposition } from "../outbox/disposition.js";
export { parseRecord, renewRecord } from "../outbox/record.js";

export const toOutboxRecord = /* @__PURE__ */ toOutboxRecordWith({ RefCampaign, getSessionIdFromRequest });
export const deliver = /* @__PURE__ */ deliverWith({ RefCampaign });
export const sendToQueue = /* @__PURE__ */ sendToQueueWith(toOutboxRecord);
export const handleQueueBatch = /* @__PURE__ */ handleQueueBatchWith(deliver);
export const deliverInWorkflow = /* @__PURE__ */ deliverInWorkflowWith(deliver);
export const durableOutbox = /* @__PURE__ */ durableOutboxWith(deliver);
export const vercelConsumer = /* @__PURE__ */ vercelConsumerWith(deliver);
export const handleSqsBatch = /* @__PURE__ */ handleSqsBatchWith(deliver);
