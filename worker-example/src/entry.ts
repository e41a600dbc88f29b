// What became of one report to a service, as the shop keeps it, and one line in the log for each of its ends.
// In: how a call or a delivery ended, and what went over the wire. Out: an `Entry`, or what changes in one.
// Not its job: the words and colours for an outcome (page/log.ts). The log line holds no customer, and nothing here a key.

import type { CallReport, ErrorData, Result } from "refport-edge";
import type { DeliveryReport } from "refport-edge/outbox";
import type { Exchange } from "./recorder.ts";

export type Entry = {
  id: string;
  service: "Refport" | "RefCampaign";
  event: "Sign Up" | "Purchase";
  invoiceId: string | null;
  customerId: string;
  /** Of the last delivery. Before the first it is "queued", or "pending" for what is sent after the response. */
  outcome: Result<unknown>["outcome"] | DeliveryReport["outcome"] | "queued" | "pending";
  /** Where its message is: it waits, was delivered for good, or is a dead letter. `null` without a message. */
  queue: "waiting" | "done" | "dead" | null;
  /** How often the queue delivered it. */
  deliveries: number;
  /** How long it waits for its next delivery. */
  againInSeconds: number | null;
  /** The HTTP status of the last attempt; `null` when nothing was sent or nothing was answered. */
  status: number | null;
  /** The error's code, or `null` when nothing went wrong. */
  code: string | null;
  /** Requests to the service, those of all deliveries. */
  attempts: number;
  /** The partner's share as the service answered it, in the smallest unit; `null` unless this was a recorded sale. */
  commission: number | null;
  /** The call as the shop made it. */
  call: string;
  /** The last exchanges with the service. */
  exchanges: Exchange[];
};

/** What a delivery changes in an entry. `attempts` and `exchanges` are added to what is there. */
export type Progress = Omit<Entry, "id" | "service" | "event" | "invoiceId" | "customerId" | "call">;
export type Report = Pick<Entry, "id" | "service" | "event" | "invoiceId" | "customerId" | "call">;

/** A report that is on its way to the queue. */
export function queuedEntry(report: Report): Entry {
  console.log(report.service, report.event, "queued");
  return { ...report, ...NOTHING_YET, outcome: "queued", queue: "waiting" };
}

/** One that never gets to the queue: there is nobody to credit, or it could not be delivered ever. */
export function unqueuedEntry(report: Report, outcome: "skipped" | "failed", error: ErrorData | null): Entry {
  log(report, outcome, error);
  return { ...report, ...NOTHING_YET, outcome, queue: null, code: error?.code ?? null };
}

/** One that is sent after the response. */
export function pendingEntry(report: Report): Entry {
  return { ...report, ...NOTHING_YET, outcome: "pending", queue: null };
}

/** How that ended. */
export function endOf(about: Pick<Report, "service" | "event">, end: CallReport, exchanges: Exchange[]): Progress {
  const { outcome, error, attempts } = end;
  log(about, outcome, error);
  const status = error ? error.status : (exchanges.at(-1)?.status ?? null);
  return { ...NOTHING_YET, outcome, queue: null, status, code: error?.code ?? null, attempts, exchanges };
}

/** What one delivery of the queue's did. */
export function progressOf(report: DeliveryReport, exchanges: Exchange[]): Progress {
  const { event, outcome, error, disposition, deliveries } = report;
  const last = exchanges.at(-1);
  log({ service: event === "conversion" ? "RefCampaign" : "Refport", event: "Purchase" }, outcome, error);
  return {
    outcome,
    queue: disposition.ack ? "done" : disposition.dead ? "dead" : "waiting",
    deliveries,
    againInSeconds: disposition.retryAfterSeconds ?? null,
    status: error ? error.status : (last?.status ?? null),
    code: error?.code ?? null,
    attempts: exchanges.length,
    commission: outcome === "recorded" && last ? commissionIn(last.answer) : null,
    exchanges,
  };
}

const NOTHING_YET = {
  deliveries: 0, againInSeconds: null, status: null, code: null, attempts: 0, commission: null, exchanges: [],
};

// Both services answer with a member of this name, each at another depth.
function commissionIn(answer: string): number | null {
  const found = /"commissionAmount":(\d+)/.exec(answer)?.[1];
  return found === undefined ? null : Number(found);
}

function log({ service, event }: Pick<Report, "service" | "event">, outcome: string, error: ErrorData | null): void {
  if (error) console.error(service, event, outcome, `${error.name}: ${error.message}`);
  else console.log(service, event, outcome);
}
