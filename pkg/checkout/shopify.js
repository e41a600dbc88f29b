// Shopify: the attributes of a cart.
//
// In: a request to the shop's own storefront. Out: attributes for the Storefront API. Shop Pay loses them.

import { carriedFrom } from "./carried.js";

export const toShopifyWith = (lookups) =>
  function toShopify(request, options) {
    const carried = carriedFrom(lookups, request, options);
    return carried ? { attributes: Object.entries(carried.values).map(([key, value]) => ({ key, value })) } : {};
  };
