/**
 * Tolt (docs.tolt.com), version 2 of its API: clicks, customers, transactions and refunds.
 *
 * ```ts
 * import { trackSale } from "refport-edge/tolt";
 *
 * const { outcome } = await trackSale(request, { customer_id: "cus_Q7wR", amount: 4900, charge_id: "ch_1" }, { token });
 * ```
 *
 * Every call resolves, within `budgetMs`, and says exactly what is known of the event. With Stripe connected to Tolt, Tolt counts
 * Stripe's payments itself: do not report them here as well.
 */

import type { ConversionError, DeliveryOptions, RequestLike } from "./index.js";

export { ConversionError } from "./index.js";
export type { AttemptReport, DeliveryOptions, ErrorKind, Issue, RequestLike } from "./index.js";

/** How to reach Tolt, and as whom. */
export interface ToltConfig extends DeliveryOptions {
  /** The secret key (dashboard, Settings, Integrations). Server only. */
  token: string;
  /** Default `"https://api.tolt.com"`. https, or http on a loopback address. */
  baseUrl?: string | null | undefined;
}

/** A request, or a `Promise` of one, or none. */
type Given = RequestLike | PromiseLike<RequestLike | null | undefined> | null | undefined;

/**
 * The ID of the click in the cookie `tolt_referral`, which Tolt's script writes, or `null`. The parameter of a partner's link
 * (`?ref=sam`) is no click ID: see {@link trackClick}.
 *
 * @example const clickId = getClickIdFromRequest(request);
 */
export function getClickIdFromRequest(request: RequestLike | null | undefined): string | null;

/**
 * Reports a payment (`POST /v2/transactions`), once. `click_id` is read from the request's cookie where it is left out, and may
 * be absent: Tolt knows its customer.
 *
 * @example await trackSale(request, { customer_id: "cus_Q7wR", amount: 4900, charge_id: "ch_1" }, { token });
 */
export function trackSale(request: Given, sale: TransactionParams, config: ToltConfig): Promise<Result<Transaction>>;

/**
 * Reports a customer (`POST /v2/customers`), once. `click_id` is read from the request's cookie where it is left out.
 *
 * @example await trackLead(request, { partner_id: "part_8fKq", email: "jane@example.com" }, { token });
 */
export function trackLead(request: Given, lead: CustomerParams, config: ToltConfig): Promise<Result<Customer>>;

/**
 * Makes a click (`POST /v2/clicks`) of the parameter in the URL of the page that a visitor has landed on, where Tolt's script
 * cannot. Without the parameter nothing is sent, and the outcome is `"skipped"`. Keep the ID that it answers with the visitor.
 *
 * @example const { data } = await trackClick(request, { param: "via" }, { token });
 */
export function trackClick(request: Given, click: LandingParams | null | undefined, config: ToltConfig): Promise<Result<Click>>;

/**
 * A client with the names of Tolt's own SDK, `@tolt/api`. Its `data` is what the SDK has in `data`. Printing a client shows
 * nothing of its key.
 *
 * @throws {ToltError} from the constructor, at once, where the configuration could never work.
 * @example const tolt = new Tolt({ token: env.TOLT_API_KEY });
 */
export class Tolt {
  constructor(config: ToltConfig);
  readonly clicks: {
    /** Each call makes one more click; one whose fate is unknown is not sent again. */
    create(params: ClickParams, options?: DeliveryOptions | null): Promise<Result<Click>>;
  };
  readonly customers: {
    /** With an `email` it is replay safe: no two customers have one. */
    create(params: CustomerParams, options?: DeliveryOptions | null): Promise<Result<Customer>>;
  };
  readonly transactions: {
    /** With a `charge_id` it is replay safe: a customer has one transaction of each. */
    create(params: TransactionParams, options?: DeliveryOptions | null): Promise<Result<Transaction>>;
    /** Takes a transaction back, whole (`POST /v2/transactions/{id}/refund`). To do so twice does no harm. */
    refund(params: { id: string }, options?: DeliveryOptions | null): Promise<Result<Transaction>>;
  };
}

