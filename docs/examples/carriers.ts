import { Refport } from "refport-edge";
import { saleFromPaddle, toLemonSqueezy, toPaddle, toPolar, toShopify } from "refport-edge/checkout";

/** What the checkout of each provider is to carry. It is `{}` for an organic visitor. */
export function carried(request: Request, userId: string) {
  const customer = { customerExternalId: userId };
  return {
    paddle: toPaddle(request, customer), // { custom_data }
    polar: toPolar(request, customer), // { metadata }
    lemonSqueezy: toLemonSqueezy(request, customer), // { checkoutData: { custom } }
    shopify: toShopify(request, customer), // { attributes }
  };
}

/** What `paddle.webhooks.unmarshal` returned: an event whose signature is right. */
export async function onPaddleEvent(event: unknown, env: { REFPORT_API_KEY: string }): Promise<Response> {
  const { sale, message } = saleFromPaddle(event);
  if (!sale) return new Response(message);
  const { outcome, error } = await new Refport({ apiKey: env.REFPORT_API_KEY }).track.sale(sale);
  if (error) console.error(error);
  return new Response(outcome, { status: error?.retryable ? 503 : 200 });
}
