/**
 * Dub (dub.co/docs): leads, sales, deep links, refunds of commissions and webhooks.
 *
 * ```ts
 * import { trackSale } from "refport-edge/dub";
 *
 * const sale = { customerExternalId: "user_1", amount: 4900, invoiceId: "inv_1" };
 * const { outcome } = await trackSale(request, sale, { token: env.DUB_API_KEY });
 * ```
 *
 * Every call resolves, within `budgetMs`, and says exactly what is known of the event.
 */

import type { ConversionError, DeliveryOptions, GivenRequest, Held, Pending, ReceivedWebhook, RequestLike, Result as ResultOf } from "./index.js";

export { ConversionError } from "./index.js";
export type { AttemptReport, DeliveryOptions, ErrorKind, GivenRequest, Held, Issue, Pending, ReceivedWebhook, RequestLike } from "./index.js";

/**
 * How to reach Dub, and as whom. The names are those of Dub's SDK.
 *
 * @example
 * ```ts
 * const config: DubConfig = { token: env.DUB_API_KEY, budgetMs: 5_000 };
 * ```
 */
export interface DubConfig extends DeliveryOptions {
  /**
   * The secret key, which begins with `dub_` (dashboard, Settings, API Keys). Server only.
   *
   * @example
   * ```ts
   * new Dub({ token: env.DUB_API_KEY });
   * ```
   */
  token: string;
  /**
   * Default `"https://api.dub.co"`. https, or http on a loopback address.
   *
   * @example
   * ```ts
   * new Dub({ token: "dub_test", serverURL: "http://127.0.0.1:3000" });
   * ```
   */
  serverURL?: string | null | undefined;
}

/**
 * The click ID of a request, or `null`. It is the parameter `dub_id` of the request's URL, or else its cookie `dub_id`. The cookie's
 * value is taken as it is, since Dub's script does not encode it.
 *
 * @example
 * ```ts
 * const clickId = getClickIdFromRequest(request);
 * ```
 */
export function getClickIdFromRequest(request: RequestLike | null | undefined): string | null;

/**
 * Reports a sale (`POST /track/sale`). `clickId` is read from the request where it is left out, and may be absent: a customer
 * who had a lead is known without one. For anybody else the outcome is then `"unattributed"`.
 *
 * @example
 * ```ts
 * const sale = { customerExternalId: order.userId, amount: order.cents, currency: "usd", invoiceId: order.id };
 * const { outcome, error } = await trackSale(request, sale, { token: env.DUB_API_KEY });
 * ```
 */
export function trackSale(request: GivenRequest, sale: SaleParams, config: DubConfig): Promise<Result<TrackSaleResponse>>;
/** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
export function trackSale(request: GivenRequest, sale: SaleParams, config: Held<DubConfig>): Promise<Result<TrackSaleResponse> | Pending>;

/**
 * Reports a lead (`POST /track/lead`). `clickId` is read from the request where it is left out. Without one nothing is sent, and the
 * outcome is `"skipped"`.
 *
 * @example
 * ```ts
 * const lead = { customerExternalId: user.id, eventName: "Sign up", customerEmail: user.email };
 * const { outcome, error } = await trackLead(request, lead, { token: env.DUB_API_KEY });
 * ```
 */
export function trackLead(request: GivenRequest, lead: LeadParams, config: DubConfig): Promise<Result<TrackLeadResponse>>;
/** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
export function trackLead(request: GivenRequest, lead: LeadParams, config: Held<DubConfig>): Promise<Result<TrackLeadResponse> | Pending>;

/**
 * A client with the methods and parameters of Dub's own SDK. They resolve a {@link Result}, where the SDK throws. Printing a client
 * shows nothing of its key.
 *
 * @throws {DubError} from the constructor, at once, where the configuration could never work.
 * @example
 * ```ts
 * const dub = new Dub({ token: env.DUB_API_KEY });
 * ```
 */
