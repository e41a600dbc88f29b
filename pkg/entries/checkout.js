// `refport-edge/checkout`: what users import of it; documented in checkout.d.ts.

/* @ts-self-types="../checkout.d.ts" */

import { toLemonSqueezyWith } from "../checkout/lemon-squeezy.js";
import { toPaddleWith } from "../checkout/paddle.js";
import { toPolarWith } from "../checkout/polar.js";
import { toShopifyWith } from "../checkout/shopify.js";
import { toStripeWith } from "../checkout/stripe.js";
import { getClickIdFromRequestWith, getSessionIdFromRequestWith } from "../lookup.js";
import { lookup } from "./cores/lookup.js";

const LOOKUPS = /* @__PURE__ */ (() => ({
  getClickIdFromRequest: getClickIdFromRequestWith(lookup),
  getSessionIdFromRequest: getSessionIdFromRequestWith(lookup),
}))();

export const toLemonSqueezy = /* @__PURE__ */ toLemonSqueezyWith(LOOKUPS);
export const toPaddle = /* @__PURE__ */ toPaddleWith(LOOKUPS);
export const toPolar = /* @__PURE__ */ toPolarWith(LOOKUPS);
export const toShopify = /* @__PURE__ */ toShopifyWith(LOOKUPS);
export const toStripe = /* @__PURE__ */ toStripeWith(LOOKUPS);
export { refundFromLemonSqueezy, saleFromLemonSqueezy } from "../checkout/lemon-squeezy.js";
export { refundFromPaddle, saleFromPaddle } from "../checkout/paddle.js";
export { refundFromPolar, saleFromPolar } from "../checkout/polar.js";
export { refundFromShopify, saleFromShopify } from "../checkout/shopify.js";
export { refundFromStripe, saleFromStripe } from "../checkout/stripe.js";
