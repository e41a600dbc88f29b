// What compiles on every runtime, with nothing known but the language.

import {
  ConversionError,
  RefportAuthError,
  RefportConnectionError,
  RefportError,
  RefportInvalidClickIdError,
  RefportNotFoundError,
  RefportRateLimitError,
  RefportValidationError,
  getClickIdFromCookie,
  getClickIdFromRequest,
  trackLead,
  trackSale,
  track_lead,
  track_sale,
} from "refport-edge";
import type {
  AttemptReport,
  ErrorKind,
  Issue,
  LeadParams,
  RefportConfig,
  Result,
  SaleParams,
  TrackLeadResponse,
  TrackSaleResponse,
} from "refport-edge";

const request: object = { headers: { cookie: "refp_id=abc123" } };
const fromRequest: string | null = getClickIdFromRequest(request);
const fromNothing: string | null = getClickIdFromRequest(null, "click");
const fromCookie: string | null = getClickIdFromCookie(undefined, "click");

const config: RefportConfig = {
  apiKey: "rk_test",
  baseUrl: "https://proxy.test",
  cookieName: "click",
  timeoutMs: 1000,
  budgetMs: 2000,
  maxAttempts: 2,
  signal: null,
  retry: { replay: "always" },
  onAttempt(report: AttemptReport) {
    const wait: number | null = report.delayMs;
    const why: ErrorKind | null = report.kind;
    void [wait, why, report.attempt.toFixed(), report.status?.toFixed(), report.durationMs.toFixed()];
  },
  fetch: (url: string, init: { body: string }) => ({ status: 200, url, body: init.body }),
};

// What is optional in a program is so here: a member that may be undefined, or null.
declare const session: { metadata: { clickId: string } | null };
declare const environment: Record<string, string | undefined>;
const loose: SaleParams = {
  clickId: session.metadata?.clickId,
  customerExternalId: "user_001",
  amount: 4900,
  currency: environment["CURRENCY"],
  metadata: undefined,
};
const looseConfig: RefportConfig = {
  ...config,
  baseUrl: environment["REFPORT_URL"],
  timeoutMs: undefined,
  fetch: null,
  signal: undefined,
  onAttempt: null,
  retry: undefined,
  dangerouslyAllowHttp: null,
};
void trackSale(Promise.resolve(request), loose, looseConfig);
void trackSale("https://shop.test/?refp_id=abc123", loose, looseConfig);

const sale: SaleParams = { customerExternalId: "user_001", amount: 4900 };
const whole: SaleParams = {
  clickId: fromRequest,
  customerExternalId: "user_001",
  amount: 4900,
  currency: "usd",
  eventName: null,
  invoiceId: "inv_001",
  // One that is listed, and one that is not yet.
  paymentProcessor: Math.random() > 0.5 ? "stripe" : "mollie",
  customerEmail: "alice@example.com",
  customerName: null,
  customerAvatar: null,
  metadata: { plan: "pro", nested: { list: [1, null] } },
};
const lead: LeadParams = { customerExternalId: "user_001", eventName: "Sign Up" };

async function calls(): Promise<void> {
  const sold: Result<TrackSaleResponse> = await track_sale(request, whole, config);
  const led: Result<TrackLeadResponse> = await track_lead(null, lead, { apiKey: "rk_test" });
  const same: [typeof track_sale, typeof track_lead] = [trackSale, trackLead];
  void [same, led.attempts.toFixed(), led.requestId?.length];
  // The outcome tells what there is.
  switch (sold.outcome) {
    case "recorded": {
      const id: string = sold.data.sale.id;
      const none: null = sold.error;
      return void [id, none, sold.data.sale.commissionAmount.toFixed(), sold.data.customer.email?.length];
    }
    case "duplicate":
    case "unattributed":
    case "skipped": {
      const nothing: [null, null] = [sold.data, sold.error];
      return void nothing;
    }
    case "failed":
      return explain(sold.error);
    default: {
      const never: never = sold;
      return never;
    }
  }
}

function explain(error: RefportError): void {
  const base: ConversionError = error;
  const issues: readonly Issue[] = base.issues;
  const code: string = error.code;
  const fields: string[] = issues.map((issue) => `${issue.field}: ${issue.message}`);
  void [code, fields, error.status?.toFixed(), error.serviceMessage?.length, error.retryAfterMs?.toFixed(), error.stack];
  const later: boolean = error.retryable && !error.maybeRecorded;
  if (error instanceof RefportInvalidClickIdError) {
    const wider: RefportValidationError = error;
    return void wider;
  }
  const classes = [RefportAuthError, RefportConnectionError, RefportNotFoundError, RefportRateLimitError];
  void [later, classes.some((one) => error instanceof one)];
}

void [calls, fromNothing, fromCookie, sale];
