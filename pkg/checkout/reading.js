// What an event comes to: parameters for the services, or why there are none.
//
// In: a payment or a refund, by parts. Out: `{ sale, conversion, reason, message }` or `{ refund, reason, message }`.

/** Why an event is no sale, or no refund. */
const MESSAGES = {
  unreadable: "this is no event of the vendor's: pass what its library has verified, not the body's text",
  unknown_type: "events of this type are not read",
  unpaid: "it is not paid (yet): another event follows when it is",
  no_click_id: "it carries no click ID and no session ID: an organic customer, or a checkout that was not given them",
  refund: "it is a refund: read it with the vendor's refund function",
  amount_zero: "its amount is 0: a trial, or paid by a credit",
  bad_amount: "its amount is no whole number of the currency's smallest unit",
  counted_before: "an event of another type reports the same payment",
  not_refunded: "nothing is refunded (yet), or it was refused",
  no_invoice_id: "it does not say which sale it belongs to: pass invoiceId",
};

export const noSale = (reason) => ({ sale: null, conversion: null, reason, message: MESSAGES[reason] });
export const noRefund = (reason) => ({ refund: null, reason, message: MESSAGES[reason] });

/** The sale of a payment: for Refport where it carries a click, for RefCampaign where it carries a session. */
export function saleOf({ carried, processor, customer, amount, currency, invoiceId, email, name }) {
  const { clickId, sessionId } = carried;
  if (!clickId && !sessionId) return noSale("no_click_id");
  if (amount === 0) return noSale("amount_zero");
  const customerExternalId = carried.customerExternalId ?? customer ?? email;
  if (!isAmount(amount)) return noSale("bad_amount");
  if (!currency || !invoiceId || !customerExternalId) return noSale("unreadable");
  const sale = {
    clickId, customerExternalId, amount, currency: currency.toLowerCase(), invoiceId, paymentProcessor: processor,
    ...(email && { customerEmail: email }), ...(name && { customerName: name }),
  };
  const conversion = {
    sessionId, externalId: invoiceId, conversionType: "SALE", amount, currency: currency.toUpperCase(), customerId: customerExternalId,
  };
  return { sale: clickId ? sale : null, conversion: sessionId ? conversion : null, reason: null, message: null };
}

export function refundOf({ invoiceId, amount, reason }) {
  if (!isAmount(amount)) return noRefund("bad_amount");
  if (amount === 0) return noRefund("not_refunded");
  if (!invoiceId) return noRefund("no_invoice_id");
  return { refund: { externalId: invoiceId, amount, ...(reason && { reason: reason.slice(0, 500) }) }, reason: null, message: null };
}

const isAmount = (amount) => Number.isSafeInteger(amount) && amount >= 0;
