// What compiles at the outbox's entry, and what must not.

import { track_lead, type CallReport, type RefportConfig, type WaitUntil } from "refport-edge";
import {
  deliver,
  disposition,
  handleSqsBatch,
  parseRecord,
  renewRecord,
  toOutboxRecord,
  vercelConsumer,
  type DeadLetter,
  type Disposition,
  type OutboxConfig,
} from "refport-edge/outbox";

const config: OutboxConfig = { refport: { apiKey: "rk_1" }, refcampaign: { apiKey: "rc_1", apiUrl: null } };

export async function consume(body: unknown): Promise<string> {
  const delivery = await deliver(body, config, { deliveries: 1 });
  const verdict: Disposition = disposition(delivery, { deliveries: 1, maxDeliveries: 20 });
  if (verdict.ack) return "done";
  return verdict.dead ? verdict.reason : String(verdict.retryAfterSeconds);
}

export async function enter(): Promise<string | undefined> {
  const entry = await toOutboxRecord(null, { conversion: { amount: "49.90", currency: "EUR", sessionId: "rcs_12345678" } }, { expiresInSeconds: 60 });
  if (entry.outcome === "failed") return entry.error.issues[0]?.message;
  const read = parseRecord(JSON.stringify(entry.record));
  return read.record ? read.record.id : read.reason;
}

export const again = (letter: DeadLetter) => renewRecord(letter)?.expiresMs;
export const sqs = (event: Parameters<typeof handleSqsBatch>[0]) => handleSqsBatch(event, config);
export const { handler, retry } = vercelConsumer(config, { deadLetters: () => undefined });

const holders: WaitUntil[] = [(promise) => promise, { waitUntil() {} }];
const log = (report: CallReport): void => void [report.outcome, report.error?.kind, report.durationMs];
void track_lead(null, { customerExternalId: "user_001", eventName: "Sign Up" }, { apiKey: "rk_1", waitUntil: holders[0], onResult: log });

/** A config without `waitUntil` has no pending end, and one with it has. */
export async function ends(config: RefportConfig): Promise<string> {
  const params = { customerExternalId: "user_001", eventName: "Sign Up" };
  const awaited: "recorded" | "duplicate" | "unattributed" | "skipped" | "failed" = (await track_lead(null, params, config)).outcome;
  const held = await track_lead(null, params, { ...config, waitUntil: holders[0] });
  // @ts-expect-error it may be pending
  const never: typeof awaited = held.outcome;
  return held.outcome === "pending" ? held.outcome : never;
}

// @ts-expect-error exactly one kind of event
void toOutboxRecord(null, { conversions: {} });
// @ts-expect-error a place for dead letters is needed
vercelConsumer(config, {});
// @ts-expect-error an object without the method holds nothing
void track_lead(null, { customerExternalId: "user_001", eventName: "Sign Up" }, { apiKey: "rk_1", waitUntil: {} });
// @ts-expect-error a record is made by toOutboxRecord
renewRecord({ outbox: 2 });
