// A shop's webhooks, as its author writes them: the vendor's own library verifies, this package reads and reports.
//
// In: `POST /checkout` with a visitor's cookies; `POST /stripe`, `/paddle`, `/polar`, `/lemon-squeezy` with an event. Out: what the
// checkout carries; what became of the event. An event that is not the vendor's is a 400.

import { Environment, Paddle } from "@paddle/paddle-node-sdk";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { RefCampaign, Refport } from "refport-edge";
import * as checkout from "refport-edge/checkout";

const stripe = new Stripe("sk_test_nobody", { httpClient: Stripe.createFetchHttpClient() });
const paddle = new Paddle("pdl_test_nobody", { environment: Environment.sandbox });

const VENDORS = {
  async stripe(request, body, { SECRET }) {
    const signature = request.headers.get("stripe-signature");
    const event = await stripe.webhooks.constructEventAsync(body, signature, SECRET);
    return [checkout.saleFromStripe(event), checkout.refundFromStripe(event)];
  },
  async paddle(request, body, { SECRET }) {
    const event = await paddle.webhooks.unmarshal(body, SECRET, request.headers.get("paddle-signature") ?? "");
    return [checkout.saleFromPaddle(event), checkout.refundFromPaddle(event)];
  },
  async polar(request, body, { SECRET }) {
    const event = new Webhook(btoa(SECRET)).verify(body, Object.fromEntries(request.headers));
    return [checkout.saleFromPolar(event), checkout.refundFromPolar(event)];
  },
  async "lemon-squeezy"(request, body, { SECRET }) {
    const encoder = new TextEncoder();
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", encoder.encode(SECRET), algorithm, false, ["verify"]);
    const signature = Uint8Array.from((request.headers.get("x-signature") ?? "").match(/../g) ?? [], (byte) => parseInt(byte, 16));
    if (!(await crypto.subtle.verify("HMAC", key, signature, encoder.encode(body)))) throw new Error("the signature is wrong");
    const event = JSON.parse(body);
    return [checkout.saleFromLemonSqueezy(event), checkout.refundFromLemonSqueezy(event)];
  },
};

export default {
  async fetch(request, env) {
    const path = new URL(request.url).pathname.slice(1);
    if (path === "checkout") return Response.json(carried(request, await request.json()));
    let readings;
    try {
      readings = await VENDORS[path](request, await request.text(), env);
    } catch (error) {
      return Response.json({ refused: error.message }, { status: 400 });
    }
    return Response.json(await report(readings, env));
  },
};

const carried = (request, options) => ({
  stripe: checkout.toStripe(request, options),
  paddle: checkout.toPaddle(request, options),
  polar: checkout.toPolar(request, options),
  "lemon-squeezy": checkout.toLemonSqueezy(request, options),
});

async function report([{ sale, conversion, reason }, { refund }], env) {
  const refport = new Refport({ apiKey: env.REFPORT_API_KEY, baseUrl: "https://refport.test", fetch: env.REFPORT });
  const { conversions } = new RefCampaign({ apiKey: env.REFCAMPAIGN_API_KEY, apiUrl: "https://refcampaign.test", fetch: env.REFCAMPAIGN });
  const told = { reason };
  if (sale) told.sale = (await refport.track.sale(sale)).outcome;
  if (conversion) told.conversion = (await conversions.postback(conversion)).outcome;
  if (refund) told.refund = (await conversions.refund(refund)).alreadyRefunded ? "refunded before" : "refunded";
  return told;
}
