/**
 * refport-edge: referral-conversion tracking for edge runtimes.
 *
 * Everything here is safe to `await` on a checkout path: a call ends within `budgetMs` and says exactly what is known about
 * the event it was given. What reports to Refport never throws; {@link RefCampaign} rejects, as its guide has it.
 *
 * The core is WebAssembly. It cannot run under a Content-Security-Policy without `'wasm-unsafe-eval'`, with `node --jitless`, or in
 * iOS Lockdown Mode. There, importing succeeds, and calls fail with kind `"internal"` and code `"WASM_UNAVAILABLE"`. Nothing was
 * sent, and the message says what to do. The error is `retryable`: another machine may deliver what this one cannot.
 */

/**
 * Anything a click ID can be read from. It is duck-typed, never tested with `instanceof`:
 *
 * - a Web `Request` of any realm, a `NextRequest`, a bare `Headers`, a cookie store;
 * - the request or the context of a server framework: Express, Fastify, Koa, Hapi, NestJS, Hono (`c`, `c.req`), h3, Elysia,
 *   AdonisJS, tRPC, GraphQL Yoga, Node.js;
 * - the request or the context of a full-stack framework: Remix, React Router, SvelteKit, Astro, Next (pages and routes);
 * - a gateway's event: API Gateway (v1, v2), a load balancer's, Lambda\@Edge, CloudFront Functions, Netlify;
 * - a URL: a text, a `URL`, a `URLSearchParams`.
 *
 * A `Promise` (Next's `cookies()` and `headers()`) has to be awaited.
 *
 * @example
 * ```ts
 * getClickIdFromRequest(request);
 * getClickIdFromRequest(new Headers({ cookie: "refp_id=clk_1" }));
 * getClickIdFromRequest("https://shop.example/?refp_id=clk_1");
 * ```
 */
export type RequestLike =
  | (object & {
      /** A `Promise` is refused: await it. */
      then?: never;
    })
  | {
      /** A `Promise` is refused: await it. */
      then?: never;
      /** Whatever a framework puts there. */
      [member: string]: unknown;
    }
  | string;

/** A request, or a `Promise` of one, or none. */
export type GivenRequest = RequestLike | PromiseLike<RequestLike | null | undefined> | null | undefined;

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
 *
 * @example
 * ```ts
 * const clickId = getClickIdFromRequest(request); // "clk_1", or null
 * ```
 */
export function getClickIdFromRequest(request: RequestLike | null | undefined, cookieName?: string): string | null;

/**
 * The click ID in the text of a Cookie header, or `null`. Never throws.
 *
 * @param cookieHeader For instance `request.headers.get("cookie")` or `req.headers.cookie`.
 * @param cookieName Default `"refp_id"`. Matched exactly.
 *
 * @example
 * ```ts
 * const clickId = getClickIdFromCookie(request.headers.get("cookie"));
 * ```
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
   * `Set`, an `Error`, a `BigInt` beyond 2^53 - 1) is refused by its path, such as `metadata.order.id`. It may be nested
   * 200 levels deep, and a whole request has at most 1 MiB of JSON.
   */
  metadata?: Record<string, unknown> | null | undefined;
}

/**
 * What {@link track_sale} sends to `POST /api/track/sale`. Optional members that are `null` are left out of the wire.
 *
 * @example
 * ```ts
 * const sale: SaleParams = {
 *   customerExternalId: order.userId,
 *   amount: order.cents,
 *   currency: "usd",
 *   invoiceId: order.id,
 * };
 * await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
 * ```
 */
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

/**
 * What {@link track_lead} sends to `POST /api/track/lead`. Optional members that are `null` are left out of the wire.
 *
 * @example
 * ```ts
 * const lead: LeadParams = { eventName: "Sign Up", customerExternalId: user.id, customerEmail: user.email };
 * await track_lead(request, lead, { apiKey: env.REFPORT_API_KEY });
 * ```
 */
export interface LeadParams extends CustomerParams {
  /** What the visitor did, for instance `"Sign Up"`. Required. */
  eventName: string;
}

/**
 * A `fetch`, or an object that has one as a method, such as a Cloudflare service binding. It is called with `(url, init)`.
 *
 * @example
 * ```ts
 * // A service binding of Cloudflare's; a function works as well.
 * new Refport({ apiKey: env.REFPORT_API_KEY, fetch: env.REFPORT });
 * ```
 */
export type Transport =
  | ((url: string, init: any) => Promise<any> | any)
  | {
      /** As the global `fetch`. */
      fetch(url: any, init?: any): Promise<any> | any;
    };

