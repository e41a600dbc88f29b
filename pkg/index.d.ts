/**
 * refport-edge: referral-conversion tracking for edge runtimes.
 *
 * Everything here is safe to `await` on a checkout path: a call ends within `budgetMs` and says exactly what is known about
 * the event it was given. What reports to Refport never throws; {@link RefCampaign} rejects, as its guide has it.
 *
 * The core is WebAssembly. Where that cannot run (a Content-Security-Policy without `'wasm-unsafe-eval'`, `node --jitless`, iOS
 * Lockdown Mode), importing succeeds all the same, and calls fail with kind `"internal"` and code `"WASM_UNAVAILABLE"`: nothing was
 * sent, and the message says what to do. It is `retryable`, since another machine may deliver what this one cannot.
 */

/**
 * Anything a click ID can be read from. It is duck-typed, never tested with `instanceof`:
 *
 * - a Web `Request` of any realm, a `NextRequest`, a bare `Headers`, a cookie store;
 * - the request or the context of a framework: Express, Fastify, Koa, Hapi, NestJS, Hono (`c`, `c.req`), h3, Elysia, AdonisJS,
 *   Remix, React Router, SvelteKit, Astro, tRPC, GraphQL Yoga, Next (pages and routes), Node.js;
 * - a gateway's event: API Gateway (v1, v2), a load balancer's, Lambda\@Edge, CloudFront Functions, Netlify;
 * - a URL: a text, a `URL`, a `URLSearchParams`.
 *
 * A `Promise` (Next's `cookies()` and `headers()`) has to be awaited.
 */
export type RequestLike = (object & { then?: never }) | { then?: never; [member: string]: unknown } | string;

/**
 * The click ID of a request, or `null` for an organic visitor. Never throws. Where WebAssembly cannot run it is `null` too, and
 * `console.error` says so once.
 *
 * Read, in this order: the query parameter `refp_id` of the request's URL (the newest click), its Cookie header, its cookie
 * store. The first value that can be an ID wins: at most 512 characters, and not what a template left in its place (`null`,
 * `{{click_id}}`). Text from the query and the Cookie header is percent-decoded once; one pair of double quotes around a
 * cookie's value is dropped.
 *
 * An object in which no reader finds a URL, headers or cookies is a mistake: it says so once on `console.error`, and answers
 * `null`.
 *
 * @param request What the visitor sent; see {@link RequestLike}.
 * @param cookieName Names both the cookie and the query parameter; default `"refp_id"`. Matched exactly. A name that no cookie
 *   can have finds nothing.
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
  clickId?: string | null | undefined;
  /** Your own ID of the customer; later sales are linked to the lead through it. Required. */
  customerExternalId: string;
  /** The customer's e-mail address. */
  customerEmail?: string | null | undefined;
  /** The customer's name, as shown to the partner. */
  customerName?: string | null | undefined;
  /** URL of the customer's picture. */
  customerAvatar?: string | null | undefined;
  /**
   * Anything else, as a JSON-serialisable object. It is read once, before the first attempt. What JSON would lose (a `Map`, a
   * `Set`, an `Error`, a `BigInt` beyond 2^53 - 1) is refused by its path, such as `metadata.order.id`. A whole request has at
   * most 1 MiB of JSON.
   */
  metadata?: Record<string, unknown> | null | undefined;
}