export class Dub {
  /**
   * Checks the configuration; sends nothing.
   *
   * @example
   * ```ts
   * const dub = new Dub({ token: env.DUB_API_KEY });
   * ```
   */
  constructor(config: DubConfig);
  /** What a visitor did. */
  readonly track: {
    /**
     * Reports a lead. An empty `clickId` stands for the click of a customer who is known.
     *
     * Dub notes a lead before it looks the click up, and answers a repeat within seven days with a 200. It does not say whether
     * the first was recorded or lost. So a lead whose fate is unknown is not sent again by itself. A repeat after another attempt of
     * the same call is `failed`, with `maybeRecorded`. After a call that said `maybeRecorded` or `"invalid_click_id"`, a later call's
     * `"duplicate"` proves nothing.
     *
     * @example
     * ```ts
     * await dub.track.lead({ clickId: "", customerExternalId: user.id, eventName: "Sign up" });
     * ```
     */
    lead(params: LeadParams & { clickId: string }, options?: DeliveryOptions | null): Promise<Result<TrackLeadResponse>>;
    /** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
    lead(params: LeadParams & { clickId: string }, options: Held<DeliveryOptions>): Promise<Result<TrackLeadResponse> | Pending>;
    /**
     * Reports a sale. With an `invoiceId` it is replay safe, for seven days. Dub answers a repeat as it answered the first, so it is
     * `"recorded"` and never `"duplicate"`.
     *
     * @example
     * ```ts
     * await dub.track.sale({ customerExternalId: user.id, amount: 4900, invoiceId: order.id });
     * ```
     */
    sale(params: SaleParams, options?: DeliveryOptions | null): Promise<Result<TrackSaleResponse>>;
    /** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
    sale(params: SaleParams, options: Held<DeliveryOptions>): Promise<Result<TrackSaleResponse> | Pending>;
    /**
     * The click of a deep link that was opened (`POST /track/open`), which Dub finds by the address of whoever asks. The key is
     * not sent. The outcome is `"unattributed"` where no visitor is known.
     *
     * @example
     * ```ts
     * const { data } = await dub.track.open({ deepLink: "https://acme.link/alice" });
     * const clickId = data?.clickId;
     * ```
     */
    open(params: OpenParams, options?: DeliveryOptions | null): Promise<Result<TrackOpenResponse>>;
  };
  /** What partners get. */
  readonly commissions: {
    /**
     * Takes back what partners get for an invoice: looks its commissions up, and marks each as refunded. To do so twice does no
     * harm. The outcome is `"unattributed"` where there is no commission, and `"duplicate"` where all are refunded. A commission that
     * is paid cannot be refunded: the others are, and the outcome is `"failed"`. Each of the requests has a budget of its own.
     *
     * @example
     * ```ts
     * await dub.commissions.refund({ invoiceId: "inv_1" });
     * ```
     */
    refund(params: { invoiceId: string }, options?: DeliveryOptions | null): Promise<Result<Commission[]>>;
  };
}

/** The customer, as the shop knows them. */
export interface CustomerParams {
  /** Your own ID of the customer: at most 100 characters. */
  customerExternalId: string;
  /** The customer's name: at most 100 characters. */
  customerName?: string | null | undefined;
  /** The customer's e-mail address: at most 100 characters. */
  customerEmail?: string | null | undefined;
  /** URL of the customer's picture. */
  customerAvatar?: string | null | undefined;
  /** A JSON-serialisable object: at most 10,000 characters of JSON. */
  metadata?: Record<string, unknown> | null | undefined;
}

/** A lead. */
export interface LeadParams extends CustomerParams {
  /** Read from the request by {@link trackLead}. */
  clickId?: string | null | undefined;
  /** For instance `"Sign up"`: at most 255 characters. */
  eventName: string;
  /** `"wait"`: a sale may follow at once. `"deferred"`: the customer is noted, and the lead comes later. Default `"async"`. */
  mode?: "async" | "wait" | "deferred" | null | undefined;
  /** From 1 to 100. */
  eventQuantity?: number | null | undefined;
}

/** A sale. */
export interface SaleParams extends CustomerParams {
  /** In the smallest currency unit (cents): a whole number, more than 0. Dub records no sale of 0. */
  amount: number;
  /** ISO 4217 code. Dub assumes `"usd"`. */
  currency?: string | null | undefined;
  /** At most 255 characters. Dub assumes `"Purchase"`. */
  eventName?: string | null | undefined;
  /** Who took the payment: no other is taken. Dub assumes `"custom"`. */
  paymentProcessor?: PaymentProcessor | null | undefined;
  /** Your invoice or order ID. It makes the sale replay safe. */
  invoiceId?: string | null | undefined;
  /** The lead that the sale belongs to. */
  leadEventName?: string | null | undefined;
  /** Read from the request by {@link trackSale}. Not needed for a customer who is known. */
  clickId?: string | null | undefined;
}

/** The payment processors that Dub knows. */
export type PaymentProcessor =
  | "stripe" | "shopify" | "polar" | "paddle" | "lemonsqueezy" | "apple" | "revenuecat" | "dub" | "custom";

/** A deep link, or a domain: at least one of them. */
export interface OpenParams {
  /** The URL that the app was opened with. */
  deepLink?: string | null | undefined;
  /** Your domain at Dub. */
  dubDomain?: string | null | undefined;
}

/** What Dub answers of a lead. Members that it adds later are kept, here and below. */
export interface TrackLeadResponse {
  /** The click that the lead is credited to. */
  click: {
    /** The click's ID. */
    id: string;
  };
  /** The link that was followed. */
  link: {
    /** Dub's ID of the link. */
    id: string;
    /** The domain of the short link. */
    domain: string;
    /** The path of the short link, without its first slash. */
    key: string;
    /** The whole short link. */
    shortLink: string;
    /** Where the link leads. */
    url: string;
    /** Dub's ID of the partner, or `null`. */
    partnerId: string | null;
    /** Dub's ID of the partner programme, or `null`. */
    programId: string | null;
  };
  /** The customer as Dub knows them. */
  customer: {
    /** The name, or `null`. */
    name: string | null;
    /** The e-mail address, or `null`. */
    email: string | null;
    /** URL of the picture, or `null`. */
    avatar: string | null;
    /** Your own ID of the customer. */
    externalId: string | null;
  };
}

