/**
 * Tolt (docs.tolt.com), version 2 of its API: clicks, customers, transactions and refunds.
 *
 * ```ts
 * import { trackSale } from "refport-edge/tolt";
 *
 * const payment = { customer_id: "cus_Q7wR", amount: 4900, charge_id: "ch_1" };
 * const { outcome } = await trackSale(request, payment, { token: env.TOLT_API_KEY });
 * ```
 *
 * Every call resolves, within `budgetMs`, and says exactly what is known of the event. With Stripe connected to Tolt, Tolt counts
 * Stripe's payments itself: do not report them here as well.
 */

import type { ConversionError, DeliveryOptions, GivenRequest, Held, Pending, RequestLike, Result as ResultOf } from "./index.js";

export { ConversionError } from "./index.js";
export type { AttemptReport, DeliveryOptions, ErrorKind, GivenRequest, Held, Issue, Pending, RequestLike } from "./index.js";

/**
 * How to reach Tolt, and as whom.
 *
 * @example
 * ```ts
 * const config: ToltConfig = { token: env.TOLT_API_KEY, budgetMs: 5_000 };
 * ```
 */
export interface ToltConfig extends DeliveryOptions {
  /**
   * The secret key (dashboard, Settings, Integrations). Server only.
   *
   * @example
   * ```ts
   * new Tolt({ token: env.TOLT_API_KEY });
   * ```
   */
  token: string;
  /**
   * Default `"https://api.tolt.com"`. https, or http on a loopback address.
   *
   * @example
   * ```ts
   * new Tolt({ token: "test", baseUrl: "http://127.0.0.1:3000" });
   * ```
   */
  baseUrl?: string | null | undefined;
}

/**
 * The ID of the click in the cookie `tolt_referral`, which Tolt's script writes, or `null`. The parameter of a partner's link
 * (`?ref=sam`) is no click ID: see {@link trackClick}.
 *
 * @example
 * ```ts
 * const clickId = getClickIdFromRequest(request);
 * ```
 */
export function getClickIdFromRequest(request: RequestLike | null | undefined): string | null;

/**
 * Reports a payment (`POST /v2/transactions`), once. `click_id` is read from the request's cookie where it is left out, and may
 * be absent: Tolt knows its customer.
 *
 * @example
 * ```ts
 * const payment = { customer_id: "cus_Q7wR", amount: order.cents, charge_id: order.id };
 * const { outcome, error } = await trackSale(request, payment, { token: env.TOLT_API_KEY });
 * ```
 */
export function trackSale(request: GivenRequest, sale: TransactionParams, config: ToltConfig): Promise<Result<Transaction>>;
/** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
export function trackSale(request: GivenRequest, sale: TransactionParams, config: Held<ToltConfig>): Promise<Result<Transaction> | Pending>;

/**
 * Reports a customer (`POST /v2/customers`), once. `click_id` is read from the request's cookie where it is left out.
 *
 * @example
 * ```ts
 * const customer = { partner_id: "part_8fKq", email: user.email, customer_id: user.id };
 * const { data } = await trackLead(request, customer, { token: env.TOLT_API_KEY });
 * const id = data?.id; // "cus_…": keep it with the user, for trackSale
 * ```
 */
export function trackLead(request: GivenRequest, lead: CustomerParams, config: ToltConfig): Promise<Result<Customer>>;
/** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
export function trackLead(request: GivenRequest, lead: CustomerParams, config: Held<ToltConfig>): Promise<Result<Customer> | Pending>;

/**
 * Makes a click (`POST /v2/clicks`) of the parameter in the URL of the page that a visitor has landed on, where Tolt's script
 * cannot. Without the parameter nothing is sent, and the outcome is `"skipped"`. Keep the ID that it answers with the visitor.
 *
 * @example
 * ```ts
 * const { data } = await trackClick(request, { param: "via" }, { token: env.TOLT_API_KEY });
 * const clickId = data?.id;
 * ```
 */
export function trackClick(request: GivenRequest, click: LandingParams | null | undefined, config: ToltConfig): Promise<Result<Click>>;

/**
 * A client with the names of Tolt's own SDK, `@tolt/api`. Its `data` is what the SDK has in `data`. Printing a client shows
 * nothing of its key.
 *
 * @throws {ToltError} from the constructor, at once, where the configuration could never work.
 * @example
 * ```ts
 * const tolt = new Tolt({ token: env.TOLT_API_KEY });
 * ```
 */
