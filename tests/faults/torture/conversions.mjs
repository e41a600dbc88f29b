// RefCampaign's year: conversions and refunds through a service that fails at every third request.
//
// In: how many, and a Random. Out: a verdict (see torture.mjs): what the fake ledger holds against what the shop was told.
//
// A conversion is told of by three webhooks, at once or one after the other, the last of those when it was refunded
// already; so is a refund. A webhook is delivered again until its event is on the books, as a payment service does that
// waits for a 200: whatever ended a delivery, a kill or a wrong key among them. The ledger must hold each conversion once,
// each refund once, and no refund that gives back more than there was.

import { crowd } from "./crowd.mjs";
import { mendedScript } from "./repertoire.mjs";
import { withShop } from "./shop.mjs";

const LIMIT_MS = 10 * 60_000;
const AT_A_TIME = 64;
const WEBHOOKS = 3;

/** The amount of every conversion, in minor units, however it is told. */
const AMOUNT = 4990;
/** A refund of everything, which need not say how much, of a part, and of more than there is: the service refuses it. */
const REFUNDS = [
  { share: 0.2, event: "refund" },
  { share: 0.2, event: "refund", amount: AMOUNT },
  { share: 0.1, event: "refund", amount: 990 },
  { share: 0.05, event: "refund of too much", amount: AMOUNT + 1 },
];
const KINDS = ["conversion in major units", "conversion in minor units", "conversion without an ID"];

export async function conversions(count, random) {
  const told = Array.from({ length: count }, (_, index) => drawConversion(index, random));
  const refunds = told.map((conversion) => drawRefund(conversion, random)).filter((refund) => refund !== undefined);
  return withShop([...told, ...refunds], random, async (shop) => {
    const refundOf = new Map(refunds.map((refund) => [refund.of, refund]));
    await crowd("conversions", told, AT_A_TIME, LIMIT_MS, (one) => play(shop, one, refundOf.get(one)));
    return verdict(shop, told, refunds);
  });
}

function drawConversion(index, random) {
  const event = KINDS[index % KINDS.length];
  // The shop has to know the ID that was made for the first delivery before there is a second.
  const together = event !== "conversion without an ID" && random.chance(0.5);
  return { id: `conversion-${index}`, event, together, script: mendedScript(random) };
}

function drawRefund(of, random) {
  let at = random.next();
  for (const { share, ...refund } of REFUNDS) {
    at -= share;
    if (at < 0) return { ...refund, id: of.id.replace("conversion", "refund"), of, script: mendedScript(random) };
  }
  return undefined;
}

async function play(shop, conversion, refund) {
  const webhook = (event) => shop.deliverUntilSettled(event);
  const all = (event) => Promise.all(Array.from({ length: WEBHOOKS }, () => webhook(event)));
  if (conversion.together) {
    await all(conversion);
    if (refund) await all(refund);
    return;
  }
  const events = [conversion, conversion, refund, conversion, refund, refund];
  for (const event of events) if (event) await webhook(event);
}

function verdict(shop, told, refunds) {
  const [conversionBooks, refundBooks] = [told, refunds].map((events) => events.map(({ id }) => shop.books(id)));
  const of = (books, isSo) => books.filter(isSo).length;
  const sum = (books) => books.flatMap(({ amounts }) => amounts).reduce((total, amount) => total + amount, 0);
  const given = refunds.map((refund, index) => ({ ...refund, ...refundBooks[index] }));
  const wanted = given.filter(({ event }) => event === "refund");
  const tooMuch = given.filter(({ event }) => event === "refund of too much");
  const books = [...conversionBooks, ...refundBooks];
  const promises = {
    "conversions lost": of(conversionBooks, ({ recorded }) => recorded === 0),
    "conversions booked twice": of(conversionBooks, ({ recorded }) => recorded > 1),
    "conversions of another amount": of(conversionBooks, ({ amounts }) => amounts.some((amount) => amount !== AMOUNT)),
    "refunds lost": of(wanted, ({ recorded }) => recorded === 0),
    "refunds given twice": of(wanted, ({ recorded }) => recorded > 1),
    "refunds of another amount": of(wanted, (one) => one.amounts.some((amount) => amount !== (one.amount ?? AMOUNT))),
    "refunds beyond the conversion's amount": of(given, (one) => sum([one]) > AMOUNT),
    "refunds of too much that were given": of(tooMuch, ({ recorded }) => recorded > 0),
    "webhooks given up": shop.givenUp(),
    ...shop.promises(books),
  };
  const figures = [
    `${told.length} conversions, ${refunds.length} refunds`,
    ...shop.figures(books),
    `ledger ${sum(conversionBooks) / AMOUNT} conversions and ${wanted.reduce((n, { recorded }) => n + recorded, 0)} refunds`,
    `${tooMuch.length} refunds of too much refused`,
  ];
  return { figures, promises, alarms: shop.alarms(books) };
}
