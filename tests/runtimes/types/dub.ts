// Dub's entry: what compiles on every runtime, and what must not.

import { ConversionError, Dub, DubError, getClickIdFromRequest, trackLead, trackSale, verifyDubWebhook } from "refport-edge/dub";
import type { Commission, DubConfig, LeadParams, Result, SaleParams, TrackLeadResponse, TrackSaleResponse } from "refport-edge/dub";

const config: DubConfig = { token: "dub_test", serverURL: "http://127.0.0.1:9", timeoutMs: 100 };
const request = { url: "https://shop.test/?dub_id=x", headers: { cookie: "dub_id=x" } };
export const clickId: string | null = getClickIdFromRequest(request);

export async function wholeWay(lead: LeadParams, sale: SaleParams): Promise<string | null> {
  const led: Result<TrackLeadResponse> = await trackLead(Promise.resolve(request), lead, config);
  if (led.outcome === "duplicate") return null;
  const sold: Result<TrackSaleResponse> = await trackSale(null, { ...sale, paymentProcessor: "stripe" }, config);
  if (sold.outcome === "failed") {
    const error: DubError & ConversionError = sold.error;
    return error.kind === "invalid_click_id" ? null : error.message;
  }
  const refunded: Result<Commission[]> = await dub.commissions.refund({ invoiceId: "inv_1" });
  return refunded.data?.[0]?.status ?? sold.data?.sale.currency ?? null;
}

const dub = new Dub(config);
export const calls = [
  dub.track.lead({ clickId: "", eventName: "Sign up", customerExternalId: "user_1", mode: "deferred", eventQuantity: 2 }),
  dub.track.sale({ customerExternalId: "user_1", amount: 4900 }, { maxAttempts: 1 }),
  dub.track.open({ deepLink: "https://acme.link/x" }),
];

export async function webhook(body: string, header: string): Promise<string | null> {
  const verdict = await verifyDubWebhook({ payload: body, header }, "secret");
  return verdict.valid ? verdict.eventId : verdict.reason;
}

// @ts-expect-error the key is called token, as in Dub's SDK
new Dub({ apiKey: "dub_test" });
// @ts-expect-error a lead of the client's has a click, if an empty one
dub.track.lead({ eventName: "Sign up", customerExternalId: "user_1" });
// @ts-expect-error no other processor is taken
dub.track.sale({ customerExternalId: "user_1", amount: 1, paymentProcessor: "square" });

/** After the response. */
export async function later(waitUntil: (promise: Promise<unknown>) => void): Promise<string> {
  const sale = { customerExternalId: "user_1", amount: 4900 };
  return (await trackSale(request, sale, { token: "dub_test", waitUntil })).outcome;
}

/** What may become of an event. */
export function ends(result: Result<TrackSaleResponse>): string {
  const outcome: "recorded" | "duplicate" | "unattributed" | "skipped" | "failed" = result.outcome;
  if (result.error) {
    const error: DubError = result.error;
    return error.message;
  }
  return result.outcome === "recorded" ? result.data.eventName : outcome;
}
