import { Dub, trackLead, trackSale } from "refport-edge/dub";

type Env = { DUB_API_KEY: string };

/** The click ID is read from the request: the parameter or the cookie `dub_id`. */
export async function onSignUp(request: Request, user: { id: string; email: string }, env: Env) {
  const lead = { customerExternalId: user.id, customerEmail: user.email, eventName: "Sign up" };
  const { outcome } = await trackLead(request, lead, { token: env.DUB_API_KEY });
  return outcome; // "recorded", "duplicate", or "skipped": there was no click
}

/** Dub knows the customer by the lead: there is no request in a webhook, and none is needed. */
export async function onPaid(order: { id: string; userId: string; cents: number }, env: Env) {
  const sale = { customerExternalId: order.userId, amount: order.cents, currency: "usd", invoiceId: order.id };
  const { outcome, error } = await trackSale(null, sale, { token: env.DUB_API_KEY });
  if (error) console.error(error.kind, error.message);
  return outcome; // "recorded", or "unattributed": no partner brought this customer
}

export async function onRefunded(order: { id: string }, env: Env) {
  const dub = new Dub({ token: env.DUB_API_KEY });
  const { outcome } = await dub.commissions.refund({ invoiceId: order.id });
  return outcome; // "recorded", or "duplicate": it was taken back before
}