/** What is known of a visit. */
interface Visit {
  /** The URL of the page. */
  page?: string | null | undefined;
  /** The URL of the page before. */
  referrer?: string | null | undefined;
  /** Two letters (ISO 3166). */
  country?: string | null | undefined;
  /** For instance `"mobile"`. */
  device?: string | null | undefined;
}

/** A click on a partner's link: `param` and `value`, or `link_id`, or `partner_id`. */
export interface ClickParams extends Visit {
  /** The parameter of the link, for instance `"ref"`. */
  param?: string | null | undefined;
  /** Its value, which names the partner. */
  value?: string | null | undefined;
  link_id?: string | null | undefined;
  partner_id?: string | null | undefined;
}

/** See {@link trackClick}. */
export interface LandingParams extends Visit {
  /** The parameter of partners' links; default `"ref"`. */
  param?: string | null | undefined;
}

/** A customer: `partner_id` or `link_id` says who referred them; `email` or `customer_id` who they are. */
export interface CustomerParams {
  partner_id?: string | null | undefined;
  link_id?: string | null | undefined;
  /** Read from the request by {@link trackLead}. */
  click_id?: string | null | undefined;
  /** It makes the call replay safe. */
  email?: string | null | undefined;
  /** Your own ID of the customer, or your billing system's. */
  customer_id?: string | null | undefined;
  name?: string | null | undefined;
  /** For instance `"lead"`, the default. */
  status?: string | null | undefined;
  subscription_id?: string | null | undefined;
  promotion_code?: string | null | undefined;
  /** A time with its zone, as `2026-03-01T12:00:00Z`; so are the two below. */
  created_at?: string | null | undefined;
  lead_at?: string | null | undefined;
  active_at?: string | null | undefined;
}

/** A payment. */
export interface TransactionParams {
  /** **Tolt's** ID of the customer (`cus_…`), and not yours. */
  customer_id: string;
  /** In the smallest unit of the programme's currency (cents): a whole number, 0 or more. */
  amount: number;
  /** The payment's ID in your billing system. It makes the call replay safe. */
  charge_id?: string | null | undefined;
  /** Read from the request by {@link trackSale}. */
  click_id?: string | null | undefined;
  /** `"subscription"` or `"one_time"`. */
  billing_type?: string | null | undefined;
  /** `"month"` or `"year"`. */
  interval?: string | null | undefined;
  /** At most 255 characters, as `product_name`. */
  product_id?: string | null | undefined;
  product_name?: string | null | undefined;
  source?: string | null | undefined;
  /** A time with its zone, as `2026-03-01T12:00:00Z`. */
  created_at?: string | null | undefined;
}

/** What Tolt answers of a click. Members that it adds later are kept, here and below. */
export interface Click {
  id: string;
  partner_id?: string | null;
  link_id?: string | null;
  program_id?: string | null;
}

/** What Tolt answers of a customer. */
export interface Customer {
  id: string;
  customer_id?: string | null;
  email?: string | null;
  partner_id?: string | null;
  click_id?: string | null;
}

/** What Tolt answers of a transaction. */
export interface Transaction {
  id: string;
  /** In the smallest unit of the currency, **as text**. */
  amount?: string | null;
  currency?: string | null;
  /** For instance `"paid"`, `"refunded"`. */
  status?: string | null;
  customer_id?: string | null;
  charge_id?: string | null;
  click_id?: string | null;
}

/** What became of an event: a value, never an exception. `attempts` are HTTP requests made, `requestId` Tolt's own of the last. */
export type Result<T> = { attempts: number; requestId: string | null } & (
  | { outcome: "recorded"; data: T; error: null }
  /** It was there already: a transaction of this customer and `charge_id`, a customer with this e-mail address, a refund. */
  | { outcome: "duplicate"; data: null; error: null }
  /** No partner's parameter in the URL ({@link trackClick}): nothing was sent. */
  | { outcome: "skipped"; data: null; error: null }
  | { outcome: "failed"; data: null; error: ToltError }
);

/** Why an event was not recorded; `kind` is what to branch on. */
export class ToltError extends ConversionError {}