/** What Dub answers of a sale. */
export interface TrackSaleResponse {
  /** As sent, or `"Purchase"`. */
  eventName: string;
  /** The customer as Dub knows them. */
  customer: {
    /** Dub's ID of the customer. */
    id: string;
    /** The name, or `null`. */
    name: string | null;
    /** The e-mail address, or `null`. */
    email: string | null;
    /** URL of the picture, or `null`. */
    avatar: string | null;
    /** Your own ID of the customer. */
    externalId: string | null;
  };
  /** **As Dub converted it to US dollars**, where it knows a rate: not as it was sent. */
  sale: {
    /** In the smallest unit of `currency`. */
    amount: number;
    /** ISO 4217 code. */
    currency: string;
    /** Who took the payment. */
    paymentProcessor: string;
    /** As sent, or `null`. */
    invoiceId: string | null;
    /** As sent, or `null`. */
    metadata: unknown;
  };
}

/** What Dub answers of a deep link. */
export interface TrackOpenResponse {
  /** The ID of the visitor's click. */
  clickId: string;
  /** The link that was followed. */
  link: {
    /** Dub's ID of the link. */
    id: string;
    /** The domain of the short link. */
    domain: string;
    /** The path of the short link, without its first slash. */
    key: string;
    /** Where the link leads. */
    url: string;
  };
}

/** What a partner gets for a sale. */
export interface Commission {
  /** Dub's ID of the commission. */
  id: string;
  /** For instance `"pending"`, `"paid"`, `"refunded"`. */
  status: string;
}

/**
 * What became of an event. A value, never an exception. What is Dub's own in it:
 *
 * - `"duplicate"`: Dub has seen this lead before, or every commission was refunded before. A success, unless an earlier call for
 *   the same lead failed: see `track.lead`.
 * - `"unattributed"`: Dub took it, and credited nobody.
 * - `"skipped"`: a lead without a click ID. Nothing was sent.
 *
 * @example
 * ```ts
 * const lead = { customerExternalId: user.id, eventName: "Sign up" };
 * const result: Result<TrackLeadResponse> = await trackLead(request, lead, { token: env.DUB_API_KEY });
 * if (result.outcome === "failed") console.error(result.error.kind, result.error.message);
 * ```
 */
export type Result<T> = ResultOf<T, DubError>;

/**
 * Why an event was not recorded. `kind` is what to branch on. A click that Dub does not know is `"invalid_click_id"`.
 *
 * @example
 * ```ts
 * const { error } = await dub.track.sale({ customerExternalId: user.id, amount: 4900, invoiceId: order.id });
 * if (error instanceof DubError) console.error(error.kind, error.retryable);
 * ```
 */
export class DubError extends ConversionError {}

/**
 * Whether a webhook comes from Dub. Its header `Dub-Signature` is the HMAC-SHA256 of the body, compared in constant time.
 *
 * There is no time in it: whoever has seen one can send it again, for ever. Keep the `eventId` of each event that you have acted on,
 * and pass over one that comes again. Dub itself sends an event again until it is answered with a 2xx.
 *
 * @param from The request, unread; or its body as it arrived, and the header.
 * @param secret The webhook's secret, as the dashboard shows it.
 * @example
 * ```ts
 * const verdict = await verifyDubWebhook(request, env.DUB_WEBHOOK_SECRET);
 * if (verdict.valid) console.log(verdict.event.event, verdict.eventId);
 * else response = new Response(verdict.reason, { status: 401 });
 * ```
 */
export function verifyDubWebhook(from: ReceivedWebhook | RequestLike, secret: string): Promise<WebhookVerdict>;

/** What {@link verifyDubWebhook} says. */
export type WebhookVerdict =
  | {
      /** The webhook comes from Dub. */
      valid: true;
      /** The event, read from the body. */
      event: WebhookEvent;
      /** The event's own ID, or `null` where it has none. */
      eventId: string | null;
    }
  | {
      /** The webhook is not to be trusted. */
      valid: false;
      /** Why, as a word: for instance `"signature_mismatch"`. */
      reason: string;
      /** Why, and what to do. */
      message: string;
    };

/** What a webhook tells of. */
export interface WebhookEvent {
  /** The event's own ID. It is the same each time the event comes. */
  id: string;
  /** For instance `"lead.created"`, `"sale.created"`. */
  event: string;
  /** When it happened, as ISO 8601 text. */
  createdAt: string;
  /** What it tells, by the kind of event. */
  data: Record<string, unknown>;
}
