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

/** Currencies of ISO 4217 that have not two decimals, by how many they have. */
const DECIMALS = {
  0: "bif clp djf gnf isk jpy kmf krw pyg rwf ugx uyi vnd vuv xaf xof xpf",
  3: "bhd iqd jod kwd lyd omr tnd",
  4: "clf uyw",
};

const decimalsOf = (currency) =>
  Number(Object.keys(DECIMALS).find((count) => DECIMALS[count].split(" ").includes(currency.toLowerCase())) ?? 2);

export const isInHundredths = (currency) => decimalsOf(currency) === 2;

/** Decimal text in the main unit (`"49.90"`), in ISO's unit; undefined where it is none, or has more decimals than the currency. */
export function inSmallestUnit(text, currency) {
  const decimals = decimalsOf(currency);
  const [, whole, fraction = ""] = /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text) ?? [];
  const digits = fraction.replace(/0+$/, "");
  if (whole === undefined || digits.length > decimals) return undefined;
  const amount = Number(whole + digits.padEnd(decimals, "0"));
  return Number.isSafeInteger(amount) ? amount : undefined;
}
