// What became of one report to a service, as the shop keeps it: plain facts, no personal data, no key.
// In: how a refport-edge call ended, and the statuses its attempts got. Out: an `Entry`, and one line in the log.
// Not its job: the words and colours for an outcome (page/log.ts).

import {
  RefCampaignError, type ConversionResult, type Result, type TrackLeadResponse, type TrackSaleResponse,
} from "refport-edge";

export type Entry = {
  service: "Refport" | "RefCampaign";
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

type Report = Pick<Entry, "event" | "invoiceId">;
type Statuses = (number | null)[];

/** Refport's calls resolve, whatever happened. */
export function entryOf(
  report: Report,
  result: Result<TrackLeadResponse> | Result<TrackSaleResponse>,
  statuses: Statuses,
): Entry {
  const { outcome, attempts, data, error } = result;
  return logged(error, {
    service: "Refport",
    ...report,
    outcome,
    status: error ? error.status : (statuses.at(-1) ?? null),
    code: error?.code ?? null,
    attempts,
    commission: data && "sale" in data ? data.sale.commissionAmount : null,
  });
}

/** RefCampaign's calls reject with a RefCampaignError, as its guide has it. */
export async function campaignEntryOf(
  report: Report,
  call: Promise<ConversionResult>,
  statuses: Statuses,
): Promise<Entry> {
  const common = { service: "RefCampaign" as const, ...report };
  try {
    const { outcome, commissionAmount = null } = await call;
    const [status, attempts] = [statuses.at(-1) ?? null, statuses.length];
    return logged(null, { ...common, outcome, status, code: null, attempts, commission: commissionAmount });
  } catch (error) {
    if (!(error instanceof RefCampaignError)) throw error;
    const { status, code, attempts } = error;
    return logged(error, { ...common, outcome: "failed", status, code, attempts, commission: null });
  }
}

// The whole error goes to the log: it holds no key, no header and no customer.
function logged(error: Error | null, entry: Entry): Entry {
  const { service, event, outcome } = entry;
  if (error) console.error(service, event, outcome, error);
  else console.log(service, event, outcome);
  return entry;
}
