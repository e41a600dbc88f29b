// What became of one report to Refport, as the shop keeps it: plain facts, no personal data, no key.
// In: the result of a refport-edge call, and the statuses its attempts got. Out: an `Entry`, and one line in the log.
// Not its job: the words and colours for an outcome (page/log.ts).

import type { Result, TrackLeadResponse, TrackSaleResponse } from "refport-edge";

export type Entry = {
  event: "Sign Up" | "Purchase";
  invoiceId: string | null;
  outcome: Result<unknown>["outcome"];
  /** The HTTP status of the last attempt; `null` when nothing was sent or nothing was answered. */
  status: number | null;
  /** The error's code, or `null` when nothing went wrong. */
  code: string | null;
  attempts: number;
  /** The partner's share as the service answered it, in the smallest unit; `null` unless this was a recorded sale. */
  commission: number | null;
};

export function entryOf(
  event: Entry["event"],
  invoiceId: string | null,
  result: Result<TrackLeadResponse> | Result<TrackSaleResponse>,
  statuses: (number | null)[],
): Entry {
  const { outcome, attempts, data, error } = result;
  const entry: Entry = {
    event,
    invoiceId,
    outcome,
    status: error ? error.status : (statuses.at(-1) ?? null),
    code: error?.code ?? null,
    attempts,
    commission: data && "sale" in data ? data.sale.commissionAmount : null,
  };
  // The whole error goes to the log: it holds no key, no header and no customer.
  if (error) console.error(event, outcome, error);
  else console.log(event, outcome);
  return entry;
}
