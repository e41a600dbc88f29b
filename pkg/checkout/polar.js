// Polar: orders, those of renewals too, and refunds.
//
// In: a request, for a checkout that is to be made; later, events that Polar's library (or Standard Webhooks') has verified.

import { carriedFrom, carriedIn } from "./carried.js";
import { at, idAt, textAt, wholeAt } from "./fields.js";
import { noRefund, noSale, refundOf, saleOf } from "./reading.js";

export const toPolarWith = (lookups) =>
  function toPolar(request, options) {
    const carried = carriedFrom(lookups, request, options);
    return carried ? { metadata: carried.values } : {};
  };

const PAYMENTS = ["order.paid", "order.created", "order.updated"];
const REFUNDS = ["refund.created", "refund.updated", "order.refunded"];

export function saleFromPolar(event) {
  const type = textAt(event, "type");
  const order = at(event, "data");
  if (type === undefined || order === undefined) return noSale("unreadable");
  if (REFUNDS.includes(type)) return noSale("refund");
  if (!PAYMENTS.includes(type)) return noSale("unknown_type");
  const status = textAt(order, "status");
  if (status === "refunded" || status === "partially_refunded") return noSale("refund");
  if (status !== "paid") return noSale("unpaid");
  return saleOf({
    processor: "polar",
    carried: carriedIn(["metadata", "subscription.metadata", "checkout.metadata"].map((path) => at(order, path))),
    customer: idAt(order, "customer.external_id", "customer_id", "customer"),
    amount: wholeAt(order, "total_amount", "amount"),
    currency: textAt(order, "currency"),
    invoiceId: idAt(order, "id"),
    email: textAt(order, "customer.email"),
    name: textAt(order, "customer.name"),
  });
}

export function refundFromPolar(event) {
  const type = textAt(event, "type");
  const object = at(event, "data");
  if (type === undefined || object === undefined) return noRefund("unreadable");
  if (!REFUNDS.includes(type)) return noRefund("unknown_type");
  if (type === "order.refunded") {
    const amount = sum(wholeAt(object, "refunded_amount"), wholeAt(object, "refunded_tax_amount"));
    return refundOf({ invoiceId: idAt(object, "id"), amount });
  }
  if (textAt(object, "status") !== "succeeded") return noRefund("not_refunded");
  const amount = sum(wholeAt(object, "amount"), wholeAt(object, "tax_amount"));
  return refundOf({ invoiceId: idAt(object, "order_id"), amount, reason: textAt(object, "reason") });
}

/** Polar tells what goes back of the price and of the tax apart. */
const sum = (amount, tax = 0) => (amount === undefined ? undefined : amount + tax);
