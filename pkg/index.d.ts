/**
 * refport-edge: referral-conversion tracking for edge runtimes.
 *
 * Everything here is safe to `await` on a checkout path: a call ends within `budgetMs`, never throws, and says exactly
 * what is known about the event it was given.
 */

/**
 * Anything a click ID can be read from. It is duck-typed, never tested with `instanceof`: a Web `Request` of any
 * realm, a `NextRequest`, an Express / Fastify / Koa / Node request, Hono's `c.req`, an API Gateway event (v1 and v2)
 * or a bare `Headers`.
 */
export type RequestLike = object;

/**
 * The click ID of a request, or `null` for an organic visitor. Never throws.
 *
 * Read, in this order: the query parameter `refp_id` of the request's URL (the newest click), the request's `cookies`
 * member, its Cookie header. The first non-empty value wins. Text from the query and the Cookie header is
 * percent-decoded once; one pair of double quotes around a cookie's value is dropped.
 *
 * @param request What the visitor sent; see {@link RequestLike}.
 * @param cookieName Names both the cookie and the query parameter; default `"refp_id"`. Matched exactly.
 */
export function getClickIdFromRequest(request: RequestLike | null | undefined, cookieName?: string): string | null;

/**
 * The click ID in the text of a Cookie header, or `null`. Never throws.
 *
 * @param cookieHeader For instance `request.headers.get("cookie")` or `req.headers.cookie`.
 * @param cookieName Default `"refp_id"`. Matched exactly.
 */
export function getClickIdFromCookie(cookieHeader: string | null | undefined, cookieName?: string): string | null;

/** The customer, as the shop knows them. Shared by {@link SaleParams} and {@link LeadParams}. */
export interface CustomerParams {
  /** The click that brought the customer. Optional with {@link track_sale}, {@link track_lead}: read from the request. */
  clickId?: string | null;
  /** Your own ID of the customer; later sales are linked to the lead through it. Required. */
  customerExternalId: string;
  /** The customer's e-mail address. */
  customerEmail?: string | null;
  /** The customer's name, as shown to the partner. */
  customerName?: string | null;
  /** URL of the customer's picture. */
  customerAvatar?: string | null;
  /** Anything else, as a JSON-serialisable object. It is read once, before the first attempt. */
  metadata?: Record<string, unknown> | null;
}

/** What {@link track_sale} sends to `POST /api/track/sale`. Optional members that are `null` are left out of the wire. */
export interface SaleParams extends CustomerParams {
  /** In the smallest currency unit (cents): a whole number from 0 to 2^53 - 1. */
  amount: number;
  /** ISO 4217 code, three letters, sent as given. The service assumes `"usd"` when absent. */
  currency?: string | null;
  /** The service assumes `"Purchase"` when absent. */
  eventName?: string | null;
  /**
   * Your invoice or order ID. It makes the sale replay safe: the service records it once however often it is sent, so
   * retries are free. Without one, a sale whose fate is unknown is not sent again.
   */
  invoiceId?: string | null;
  /** Who took the payment. A processor the service does not list yet is passed through. */
  paymentProcessor?: PaymentProcessor | (string & {}) | null;
}

/** The payment processors the service documents. */
export type PaymentProcessor = "stripe" | "shopify" | "polar" | "paddle" | "revenuecat" | "custom";

/** What {@link track_lead} sends to `POST /api/track/lead`. Optional members that are `null` are left out of the wire. */
export interface LeadParams extends CustomerParams {
  /** What the visitor did, for instance `"Sign Up"`. Required. */
  eventName: string;
}

/** A `fetch`, or an object that has one as a method, such as a Cloudflare service binding. It is called with `(url, init)`. */
export type Transport =
  | ((url: string, init: any) => Promise<any> | any)
  | { fetch(url: any, init?: any): Promise<any> | any };

/** An `AbortSignal`, of whichever library of types. */
export interface Signal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** How one event is delivered. Every number must be a positive, finite one. */
export interface DeliveryOptions {
  /** What sends the request; default the runtime's `fetch`. */
  fetch?: Transport;
  /** One attempt, reading the answer's body included, in milliseconds; default 5,000. */
  timeoutMs?: number;
  /** The whole call, waits included, in milliseconds; default 10,000. */
  budgetMs?: number;
  /** HTTP requests at most; default 3. */
  maxAttempts?: number;
  /** Cancels the call. The request's own `signal` does not: a shopper who closes the tab must not cost the partner. */
  signal?: Signal | null;
  /** Called after each attempt. What it throws is swallowed. */
  onAttempt?: (attempt: AttemptReport) => void;
  /**
   * `replay: "always"` sends a lead, or a sale without `invoiceId`, again after an attempt whose fate is unknown. Use
   * it when counting one twice is better than losing one.
   */
  retry?: { replay?: "safe" | "always" };
}

/** How to reach Refport, and as whom. */
export interface RefportConfig extends DeliveryOptions {
  /** The secret key (dashboard, Settings, API Keys). Server only. */
  apiKey: string;
  /** Default `"https://app.refport.co"`. https, or http on a loopback address. */
  baseUrl?: string;
  /** The click cookie's name, and the query parameter's; default `"refp_id"`. */
  cookieName?: string;
}

