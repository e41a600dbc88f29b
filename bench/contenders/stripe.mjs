// npm `stripe`: a payment's SDK, for its weight and its start. Its call is its own: a payment intent.

import Stripe from "stripe";
import { API_KEY, SALE } from "../job.mjs";

export function seller(fetch) {
  const stripe = new Stripe(API_KEY, { httpClient: Stripe.createFetchHttpClient(fetch), maxNetworkRetries: 0 });
  return async () => (await stripe.paymentIntents.create({ amount: SALE.amount, currency: SALE.currency })) && "sale_xyz";
}
