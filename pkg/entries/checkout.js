// `refport-edge/checkout`, with the lookups of the package itself.

import { getClickIdFromRequest, getSessionIdFromRequest } from "../index.js";
import { toLemonSqueezyWith } from "../checkout/lemon-squeezy.js";
import { toPaddleWith } from "../checkout/paddle.js";
import { toPolarWith } from "../checkout/polar.js";
import { toShopifyWith } from "../checkout/shopify.js";
import { toStripeWith } from "../checkout/stripe.js";

const LOOKUPS = { getClickIdFromRequest, getSessionIdFromRequest };

export const toLemonSqueezy = /* @__PURE__ */ toLemonSqueezyWith(LOOKUPS);
export const toPaddle = /* @__PURE__ */ toPaddleWith(LOOKUPS);
export const toPolar = /* @__PURE__ */ toPolarWith(LOOKUPS);
export const toShopify = /* @__PURE__ */ toShopifyWith(LOOKUPS);
export const toStripe = /* @__PURE__ */ toStripeWith(LOOKUPS);
export { refundFromLemonSqueezy, saleFromLemonSqueezy } from "../checkout/lemon-squeezy.js";
export { refundFromPaddle, saleFromPaddle } from "../checkout/paddle.js";
export { refundFromPolar, saleFromPolar } from "../checkout/polar.js";
export { refundFromStripe, saleFromStripe } from "../checkout/stripe.js";