/** One attempt, for logs and metrics. It holds no personal data and no key. */
export interface AttemptReport {
  /** 1 for the first. */
  attempt: number;
  /** The HTTP status, or `null` when nothing was answered. */
  status: number | null;
  /** Why the attempt did not record the event, or `null` when it did (also for a duplicate or an unattributed event). */
  kind: ErrorKind | null;
  /** How long the call waits before the next attempt, in milliseconds, or `null` when this was the last. */
  delayMs: number | null;
  /** How long the attempt took, in milliseconds. */
  durationMs: number;
}

/**
 * Reports a sale, once. Resolves always, within `budgetMs`.
 *
 * `sale.clickId` may be left out: it is read from `request`. Without a click ID nothing is sent and the outcome is
 * `"skipped"`.
 */
export function track_sale(
  request: RequestLike | null | undefined,
  sale: SaleParams,
  config: RefportConfig,
): Promise<Result<TrackSaleResponse>>;

/** Reports a lead (a sign-up), once. As {@link track_sale}. */
export function track_lead(
  request: RequestLike | null | undefined,
  lead: LeadParams,
  config: RefportConfig,
): Promise<Result<TrackLeadResponse>>;

/** {@link track_sale} in camelCase. */
export const trackSale: typeof track_sale;

/** {@link track_lead} in camelCase. */
export const trackLead: typeof track_lead;

/** What became of an event. A value, never an exception. */
export type Result<T> = {
  /** HTTP requests made. */
  attempts: number;
  /** The service's own ID of the last request, for its support; or `null`. */
  requestId: string | null;
} & (
  | {
      /** It is on the books. */
      outcome: "recorded";
      data: T;
      error: null;
    }
  | {
      /** It was on the books already (this invoice was recorded before). A success: answer the webhook with 200. */
      outcome: "duplicate";
      data: null;
      error: null;
    }
  | {
      /** The service took it, but the click belongs to no link. */
      outcome: "unattributed";
      data: null;
      error: null;
    }
  | {
      /** No click ID: an organic customer. Nothing was sent. */
      outcome: "skipped";
      data: null;
      error: null;
    }
  | {
      /** It was not recorded, or nobody knows: see {@link RefportError.maybeRecorded} and {@link RefportError.retryable}. */
      outcome: "failed";
      data: null;
      error: RefportError;
    }
);

/** The service's answer to a sale (api-reference/track/sale). Members the service adds later are kept. */
export interface TrackSaleResponse {
  eventName: string;
  customer: { externalId: string; email: string | null; name: string | null };
  sale: {
    id: string;
    /** In the smallest currency unit. */
    amount: number;
    currency: string;
    /** The partner's share, in the smallest currency unit. */
    commissionAmount: number;
    /** For instance `"pending"`. */
    status: string;
    invoiceId: string | null;
    paymentProcessor: string;
  };
}

/** The service's answer to a lead (api-reference/track/lead). */
export interface TrackLeadResponse {
  eventName: string;
  click: { id: string };
  link: { id: string; domain: string; key: string; url: string; programId: string | null };
  customer: { externalId: string; email: string | null; name: string | null };
}

/** One thing wrong with one field. It never holds the field's value. */
export interface Issue {
  /** The parameter or option, for instance `"amount"` or `"partner.email"`. */
  field: string;
  /** What is wrong and what to do. */
  message: string;
}

/** Why an event was not recorded. */
export type ErrorKind =
  | "validation"
  | "invalid_click_id"
  | "auth"
  | "not_found"
  | "rate_limit"
  | "unavailable"
  | "rejected"
  | "redirected"
  | "invalid_response"
  | "connection"
  | "timeout"
  | "aborted"
  | "internal";

/** The base of every error of this package. It never holds headers, a body, the key, an e-mail address or the request. */
export class ConversionError extends Error {
  /** Why; the closed set to branch on. */
  readonly kind: ErrorKind;
  /** The HTTP status exactly as answered, or `null` when nothing was answered. */
  readonly status: number | null;
  /** The service's error code exactly as answered, `"UNKNOWN"` when it named none, or ours (see the README). */
  readonly code: string;
  /** The service's own words, at most 500 characters, with the key and customer data removed; or `null`. */
  readonly serviceMessage: string | null;
  /** Sending the same call again later is right. */
  readonly retryable: boolean;
  /** The event may be on the books: some attempt ended without an answer that settles it. */
  readonly maybeRecorded: boolean;
  /** How long to wait before sending again, in milliseconds, when the service said so or the wait did not fit the budget. */
  readonly retryAfterMs: number | null;
  /** HTTP requests made. */
  readonly attempts: number;
  /** The service's own ID of the last request, or `null`. */
  readonly requestId: string | null;
  /** What is wrong with the parameters or options, all at once; empty unless refused locally. */
  readonly issues: readonly Issue[];
  /** Of kind `"connection"`: the class of what the transport threw. Its text could hold anything and is dropped. */
  readonly cause?: string;
}

/** An event that Refport did not record. */
export class RefportError extends ConversionError {}
/** 400, 422, or refused locally ({@link ConversionError.issues}). */
export class RefportValidationError extends RefportError {}
/** 400 `INVALID_CLICK_ID`: a stale or forged cookie. Normal in production. */
export class RefportInvalidClickIdError extends RefportValidationError {}
/** 401, 403. */
export class RefportAuthError extends RefportError {}
/** 404. */
export class RefportNotFoundError extends RefportError {}
/** 429. */
export class RefportRateLimitError extends RefportError {}
/** Nothing was answered: connection lost, timeout, aborted. */
export class RefportConnectionError extends RefportError {}
