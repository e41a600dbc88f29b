// The quick starts as plain JavaScript.

import {
  RefCampaign,
  Refport,
  getClickIdFromCookie,
  getClickIdFromRequest,
  getSessionIdFromRequest,
  hashEmail,
  track_lead,
  track_sale,
} from "refport-edge";

const config = { apiKey: process.env.REFPORT_API_KEY, baseUrl: process.env.REFPORT_BASE_URL };
const refport = new Refport(config);
const refcampaign = new RefCampaign({ apiKey: process.env.REFCAMPAIGN_API_KEY, apiUrl: process.env.REFCAMPAIGN_API_URL });

export async function refportQuickStart() {
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

/** As it was written for 0.4, unchanged. */
export async function refportErrorHandling(params, log) {
  const { data, error } = await refport.track.sale(params);
  if (error) {
    log(error.message, error.status, error.code);
    return;
  }
  log(data.sale.id);
}

export const helpers = (request) => [getClickIdFromRequest(request), getClickIdFromCookie(request.headers.get("cookie"))];

export async function functions(request) {
  const lead = await track_lead(request, { customerExternalId: "user_001", eventName: "Sign Up" }, config);
  const order = { customerExternalId: "user_001", amount: 4900, currency: "usd", invoiceId: "inv_001" };
  const sale = await track_sale(request, order, config);
  const again = await track_sale(request, order, config);
  return [lead, sale, again];
}

export async function refcampaignGuide(request, email) {
  const sessionId = getSessionIdFromRequest(request);
  const bound = await refcampaign.tracking.identify({ sessionId, customerEmailHash: hashEmail(email) });
  const conversion = await refcampaign.conversions.track({
    customerEmailHash: hashEmail(email),
    amount: 49.9,
    currency: "EUR",
    metadata: { orderId: "ord_42" },
  });
  return { bound, conversion };
}
