// Stripe Checkout from click to sale: the session carries the click, the webhook's event brings it back.

import { saleFromStripe, toStripe } from "refport-edge/checkout";
import { Refport } from "refport-edge";
import Stripe from "stripe";

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    return new URL(request.url).pathname === "/webhook" ? onWebhook(request, env) : onCheckout(request, env);
  },
};

async function onCheckout(request: Request, env: Env): Promise<Response> {
  const session = await new Stripe(env.STRIPE_API_KEY).checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: env.STRIPE_PRICE, quantity: 1 }],
    success_url: new URL("/thanks", request.url).href,
    ...toStripe(request, { customerExternalId: "user_1" }),
  });
  return Response.redirect(session.url!, 303);
}

async function onWebhook(request: Request, env: Env): Promise<Response> {
  const { webhooks } = new Stripe(env.STRIPE_API_KEY);
  const signature = request.headers.get("stripe-signature") ?? "";
  const event = await webhooks.constructEventAsync(await request.text(), signature, env.STRIPE_WEBHOOK_SECRET).catch(() => null);
  if (!event) return new Response("the signature is wrong", { status: 400 });
  const { sale, message } = saleFromStripe(event);
  if (!sale) return new Response(message);
  const refport = new Refport({ apiKey: env.REFPORT_API_KEY, baseUrl: env.REFPORT_BASE_URL });
  const { outcome, error } = await refport.track.sale(sale);
  if (error) console.error(error);
  return new Response(outcome, { status: error?.retryable ? 503 : 200 });
}

interface Env {
  STRIPE_API_KEY: string;
  STRIPE_PRICE: string;
  STRIPE_WEBHOOK_SECRET: string;
  REFPORT_API_KEY: string;
  REFPORT_BASE_URL?: string;
}
