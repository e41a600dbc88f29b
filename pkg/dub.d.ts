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

import type { ConversionError, DeliveryOptions, ReceivedWebhook, RequestLike } from "./index.js";

export { ConversionError } from "./index.js";
export type { AttemptReport, DeliveryOptions, ErrorKind, Issue, ReceivedWebhook, RequestLike } from "./index.js";

/** How to reach Dub, and as whom. The names are those of Dub's SDK. */
export interface DubConfig extends DeliveryOptions {
  /** The secret key, which begins with `dub_` (dashboard, Settings, API Keys). Server only. */
  token: string;
  /** Default `"https://api.dub.co"`. https, or http on a loopback address. */
  serverURL?: string | null | undefined;
}

/** A request, or a `Promise` of one, or none. */
type Given = RequestLike | PromiseLike<RequestLike | null | undefined> | null | undefined;

/**
 * The click ID of a request, or `null`: the parameter `dub_id` of its URL, else its cookie `dub_id`. The cookie's value is taken
 * as it is, since Dub's script does not encode it.
 *
 * @example const clickId = getClickIdFromRequest(request);
 */
export function getClickIdFromRequest(request: RequestLike | null | undefined): string | null;

/**
 * Reports a sale (`POST /track/sale`). `clickId` is read from the request where it is left out, and may be absent: a customer
 * who had a lead is known without one. For anybody else the outcome is then `"unattributed"`.
 *
 * @example await trackSale(request, { customerExternalId: "user_1", amount: 4900, invoiceId: "inv_1" }, { token });
 */
export function trackSale(request: Given, sale: SaleParams, config: DubConfig): Promise<Result<TrackSaleResponse>>;

/**
 * Reports a lead (`POST /track/lead`). `clickId` is read from the request where it is left out; without one nothing is sent, and the
 * outcome is `"skipped"`.
 *
 * @example await trackLead(request, { customerExternalId: "user_1", eventName: "Sign up" }, { token });
 */
export function trackLead(request: Given, lead: LeadParams, config: DubConfig): Promise<Result<TrackLeadResponse>>;

/**
 * A client with the methods and parameters of Dub's own SDK. They resolve a {@link Result}, where the SDK throws. Printing a client
 * shows nothing of its key.
 *
 * @throws {DubError} from the constructor, at once, where the configuration could never work.
 * @example const dub = new Dub({ token: env.DUB_API_KEY });
 */
export class Dub {
  constructor(config: DubConfig);
  readonly track: {
    /**
     * Reports a lead. An empty `clickId` stands for the click of a customer who is known.
     *
     * Dub notes a lead before it looks the click up, and answers a repeat within seven days with a 200: whether the first was
     * recorded or lost, it does not say. So a lead whose fate is unknown is not sent again by itself; a repeat after another attempt of the same call is
     * `failed`, with `maybeRecorded`; and after a call that said `maybeRecorded`, a later call's `"duplicate"` proves nothing.
     */
    lead(params: LeadParams & { clickId: string }, options?: DeliveryOptions | null): Promise<Result<TrackLeadResponse>>;
    /**
     * Reports a sale. With an `invoiceId` it is replay safe, for seven days; Dub answers a repeat as it answered the first, so that it is
     * `"recorded"` and never `"duplicate"`.
     */
    sale(params: SaleParams, options?: DeliveryOptions | null): Promise<Result<TrackSaleResponse>>;
    /**
     * The click of a deep link that was opened (`POST /track/open`), which Dub finds by the address of whoever asks. The key is
     * not sent. `"unattributed"` where no visitor is known.
     */
    open(params: OpenParams, options?: DeliveryOptions | null): Promise<Result<TrackOpenResponse>>;
  };
  readonly commissions: {
    /**
     * Takes back what partners get for an invoice: looks its commissions up, and marks each as refunded. To do so twice does no
     * harm. `"unattributed"` where there is no commission; `"duplicate"` where all are refunded. A commission that is paid cannot
     * be refunded: that is `failed`. Each of the requests has a budget of its own.
     *
     * @example await dub.commissions.refund({ invoiceId: "inv_1" });
     */
    refund(params: { invoiceId: string }, options?: DeliveryOptions | null): Promise<Result<Commission[]>>;
  };
}

/** The customer, as the shop knows them. */
export interface CustomerParams {
  /** Your own ID of the customer: at most 100 characters. */
  customerExternalId: string;
  /** At most 100 characters, as `customerEmail`. */
  customerName?: string | null | undefined;
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
  deepLink?: string | null | undefined;
  dubDomain?: string | null | undefined;
}

/** What Dub answers of a lead. Members that it adds later are kept, here and below. */
export interface TrackLeadResponse {
  click: { id: string };
  link: { id: string; domain: string; key: string; shortLink: string; url: string; partnerId: string | null; programId: string | null };
  customer: { name: string | null; email: string | null; avatar: string | null; externalId: string | null };
}

/** What Dub answers of a sale. */
export interface TrackSaleResponse {
  eventName: string;
  customer: { id: string; name: string | null; email: string | null; avatar: string | null; externalId: string | null };
  /** **As Dub converted it to US dollars**, where it knows a rate: not as it was sent. */
  sale: { amount: number; currency: string; paymentProcessor: string; invoiceId: string | null; metadata: unknown };
}

/** What Dub answers of a deep link. */
export interface TrackOpenResponse {
  clickId: string;
  link: { id: string; domain: string; key: string; url: string };
}

/** A commission. */
export interface Commission {
  id: string;
  status: string;
}

/** What became of an event: a value, never an exception. `attempts` are HTTP requests made, `requestId` Dub's own of the last. */
export type Result<T> = { attempts: number; requestId: string | null } & (
  | { outcome: "recorded"; data: T; error: null }
  /** A lead that Dub has seen before; commissions that were refunded before. */
  | { outcome: "duplicate"; data: null; error: null }
  /** Taken, and credited to nobody. */
  | { outcome: "unattributed"; data: null; error: null }
  /** A lead without a click ID: nothing was sent. */
  | { outcome: "skipped"; data: null; error: null }
  | { outcome: "failed"; data: null; error: DubError }
);

/** Why an event was not recorded; `kind` is what to branch on. A click that Dub does not know is `"invalid_click_id"`. */
export class DubError extends ConversionError {}

/**
 * Whether a webhook comes from Dub: its header `Dub-Signature` is the HMAC-SHA256 of the body, compared in constant time.
 *
 * There is no time in it: whoever has seen one can send it again, for ever. Keep the `eventId` of those you have acted on, and
 * pass over one that comes again. Dub itself sends an event again until it is answered with a 2xx.
 *
 * @param from The request, unread; or its body as it arrived, and the header.
 * @param secret The webhook's secret, as the dashboard shows it.
 * @example
 * const verdict = await verifyDubWebhook(request, env.DUB_WEBHOOK_SECRET);
 * if (!verdict.valid) return new Response(verdict.reason, { status: 401 });
 */
export function verifyDubWebhook(from: ReceivedWebhook | RequestLike, secret: string): Promise<WebhookVerdict>;

/** What {@link verifyDubWebhook} says. `eventId` is the event's own, or `null` where it has none. */
export type WebhookVerdict =
  | { valid: true; event: WebhookEvent; eventId: string | null }
  | { valid: false; reason: string; message: string };

/** An event, for instance `"lead.created"`, `"sale.created"`. */
export interface WebhookEvent {
  id: string;
  event: string;
  createdAt: string;
  data: Record<string, unknown>;
}