/** An `AbortSignal`, of whichever library of types. */
export interface Signal {
  /** Whether it has fired. */
  readonly aborted: boolean;
  /** As of an `AbortSignal`. */
  addEventListener(type: "abort", listener: () => void): void;
  /** As of an `AbortSignal`. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * How one event is delivered. Every number must be a positive, finite one.
 *
 * @example
 * ```ts
 * const options: DeliveryOptions = { timeoutMs: 2_000, budgetMs: 5_000 };
 * await new Refport({ apiKey: env.REFPORT_API_KEY }).embedTokens.create({ tenantId: user.id }, options);
 * ```
 */
export interface DeliveryOptions {
  /**
   * What sends the request; default the runtime's `fetch`. A test's double may answer with a Response, or an object with a
   * `status` and `text()` or `json()`, and `headers` of any kind or none.
   *
   * @example
   * ```ts
   * new Refport({ apiKey: env.REFPORT_API_KEY, fetch: (url, init) => fetch(url, init) });
   * ```
   */
  fetch?: Transport | null | undefined;
  /**
   * One attempt, reading the answer's body included, in milliseconds; default 5,000.
   *
   * @example
   * ```ts
   * new Refport({ apiKey: env.REFPORT_API_KEY, timeoutMs: 2_000 });
   * ```
   */
  timeoutMs?: number | null | undefined;
  /**
   * The whole call, waits included, in milliseconds; default 10,000.
   *
   * @example
   * ```ts
   * new Refport({ apiKey: env.REFPORT_API_KEY, budgetMs: 5_000 });
   * ```
   */
  budgetMs?: number | null | undefined;
  /**
   * HTTP requests at most; default 3.
   *
   * @example
   * ```ts
   * new Refport({ apiKey: env.REFPORT_API_KEY, maxAttempts: 1 }); // never sends again
   * ```
   */
  maxAttempts?: number | null | undefined;
  /**
   * Cancels the call. The request's own `signal` does not: a shopper who closes the tab must not cost the partner.
   *
   * @example
   * ```ts
   * const stop = new AbortController();
   * await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY, signal: stop.signal });
   * ```
   */
  signal?: Signal | null | undefined;
  /**
   * Called after each attempt. What it throws is swallowed.
   *
   * @example
   * ```ts
   * new Refport({
   *   apiKey: env.REFPORT_API_KEY,
   *   onAttempt: ({ attempt, status, kind }) => console.log("refport", attempt, status, kind),
   * });
   * ```
   */
  onAttempt?: ((attempt: AttemptReport) => void) | null | undefined;
  /**
   * Prints a line for each attempt on `console.error`, without personal data; default `false`.
   *
   * @example
   * ```ts
   * // refport-edge: SALE, attempt 1: 503 (unavailable) after 12 ms, again in 125 ms
   * new Refport({ apiKey: env.REFPORT_API_KEY, debug: true });
   * ```
   */
  debug?: boolean | null | undefined;
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
   * ```ts
   * await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY, waitUntil: ctx, onResult: console.log });
   * ```
   */
  waitUntil?: null | undefined;
  /**
   * Called once for each call, with its end, also without `waitUntil`. What it throws is swallowed; a promise that it returns is
   * held as well.
   *
   * @example
   * ```ts
   * const onResult = ({ outcome, error }: CallReport) => console.log(outcome, error?.kind);
   * ```
   */
  onResult?: ((report: CallReport) => unknown) | null | undefined;
  /**
   * `replay: "always"` sends a lead, or a sale without `invoiceId`, again after an attempt whose fate is unknown. Use
   * it when counting one twice is better than losing one.
   *
   * @example
   * ```ts
   * await track_lead(request, lead, { apiKey: env.REFPORT_API_KEY, retry: { replay: "always" } });
   * ```
   */
  retry?: {
    /**
     * `"safe"` (the default), or `"always"`.
     *
     * @example
     * ```ts
     * await track_lead(request, lead, { apiKey: env.REFPORT_API_KEY, retry: { replay: "always" } });
     * ```
     */
    replay?: "safe" | "always" | null | undefined;
  } | null | undefined;
  /**
   * `true` allows plain http to any host: the key can be read on its way there. For a test's own network
   * (`http://host.docker.internal:3000`); a loopback address needs no leave.
   *
   * @example
   * ```ts
   * new Refport({ apiKey: "test", baseUrl: "http://host.docker.internal:3000", dangerouslyAllowHttp: true });
   * ```
   */
  dangerouslyAllowHttp?: boolean | null | undefined;
  /**
   * In a browser every visitor can read the key, so it is refused there; `true` lifts that, for tests. (A test's jsdom or
   * happy-dom is no browser.)
   *
   * @example
   * ```ts
   * new Refport({ apiKey: "test", baseUrl: "http://127.0.0.1:3000", dangerouslyAllowBrowser: true });
   * ```
   */
  dangerouslyAllowBrowser?: boolean | null | undefined;
}

/**
 * What holds a promise beyond the response: Cloudflare's `ctx`, its `waitUntil` from `cloudflare:workers`, Vercel's `waitUntil`,
 * Next's `after`, Supabase's `EdgeRuntime`, Netlify's context, a `FetchEvent`, or a function of your own.
 *
 * @example
 * ```ts
 * import { after } from "next/server";
 * await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY, waitUntil: after });
 * ```
 */
export type WaitUntil =
  | ((promise: Promise<any>) => unknown)
  | {
      /** Holds a promise beyond the response. */
      waitUntil(promise: Promise<any>): unknown;
    };

/**
 * Options with `waitUntil`: a call that has them may resolve as {@link Pending}. In the options of a client it would be for all calls:
 * give it to each call, since a context belongs to one request.
 */
export type Held<Options> = Omit<Options, "waitUntil"> & {
  /** What holds the call beyond the response. */
  waitUntil: WaitUntil | null | undefined;
};

/** It is on its way, and `waitUntil` holds it: `onResult` gets the end. */
export interface Pending {
  /** The event is on its way. */
  outcome: "pending";
  /** Not known yet. */
  data: null;
  /** Not known yet. */
  error: null;
  /** Not known yet. */
  attempts: 0;
  /** Not known yet. */
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

/**
 * How to reach Refport, and as whom.
 *
 * @example
 * ```ts
 * const config: RefportConfig = { apiKey: env.REFPORT_API_KEY, budgetMs: 5_000 };
 * ```
 */
export interface RefportConfig extends DeliveryOptions {
  /**
   * The secret key (dashboard, Settings, API Keys). Server only.
   *
   * @example
   * ```ts
   * await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
   * ```
   */
  apiKey: string;
  /**
   * Default `"https://app.refport.co"`. https, or http on a loopback address.
   *
   * @example
   * ```ts
   * new Refport({ apiKey: "test", baseUrl: "http://127.0.0.1:3000" });
   * ```
   */
  baseUrl?: string | null | undefined;
  /**
   * For {@link track_sale} and {@link track_lead}: the click cookie's name, and the query parameter's; default `"refp_id"`.
   *
   * @example
   * ```ts
   * await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY, cookieName: "partner" });
   * ```
   */
  cookieName?: string | null | undefined;
}

/**
 * One attempt, for logs and metrics. It holds no personal data and no key.
 *
 * @example
 * ```ts
 * const log = ({ attempt, status, kind, delayMs, durationMs }: AttemptReport) =>
 *   console.log(JSON.stringify({ attempt, status, kind, delayMs, durationMs }));
 * new Refport({ apiKey: env.REFPORT_API_KEY, onAttempt: log });
 * ```
 */
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
 *
 * @example
 * ```ts
 * const { outcome, error } = await track_sale(
 *   request, // the click ID is read from it
 *   { customerExternalId: order.userId, amount: order.cents, currency: "usd", invoiceId: order.id },
 *   { apiKey: env.REFPORT_API_KEY },
 * );
 * if (outcome === "failed") console.error(error);
 * ```
 */
export function track_sale(
  request: GivenRequest,
  sale: SaleParams,
  config: RefportConfig,
): Promise<Result<TrackSaleResponse>>;
/** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
export function track_sale(
  request: GivenRequest,
  sale: SaleParams,
  config: Held<RefportConfig>,
): Promise<Result<TrackSaleResponse> | Pending>;

/**
 * Reports a lead (a sign-up), once. As {@link track_sale}.
 *
 * @example
 * ```ts
 * await track_lead(
 *   request,
 *   { eventName: "Sign Up", customerExternalId: user.id, customerEmail: user.email },
 *   { apiKey: env.REFPORT_API_KEY },
 * );
 * ```
 */
export function track_lead(
  request: GivenRequest,
  lead: LeadParams,
  config: RefportConfig,
): Promise<Result<TrackLeadResponse>>;
/** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
export function track_lead(
  request: GivenRequest,
  lead: LeadParams,
  config: Held<RefportConfig>,
): Promise<Result<TrackLeadResponse> | Pending>;

/**
 * {@link track_sale} in camelCase.
 *
 * @example
 * ```ts
 * await trackSale(request, sale, { apiKey: env.REFPORT_API_KEY });
 * ```
 */
export const trackSale: typeof track_sale;

/**
 * {@link track_lead} in camelCase.
 *
 * @example
 * ```ts
 * await trackLead(request, lead, { apiKey: env.REFPORT_API_KEY });
 * ```
 */
export const trackLead: typeof track_lead;

/**
 * A client for Refport with the surface of the official Node SDK, `refport` 0.4: migrating is one changed import. Its
 * calls resolve always, as those of {@link track_sale} do.
 *
 * Printing or serialising a client shows nothing of its key.
 *
 * @throws {RefportValidationError} from the constructor, at once, where the configuration could never work. Where WebAssembly
 *   cannot run the configuration is not looked at, and it is the calls that fail.
 *
 * @example
 * ```ts
 * const refport = new Refport({ apiKey: env.REFPORT_API_KEY });
 * const { data, error } = await refport.track.sale({ ...sale, clickId: "clk_1" });
 * ```
 */
export class Refport {
  /**
   * Checks the configuration; sends nothing.
   *
   * @example
   * ```ts
   * const refport = new Refport({ apiKey: env.REFPORT_API_KEY });
   * ```
   */
  constructor(config: RefportConfig);
  /** What a visitor did. */
  readonly track: {
    /**
     * Reports a sale, once. `clickId` is required here: there is no request to read it from.
     *
     * @example
     * ```ts
     * await refport.track.sale({ clickId: "clk_1", customerExternalId: user.id, amount: 4900, invoiceId: order.id });
     * ```
     */
    sale(params: WithClickId<SaleParams>, options?: DeliveryOptions | null): Promise<Result<TrackSaleResponse>>;
    /** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
    sale(params: WithClickId<SaleParams>, options: Held<DeliveryOptions>): Promise<Result<TrackSaleResponse> | Pending>;
    /**
     * Reports a lead, once. `clickId` is required here.
     *
     * @example
     * ```ts
     * await refport.track.lead({ clickId: "clk_1", customerExternalId: user.id, eventName: "Sign Up" });
     * ```
     */
    lead(params: WithClickId<LeadParams>, options?: DeliveryOptions | null): Promise<Result<TrackLeadResponse>>;
    /** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
    lead(params: WithClickId<LeadParams>, options: Held<DeliveryOptions>): Promise<Result<TrackLeadResponse> | Pending>;
  };
  /** Tokens for the embedded partner portal. */
  readonly embedTokens: {
    /**
     * Mints a short-lived public token for the embedded partner portal (`POST /api/embed/token`). Make one for each page:
     * it belongs to one user, and nothing says how long it lives but `expires`.
     *
     * @example
     * ```ts
     * const { data } = await refport.embedTokens.create({ tenantId: user.id });
     * const portal = data && { token: data.publicToken, until: data.expires };
     * ```
     */
    create(params: EmbedTokenParams, options?: DeliveryOptions | null): Promise<Result<EmbedTokenResponse>>;
  };
}

/** Parameters whose click ID cannot be read from anywhere else. */
export type WithClickId<Params> = Params & {
  /** The click that brought the customer. Required. */
  clickId: string;
};

/**
 * Whom a token is for: at least one of the three.
 *
 * @example
 * ```ts
 * const params: EmbedTokenParams = { partner: { email: user.email } };
 * ```
 */
export interface EmbedTokenParams {
  /** Your own ID of the tenant or customer. */
  tenantId?: string | null | undefined;
  /** An enrolment that exists. */
  enrollmentId?: string | null | undefined;
  /** A partner, who is looked up by e-mail address, or else created and enrolled. */
  partner?: {
    /** The partner's e-mail address. */
    email: string;
    /** The partner's name, for a new one. */
    name?: string | null | undefined;
  } | null | undefined;
}

/** The service's answer to {@link Refport.embedTokens} (api-reference/embed-tokens/create). */
export interface EmbedTokenResponse {
  /** Opaque; goes into the portal's URL. */
  publicToken: string;
  /** When it ends. Always a valid date: an answer without one is an error. */
  expires: Date;
}

/**
 * What became of an event. A value, never an exception.
 *
 * @example
 * ```ts
 * const result: Result<TrackSaleResponse> = await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
 * switch (result.outcome) {
 *   case "recorded": // result.data is the service's answer
 *   case "duplicate": // the invoice was on the books already
 *   case "unattributed": // the click belongs to no link
 *   case "skipped": // an organic customer
 *     break;
 *   case "failed":
 *     console.error(result.error.kind, result.error.message);
 * }
 * ```
 */
export type Result<T, Failed extends ConversionError = RefportError> = {
  /** HTTP requests made. */
  attempts: number;
  /** The service's own ID of the last request, for its support; or `null`. */
  requestId: string | null;
} & (
  | {
      /** It is on the books. */
      outcome: "recorded";
      /** The service's answer. */
      data: T;
      /** No error. */
      error: null;
    }
  | {
      /** It was on the books already (this invoice was recorded before). A success: answer the webhook with 200. */
      outcome: "duplicate";
      /** Nothing: a duplicate is not answered with the sale. */
      data: null;
      /** No error. */
      error: null;
    }
  | {
      /** The service took it, but the click belongs to no link. */
      outcome: "unattributed";
      /** Nothing: the service answers none. */
      data: null;
      /** No error. */
      error: null;
    }
  | {
      /** No click ID: an organic customer. Nothing was sent. */
      outcome: "skipped";
      /** Nothing: nothing was sent. */
      data: null;
      /** No error. */
      error: null;
    }
  | {
      /** It was not recorded, or nobody knows: see {@link ConversionError.maybeRecorded} and {@link ConversionError.retryable}. */
      outcome: "failed";
      /** Nothing. */
      data: null;
      /** Why, and what is known. */
      error: Failed;
    }
);

/** The service's answer to a sale (api-reference/track/sale). Members the service adds later are kept. */
export interface TrackSaleResponse {
  /** As sent, or `"Purchase"`. */
  eventName: string;
  /** The customer as the service knows them. */
  customer: {
    /** Your own ID of the customer. */
    externalId: string;
    /** The e-mail address, where one was sent. */
    email: string | null;
    /** The name, where one was sent. */
    name: string | null;
  };
  /** The sale as it is on the books. */
  sale: {
    /** The service's own ID of the sale. */
    id: string;
    /** In the smallest currency unit. */
    amount: number;
    /** ISO 4217 code. */
    currency: string;
    /** The partner's share, in the smallest currency unit. */
    commissionAmount: number;
    /** For instance `"pending"`. */
    status: string;
    /** As sent. */
    invoiceId: string | null;
    /** As sent, or the service's default. */
    paymentProcessor: string;
  };
}

/** The service's answer to a lead (api-reference/track/lead). */
export interface TrackLeadResponse {
  /** As sent. */
  eventName: string;
  /** The click that is credited. */
  click: {
    /** The click ID. */
    id: string;
  };
  /** The partner's link that was clicked. */
  link: {
    /** The service's own ID of the link. */
    id: string;
    /** The host of the short link. */
    domain: string;
    /** The path of the short link. */
    key: string;
    /** Where the link leads. */
    url: string;
    /** The partner program that the link belongs to. */
    programId: string | null;
  };
  /** The customer as the service knows them. */
  customer: {
    /** Your own ID of the customer. */
    externalId: string;
    /** The e-mail address, where one was sent. */
    email: string | null;
    /** The name, where one was sent. */
    name: string | null;
  };
}

/**
 * How to reach RefCampaign, and as whom.
 *
 * @example
 * ```ts
 * const config: RefCampaignConfig = { apiKey: env.REFCAMPAIGN_API_KEY, budgetMs: 5_000 };
 * ```
 */
export interface RefCampaignConfig extends DeliveryOptions {
  /**
   * The secret key (dashboard, Settings, API keys). Server only.
   *
   * @example
   * ```ts
   * new RefCampaign({ apiKey: env.REFCAMPAIGN_API_KEY });
   * ```
   */
  apiKey: string;
  /**
   * Default `"https://app.refcampaign.com"`; its staging is `"https://app.test.refcampaign.com"`. https, or http on loopback.
   *
   * @example
   * ```ts
   * new RefCampaign({ apiKey: env.REFCAMPAIGN_API_KEY, apiUrl: "https://app.test.refcampaign.com" });
   * ```
   */
  apiUrl?: string | null | undefined;
  /**
   * Where {@link RefCampaign.tracking} sends to and what it calls its fields there: the service's own pages disagree. The
   * defaults are its generated reference's.
   *
   * @example
   * ```ts
   * new RefCampaign({ apiKey: env.REFCAMPAIGN_API_KEY, identify: { path: "/api/track/identify" } });
   * ```
   */
  identify?: {
    /**
     * Default `"/api/v1/track/identify"`.
     *
     * @example
     * ```ts
     * new RefCampaign({ apiKey: env.REFCAMPAIGN_API_KEY, identify: { path: "/api/track/identify" } });
     * ```
     */
    path?: string | null | undefined;
    /**
     * Default `"session_id"`.
     *
     * @example
     * ```ts
     * new RefCampaign({ apiKey: env.REFCAMPAIGN_API_KEY, identify: { sessionIdField: "sessionId" } });
     * ```
     */
    sessionIdField?: string | null | undefined;
    /**
     * Default `"customer_email_hash"`.
     *
     * @example
     * ```ts
     * new RefCampaign({ apiKey: env.REFCAMPAIGN_API_KEY, identify: { customerEmailHashField: "emailHash" } });
     * ```
     */
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
 *
 * @example
 * ```ts
 * const refcampaign = new RefCampaign({ apiKey: env.REFCAMPAIGN_API_KEY });
 * const sessionId = getSessionIdFromRequest(request);
 * if (sessionId) await refcampaign.conversions.track({ sessionId, amount: 49.9, currency: "EUR", externalId: order.id });
 * ```
 */
export class RefCampaign {
  /**
   * Checks the configuration; sends nothing.
   *
   * @example
   * ```ts
   * const refcampaign = new RefCampaign({ apiKey: env.REFCAMPAIGN_API_KEY });
   * ```
   */
  constructor(config: RefCampaignConfig);
  /** What a customer bought, and what was given back. */
  readonly conversions: {
    /**
     * Reports a conversion, with its amount in **major units** (`49.9`, `"49.90"`), as the SDK guide has it. The amount is
     * converted exactly. It is refused when it has more decimals than its currency has in ISO 4217. Most currencies have two, HUF
     * and TWD too; ISK, JPY and UGX have none; KWD has three.
     *
     * @example
     * ```ts
     * await refcampaign.conversions.track({ sessionId, amount: "49.90", currency: "EUR", externalId: order.id });
     * ```
     */
    track(params: TrackParams, options?: DeliveryOptions | null): Promise<ConversionResult>;
    /** The same after the response: it resolves at once, as {@link PendingConversion}, and `waitUntil` holds the rest. */
    track(params: TrackParams, options: Held<DeliveryOptions>): Promise<ConversionResult | PendingConversion>;
    /**
     * Reports a conversion, with its amount in whole **minor units** (`4990`), as the REST reference has it. It is sent as it
     * is: the unit must be the service's, which is ISO 4217's as far as documented.
     *
     * An amount of Stripe's is in Stripe's own minor unit, and that differs for some currencies. ISK and UGX have no decimals
     * in ISO 4217 and two at Stripe: divide by 100 (a charge of 500 krónur is `50000` there, and `500` here). HUF and TWD have
     * two in both, but Stripe pays them out in whole units: take the amount of the charge, not of the payout.
     *
     * @example
     * ```ts
     * await refcampaign.conversions.postback({ sessionId, amount: 4990, currency: "EUR", externalId: order.id });
     * ```
     */
    postback(params: PostbackParams, options?: DeliveryOptions | null): Promise<ConversionResult>;
    /** The same after the response: it resolves at once, as {@link PendingConversion}, and `waitUntil` holds the rest. */
    postback(params: PostbackParams, options: Held<DeliveryOptions>): Promise<ConversionResult | PendingConversion>;
    /**
     * Takes a conversion back, in whole or in part. To do so twice does no harm: see `alreadyRefunded`.
     *
     * @example
     * ```ts
     * await refcampaign.conversions.refund({ externalId: order.id, reason: "returned" });
     * ```
     */
    refund(params: RefundParams, options?: DeliveryOptions | null): Promise<RefundResult>;
    /** The same after the response: it resolves at once, as {@link PendingConversion}, and `waitUntil` holds the rest. */
    refund(params: RefundParams, options: Held<DeliveryOptions>): Promise<RefundResult | PendingConversion>;
  };
  /** Who a visitor is. */
  readonly tracking: {
    /**
     * Binds a customer to a session before the conversion comes. Best effort: it sends no key, tries twice at most, and
     * whatever the service answers resolves. It rejects only for parameters that could never work.
     *
     * @example
     * ```ts
     * const { identified } = await refcampaign.tracking.identify({
     *   sessionId,
     *   customerEmailHash: hashEmail(user.email),
     * });
     * ```
     */
    identify(params: IdentifyParams, options?: DeliveryOptions | null): Promise<IdentifyResult>;
    /** The same after the response. Whether the customer is known then, `onResult` gets. */
    identify(params: IdentifyParams, options: Held<DeliveryOptions>): Promise<IdentifyResult | { identified: null; error: null }>;
  };
  /**
   * Asks the service whether the key is good (`GET /api/v1/ping`).
   *
   * @example
   * ```ts
   * const { valid } = await refcampaign.ping();
   * ```
   */
  ping(options?: DeliveryOptions | null): Promise<PingResult>;
}

/** Whom a conversion is credited to: at least one of them. */
export interface Attribution {
  /**
   * The visitor's session: see {@link getSessionIdFromRequest}. At least 8 of the characters `A-Z a-z 0-9 _ -`. An ill-formed one
   * is left out when another identifier is there: it comes from a cookie, and anybody can write cookies.
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

/**
 * What {@link RefCampaign.conversions}`.track` takes.
 *
 * @example
 * ```ts
 * const params: TrackParams = { sessionId, amount: 49.9, currency: "EUR", externalId: order.id };
 * ```
 */
export interface TrackParams extends ConversionParams {
  /** In the currency's **major** unit, more than 0: a number, or decimal text (`"49.90"`), without sign, grouping or exponent. */
  amount: number | string;
  /**
   * The ID of your order, 1 to 255 characters, by which the service recognises a repeat. Default: `metadata.orderId`, or else
   * a random one for this call, which is then in the result or the error.
   */
  externalId?: string | null | undefined;
}

/**
 * What {@link RefCampaign.conversions}`.postback` takes.
 *
 * @example
 * ```ts
 * const params: PostbackParams = { sessionId, amount: 4990, currency: "EUR", externalId: order.id };
 * ```
 */
export interface PostbackParams extends ConversionParams {
  /** In the currency's **minor** unit (cents): a whole number from 1 to 2^53 - 1. */
  amount: number;
  /** The ID of your order, 1 to 255 characters, by which the service recognises a repeat. */
  externalId: string;
}

/**
 * What {@link RefCampaign.conversions}`.refund` takes.
 *
 * @example
 * ```ts
 * const params: RefundParams = { externalId: order.id, amount: 1000 }; // a part of it
 * ```
 */
export interface RefundParams {
  /** The ID the conversion was reported with. */
  externalId: string;
  /** In the conversion's **minor** unit; the whole conversion when absent. */
  amount?: number | null | undefined;
  /** At most 500 characters. */
  reason?: string | null | undefined;
}

/**
 * What {@link RefCampaign.tracking}`.identify` takes.
 *
 * @example
 * ```ts
 * const params: IdentifyParams = { sessionId, customerEmailHash: hashEmail(user.email) };
 * ```
 */
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
  /** The service says so; absent for a duplicate. */
  success?: boolean;
  /** The service's own ID of the conversion. */
  conversionId?: string;
  /** The service's own ID of the partner's share. */
  commissionId?: string;
  /** The partner's share, in the minor unit. */
  commissionAmount?: number;
}

/** It is on its way with this ID, and `waitUntil` holds it: `onResult` gets the end. */
export interface PendingConversion {
  /** The event is on its way. */
  outcome: "pending";
  /** The ID that it is sent with. */
  externalId: string;
}

/** The service's answer to a refund. */
export interface RefundResult {
  /** The refund is on the books. */
  outcome: "recorded";
  /** The ID of the conversion. */
  externalId: string;
  /** The service says so. */
  success?: boolean;
  /** The service's own ID of the conversion. */
  conversionId?: string;
  /** It was taken back before. */
  alreadyRefunded?: boolean;
  /** The service's own words. */
  message?: string;
}

/** The service's answer to a ping. */
export interface PingResult {
  /** The key was accepted. */
  outcome: "recorded";
  /** The service says so. */
  valid?: boolean;
  /** Whose key it is. */
  merchant?: unknown;
  /** How many campaigns run. */
  activeCampaigns?: number;
  /** The account's connection to Stripe. */
  stripe?: {
    /** Whether there is one. */
    connected: boolean;
    /** Which of Stripe's modes it is for. */
    mode: "live" | "test" | "unknown";
  };
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
 *
 * @example
 * ```ts
 * const sessionId = getSessionIdFromRequest(request); // a text, or null
 * ```
 */
export function getSessionIdFromRequest(request: RequestLike | null | undefined): string | null;

/**
 * The hash by which RefCampaign knows an e-mail address, made as its browser script makes it: trimmed, lower-cased, SHA-256
 * in hexadecimal.
 *
 * @throws {TypeError} where `email` is no text, or blank.
 * @throws {Error} with code `"WASM_UNAVAILABLE"` where WebAssembly cannot run.
 *
 * @example
 * ```ts
 * const customerEmailHash = hashEmail(" Ada@Example.com "); // of "ada@example.com"
 * ```
 */
export function hashEmail(email: string): string;

/**
 * A webhook, where its body was read before.
 *
 * @example
 * ```ts
 * const received: ReceivedWebhook = {
 *   payload: await request.text(),
 *   header: request.headers.get("x-refcampaign-signature"),
 * };
 * const verdict = await verifyRefCampaignWebhook(received, env.REFCAMPAIGN_WEBHOOK_SECRET);
 * ```
 */
export interface ReceivedWebhook {
  /** The body exactly as it arrived: text or bytes, before any JSON parser. */
  payload: string | ArrayBuffer | ArrayBufferView;
  /** The value of the header `X-RefCampaign-Signature`. */
  header: string | readonly string[] | null | undefined;
}

/**
 * How {@link verifyRefCampaignWebhook} looks at time.
 *
 * @example
 * ```ts
 * await verifyRefCampaignWebhook(request, env.REFCAMPAIGN_WEBHOOK_SECRET, { toleranceSeconds: 60 });
 * ```
 */
export interface WebhookOptions {
  /**
   * How old a signature may be, or how far ahead, in seconds; default 300.
   *
   * @example
   * ```ts
   * await verifyRefCampaignWebhook(request, env.REFCAMPAIGN_WEBHOOK_SECRET, { toleranceSeconds: 60 });
   * ```
   */
  toleranceSeconds?: number | null | undefined;
  /**
   * The time of day, in milliseconds since 1970; default `Date.now()`.
   *
   * @example
   * ```ts
   * await verifyRefCampaignWebhook(request, env.REFCAMPAIGN_WEBHOOK_SECRET, { nowMs: Date.UTC(2026, 0, 1) });
   * ```
   */
  nowMs?: number | null | undefined;
}

/** What a webhook of RefCampaign's says. `idempotencyKey` stays the same when it is delivered again. */
export interface WebhookEvent {
  /** What happened. */
  event:
    | "conversion.created"
    | "conversion.refunded"
    | "conversion.commission_paid"
    | "conversion.disputed"
    | "conversion.dispute_resolved"
    | "webhook.test"
    | (string & {});
  /** What it happened to, as the service describes it. */
  data: Record<string, unknown>;
  /** When it happened, as ISO 8601 text. */
  timestamp: string;
  /** Stays the same when the event is delivered again. */
  idempotencyKey: string;
}

/** Whether a webhook comes from RefCampaign, and if not, why. */
export type WebhookVerdict =
  | {
      /** The webhook is RefCampaign's. */
      valid: true;
      /** What it says. */
      event: WebhookEvent;
    }
  | {
      /** The webhook is not known to be RefCampaign's. */
      valid: false;
      /** Why; the closed set to branch on. */
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
      /** What happened and what to do, without the secret. */
      message: string;
    };

/**
 * Whether a webhook comes from RefCampaign: HMAC-SHA256 of the body as it arrived, with the endpoint's secret (`whsec_…`), not
 * older than the tolerance. During a rotation either secret is right. It reads the request's body.
 *
 * @param from The request, or the body that was read and its header.
 * @throws {RangeError} where an option is no time.
 *
 * @example
 * ```ts
 * const verdict = await verifyRefCampaignWebhook(request, env.REFCAMPAIGN_WEBHOOK_SECRET);
 * if (!verdict.valid) throw new Error(verdict.message);
 * console.log(verdict.event.event, verdict.event.data);
 * ```
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

/**
 * The base of every error of this package. It never holds headers, a body, the key, an e-mail address or the request.
 *
 * @example
 * ```ts
 * try {
 *   await refcampaign.ping();
 * } catch (error) {
 *   if (error instanceof ConversionError && error.retryable) console.warn("later", error.retryAfterMs);
 * }
 * ```
 */
export class ConversionError extends Error {
  /** Why; the closed set to branch on. */
  readonly kind: ErrorKind;
  /** The HTTP status exactly as answered, or `null` when nothing was answered. */
  readonly status: number | null;
  /**
   * The service's error code exactly as answered, or one of this package's own. Each has a section on the documentation's page
   * "Errors". The code is `"UNKNOWN"` when the service named none. So it is when the service's code is longer than 128 characters, is
   * not visible ASCII, or holds the key or customer data.
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
   * Of kind `"connection"`: the code of the error that the transport threw, for instance `"ENOTFOUND"`, `"ECONNREFUSED"` or
   * `"DEPTH_ZERO_SELF_SIGNED_CERT"`. Node.js and Bun give one, Deno and workerd do not; there it is the error's class. The error's
   * text is dropped: it could hold anything.
   */
  readonly cause?: string;
  /**
   * Everything but the stack, as plain data. Use it wherever an error is copied: in `structuredClone`, in `postMessage`, in the RPC of
   * a Durable Object or Worker. These keep the message of an error, and lose its class, `kind` and `retryable`.
   *
   * @example
   * ```ts
   * const { error } = await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
   * if (error) console.log(JSON.stringify(error.toJSON()));
   * ```
   */
  toJSON(): ErrorData;
}

/** What {@link ConversionError.toJSON} makes of an error: its members, and the name of its class. */
export type ErrorData = {
  /** The name of the error's class. */
  name: string;
  /** What happened and what to do. */
  message: string;
  /** See {@link ConversionError.cause}. */
  cause?: string;
} & Pick<
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

/**
 * An event that Refport did not record.
 *
 * @example
 * ```ts
 * const { error } = await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
 * if (error instanceof RefportError) console.error(error.kind, error.code);
 * ```
 */
export class RefportError extends ConversionError {}
/**
 * 400, 422, or refused locally ({@link ConversionError.issues}).
 *
 * @example
 * ```ts
 * const { error } = await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
 * if (error instanceof RefportValidationError) console.error(error.issues);
 * ```
 */
export class RefportValidationError extends RefportError {}
/**
 * 400 `INVALID_CLICK_ID`: a stale or forged cookie. Normal in production.
 *
 * @example
 * ```ts
 * const { error } = await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
 * if (error instanceof RefportInvalidClickIdError) console.info("a stale or forged cookie");
 * ```
 */
export class RefportInvalidClickIdError extends RefportValidationError {}
/**
 * 401, 403.
 *
 * @example
 * ```ts
 * const { error } = await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
 * if (error instanceof RefportAuthError) console.error("check REFPORT_API_KEY");
 * ```
 */
export class RefportAuthError extends RefportError {}
/**
 * 404.
 *
 * @example
 * ```ts
 * const { error } = await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
 * if (error instanceof RefportNotFoundError) console.error(error.serviceMessage);
 * ```
 */
export class RefportNotFoundError extends RefportError {}
/**
 * 429.
 *
 * @example
 * ```ts
 * const { error } = await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
 * if (error instanceof RefportRateLimitError) console.warn("again in", error.retryAfterMs);
 * ```
 */
export class RefportRateLimitError extends RefportError {}
/**
 * Nothing was answered: connection lost, timeout, aborted.
 *
 * @example
 * ```ts
 * const { error } = await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
 * if (error instanceof RefportConnectionError) console.warn(error.cause, error.maybeRecorded);
 * ```
 */
export class RefportConnectionError extends RefportError {}

/**
 * A call that RefCampaign did not answer with a success. It has the same kinds and members as Refport's errors.
 *
 * @example
 * ```ts
 * try {
 *   await refcampaign.conversions.refund({ externalId: order.id });
 * } catch (error) {
 *   if (error instanceof RefCampaignError) console.error(error.code, error.details);
 * }
 * ```
 */
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
