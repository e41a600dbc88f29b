// The one thing the shop sells.

/** `amount` in the smallest unit of `currency`. */
export const PRODUCT = { name: "Pocket compass", amount: 4900, currency: "usd" };
