// Amounts in the smallest unit of ISO 4217, which both services take.

/**
 * Stripe's smallest unit is not ISO's in these: it writes krónur and shillings with two decimals, which ISO has not, and ariary
 * with none, where ISO has two.
 */
const OF_STRIPE = { isk: 1 / 100, ugx: 1 / 100, mga: 100 };

/** Stripe's amount in ISO's unit; undefined where it is no whole number of it. */
export function fromStripe(amount, currency) {
  const factor = Object.hasOwn(OF_STRIPE, currency.toLowerCase()) ? OF_STRIPE[currency.toLowerCase()] : 1;
  const converted = factor < 1 ? amount / 100 : amount * factor;
  return Number.isSafeInteger(converted) ? converted : undefined;
}

/** Currencies of ISO 4217 whose smallest unit is not a hundredth. */
const NOT_HUNDREDTHS =
  "bhd bif clf clp djf gnf iqd isk jod jpy kmf krw kwd lyd omr pyg rwf tnd ugx uyi uyw vnd vuv xaf xof xpf".split(" ");

export const isInHundredths = (currency) => !NOT_HUNDREDTHS.includes(currency.toLowerCase());
