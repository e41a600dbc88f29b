// Stripe: Checkout Sessions, the invoices of their subscriptions, and refunds.
//
// In: a request, for a session that is to be made; later, events that `stripe.webhooks.constructEvent` has verified.
// A payment has one invoice ID in every event that reports it: the invoice's, or else the payment intent's.

import { carriedFrom, carriedIn } from "./carried.js";
import { at, idAt, listAt, textAt, wholeAt } from "./fields.js";
import { fromStripe } from "./money.js";
import { noRefund, noSale, refundOf, saleOf } from "./reading.js";

/** Stripe's limit for a `client_reference_id`. */
const LONGEST_REFERENCE = 200;

/** Stripe refuses a session with the data of another mode. */
const DATA_OF_MODE = { subscription: "subscription_data", payment: "payment_intent_data", setup: "setup_intent_data" };

export const toStripeWith = (lookups) =>
  function toStripe(request, options) {
    const carried = carriedFrom(lookups, request, options, { mode: Object.keys(DATA_OF_MODE) });
    if (!carried) return {};
    const { clickId, values, mode = "subscription" } = carried;
    const metadata = () => ({ ...values });
    const isReference = clickId !== undefined && clickId.length <= LONGEST_REFERENCE;
    return {
      ...(isReference && { client_reference_id: clickId }),
      metadata: metadata(),
      [DATA_OF_MODE[mode]]: { metadata: metadata() },
    };
  };

const SESSIONS = ["checkout.session.completed", "checkout.session.async_payment_succeeded"];
const INVOICES = ["invoice.paid", "invoice.payment_succeeded"];
/** The first tells of each refund, the others of the same again. */
const REFUNDS = ["charge.refunded", "refund.created", "refund.updated", "charge.refund.updated", "credit_note.created"];

/** A session names its subscription and payment by their IDs, or has them whole, where they were expanded. */
const METADATA_OF_SESSION = ["metadata", "subscription.metadata", "payment_intent.metadata"];
/** Where the metadata of an invoice's subscription stands depends on the API's version. */
const METADATA_OF_INVOICE = [
  "parent.subscription_details.metadata", "subscription_details.metadata", "metadata", "parent.subscription_details.subscription.metadata",
  "subscription.metadata",
];

export function saleFromStripe(event) {
  const type = textAt(event, "type");
  const object = at(event, "data.object");
  if (type === undefined || object === undefined) return noSale("unreadable");
  if (SESSIONS.includes(type)) return saleOfSession(object);
  if (INVOICES.includes(type)) return saleOfInvoice(object);
  return noSale(REFUNDS.includes(type) ? "refund" : "unknown_type");
}

function saleOfSession(session) {
  const amount = wholeAt(session, "amount_total");
  const status = textAt(session, "payment_status");
  // A trial, or a card that is only kept.
  const isFree = amount === 0 || status === "no_payment_required";
  if (status !== "paid") return noSale(isFree ? "amount_zero" : "unpaid");
  // Old versions of the API name no invoice here, and `invoice.paid` tells of the same payment.
  if (textAt(session, "mode") === "subscription" && !idAt(session, "invoice")) return noSale("counted_before");
  return saleOf({
    ...payment(session, amount),
    carried: carriedIn(METADATA_OF_SESSION.map((path) => at(session, path))),
    invoiceId: idAt(session, "invoice", "payment_intent", "id"),
    email: textAt(session, "customer_details.email", "customer_email"),
    name: textAt(session, "customer_details.name"),
  });
}

function saleOfInvoice(invoice) {
  const status = textAt(invoice, "status");
  if (status !== undefined && status !== "paid") return noSale("unpaid");
  const lines = listAt(invoice, "lines.data").map((line) => at(line, "metadata"));
  return saleOf({
    ...payment(invoice, wholeAt(invoice, "amount_paid")),
    carried: carriedIn([...METADATA_OF_INVOICE.map((path) => at(invoice, path)), ...lines]),
    invoiceId: idAt(invoice, "id"),
    email: textAt(invoice, "customer_email"),
    name: textAt(invoice, "customer_name"),
  });
}

function payment(object, amount) {
  const currency = textAt(object, "currency");
  const converted = currency === undefined || amount === undefined ? undefined : fromStripe(amount, currency);
  return { processor: "stripe", customer: idAt(object, "customer"), amount: converted, currency };
}

export function refundFromStripe(event, options) {
  const type = textAt(event, "type");
  const charge = at(event, "data.object");
  if (type === undefined || charge === undefined) return noRefund("unreadable");
  if (type !== "charge.refunded") return noRefund(REFUNDS.includes(type) ? "counted_before" : "unknown_type");
  const currency = textAt(charge, "currency");
  const amount = wholeAt(charge, "amount_refunded");
  if (currency === undefined || amount === undefined) return noRefund("bad_amount");
  return refundOf({
    invoiceId: textAt(options, "invoiceId") ?? saleOfCharge(charge),
    amount: fromStripe(amount, currency),
    reason: textAt(charge, "refunds.data.0.reason"),
  });
}

/** A charge names its invoice in older versions of the API alone; one that has our metadata is no subscription's. */
function saleOfCharge(charge) {
  const { clickId, sessionId } = carriedIn([at(charge, "metadata")]);
  return idAt(charge, "invoice") ?? (clickId || sessionId ? idAt(charge, "payment_intent") : undefined);
}
