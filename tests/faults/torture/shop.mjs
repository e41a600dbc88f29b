// A shop that tells a failing service of its events, through a Worker.
//
// In: events `{ id, event, script }`, a Random. Out: what each call was told, and whether what must not happen to any
// event has. What the ledger should hold is its users' to say: sales.mjs, conversions.mjs.

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
/** Of the deliveries that come again: the runtime ends them within this time, if they are not over by then. */
const KILLED_SHARE = 0.02;
const KILLED_WITHIN_MS = 60;

/** With fewer, the run has shown nothing. */
const LEAST_FAULT_SHARE = 0.2;

/** How each event is told, and when a webhook that tells of it need not come again. */
const CALLS = {
  "sale with invoiceId": {
    call: "track_sale",
    params: ({ id }) => ({ customerExternalId: `user_${id}`, amount: 4900, currency: "usd", invoiceId: `inv_${id}` }),
    isSettled: ({ retryable }) => !retryable,
  },
  "Dub sale with invoiceId": {
    call: "dub.trackSale",
    params: ({ id }) => ({ customerExternalId: `user_${id}`, amount: 4900, invoiceId: `inv_${id}` }),
    isSettled: ({ retryable }) => !retryable,
  },
  "Tolt transaction": {
    call: "tolt.trackSale",
    params: ({ id }) => ({ customer_id: `cus_${id}`, amount: 4900, charge_id: `ch_${id}` }),
    isSettled: ({ retryable }) => !retryable,
  },
  "sale without invoiceId": {
    call: "track_sale",
    params: ({ id }) => ({ customerExternalId: `user_${id}`, amount: 4900 }),
  },
  "Dub lead": { call: "dub.trackLead", params: ({ id }) => ({ customerExternalId: `user_${id}`, eventName: "Sign Up" }) },
  lead: { call: "track_lead", params: ({ id }) => ({ customerExternalId: `user_${id}`, eventName: "Sign Up" }) },
  "conversion in major units": {
    call: "conversions.track",
    params: ({ id }) => ({ ...CREDIT, amount: "49.90", metadata: { orderId: orderOf(id) } }),
    isSettled: isOnBooks,
  },
  "conversion without an ID": {
    call: "conversions.track",
    // The package makes one for the first call; with that the next one is the same conversion.
    params: ({ externalId }) => ({ ...CREDIT, amount: 49.9, externalId }),
    isSettled: isOnBooks,
  },
  "conversion in minor units": {
    call: "conversions.postback",
    params: ({ id }) => ({ ...CREDIT, amount: 4990, externalId: orderOf(id) }),
    isSettled: isOnBooks,
  },
  refund: {
    call: "conversions.refund",
    params: ({ of, amount }) => ({ externalId: of.externalId ?? orderOf(of.id), amount }),
    isSettled: isOnBooks,
  },
  "refund of too much": {
    call: "conversions.refund",
    params: ({ of, amount }) => ({ externalId: of.externalId ?? orderOf(of.id), amount }),
    isSettled: ({ kind }) => kind === "validation",
  },
};
const CREDIT = { currency: "EUR", sessionId: "rcs_7fKj2", customerId: "user_001" };
const orderOf = (id) => `ord_${id}`;

function isOnBooks({ outcome }) {
  return ["recorded", "duplicate"].includes(outcome);
}

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
  #killed = 0;
  #addresses;

  constructor(url, service, events, random) {
    Object.assign(this, { url, service, events, random });
    this.nobody = service.play("nobody", [{ connection: "refused" }]);
    const addressOf = ({ id, script, of }) => service.play(id, script, of?.id);
    this.#addresses = new Map(events.map((event) => [event.id, addressOf(event)]));
  }

  /** A webhook, which is delivered again until there is no need. Its last delivery is kept as what it was told. */
  async deliverUntilSettled(event) {
    const { isSettled } = CALLS[event.event];
    for (let delivery = 1; ; delivery += 1) {
      const result = await this.#call(event, this.#drawKill(event));
      if (!result) return;
      // What a shop keeps beside its order.
      event.externalId ??= result.externalId;
      const isDone = !result.isKilled && isSettled(result);
      if (isDone || delivery === MOST_DELIVERIES) return this.#keep(event, { ...result, isGivenUp: !isDone });
      await sleep(Math.min(result.retryAfterMs ?? 0, 2000));
    }
  }

  /** An event that is told of once. */
  async deliver(event) {
    const result = await this.#call(event);
    if (result) this.#keep(event, result);
  }

  #keep({ id }, result) {
    this.told.set(id, [...(this.told.get(id) ?? []), result]);
  }

  /** When a delivery is killed, if it is. A conversion whose ID nobody knows yet could not be told of again. */
  #drawKill({ event, externalId }) {
    const isKilled = this.random.chance(KILLED_SHARE) && (event !== "conversion without an ID" || externalId);
    return isKilled ? Math.ceil(this.random.next() * KILLED_WITHIN_MS) : undefined;
  }

  /** One call of the package; undefined where it has not come to any end. */
  async #call(event, killMs) {
    this.deliveries += 1;
    // With the kills the one draw whose order depends on the machine; the scripts were drawn before.
    const isRefused = this.random.chance(REFUSED_SHARE);
    this.#refused += Number(isRefused);
    const baseUrl = isRefused ? this.nobody : this.#addresses.get(event.id);
    const { call, params } = CALLS[event.event];
    try {
      const job = { call, params: params(event), config: { ...OPTIONS, baseUrl }, killMs };
      const response = await post(this.url, job, AbortSignal.timeout(HUNG_MS));
      const text = await response.text();
      if (!response.ok) throw new Error(`the Worker answered ${response.status}: ${text}`);
      const result = JSON.parse(text);
      // Looked up now: another delivery may yet make it true.
      this.#falselyTold += Number(isOnBooks(result) && this.books(event.id).recorded === 0);
      return result;
    } catch (error) {
      if (error.name === "TimeoutError") this.#hung += 1;
      else if (killMs === undefined) this.#broken.push(error.message);
      else return this.#noteKill();
      return undefined;
    }
  }

  #noteKill() {
    this.#killed += 1;
    return { isKilled: true };
  }

  books(id) {
    return this.service.books(id);
  }

  /** Of all webhooks, those that came so often for nothing. */
  givenUp() {
    return [...this.told.values()].flat().filter(({ isGivenUp }) => isGivenUp).length;
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
    const share = `${(this.faultShare(books) * 100).toFixed(1)} % of them with a fault`;
    return [`${this.deliveries} deliveries`, `${this.#killed} of them killed`, `${requestsOf(books)} requests`, share];
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
