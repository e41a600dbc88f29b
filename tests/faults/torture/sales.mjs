// The shop's year: sales and leads through a service that fails at every third request.
//
// In: how many, and a Random. Out: a verdict (see torture.mjs): what the fake ledger holds against what the shop was
// told.
//
// A sale with an invoice ID is told of by three webhooks, at once or one after the other, and a webhook is delivered
// again while its delivery ends retryable: the ledger must hold it once. A lead, or a sale without an invoice ID, is
// told of once, and not again: the ledger may lack it, but never hold it twice, nor otherwise than the shop was told.

import { setTimeout as sleep } from "node:timers/promises";
import { startService } from "../service.mjs";
import { crowd } from "./crowd.mjs";
import { anyScript, passingScript } from "./repertoire.mjs";
import { post, withWorkers, worker } from "./workers.mjs";

const LIMIT_MS = 10 * 60_000;
const AT_A_TIME = 64;
const WEBHOOKS = 3;
/** A webhook is delivered so often at most. */
const MOST_DELIVERIES = 12;
/** Small, so that a stalled answer costs little. On a busy machine others run out of time too: a fault like any. */
const OPTIONS = { timeoutMs: 400, budgetMs: 3000, apiKey: "rk_torture" };
/** A delivery takes its budget at most, and a busy machine's leisure. */
const HUNG_MS = OPTIONS.budgetMs + 20_000;
/** Of the deliveries: they find nobody at home. */
const REFUSED_SHARE = 0.01;

/** With fewer, the run has shown nothing. */
const LEAST_FAULT_SHARE = 0.2;

const CALLS = {
  "sale with invoiceId": {
    call: "track_sale",
    params: (id) => ({ customerExternalId: `user_${id}`, amount: 4900, currency: "usd", invoiceId: `inv_${id}` }),
  },
  "sale without invoiceId": {
    call: "track_sale",
    params: (id) => ({ customerExternalId: `user_${id}`, amount: 4900 }),
  },
  lead: { call: "track_lead", params: (id) => ({ customerExternalId: `user_${id}`, eventName: "Sign Up" }) },
};

/** Sales with an invoice ID. */
export async function sales(count, random) {
  const events = Array.from({ length: count }, (_, index) => ({
    id: `sale-${index}`,
    event: "sale with invoiceId",
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
    const gaveUp = [...shop.told.values()].flat().filter(({ outcome }) => outcome === "failed").length;
    const promises = {
      lost: of(({ recorded }) => recorded === 0),
      "booked twice": of(({ recorded }) => recorded > 1),
      "webhooks given up": gaveUp,
      ...shop.promises(books),
    };
    const figures = [`${count} sales`, `${shop.deliveries} deliveries`, ...shop.figures(books), `ledger ${held}`];
    return { figures, promises, alarms: shop.alarms(books) };
  });
}

/** Leads, and sales without an invoice ID, half and half. */
export async function once(count, random) {
  const events = Array.from({ length: count }, (_, index) => ({
    id: `once-${index}`,
    event: index % 2 === 0 ? "lead" : "sale without invoiceId",
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

async function withShop(events, random, use) {
  const service = await startService({ lifetimeMs: LIMIT_MS + HUNG_MS });
  try {
    const courier = await worker("courier", "courier.mjs");
    return await withWorkers([courier], (url) => use(new Shop(url, service, events, random)));
  } finally {
    await service.stop();
  }
}

/** Delivers events through the Worker, and keeps what it was told of each. */
class Shop {
  deliveries = 0;
  told = new Map();
  #hung = 0;
  #broken = [];
  #falselyTold = 0;
  #refused = 0;
  #addresses;

  constructor(url, service, events, random) {
    Object.assign(this, { url, service, events, random });
    this.nobody = service.play("nobody", [{ connection: "refused" }]);
    this.#addresses = new Map(events.map(({ id, script }) => [id, service.play(id, script)]));
  }

  async deliverUntilSettled(event) {
    for (let delivery = 1; ; delivery += 1) {
      const result = await this.deliver(event, delivery === MOST_DELIVERIES);
      if (!result?.retryable || delivery === MOST_DELIVERIES) return;
      await sleep(Math.min(result.retryAfterMs ?? 0, 2000));
    }
  }

  /** One call of the package. What it came to is kept, unless the call is to be repeated. */
  async deliver({ id, event }, isLast = event !== "sale with invoiceId") {
    this.deliveries += 1;
    // The one draw whose order depends on the machine; the scripts were drawn before.
    const isRefused = this.random.chance(REFUSED_SHARE);
    this.#refused += Number(isRefused);
    const baseUrl = isRefused ? this.nobody : this.#addresses.get(id);
    const { call, params } = CALLS[event];
    try {
      const job = { call, params: params(id), config: { ...OPTIONS, baseUrl } };
      const response = await post(this.url, job, AbortSignal.timeout(HUNG_MS));
      const text = await response.text();
      if (!response.ok) throw new Error(`the Worker answered ${response.status}: ${text}`);
      const result = JSON.parse(text);
      // Looked up now: another delivery may yet make it true.
      const claims = ["recorded", "duplicate"].includes(result.outcome);
      this.#falselyTold += Number(claims && this.books(id).recorded === 0);
      if (isLast || !result.retryable) this.told.set(id, [...(this.told.get(id) ?? []), result]);
      return result;
    } catch (error) {
      if (error.name === "TimeoutError") this.#hung += 1;
      else this.#broken.push(error.message);
      return undefined;
    }
  }

  books(id) {
    return this.service.books(id);
  }

  /** What must not happen to any event. */
  promises(books) {
    return {
      hung: this.#hung,
      "falsely told recorded": this.#falselyTold,
      "sent to another origin": books.filter(({ elsewhere }) => elsewhere > 0).length,
      malformed: books.filter(({ malformed }) => malformed > 0).length,
      "changed between attempts": books.filter(({ changed }) => changed > 0).length,
    };
  }

  alarms(books) {
    return {
      [`calls that broke, the first with: ${this.#broken[0]}`]: this.#broken.length,
      [`run with too few faults: ${this.faultShare(books)}`]: Number(this.faultShare(books) < LEAST_FAULT_SHARE),
    };
  }

  figures(books) {
    return [`${requestsOf(books)} requests`, `${(this.faultShare(books) * 100).toFixed(1)} % of them with a fault`];
  }

  faultShare(books) {
    // Each request got the next entry of its event's script.
    const met = books.map(({ requests }, index) =>
      this.events[index].script.slice(0, requests).filter((entry) => entry !== "good"),
    );
    return (met.flat().length + this.#refused) / requestsOf(books);
  }
}

const requestsOf = (books) => books.reduce((sum, { requests }) => sum + requests, 0);
