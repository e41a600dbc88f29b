// The one thing the shop sells.

/**
 * The same price twice, as each service wants it: Refport `amount`, in the smallest unit of `currency`, RefCampaign's
 * `conversions.track` `price`, as a person would write it.
 */
export const PRODUCT = { name: "Pocket compass", amount: 4900, price: 49, currency: "usd" };
