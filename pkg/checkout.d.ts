/**
 * refport-edge/checkout: the click's way through a hosted checkout.
 *
 * The checkout has another origin, where the shop's cookies are not. So the shop hands the IDs over when it makes the checkout
 * (`to…`), and the vendor's webhook brings them back (`saleFrom…`, `refundFrom…`), for renewals too.
 *
 * **Either the service's own integration of the vendor, or this; never both**: each reports every sale, and under IDs of its own,
 * so that a partner would be paid twice.
 *
 * **Verify first.** Whether an event is the vendor's is for the vendor's own library to say. A body's text is refused here.
 *
 * What an event says is taken as it is: a payment in a vendor's test mode is a sale. Amounts are what the customer paid, tax
 * included. The readers never throw; the carriers throw a `TypeError` that names the option where one cannot be right.
 */

import type { PostbackParams, RefundParams, RequestLike, SaleParams, WithClickId } from "./index.js";

/**
 * Who checks out, and what brought them.
 *
 * @example
 * const options: CarryOptions = { customerExternalId: user.id };
 * const carried = toPolar(request, options);
 */
export interface CarryOptions {
  /**
   * Your own ID of the customer, so that leads and sales belong together. Leave it out for a guest: the sale then goes by the
   * vendor's ID of the customer, or else by the e-mail address. Not empty.
   *
   * @example
   * toPaddle(request, { customerExternalId: user.id });
   */
  customerExternalId?: string | undefined;
  /**
   * The click ID, where the shop has kept it itself; default: read from the request.
   *
   * @example
   * toPaddle(null, { clickId: "abc123" });
   */
  clickId?: string | undefined;
  /**
   * RefCampaign's session ID, where the shop has kept it itself; default: read from the request.
   *
   * @example
   * toPaddle(null, { sessionId });
   */
  sessionId?: string | undefined;
}

/** What is carried, by key. A value of more than 500 characters is left out, and `console.error` says so once. */
export type CarriedValues = {
  /** Refport's key, which its own integration reads too. */
  refportClickId?: string;
  /** Refport's key, which its own integration reads too. */
  refportExternalCustomerId?: string;
  /** RefCampaign's key. */
  refcampaign_session?: string;
};

/**
 * For Stripe: which kind of session it is.
 *
 * @example
 * toStripe(request, { customerExternalId: user.id, mode: "payment" });
 */
export interface StripeCarryOptions extends CarryOptions {
  /**
   * The session's `mode`; default `"subscription"`. It decides whether the subscription, the payment intent or the setup intent gets
   * the metadata too: Stripe refuses a session with the data of another mode.
   *
   * @example
   * toStripe(request, { mode: "payment" });
   */
  mode?: "subscription" | "payment" | "setup" | undefined;
}

/** Parameters of a Checkout Session; `{}` for an organic visitor. */
export interface StripeCarried {
  /** The click ID, where it has at most 200 characters. Put your own behind the spread, if you use it: the readers do not need it. */
  client_reference_id?: string;
  /** What is carried, by key. */
  metadata?: CarriedValues;
  /** Mode `"subscription"`: renewals know their subscription alone. */
  subscription_data?: {
    /** What is carried, by key. */
    metadata: CarriedValues;
  };
  /** Mode `"payment"`: a refund knows its payment alone. */
  payment_intent_data?: {
    /** What is carried, by key. */
    metadata: CarriedValues;
  };
  /** Mode `"setup"`. */
  setup_intent_data?: {
    /** What is carried, by key. */
    metadata: CarriedValues;
  };
}

/**
 * What a Checkout Session is to carry, to be spread into its parameters. Three keys of Stripe's fifty. Metadata of your own goes
 * beside it: `metadata: { ...carried.metadata, order: "42" }`.
 *
 * @throws {TypeError} for options that cannot be right.
 * @example
 * await stripe.checkout.sessions.create({
 *   mode: "subscription", line_items, success_url,
 *   ...toStripe(request, { customerExternalId: user.id }),
 * });
 */
export function toStripe(request: RequestLike | null | undefined, options?: StripeCarryOptions): StripeCarried;

/**
 * What a transaction of Paddle Billing is to carry; Paddle copies it to the subscription and to all its later transactions. `{}` for
 * an organic visitor. In Paddle.js and Paddle's SDK the member is called `customData`: `customData: toPaddle(…).custom_data`.
 *
 * @throws {TypeError} for options that cannot be right.
 * @example
 * const { custom_data } = toPaddle(request, { customerExternalId: user.id });
 * await paddle.transactions.create({ items, customData: custom_data });
 */
export function toPaddle(request: RequestLike | null | undefined, options?: CarryOptions): {
  /** What is carried, by key; absent for an organic visitor. */
  custom_data?: CarriedValues;
};

