// The shop's year: sales and leads through a service that fails at every third request.
//
// In: how many, and a Random. Out: a verdict (see torture.mjs): what the fake ledger holds against what the shop was
// told.
//
// A sale with an invoice ID is told of by three webhooks, at once or one after the other, and a webhook is delivered
// again while its delivery ends retryable, or is killed: the ledger must hold it once. A lead, or a sale without an invoice ID, is
// told of once, and not again: the ledger may lack it, but never hold it twice, nor otherwise than the shop was told.

import { crowd } from "./crowd.mjs";
import { anyScript, passingScript } from "./repertoire.mjs";
import { withShop } from "./shop.mjs";

const LIMIT_MS = 10 * 60_000;
const AT_A_TIME = 64;
const WEBHOOKS = 3;

/** Sales with an ID by which their service recognises them. */
export async function sales(count, random, event = "sale with invoiceId") {
  const events = Array.from({ length: count }, (_, index) => ({
    id: `sale-${index}`,
    event,
    script: passingScript(random),
    together: random.chance(0.5),
  }));
  return withShop(events, random, async (shop) => {
    await crowd("sales", events, AT_A_TIME, LIMIT_MS, async (sale) => {
      const webhook = () => shop.deliverUntilSettled(sale);
      if (sale.together) return Promise.all(Array.from({ length: WEBHOOKS }, webhook));
      for (let told = 0; told < WEBHOOKS; told += 1) await webhook();
    });
    const books = events.map(({ id }) => shop.books(id));
    const of = (isSo) => books.filter(isSo).length;
    const held = books.reduce((sum, { recorded }) => sum + recorded, 0);
    const promises = {
      lost: of(({ recorded }) => recorded === 0),
      "booked twice": of(({ recorded }) => recorded > 1),
      "webhooks given up": shop.givenUp(),
      ...shop.promises(books),
    };
    const figures = [`${count} sales`, ...shop.figures(books), `ledger ${held}`];
    return { figures, promises, alarms: shop.alarms(books) };
  });
}

const TOLD_ONCE = ["lead", "sale without invoiceId", "Dub lead"];

/** Leads, and sales without an invoice ID, in turn. */
export async function once(count, random) {
  const events = Array.from({ length: count }, (_, index) => ({
    id: `once-${index}`,
    event: TOLD_ONCE[index % TOLD_ONCE.length],
    script: anyScript(random),
  }));
  return withShop(events, random, async (shop) => {
    await crowd("once", events, AT_A_TIME, LIMIT_MS, (event) => shop.deliver(event));
    const books = events.map(({ id }) => shop.books(id));
    const told = events.map(({ id }) => shop.told.get(id)?.[0] ?? {});
    const of = (isSo) => events.filter((_, index) => isSo(told[index], books[index].recorded)).length;
    const promises = {
      "booked twice": of((_, recorded) => recorded > 1),
      "falsely told certainly not recorded": of(
        ({ outcome, maybeRecorded }, recorded) => recorded > 0 && outcome !== "recorded" && maybeRecorded !== true,
      ),
      "sent before Retry-After was over": books.filter(({ early }) => early > 0).length,
      ...shop.promises(books),
    };
    const figures = [
      `${count} leads and sales without invoiceId`,
      ...shop.figures(books),
      `told recorded ${of(({ outcome }) => outcome === "recorded")}`,
      `booked in doubt ${of(({ maybeRecorded }, recorded) => maybeRecorded === true && recorded > 0)}`,
      `not booked in doubt ${of(({ maybeRecorded }, recorded) => maybeRecorded === true && recorded === 0)}`,
    ];
    return { figures, promises, alarms: shop.alarms(books) };
  });
}
