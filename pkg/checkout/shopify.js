// Shopify: the attributes of a cart, and the order that has them.
//
// In: a request to the shop's own storefront; later, the webhooks `orders/paid` and `refunds/create` that were verified. Their
// bodies do not name their topic. Shop Pay loses a cart's attributes.

import { carriedFrom, carriedIn } from "./carried.js";
import { at, idAt, listAt, textAt } from "./fields.js";
import { inSmallestUnit } from "./money.js";
import { noRefund, noSale, refundOf, saleOf } from "./reading.js";

export const toShopifyWith = (lookups) =>
  function toShopify(request, options) {
    const carried = carriedFrom(lookups, request, options);
    return carried ? { attributes: Object.entries(carried.values).map(([key, value]) => ({ key, value })) } : {};
  };

const GIVEN_BACK = ["refunded", "partially_refunded", "voided"];

export function saleFromShopify(order) {
  const status = textAt(order, "financial_status");
  if (listAt(order, "refund_line_items").length > 0) return noSale("refund");
  if (status === undefined || idAt(order, "id") === undefined) return noSale("unreadable");
  if (GIVEN_BACK.includes(status)) return noSale("refund");
  if (status !== "paid") return noSale("unpaid");
  const currency = textAt(order, "currency");
  const attributes = listAt(order, "note_attributes").map((one) => [textAt(one, "name"), at(one, "value")]);
  return saleOf({
    processor: "shopify",
    carried: carriedIn([Object.fromEntries(attributes.filter(([name]) => name !== undefined))]),
    customer: idAt(order, "customer.id"),
    amount: currency && inSmallestUnit(textAt(order, "total_price"), currency),
    currency,
    invoiceId: `shopify_${idAt(order, "id")}`,
    email: textAt(order, "email", "customer.email"),
  });
}

/** The refund of `refunds/create`: what its transactions give back. */
export function refundFromShopify(refund) {
  const order = idAt(refund, "order_id");
  if (order === undefined || at(refund, "transactions") === undefined) return noRefund("unreadable");
  const given = listAt(refund, "transactions").filter(
    (one) => textAt(one, "kind") === "refund" && textAt(one, "status") === "success",
  );
  const amounts = given.map((one) => inSmallestUnit(textAt(one, "amount"), textAt(one, "currency") ?? ""));
  const amount = amounts.some((one) => one === undefined) ? undefined : amounts.reduce((sum, one) => sum + one, 0);
  return refundOf({ invoiceId: `shopify_${order}`, amount });
}
