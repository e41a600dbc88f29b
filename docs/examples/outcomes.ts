import { track_sale } from "refport-edge";
import type { RefportConfig, SaleParams } from "refport-edge";

/** What to do with each outcome. */
export async function report(request: Request, sale: SaleParams, config: RefportConfig): Promise<string> {
  const result = await track_sale(request, sale, config);
  switch (result.outcome) {
    case "recorded":
      return `the partner gets ${result.data.sale.commissionAmount}`;
    case "duplicate": // a success: this invoice was on the books already
      return "reported before";
    case "unattributed": // accepted, but the click belongs to no link
      return "no partner";
    case "skipped": // no click ID: nothing was sent
      return "organic";
    case "failed":
      if (result.error.kind === "invalid_click_id") return "a stale or forged cookie";
      if (result.error.retryable) return `send it again in ${result.error.retryAfterMs ?? 60_000} ms`;
      return `lost: ${result.error.message}`;
  }
}
