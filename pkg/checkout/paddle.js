// Paddle Billing: transactions, those of renewals too, and adjustments.
//
// In: a request, for a transaction that is to be made; later, notifications that Paddle's library has verified.

import { carriedFrom, carriedIn } from "./carried.js";
import { at, idAt, textAt, wholeAt } from "./fields.js";
import { noRefund, noSale, refundOf, saleOf } from "./reading.js";

export const toPaddleWith = (lookups) =>
  function toPaddle(request, options) {
    const carried = carriedFrom(lookups, request, options);
    return carried ? { custom_data: carried.values } : {};
  };

const PAYMENTS = ["transaction.completed", "transaction.paid"];
const ADJUSTMENTS = ["adjustment.created", "adjustment.updated"];

export function saleFromPaddle(event) {
  const type = textAt(event, "event_type");
  const transaction = at(event, "data");
  if (type === undefined || transaction === undefined) return noSale("unreadable");
  if (ADJUSTMENTS.includes(type)) return noSale("refund");
  if (!PAYMENTS.includes(type)) return noSale("unknown_type");
  if (!["completed", "paid"].includes(textAt(transaction, "status"))) return noSale("unpaid");
  return saleOf({
    processor: "paddle",
    carried: carriedIn([at(transaction, "custom_data")]),
    customer: idAt(transaction, "customer_id"),
    amount: wholeAt(transaction, "details.totals.grand_total", "details.totals.total"),
    currency: textAt(transaction, "currency_code", "details.totals.currency_code"),
    invoiceId: idAt(transaction, "id"),
    email: textAt(transaction, "customer.email"),
    name: textAt(transaction, "customer.name"),
  });
}

/** Money that goes back to the customer; a credit stays with Paddle for a later payment. */
const BACK = ["refund", "chargeback"];

export function refundFromPaddle(event) {
  const type = textAt(event, "event_type");
  const adjustment = at(event, "data");
  if (type === undefined || adjustment === undefined) return noRefund("unreadable");
  if (!ADJUSTMENTS.includes(type)) return noRefund("unknown_type");
  const isApproved = textAt(adjustment, "status") === "approved";
  if (!isApproved || !BACK.includes(textAt(adjustment, "action"))) return noRefund("not_refunded");
  return refundOf({
    invoiceId: idAt(adjustment, "transaction_id"),
    amount: wholeAt(adjustment, "totals.total"),
    reason: textAt(adjustment, "reason"),
  });
}
