// Programs as the official `refport` 0.4 documents them, its npm page's. One import is changed; each line that had to be
// changed besides says so.

import { Refport, RefportValidationError } from "refport-edge";
import type { SaleParams, TrackSaleResponse, Transport, WithClickId } from "refport-edge";

const refport = new Refport({ apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL! });

/** `fetch` is only there to be looked at. */
export async function configuration(fetch: Transport) {
  const refport = new Refport({
    apiKey: "rk_...",
    baseUrl: "https://app.refport.co", // the default
  });
  const plain = new Refport({ apiKey: "rk_..." });
  for (const client of [refport, plain]) await client.embedTokens.create({ tenantId: "user_123" }, { fetch });
}

export async function quickStart() {
  const { data: token, error } = await refport.embedTokens.create({
    tenantId: "user_123",
    partner: { email: "alice@example.com" },
  });
  const { error: saleError } = await refport.track.sale({
    clickId: "abc123",
    customerExternalId: "cus_123",
    amount: 4999,
    currency: "usd",
  });
  const { data: lead } = await refport.track.lead({
    clickId: "abc123",
    eventName: "signup",
    customerExternalId: "cus_123",
  });
  return { token, error, saleError, lead };
}

export async function tokens() {
  const forTenant = await refport.embedTokens.create({ tenantId: "user_123" });
  const forEnrollment = await refport.embedTokens.create({ enrollmentId: "enr_1" });
  const forPartner = await refport.embedTokens.create({ partner: { email: "bob@example.com", name: "Bob" } });
  const expires: Date[] = [];
  for (const { data, error } of [forTenant, forEnrollment, forPartner]) {
    if (error) throw error;
    if (data) expires.push(data.expires);
  }
  return expires;
}

/** The click belongs to no link: `data` is null, and so is `error`. */
export async function leadWithoutLink() {
  const { data, error } = await refport.track.lead({ clickId: "nolink1", eventName: "signup", customerExternalId: "cus_123" });
  return { data, error };
}

/** Its error handling, migrated: `data` may be null without an error, where a sale is a duplicate or belongs to no link. */
export async function errorHandling(params: WithClickId<SaleParams>, log: (...told: unknown[]) => void) {
  const { data, error } = await refport.track.sale(params);
  if (error) {
    log(error.message, error.status, error.code);
    if (error instanceof RefportValidationError) {
      log("validation");
    }
    return;
  }
  if (!data) return log("nothing new");
  const sale: TrackSaleResponse = data;
  log(sale.sale.id);
}

/** As it was written for 0.4. It runs, and the compiler finds the one line to look at. */
export async function errorHandlingUnchanged(params: WithClickId<SaleParams>, log: (...told: unknown[]) => void) {
  const { data, error } = await refport.track.sale(params);
  if (error) return;
  // @ts-expect-error a duplicate has no data, and no error either
  log(data.sale.id);
  log(data?.sale.id);
}

/** As it was written before 0.4, when `create` gave the token itself. */
export async function tokenBefore04() {
  const token = await refport.embedTokens.create({ tenantId: "user_123" });
  // @ts-expect-error the token is in `data`
  return token.publicToken;
}
