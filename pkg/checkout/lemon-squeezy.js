// Lemon Squeezy: orders, the invoices of their subscriptions, and refunds.
//
// In: a request, for a checkout that is to be made; later, webhooks whose `X-Signature` was verified.
// Orders and invoices count their IDs from 1 each, so that an invoice ID says which it is.

import { carriedFrom, carriedIn } from "./carried.js";
import { at, idAt, textAt, wholeAt } from "./fields.js";
import { isInHundredths } from "./money.js";
import { noRefund, noSale, refundOf, saleOf } from "./reading.js";

export const toLemonSqueezyWith = (lookups) =>
  function toLemonSqueezy(request, options) {
    const carried = carriedFrom(lookups, request, options);
    return carried ? { checkoutData: { custom: carried.values } } : {};
  };

const PAYMENTS = ["order_created", "subscription_payment_success", "subscription_payment_recovered"];
const REFUNDS = ["order_refunded", "subscription_payment_refunded"];

export function saleFromLemonSqueezy(event) {
  const type = textAt(event, "meta.event_name");
  const attributes = at(event, "data.attributes");
  if (type === undefined || attributes === undefined) return noSale("unreadable");
  if (REFUNDS.includes(type)) return noSale("refund");
  if (!PAYMENTS.includes(type)) return noSale("unknown_type");
  if (isFirstOfSubscription(event)) return noSale("counted_before");
  const status = textAt(attributes, "status");
  if (status === "refunded" || status === "partial_refund") return noSale("refund");
  if (status !== "paid") return noSale("unpaid");
  return saleOf({
    // Refport's list has no Lemon Squeezy.
    processor: "custom",
    carried: carriedIn([at(event, "meta.custom_data")]),
    customer: idAt(attributes, "customer_id"),
    ...money(attributes, "total"),
    invoiceId: invoiceIdOf(event),
    email: textAt(attributes, "user_email"),
    name: textAt(attributes, "user_name"),
  });
}

export function refundFromLemonSqueezy(event) {
  const type = textAt(event, "meta.event_name");
  const attributes = at(event, "data.attributes");
  if (type === undefined || attributes === undefined) return noRefund("unreadable");
  if (!REFUNDS.includes(type)) return noRefund("unknown_type");
  if (isFirstOfSubscription(event)) return noRefund("counted_before");
  const { amount } = money(attributes, "refunded_amount");
  return refundOf({ invoiceId: invoiceIdOf(event), amount: amount ?? money(attributes, "total").amount });
}

/** The first payment of a subscription is reported as an order too, under the order's ID. */
const isFirstOfSubscription = (event) =>
  textAt(event, "data.type") === "subscription-invoices" && textAt(event, "data.attributes.billing_reason") === "initial";

function invoiceIdOf(event) {
  const id = idAt(event, "data.id");
  return id && `${textAt(event, "data.type") === "subscription-invoices" ? "ls_invoice" : "ls_order"}_${id}`;
}

/** Amounts are documented as cents. What a cent of a yen is, nobody says: then the amount in dollars is taken. */
function money(attributes, name) {
  const currency = textAt(attributes, "currency");
  const dollars = wholeAt(attributes, `${name}_usd`);
  if (currency && !isInHundredths(currency)) return { amount: dollars, currency: "USD" };
  return { amount: wholeAt(attributes, name), currency };
}
