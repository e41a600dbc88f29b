// A webhook of Stripe's. Stripe sends it again until it gets a 2xx, so the status says whether there is anything left to do.
// The checkout session was made with `metadata: { refportClickId }`.

import { Refport } from "refport-edge";
import Stripe from "stripe";

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const event = await verified(request, env);
    if (!event) return new Response("the signature is wrong", { status: 400 });
    if (event.type !== "checkout.session.completed") return new Response("nothing to do");

    const { id, metadata, client_reference_id, amount_total, currency, payment_status } = event.data.object;
    if (!metadata?.refportClickId || payment_status !== "paid") return new Response("no partner, or not paid yet");

    const refport = new Refport({ apiKey: env.REFPORT_API_KEY, baseUrl: env.REFPORT_BASE_URL });
    const { outcome, error } = await refport.track.sale({
      clickId: metadata.refportClickId,
      customerExternalId: client_reference_id ?? id,
      amount: amount_total ?? 0,
      currency,
      invoiceId: id,
      paymentProcessor: "stripe",
    });
    if (error) console.error(error);
    // "recorded" and "duplicate" are both done. What cannot become better is done too: it is in the log.
    return new Response(outcome, { status: error?.retryable ? 503 : 200 });
  },
};

async function verified(request: Request, env: Env) {
  const stripe = new Stripe(env.STRIPE_API_KEY);
  const signature = request.headers.get("stripe-signature") ?? "";
  return stripe.webhooks.constructEventAsync(await request.text(), signature, env.STRIPE_WEBHOOK_SECRET).catch(() => null);
}

interface Env {
  STRIPE_API_KEY: string;
  STRIPE_WEBHOOK_SECRET: string;
  REFPORT_API_KEY: string;
  REFPORT_BASE_URL?: string;
}