/** What {@link track_sale} sends to `POST /api/track/sale`. Optional members that are `null` are left out of the wire. */
export interface SaleParams extends CustomerParams {
  /** In the smallest currency unit (cents): a whole number from 0 to 2^53 - 1. */
  amount: number;
  /** ISO 4217 code, three letters, sent as given. The service assumes `"usd"` when absent. */
  currency?: string | null | undefined;
  /** The service assumes `"Purchase"` when absent. */
  eventName?: string | null | undefined;
  /**
   * Your invoice or order ID. It makes the sale replay safe: the service records it once however often it is sent, so
   * retries are free. Without one, a sale whose fate is unknown is not sent again.
   */
  invoiceId?: string | null | undefined;
  /** Who took the payment. A processor the service does not list yet is passed through. */
  paymentProcessor?: PaymentProcessor | (string & {}) | null | undefined;
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
  /**
   * What sends the request; default the runtime's `fetch`. A test's double may answer with a Response, or an object with a
   * `status` and `text()` or `json()`, and `headers` of any kind or none.
   */
  fetch?: Transport | null | undefined;
  /** One attempt, reading the answer's body included, in milliseconds; default 5,000. */
  timeoutMs?: number | null | undefined;
  /** The whole call, waits included, in milliseconds; default 10,000. */
  budgetMs?: number | null | undefined;
  /** HTTP requests at most; default 3. */
  maxAttempts?: number | null | undefined;
  /** Cancels the call. The request's own `signal` does not: a shopper who closes the tab must not cost the partner. */
  signal?: Signal | null | undefined;
  /** Called after each attempt. What it throws is swallowed. */
  onAttempt?: ((attempt: AttemptReport) => void) | null | undefined;
  /**
   * A {@link WaitUntil}, in the options of a call: see {@link Held}. It sends the event after the response: the call resolves at once, as `"pending"`, and the platform holds what is left of it.
   * `onResult` gets the end. What has nothing to wait for (no click ID, wrong parameters) resolves as ever.
   *
   * Before the call returns, in the same turn, it has read the request, the parameters and the options, and has sent the first
   * request. A request that is a `Promise` is awaited later: then await it yourself where the framework forbids that (Next's
   * `cookies()` inside `after`).
   *
   * A `ctx.waitUntil` that was taken off its object does not work on Cloudflare Workers. It is told of once on `console.error`,
   * and replaced by the platform's own where there is one; elsewhere the call waits for its end. An `embedTokens.create` or `ping`
   * is a question, and waits for its answer always.
   *
   * Cloudflare ends all that an invocation holds 30 seconds after its response: several calls share them, each within its
   * `budgetMs`. A `budgetMs` above 30,000 is told of once on `console.error`. What has to outlast an outage belongs in a queue:
   * `refport-edge/outbox`.
   *
   * @example
   * await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY, waitUntil: ctx, onResult: console.log });
   */
  waitUntil?: null | undefined;
  /**
   * Called once for each call, with its end, also without `waitUntil`. What it throws is swallowed; a promise that it returns is
   * held as well.
   *
   * @example
   * const onResult = ({ outcome, error }: CallReport) => console.log(outcome, error?.kind);
   */
  onResult?: ((report: CallReport) => unknown) | null | undefined;
  /**
   * `replay: "always"` sends a lead, or a sale without `invoiceId`, again after an attempt whose fate is unknown. Use
   * it when counting one twice is better than losing one.
   */
  retry?: { replay?: "safe" | "always" | null | undefined } | null | undefined;
  /**
   * `true` allows plain http to any host: the key can be read on its way there. For a test's own network
   * (`http://host.docker.internal:3000`); a loopback address needs no leave.
   */
  dangerouslyAllowHttp?: boolean | null | undefined;
  /**
   * In a browser every visitor can read the key, so it is refused there; `true` lifts that, for tests. (A test's jsdom or
   * happy-dom is no browser.)
   */
  dangerouslyAllowBrowser?: boolean | null | undefined;
}

/**
 * What holds a promise beyond the response: Cloudflare's `ctx`, its `waitUntil` from `cloudflare:workers`, Vercel's `waitUntil`,
 * Next's `after`, Supabase's `EdgeRuntime`, Netlify's context, a `FetchEvent`, or a function of your own.
 *
 * @example
 * import { after } from "next/server";
 * await track_sale(request, sale, { apiKey, waitUntil: after });
 */
