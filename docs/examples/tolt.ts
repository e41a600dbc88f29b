import { Tolt, trackClick, trackLead, trackSale } from "refport-edge/tolt";

type Env = { TOLT_API_KEY: string };

/** Only where Tolt's script cannot run: it makes the click itself. */
export async function onLanding(request: Request, env: Env) {
  const { data } = await trackClick(request, null, { token: env.TOLT_API_KEY });
  return data?.id ?? null; // null: no partner's link
}

/** The click ID is read from the cookie `tolt_referral`. Keep the customer's ID with the user. */
export async function onSignUp(request: Request, user: { email: string; partnerId: string }, env: Env) {
  const customer = { email: user.email, partner_id: user.partnerId };
  const { data } = await trackLead(request, customer, { token: env.TOLT_API_KEY });
  return data?.id ?? null; // Tolt's own ID, "cus_…"
}

/** There is no request in a webhook, and none is needed: Tolt knows its customer. */
export async function onPaid(charge: { id: string; toltCustomerId: string; cents: number }, env: Env) {
  const payment = { customer_id: charge.toltCustomerId, amount: charge.cents, charge_id: charge.id };
  const { outcome, data, error } = await trackSale(null, payment, { token: env.TOLT_API_KEY });
  if (error) console.error(error.kind, error.message);
  return { outcome, id: data?.id ?? null }; // "recorded" with the transaction's ID, or "duplicate"
}

export async function onRefunded(transactionId: string, env: Env) {
  const tolt = new Tolt({ token: env.TOLT_API_KEY });
  const { outcome } = await tolt.transactions.refund({ id: transactionId });
  return outcome; // "recorded", or "duplicate": it was taken back before
}