/**
 * What a checkout of Polar is to carry; Polar copies it to the order and the subscription. `{}` for an organic visitor.
 *
 * @throws {TypeError} for options that cannot be right.
 * @example
 * await polar.checkouts.create({ products, ...toPolar(request, { customerExternalId: user.id }) });
 */
export function toPolar(request: RequestLike | null | undefined, options?: CarryOptions): {
  /** What is carried, by key; absent for an organic visitor. */
  metadata?: CarriedValues;
};

/**
 * What a checkout of Lemon Squeezy is to carry. `{}` for an organic visitor. In the JSON:API the member is `checkout_data.custom`.
 *
 * @throws {TypeError} for options that cannot be right.
 * @example
 * await createCheckout(storeId, variantId, { ...toLemonSqueezy(request, { customerExternalId: user.id }) });
 */
export function toLemonSqueezy(
  request: RequestLike | null | undefined,
  options?: CarryOptions,
): {
  /** Absent for an organic visitor. */
  checkoutData?: {
    /** What is carried, by key. */
    custom: CarriedValues;
  };
};

/**
 * The attributes of a cart, for the Storefront API (`cartCreate`, `cartAttributesUpdate`). `{}` for an organic visitor. They come
 * back as the order's `note_attributes`: see {@link saleFromShopify}.
 *
 * **Shop Pay loses them**: an order paid with it has no attributes. Keep the click beside the cart's ID as well.
 *
 * @throws {TypeError} for options that cannot be right.
 * @example
 * await storefront.mutate(CART_CREATE, { variables: { input: { lines, ...toShopify(request) } } });
 */
export function toShopify(
  request: RequestLike | null | undefined,
  options?: CarryOptions,
): {
  /** What is carried, as the Storefront API takes it; absent for an organic visitor. */
  attributes?: { key: string; value: string }[];
};

/**
 * Why an event is no sale:
 * - `unpaid`: not paid yet; another event follows;
 * - `no_click_id`: it carries neither a click nor a session: an organic customer;
 * - `amount_zero`: a trial, or paid by a credit;
 * - `refund`: money that goes back: see the vendor's refund function;
 * - `counted_before`: an event of another type reports the same payment;
 * - `unknown_type`: events of this type are not read;
 * - `bad_amount`: no whole number of the currency's smallest unit;
 * - `unreadable`: no event of the vendor's.
 */
export type NoSaleReason =
  | "unpaid"
  | "no_click_id"
  | "amount_zero"
  | "refund"
  | "counted_before"
  | "unknown_type"
  | "bad_amount"
  | "unreadable";

/**
 * Why an event is no refund:
 * - `not_refunded`: nothing went back (yet), or it was refused;
 * - `no_invoice_id`: it does not say which sale it belongs to;
 * - `counted_before`, `unknown_type`, `bad_amount`, `unreadable`: as of a sale.
 */
export type NoRefundReason = "not_refunded" | "no_invoice_id" | "counted_before" | "unknown_type" | "bad_amount" | "unreadable";

/** A sale as an event tells it; {@link SaleParams} with all that makes it safe to send again. */
export type CarriedSale = WithClickId<SaleParams> & {
  /** In ISO 4217's smallest unit, more than 0. */
  amount: number;
  /** ISO 4217 code, in lower case. */
  currency: string;
  /** The vendor's ID of the payment: it makes the sale replay safe. */
  invoiceId: string;
  /** The vendor. */
  paymentProcessor: string;
};

/** The same for RefCampaign's `conversions.postback`. */
export type CarriedConversion = PostbackParams & {
  /** The session that the checkout carried. */
  sessionId: string;
  /** The vendor's ID of the payment: the service recognises a repeat by it. */
  externalId: string;
  /** In ISO 4217's smallest unit, more than 0. */
  amount: number;
  /** ISO 4217 code. */
  currency: string;
};

/** What a payment's event comes to. The amount is in ISO 4217's smallest unit, and positive. */
export type SaleReading =
  | {
      /** For `refport.track.sale` or `track_sale`; `null` where the checkout carried RefCampaign's session alone. */
      sale: CarriedSale | null;
      /** For `refcampaign.conversions.postback`; `null` where the checkout carried Refport's click alone. */
      conversion: CarriedConversion | null;
      /** `null`: there is one. */
      reason: null;
      /** `null`: there is nothing to say. */
      message: null;
    }
  | {
      /** No sale. */
      sale: null;
      /** No conversion. */
      conversion: null;
      /** Why there is none. */
      reason: NoSaleReason;
      /** For a log. It holds no data. */
      message: string;
    };

/** What a refund's event comes to. */
export type RefundReading =
  | {
      /** For `refcampaign.conversions.refund`. Refport documents no refunds. */
      refund: RefundParams & {
        /** The ID that the conversion was reported with. */
        externalId: string;
        /** In ISO 4217's smallest unit. */
        amount: number;
      };
      /** `null`: there is one. */
      reason: null;
      /** `null`: there is nothing to say. */
      message: null;
    }
  | {
      /** No refund. */
      refund: null;
      /** Why there is none. */
      reason: NoRefundReason;
      /** For a log. It holds no data. */
      message: string;
    };

