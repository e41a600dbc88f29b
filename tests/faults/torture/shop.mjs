// A shop that tells a failing service of its events, through a Worker.
//
// In: events `{ id, event, script }`, a Random. Out: what each call was told, and whether what must not happen to any
// event has. What the ledger should hold is its users' to say: sales.mjs.

import { setTimeout as sleep } from "node:timers/promises";
import { startService } from "../service.mjs";
import { post, withWorkers, worker } from "./workers.mjs";

const LIMIT_MS = 10 * 60_000;
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

/** Opens a shop for these events while `use` does. */
export async function withShop(events, random, use) {
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