export type WaitUntil = ((promise: Promise<any>) => unknown) | { waitUntil(promise: Promise<any>): unknown };

/**
 * Options with `waitUntil`: a call that has them may resolve as {@link Pending}. In the options of a client it would be for all calls:
 * give it to each call, since a context belongs to one request.
 */
export type Held<Options> = Omit<Options, "waitUntil"> & { waitUntil: WaitUntil | null | undefined };

/** It is on its way, and `waitUntil` holds it: `onResult` gets the end. */
export interface Pending {
  outcome: "pending";
  data: null;
  error: null;
  attempts: 0;
  requestId: null;
}

/** The end of a call, as plain data, for logs and metrics. It holds no personal data and no key. */
export interface CallReport {
  /** As {@link Result} has it; never `"pending"`. */
  outcome: "recorded" | "duplicate" | "unattributed" | "skipped" | "failed";
  /** Why it failed, or `null`. */
  error: ErrorData | null;
  /** HTTP requests made. */
  attempts: number;
  /** The service's own ID of the last request, or `null`. */
  requestId: string | null;
  /** For RefCampaign: the ID that the conversion was sent with. Else `null`. */
  externalId: string | null;
  /** How long the call took, in milliseconds. */
  durationMs: number;
}

/** How to reach Refport, and as whom. */
export interface RefportConfig extends DeliveryOptions {
  /** The secret key (dashboard, Settings, API Keys). Server only. */
  apiKey: string;
  /** Default `"https://app.refport.co"`. https, or http on a loopback address. */
  baseUrl?: string | null | undefined;
  /**
   * For {@link track_sale} and {@link track_lead}: the click cookie's name, and the query parameter's; default `"refp_id"`.
   */
  cookieName?: string | null | undefined;
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
 * `sale.clickId` may be left out: it is read from `request`, which may be a `Promise` of one. Without a click ID nothing is
 * sent and the outcome is `"skipped"`. A `request` that is none fails with an issue on `request`, unless `sale.clickId` is
 * there.
 */
export function track_sale(
  request: RequestLike | PromiseLike<RequestLike | null | undefined> | null | undefined,
  sale: SaleParams,
  config: RefportConfig,
): Promise<Result<TrackSaleResponse>>;
export function track_sale(
  request: RequestLike | PromiseLike<RequestLike | null | undefined> | null | undefined,
  sale: SaleParams,
  config: Held<RefportConfig>,
): Promise<Result<TrackSaleResponse> | Pending>;

/** Reports a lead (a sign-up), once. As {@link track_sale}. */
export function track_lead(
  request: RequestLike | PromiseLike<RequestLike | null | undefined> | null | undefined,
  lead: LeadParams,
  config: RefportConfig,
): Promise<Result<TrackLeadResponse>>;
export function track_lead(
  request: RequestLike | PromiseLike<RequestLike | null | undefined> | null | undefined,
  lead: LeadParams,
  config: Held<RefportConfig>,
): Promise<Result<TrackLeadResponse> | Pending>;

/** {@link track_sale} in camelCase. */
export const trackSale: typeof track_sale;

/** {@link track_lead} in camelCase. */
export const trackLead: typeof track_lead;

/**
 * A client for Refport with the surface of the official Node SDK, `refport` 0.4: migrating is one changed import. Its
 * calls resolve always, as those of {@link track_sale} do.
 *
 * Printing or serialising a client shows nothing of its key.
 *
 * @throws {RefportValidationError} from the constructor, at once, where the configuration could never work. Where WebAssembly
 *   cannot run the configuration is not looked at, and it is the calls that fail.
 */
export class Refport {
  constructor(config: RefportConfig);
  readonly track: {
    /** Reports a sale, once. `clickId` is required here: there is no request to read it from. */
    sale(params: WithClickId<SaleParams>, options?: DeliveryOptions | null): Promise<Result<TrackSaleResponse>>;
    sale(params: WithClickId<SaleParams>, options: Held<DeliveryOptions>): Promise<Result<TrackSaleResponse> | Pending>;
    /** Reports a lead, once. `clickId` is required here. */
    lead(params: WithClickId<LeadParams>, options?: DeliveryOptions | null): Promise<Result<TrackLeadResponse>>;
    lead(params: WithClickId<LeadParams>, options: Held<DeliveryOptions>): Promise<Result<TrackLeadResponse> | Pending>;
  };
  readonly embedTokens: {
    /**
     * Mints a short-lived public token for the embedded partner portal (`POST /api/embed/token`). Make one for each page:
     * it belongs to one user, and nothing says how long it lives but `expires`.
     */
    create(params: EmbedTokenParams, options?: DeliveryOptions | null): Promise<Result<EmbedTokenResponse>>;
  };
}

/** Parameters whose click ID cannot be read from anywhere else. */
export type WithClickId<Params> = Params & { clickId: string };

/** Whom a token is for: at least one of the three. */
export interface EmbedTokenParams {
  /** Your own ID of the tenant or customer. */
  tenantId?: string | null | undefined;
  /** An enrolment that exists. */
  enrollmentId?: string | null | undefined;
  /** A partner, who is looked up by e-mail address, or else created and enrolled. */
  partner?: { email: string; name?: string | null | undefined } | null | undefined;
}

/** The service's answer to {@link Refport.embedTokens} (api-reference/embed-tokens/create). */
export interface EmbedTokenResponse {
  /** Opaque; goes into the portal's URL. */
  publicToken: string;
  /** When it ends. Always a valid date: an answer without one is an error. */
  expires: Date;
}

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

/** How to reach RefCampaign, and as whom. */
export interface RefCampaignConfig extends DeliveryOptions {
  /** The secret key (dashboard, Settings, API keys). Server only. */
  apiKey: string;
  /** Default `"https://app.refcampaign.com"`; its staging is `"https://app.test.refcampaign.com"`. https, or http on loopback. */
  apiUrl?: string | null | undefined;
  /**
   * Where {@link RefCampaign.tracking} sends to and what it calls its fields there: the service's own pages disagree. The
   * defaults are its generated reference's.
   */
  identify?: {
    /** Default `"/api/v1/track/identify"`. */
    path?: string | null | undefined;
    /** Default `"session_id"`. */
    sessionIdField?: string | null | undefined;
    /** Default `"customer_email_hash"`. */
    customerEmailHashField?: string | null | undefined;
  } | null | undefined;
}

/**
 * A client for RefCampaign, with the surface of its SDK guide. Calls resolve what the service answers and reject with a
 * {@link RefCampaignError}; like all others they end within `budgetMs`.
 *
 * Printing or serialising a client shows nothing of its key.
 *
 * @throws {RefCampaignError} from the constructor, at once, where the configuration could never work. Where WebAssembly cannot
 *   run the configuration is not looked at, and it is the calls that fail.
 */
export class RefCampaign {
  constructor(config: RefCampaignConfig);
  readonly conversions: {
    /**
     * Reports a conversion, with its amount in **major units** (`49.9`, `"49.90"`), as the SDK guide has it. The amount is
     * converted exactly, and refused when it has more decimals than its currency has in ISO 4217: two for most and for HUF and
     * TWD, none for ISK, JPY and UGX, three for KWD.
     */
    track(params: TrackParams, options?: DeliveryOptions | null): Promise<ConversionResult>;
    track(params: TrackParams, options: Held<DeliveryOptions>): Promise<ConversionResult | PendingConversion>;
    /**
     * Reports a conversion, with its amount in whole **minor units** (`4990`), as the REST reference has it. It is sent as it
     * is: the unit must be the service's, which is ISO 4217's as far as documented.
     *
     * An amount of Stripe's is in Stripe's own minor unit, and that differs for some currencies. ISK and UGX have no decimals
     * in ISO 4217 and two at Stripe: divide by 100 (a charge of 500 krónur is `50000` there, and `500` here). HUF and TWD have
     * two in both, but Stripe pays them out in whole units: take the amount of the charge, not of the payout.
     */
    postback(params: PostbackParams, options?: DeliveryOptions | null): Promise<ConversionResult>;
    postback(params: PostbackParams, options: Held<DeliveryOptions>): Promise<ConversionResult | PendingConversion>;
    /** Takes a conversion back, in whole or in part. To do so twice does no harm: see `alreadyRefunded`. */
    refund(params: RefundParams, options?: DeliveryOptions | null): Promise<RefundResult>;
    refund(params: RefundParams, options: Held<DeliveryOptions>): Promise<RefundResult | PendingConversion>;
  };
  readonly tracking: {
    /**
     * Binds a customer to a session before the conversion comes. Best effort: it sends no key, tries twice at most, and
     * whatever the service answers resolves. It rejects only for parameters that could never work.
     */
    identify(params: IdentifyParams, options?: DeliveryOptions | null): Promise<IdentifyResult>;
    identify(params: IdentifyParams, options: Held<DeliveryOptions>): Promise<IdentifyResult | { identified: null; error: null }>;
  };
  /** Asks the service whether the key is good (`GET /api/v1/ping`). */
  ping(options?: DeliveryOptions | null): Promise<PingResult>;
}

/** Whom a conversion is credited to: at least one of them. */
export interface Attribution {
  /**
   * The visitor's session: see {@link getSessionIdFromRequest}. At least 8 of the characters `A-Z a-z 0-9 _ -`; one that
   * cannot be right is left out when there is another identifier, as it comes from a cookie that anybody can write.
   */
  sessionId?: string | null | undefined;
  /** SHA-256 of the customer's e-mail address: see {@link hashEmail}. Works for about 30 days after the click. */
  customerEmailHash?: string | null | undefined;
  /** The customer's e-mail address; the service hashes it. */
  customerEmail?: string | null | undefined;
  /** Only where you hold a click's own ID. The cookie holds a session's. */
  clickId?: string | null | undefined;
  /** The partner's tracking code. */
  affiliateCode?: string | null | undefined;
}

/** The kinds of conversion the service documents. */
export type ConversionType = "SALE" | "LEAD" | "TRIAL" | "CUSTOM";

/** Shared by {@link TrackParams} and {@link PostbackParams}. */
export interface ConversionParams extends Attribution {
  /** ISO 4217 code, three letters in either case. */
  currency: string;
  /** Default `"SALE"`. */
  conversionType?: ConversionType | null | undefined;
  /** Your own ID of the customer. */
  customerId?: string | null | undefined;
  /** Anything else, as a JSON-serialisable object. */
  metadata?: Record<string, unknown> | null | undefined;
}

/** What {@link RefCampaign.conversions}`.track` takes. */
export interface TrackParams extends ConversionParams {
  /** In the currency's **major** unit, more than 0: a number, or decimal text (`"49.90"`), without sign, grouping or exponent. */
  amount: number | string;
  /**
   * The ID of your order, 1 to 255 characters, by which the service recognises a repeat. Default: `metadata.orderId`, or else
   * a random one for this call, which is then in the result or the error.
   */
  externalId?: string | null | undefined;
}

/** What {@link RefCampaign.conversions}`.postback` takes. */
export interface PostbackParams extends ConversionParams {
  /** In the currency's **minor** unit (cents): a whole number from 1 to 2^53 - 1. */
  amount: number;
  /** The ID of your order, 1 to 255 characters, by which the service recognises a repeat. */
  externalId: string;
}

/** What {@link RefCampaign.conversions}`.refund` takes. */
export interface RefundParams {
  /** The ID the conversion was reported with. */
  externalId: string;
  /** In the conversion's **minor** unit; the whole conversion when absent. */
  amount?: number | null | undefined;
  /** At most 500 characters. */
  reason?: string | null | undefined;
}

/** What {@link RefCampaign.tracking}`.identify` takes. */
export interface IdentifyParams {
  /** See {@link Attribution.sessionId}. */
  sessionId: string;
  /** See {@link hashEmail}. */
  customerEmailHash: string;
}

/** The service's answer to a conversion. All of it is optional but what became of the conversion. */
export interface ConversionResult {
  /** `"duplicate"`: a conversion with this `externalId` was on the books already. A success. */
  outcome: "recorded" | "duplicate";
  /** The ID it was sent with. */
  externalId: string;
  success?: boolean;
  conversionId?: string;
  commissionId?: string;
  /** The partner's share, in the minor unit. */
  commissionAmount?: number;
}

/** It is on its way with this ID, and `waitUntil` holds it: `onResult` gets the end. */
export interface PendingConversion {
  outcome: "pending";
  externalId: string;
}

/** The service's answer to a refund. */
export interface RefundResult {
  outcome: "recorded";
  /** The ID of the conversion. */
  externalId: string;
  success?: boolean;
  conversionId?: string;
  /** It was taken back before. */
  alreadyRefunded?: boolean;
  message?: string;
}

/** The service's answer to a ping. */
export interface PingResult {
  outcome: "recorded";
  valid?: boolean;
  merchant?: unknown;
  activeCampaigns?: number;
  stripe?: { connected: boolean; mode: "live" | "test" | "unknown" };
}

/** What became of an identification. */
export interface IdentifyResult {
  /** The service took it. */
  identified: boolean;
  /** Why it did not, for logs. */
  error: RefCampaignError | null;
}

/**
 * The RefCampaign session of a request, or `null` for an organic visitor. Never throws. Where WebAssembly cannot run it is
 * `null` too, and `console.error` says so once.
 *
 * Read, in this order: the query parameters `_rcid` and `rcsid` of the request's URL, the cookie `_rc_sid`. A value that
 * cannot be a session's ID is passed over.
 */
export function getSessionIdFromRequest(request: RequestLike | null | undefined): string | null;

/**
 * The hash by which RefCampaign knows an e-mail address, made as its browser script makes it: trimmed, lower-cased, SHA-256
 * in hexadecimal.
 *
 * @throws {TypeError} where `email` is no text, or blank.
 * @throws {Error} with code `"WASM_UNAVAILABLE"` where WebAssembly cannot run.
 */
export function hashEmail(email: string): string;

/** A webhook, where its body was read before. */
export interface ReceivedWebhook {
  /** The body exactly as it arrived: text or bytes, before any JSON parser. */
  payload: string | ArrayBuffer | ArrayBufferView;
  /** The value of the header `X-RefCampaign-Signature`. */
  header: string | readonly string[] | null | undefined;
}

/** How {@link verifyRefCampaignWebhook} looks at time. */
export interface WebhookOptions {
  /** How old a signature may be, or how far ahead, in seconds; default 300. */
  toleranceSeconds?: number | null | undefined;
  /** The time of day, in milliseconds since 1970; default `Date.now()`. */
  nowMs?: number | null | undefined;
}

/** What a webhook of RefCampaign's says. `idempotencyKey` stays the same when it is delivered again. */
export interface WebhookEvent {
  event:
    | "conversion.created"
    | "conversion.refunded"
    | "conversion.commission_paid"
    | "conversion.disputed"
    | "conversion.dispute_resolved"
    | "webhook.test"
    | (string & {});
  data: Record<string, unknown>;
  timestamp: string;
  idempotencyKey: string;
}

/** Whether a webhook comes from RefCampaign. `message` says what happened and what to do, without the secret. */
export type WebhookVerdict =
  | { valid: true; event: WebhookEvent }
  | {
      valid: false;
      reason:
        | "missing_secret"
        | "missing_header"
        | "malformed_header"
        | "timestamp_outside_tolerance"
        | "signature_mismatch"
        | "invalid_secret"
        | "parsed_body"
        | "body_used"
        | "body_timeout"
        | "too_large"
        | "unreadable"
        | "wasm_unavailable"
        | "invalid_payload";
      message: string;
    };

/**
 * Whether a webhook comes from RefCampaign: HMAC-SHA256 of the body as it arrived, with the endpoint's secret (`whsec_…`), not
 * older than the tolerance. During a rotation either secret is right. It reads the request's body.
 *
 * @param from The request, or the body that was read and its header.
 * @throws {RangeError} where an option is no time.
 */
export function verifyRefCampaignWebhook(
  from: RequestLike | ReceivedWebhook,
  secret: string,
  options?: WebhookOptions,
): Promise<WebhookVerdict>;

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
  /**
   * The service's error code exactly as answered, or ours (see the README). `"UNKNOWN"` when the service named none, or
   * something that is no code: more than 128 characters, others than visible ASCII, the key or customer data in it.
   * `"WASM_UNAVAILABLE"`, of kind `"internal"`, where WebAssembly cannot run.
   */
  readonly code: string;
  /**
   * The service's own words, at most 500 characters, or `null`. The key and customer data of four characters or more are
   * replaced by `[redacted]`, also where they are trimmed, encoded or in another case; control characters are blanks.
   */
  readonly serviceMessage: string | null;
  /** Sending the same call again later is right. */
  readonly retryable: boolean;
  /** The event may be on the books: some attempt ended without an answer that settles it. */
  readonly maybeRecorded: boolean;
  /** How long to wait before sending again, in milliseconds, when the service said so or the wait did not fit the budget. */
  readonly retryAfterMs: number | null;
  /** HTTP requests made. */
  readonly attempts: number;
  /** The service's own ID of the last request, under the same conditions as {@link code}; or `null`. */
  readonly requestId: string | null;
  /** What is wrong with the parameters or options, all at once; empty unless refused locally. */
  readonly issues: readonly Issue[];
  /**
   * Of kind `"connection"`: the code of what the transport threw, where the runtime gives one (`"ENOTFOUND"`,
   * `"ECONNREFUSED"`, `"DEPTH_ZERO_SELF_SIGNED_CERT"`: Node.js and Bun do, Deno and workerd do not), or else its class. Its text
   * could hold anything and is dropped.
   */
  readonly cause?: string;
  /**
   * Everything but the stack, as plain data. Use it wherever an error is copied: `structuredClone`, `postMessage` and the RPC
   * of a Durable Object or Worker keep the message of an error itself, and lose its class, `kind` and `retryable`. There, pass
   * `error.toJSON()`.
   */
  toJSON(): ErrorData;
}

/** What {@link ConversionError.toJSON} makes of an error: its members, and the name of its class. */
export type ErrorData = { name: string; message: string; cause?: string } & Pick<
  ConversionError,
  | "kind"
  | "status"
  | "code"
  | "serviceMessage"
  | "retryable"
  | "maybeRecorded"
  | "retryAfterMs"
  | "attempts"
  | "requestId"
  | "issues"
> &
  Partial<Pick<RefCampaignError, "details" | "externalId">>;

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

/** A call that RefCampaign did not answer with a success. It has the same kinds and members as Refport's errors. */
export class RefCampaignError extends ConversionError {
  /**
   * What the service says of single fields (`[{ path, message }]`), without customer data; or `null`, also where that is more than
   * 64 kB, deeper than eight levels, or no JSON without them. What is refused locally has the service's code for that,
   * `"VALIDATION_FAILED"`, and its issues here in that form.
   */
  readonly details: unknown;
  /** The ID that the conversion was sent with, or `null`. Send it again with this one, and it cannot count twice. */
  readonly externalId: string | null;
}