/**
 * The sale of `checkout.session.completed` (and `.async_payment_succeeded`) or `invoice.paid` (and `.payment_succeeded`), renewals
 * included. Subscribe to both: each payment has one `invoiceId`, so the first one of a subscription, which both report, counts once.
 * Stripe's units of ISK, UGX and MGA, which are not ISO's, are converted.
 *
 * @param event What `stripe.webhooks.constructEvent` or `constructEventAsync` returned.
 * @example
 * const event = await stripe.webhooks.constructEventAsync(body, signature, secret);
 * const { sale, reason } = saleFromStripe(event);
 * if (sale) await refport.track.sale(sale);
 */
export function saleFromStripe(event: unknown): SaleReading;

/**
 * The refund of `charge.refunded`, in part or whole: the amount is all that was given back of the charge so far.
 *
 * Since version 2025-03-31 of its API a charge of Stripe's does not name its invoice. For a payment made with
 * `toStripe(…, { mode: "payment" })` the payment intent does; for a subscription's look the invoice up
 * (`stripe.invoicePayments.list`) and pass it, else the reason is `no_invoice_id`.
 *
 * A single payment with `invoice_creation` was reported with its invoice's ID: pass that too.
 *
 * @param event What `stripe.webhooks.constructEvent` or `constructEventAsync` returned.
 * @param options `invoiceId`: the invoice's ID, where you know it.
 * @example
 * const { refund } = refundFromStripe(event);
 * if (refund) await refcampaign.conversions.refund(refund);
 */
export function refundFromStripe(event: unknown, options?: { invoiceId?: string | null | undefined } | null): RefundReading;

/**
 * The sale of `transaction.completed` (or `.paid`), renewals included. The invoice ID is the transaction's.
 *
 * @param event What `paddle.webhooks.unmarshal` returned, or the JSON of a notification that was verified.
 * @example
 * const { sale } = saleFromPaddle(await paddle.webhooks.unmarshal(body, secret, signature));
 */
export function saleFromPaddle(event: unknown): SaleReading;

/**
 * The refund (or chargeback) of `adjustment.created` or `.updated`, once it is approved.
 *
 * @param event As of {@link saleFromPaddle}.
 * @example
 * const { refund } = refundFromPaddle(event);
 */
export function refundFromPaddle(event: unknown): RefundReading;

/**
 * The sale of `order.paid` (or `order.created`, `order.updated` of a paid order), renewals included. The invoice ID is the order's.
 *
 * @param event What `validateEvent` of `@polar-sh/sdk/webhooks` returned, or the JSON of an event that was verified.
 * @example
 * const { sale } = saleFromPolar(validateEvent(body, headers, secret));
 */
export function saleFromPolar(event: unknown): SaleReading;

/**
 * The refund of `refund.created` or `.updated`, once it has succeeded, or of `order.refunded`; tax included.
 *
 * @param event As of {@link saleFromPolar}.
 * @example
 * const { refund } = refundFromPolar(event);
 */
export function refundFromPolar(event: unknown): RefundReading;

/**
 * The sale of `order_created`, and of `subscription_payment_success` (or `_recovered`) for renewals. Subscribe to both: the first
 * payment of a subscription counts as its order. The invoice ID is `ls_order_…` or `ls_invoice_…`.
 *
 * In a currency without hundredths (JPY, KRW, KWD) the amount is the one in US dollars: what Lemon Squeezy's cent is there, it does
 * not document.
 *
 * @param event The JSON of a webhook whose `X-Signature` was verified.
 * @example
 * const { sale } = saleFromLemonSqueezy(JSON.parse(body));
 */
export function saleFromLemonSqueezy(event: unknown): SaleReading;

/**
 * The refund of `order_refunded` or `subscription_payment_refunded`; the whole, where the event does not say how much.
 *
 * @param event As of {@link saleFromLemonSqueezy}.
 * @example
 * const { refund } = refundFromLemonSqueezy(JSON.parse(body));
 */
export function refundFromLemonSqueezy(event: unknown): RefundReading;

/**
 * The sale of an order that is paid: the body of `orders/paid`. The invoice ID is `shopify_` and the order's ID. An order that was
 * paid with Shop Pay has no attributes: the reason is `no_click_id`.
 *
 * @param order The JSON of a webhook whose `X-Shopify-Hmac-Sha256` was verified.
 * @example
 * const { sale } = saleFromShopify(JSON.parse(body));
 */
export function saleFromShopify(order: unknown): SaleReading;

/**
 * The refund of `refunds/create`: what its transactions have given back.
 *
 * @param refund As of {@link saleFromShopify}.
 * @example
 * const { refund } = refundFromShopify(JSON.parse(body));
 */
export function refundFromShopify(refund: unknown): RefundReading;