export class Tolt {
  /**
   * Checks the configuration; sends nothing.
   *
   * @example
   * ```ts
   * const tolt = new Tolt({ token: env.TOLT_API_KEY });
   * ```
   */
  constructor(config: ToltConfig);
  /** Visits through a partner's link. */
  readonly clicks: {
    /**
     * Makes a click (`POST /v2/clicks`). Each call makes one more. A click whose fate is unknown is not sent again.
     *
     * @example
     * ```ts
     * const { data } = await tolt.clicks.create({ param: "ref", value: "sam", page: request.url });
     * ```
     */
    create(params: ClickParams, options?: DeliveryOptions | null): Promise<Result<Click>>;
  };
  /** Those who were referred. */
  readonly customers: {
    /**
     * Reports a customer (`POST /v2/customers`). With an `email` it is replay safe: no two customers have the same.
     *
     * @example
     * ```ts
     * const { data } = await tolt.customers.create({ partner_id: "part_8fKq", email: user.email });
     * ```
     */
    create(params: CustomerParams, options?: DeliveryOptions | null): Promise<Result<Customer>>;
    /** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
    create(params: CustomerParams, options: Held<DeliveryOptions>): Promise<Result<Customer> | Pending>;
  };
  /** Payments. */
  readonly transactions: {
    /**
     * Reports a payment (`POST /v2/transactions`). With a `charge_id` it is replay safe: a customer has one transaction of each.
     *
     * @example
     * ```ts
     * await tolt.transactions.create({ customer_id: "cus_Q7wR", amount: order.cents, charge_id: order.id });
     * ```
     */
    create(params: TransactionParams, options?: DeliveryOptions | null): Promise<Result<Transaction>>;
    /** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
    create(params: TransactionParams, options: Held<DeliveryOptions>): Promise<Result<Transaction> | Pending>;
    /**
     * Takes a transaction back, whole (`POST /v2/transactions/{id}/refund`). To do so twice does no harm.
     *
     * @example
     * ```ts
     * await tolt.transactions.refund({ id: "txn_1" });
     * ```
     */
    refund(params: { id: string }, options?: DeliveryOptions | null): Promise<Result<Transaction>>;
    /** The same after the response: it resolves at once, as {@link Pending}, and `waitUntil` holds the rest. */
    refund(params: { id: string }, options: Held<DeliveryOptions>): Promise<Result<Transaction> | Pending>;
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
  /** Tolt's ID of the link. */
  link_id?: string | null | undefined;
  /** Tolt's ID of the partner, `part_…`. */
  partner_id?: string | null | undefined;
}

/** What {@link trackClick} is told of a visit. */
export interface LandingParams extends Visit {
  /** The parameter of partners' links; default `"ref"`. */
  param?: string | null | undefined;
}

/** A customer. `partner_id` or `link_id` says who referred them, and `email` or `customer_id` who they are. */
export interface CustomerParams {
  /** Tolt's ID of the partner, `part_…`. */
  partner_id?: string | null | undefined;
  /** Tolt's ID of the link. */
  link_id?: string | null | undefined;
  /** Read from the request by {@link trackLead}. */
  click_id?: string | null | undefined;
  /** The customer's e-mail address: at most 255 characters. It makes the call replay safe. */
  email?: string | null | undefined;
  /** Your own ID of the customer, or your billing system's: at most 255 characters. */
  customer_id?: string | null | undefined;
  /** The customer's name: at most 255 characters. */
  name?: string | null | undefined;
  /** For instance `"lead"`, the default. */
  status?: string | null | undefined;
  /** The subscription's ID in your billing system. */
  subscription_id?: string | null | undefined;
  /** The promotion code that the customer used. */
  promotion_code?: string | null | undefined;
  /** When the customer was made: a time with its zone, as `2026-03-01T12:00:00Z`. */
  created_at?: string | null | undefined;
  /** When the customer became a lead: a time, as above. */
  lead_at?: string | null | undefined;
  /** When the customer became active: a time, as above. */
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
  /** Your ID of the product: at most 255 characters. */
  product_id?: string | null | undefined;
  /** The product's name: at most 255 characters. */
  product_name?: string | null | undefined;
  /** Where the transaction comes from. */
  source?: string | null | undefined;
  /** When it was paid: a time with its zone, as `2026-03-01T12:00:00Z`. */
  created_at?: string | null | undefined;
}

/** What Tolt answers of a click. Members that it adds later are kept, here and below. */
export interface Click {
  /** The click's ID, `clk_…`. */
  id: string;
  /** The partner whose link it was, `part_…`. */
  partner_id?: string | null;
  /** The link that was followed. */
  link_id?: string | null;
  /** The partner programme. */
  program_id?: string | null;
}

/** What Tolt answers of a customer. */
export interface Customer {
  /** Tolt's ID of the customer, `cus_…`. A transaction needs it. */
  id: string;
  /** Your own ID of the customer, as it was sent. */
  customer_id?: string | null;
  /** The customer's e-mail address. */
  email?: string | null;
  /** The partner who referred the customer. */
  partner_id?: string | null;
  /** The click that brought the customer. */
  click_id?: string | null;
}

/** What Tolt answers of a transaction. */
export interface Transaction {
  /** Tolt's ID of the transaction, `txn_…`. */
  id: string;
  /** In the smallest unit of the currency, **as text**. */
  amount?: string | null;
  /** ISO 4217 code, for instance `"USD"`. */
  currency?: string | null;
  /** For instance `"paid"`, `"refunded"`. */
  status?: string | null;
  /** Tolt's ID of the customer. */
  customer_id?: string | null;
  /** The payment's ID in your billing system, as it was sent. */
  charge_id?: string | null;
  /** The click that it is credited to. */
  click_id?: string | null;
}

/**
 * What became of an event. A value, never an exception. What is Tolt's own in it:
 *
 * - `"duplicate"`: it was there already, the transaction, the customer or the refund. A success.
 * - `"skipped"`: there is no partner's parameter in the URL ({@link trackClick}). Nothing was sent.
 *
 * @example
 * ```ts
 * const payment = { customer_id: "cus_Q7wR", amount: 4900, charge_id: "ch_1" };
 * const result: Result<Transaction> = await tolt.transactions.create(payment);
 * if (result.outcome === "failed") console.error(result.error.kind, result.error.message);
 * ```
 */
export type Result<T> = Exclude<ResultOf<T, ToltError>, { outcome: "unattributed" }>;

/**
 * Why an event was not recorded. `kind` is what to branch on.
 *
 * @example
 * ```ts
 * const { error } = await tolt.transactions.refund({ id: "txn_1" });
 * if (error instanceof ToltError) console.error(error.kind, error.retryable);
 * ```
 */
export class ToltError extends ConversionError {}
