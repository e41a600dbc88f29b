// The clients of both services, and what is around them: what compiles on every runtime.

import {
  ConversionError,
  RefCampaign,
  RefCampaignError,
  Refport,
  RefportError,
  getSessionIdFromRequest,
  hashEmail,
  verifyRefCampaignWebhook,
} from "refport-edge";
import type {
  Attribution,
  ConversionParams,
  ConversionResult,
  ConversionType,
  CustomerParams,
  DeliveryOptions,
  EmbedTokenParams,
  EmbedTokenResponse,
  IdentifyParams,
  IdentifyResult,
  LeadParams,
  PaymentProcessor,
  PingResult,
  PostbackParams,
  ReceivedWebhook,
  RefCampaignConfig,
  RefportConfig,
  RefundParams,
  RefundResult,
  RequestLike,
  Result,
  SaleParams,
  Signal,
  TrackLeadResponse,
  TrackParams,
  TrackSaleResponse,
  WebhookEvent,
  WebhookOptions,
  WebhookVerdict,
  WithClickId,
} from "refport-edge";

const request: RequestLike = { headers: { cookie: "_rc_sid=rcs_7fKj2" } };
const sessionId: string | null = getSessionIdFromRequest(request);
const nobody: string | null = getSessionIdFromRequest(null);
const hash: string = hashEmail("alice@example.com");

const shared: DeliveryOptions = { timeoutMs: 1000, dangerouslyAllowBrowser: true };
const config: RefportConfig = { ...shared, apiKey: "rk_test" };
const campaignConfig: RefCampaignConfig = {
  ...shared,
  apiKey: "rc_test_1",
  apiUrl: "https://app.test.refcampaign.com",
  identify: { path: "/api/track/identify", sessionIdField: "sessionId", customerEmailHashField: "emailHash" },
};

const customer: CustomerParams = { customerExternalId: "user_001" };
const processors: PaymentProcessor[] = ["stripe", "shopify", "polar", "paddle", "revenuecat", "custom"];
const sale: WithClickId<SaleParams> = { ...customer, clickId: "abc123", amount: 4900 };
const lead: WithClickId<LeadParams> = { ...customer, clickId: "abc123", eventName: "Sign Up" };
const tokens: EmbedTokenParams[] = [
  { tenantId: "org_001" },
  { enrollmentId: "enr_001", tenantId: null },
  { partner: { email: "alice@example.com" } },
  { partner: { email: "alice@example.com", name: null }, tenantId: "org_001" },
];

async function refport(): Promise<void> {
  const client = new Refport(config);
  const sold: Result<TrackSaleResponse> = await client.track.sale(sale);
  const led: Result<TrackLeadResponse> = await client.track.lead(lead, { maxAttempts: 1, signal: null });
  const minted: Result<EmbedTokenResponse>[] = await Promise.all(tokens.map((one) => client.embedTokens.create(one, shared)));
  for (const { data, error } of minted) {
    if (error) {
      const known: RefportError = error;
      const nothing: null = data;
      return void [known, nothing];
    }
    void [data?.publicToken.length, data?.expires.getTime()];
  }
  // What 0.4's own type of a result tells apart, this one does too.
  const { data, error } = led;
  if (error === null && data !== null) {
    const { click, link, customer, eventName } = data;
    const programId: string | null = link.programId;
    const { externalId, email, name }: { externalId: string; email: string | null; name: string | null } = customer;
    void [click.id.length, link.id, link.domain, link.key, link.url, programId, externalId, email, name, eventName.length];
  }
  if (sold.outcome === "recorded") {
    const { id, amount, currency, commissionAmount, status, invoiceId, paymentProcessor } = sold.data.sale;
    void [id.length, amount.toFixed(), currency.length, commissionAmount.toFixed(), status.length, invoiceId?.length];
    void paymentProcessor.length;
  }
}

const attributions: Attribution[] = [
  { sessionId },
  { customerEmailHash: hash },
  { customerEmail: "alice@example.com" },
  { clickId: "clk_1" },
  { affiliateCode: "PARTNER10" },
];
const types: ConversionType[] = ["SALE", "LEAD", "TRIAL", "CUSTOM"];
const conversion: ConversionParams = { sessionId, currency: "EUR", conversionType: "SALE", customerId: null, metadata: { plan: "pro" } };
const tracked: TrackParams[] = [{ ...conversion, amount: 49.9 }, { ...conversion, amount: "49.90", externalId: "ord_42" }];
const posted: PostbackParams = { ...conversion, amount: 4990, externalId: "ord_42" };
const refunds: RefundParams[] = [{ externalId: "ord_42" }, { externalId: "ord_42", amount: 990, reason: "a scratch" }];
const identified: IdentifyParams = { sessionId: "rcs_7fKj2", customerEmailHash: hash };

async function refcampaign(): Promise<void> {
  const client = new RefCampaign(campaignConfig);
  try {
    const results: ConversionResult[] = await Promise.all(tracked.map((one) => client.conversions.track(one, shared)));
    const { outcome, externalId, success, conversionId, commissionId, commissionAmount } = await client.conversions.postback(posted);
    const known: "recorded" | "duplicate" = outcome;
    void [results, known, externalId.length, success, conversionId?.length, commissionId?.length, commissionAmount?.toFixed()];
    const refunded: RefundResult[] = await Promise.all(refunds.map((one) => client.conversions.refund(one)));
    for (const { alreadyRefunded, message } of refunded) void [alreadyRefunded, message?.length];
    const bound: IdentifyResult = await client.tracking.identify(identified);
    void [bound.identified, bound.error?.kind];
    const told: PingResult = await client.ping();
    const mode: "live" | "test" | "unknown" | undefined = told.stripe?.mode;
    void [told.valid, told.merchant, told.activeCampaigns?.toFixed(), told.stripe?.connected, mode];
  } catch (error) {
    if (error instanceof RefCampaignError) {
      const base: ConversionError = error;
      const details: unknown = error.details;
      const again: string | null = error.externalId;
      void [base.kind, details, again, error.code === "VALIDATION_FAILED", error.status === 422];
    }
    throw error;
  }
}

const received: ReceivedWebhook[] = [
  { payload: "{}", header: "t=1,v1=00" },
  { payload: new ArrayBuffer(2), header: null },
  { payload: new Uint8Array(2), header: undefined },
];
const options: WebhookOptions = { toleranceSeconds: 60, nowMs: Date.now() };

async function webhook(): Promise<WebhookEvent | string> {
  const verdicts: WebhookVerdict[] = await Promise.all(received.map((one) => verifyRefCampaignWebhook(one, "whsec_1", options)));
  const verdict = await verifyRefCampaignWebhook(request, "whsec_1");
  void verdicts;
  if (!verdict.valid) {
    return verdict.reason === "parsed_body" ? "give me the text" : `${verdict.reason}: ${verdict.message}`;
  }
  switch (verdict.event.event) {
    case "conversion.created":
    case "conversion.refunded":
    case "conversion.commission_paid":
    case "conversion.disputed":
    case "conversion.dispute_resolved":
    case "webhook.test":
      return verdict.event.idempotencyKey + verdict.event.timestamp;
    default:
      return verdict.event;
  }
}

const aSignal = (signal: AbortSignalLike): Signal => signal;
interface AbortSignalLike {
  aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

void [refport, refcampaign, webhook, nobody, processors, attributions, types, aSignal];
