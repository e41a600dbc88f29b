// What compiles at the outbox's entries of one service alone, and what must not.

import type { OutboxEvent } from "refport-edge/outbox";
import * as refcampaign from "refport-edge/outbox-refcampaign";
import * as refport from "refport-edge/outbox-refport";

const sale: refport.RefportEvent = { sale: { customerExternalId: "user_001", amount: 4900, invoiceId: "in_1" } };
const lead: refport.RefportEvent = { lead: { customerExternalId: "user_001", eventName: "Sign Up" } };
const refund: refcampaign.RefCampaignEvent = { refund: { externalId: "ord_42" } };
const conversion: refcampaign.RefCampaignEvent = { conversion: { amount: "49.90", currency: "EUR", sessionId: "rcs_12345678" } };
export const both: OutboxEvent[] = [sale, lead, refund, conversion];

export async function enter(queue: refport.QueueLike): Promise<string | undefined> {
  const { record } = await refport.toOutboxRecord(null, lead, { expiresInSeconds: 60 });
  const queued = await refcampaign.sendToQueue(queue, null, conversion);
  const delivery = await refport.deliver(record, { refport: { apiKey: "rk_1" } });
  return refport.disposition(delivery).ack ? queued.outcome : delivery.error?.message;
}

// @ts-expect-error the event is RefCampaign's
void refport.toOutboxRecord(null, refund);
// @ts-expect-error the event is Refport's
void refcampaign.sendToQueue({ send: async () => undefined }, null, sale);
