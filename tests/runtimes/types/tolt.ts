// Tolt's entry: what compiles on every runtime, and what must not.

import { ConversionError, Tolt, ToltError, getClickIdFromRequest, trackClick, trackLead, trackSale } from "refport-edge/tolt";
import type { Click, Customer, Result, ToltConfig, Transaction, TransactionParams } from "refport-edge/tolt";

const config: ToltConfig = { token: "tolt_test", baseUrl: "http://127.0.0.1:9", maxAttempts: 1, retry: { replay: "always" } };
const request = { url: "https://shop.test/?ref=sam", headers: { cookie: "tolt_referral=clk_1" } };
export const clickId: string | null = getClickIdFromRequest(request);

export async function wholeWay(payment: TransactionParams): Promise<string | null> {
  const click: Result<Click> = await trackClick(request, null, config);
  await trackClick(request, { param: "via", country: "US" }, config);
  const lead: Result<Customer> = await trackLead(Promise.resolve(request), { partner_id: click.data?.partner_id, email: "a@b.test" }, config);
  if (lead.outcome !== "recorded") return null;
  const sale: Result<Transaction> = await trackSale(null, { ...payment, customer_id: lead.data.id }, config);
  if (sale.outcome === "failed") {
    const error: ToltError & ConversionError = sale.error;
    return error.kind === "rate_limit" ? null : error.message;
  }
  return sale.data?.amount ?? null;
}

const tolt = new Tolt(config);
export const calls = [
  tolt.clicks.create({ param: "ref", value: "sam" }),
  tolt.customers.create({ link_id: "lnk_1", customer_id: "user_1" }, { timeoutMs: 100 }),
  tolt.transactions.create({ customer_id: "cus_1", amount: 4900, charge_id: null }),
  tolt.transactions.refund({ id: "txn_1" }),
];

// @ts-expect-error the key is called token
new Tolt({ apiKey: "tolt_test" });
// @ts-expect-error a payment has a customer
tolt.transactions.create({ amount: 1 });
// @ts-expect-error a refund has an ID
tolt.transactions.refund({});

/** What may become of an event. */
export function ends(result: Result<Transaction>): string {
  const outcome: "recorded" | "duplicate" | "skipped" | "failed" = result.outcome;
  // @ts-expect-error Tolt says of nothing that it credited nobody
  if (result.outcome === "unattributed") return "";
  if (result.error) {
    const error: ToltError = result.error;
    return error.message;
  }
  return result.outcome === "recorded" ? result.data.id : outcome;
}
