// An outage of the service, end to end: events are queued while it is down, refuses, resets and rate-limits in turn, and are all
// on its books afterwards, once.
//
// In: how many events, and by which of the platform's means. Out: a verdict (see torture.mjs).

import { setTimeout as sleep } from "node:timers/promises";
import { crowd } from "../torture/crowd.mjs";
import { POISON_RETRIES, withOutboxWorld } from "./world.mjs";

const LIMIT_MS = 4 * 60_000;
const PHASE_LIMIT_MS = 20_000;
const SENDERS = 20;
const DRAIN_LIMIT_MS = 120_000;
/** A kill may come late: of a step that began just before, or after a wait. */
const SWEEP_EVERY_MS = 5_000;
/** More than any wait of the Worker's own. */
const RETRY_AFTER_SECONDS = 5;

/** What goes wrong, one after the other. `isOver` of the requests since it began; a service that is shut has none. */
const PHASES = [
  { name: "down", shut: true },
  { name: "reset before headers", answer: { connection: "reset before headers" } },
  { name: "refuses", answer: { status: 503, code: "DOWN", retryAfter: String(RETRY_AFTER_SECONDS) }, withUnsafe: true },
  { name: "recorded, and reset", answer: { connection: "reset after headers", records: true }, share: 0.1 },
  { name: "rate-limits", answer: { status: 429, code: "RATE_LIMIT_EXCEEDED", retryAfter: String(RETRY_AFTER_SECONDS) } },
  { name: "silent", answer: { connection: "silent" }, share: 0.1 },
];

/** How many events of each kind; leads and sales without invoice ID must not be sent twice. */
const SHARES = [
  { kind: "lead", share: 0.05, event: (id) => ({ lead: { customerExternalId: id, eventName: "Sign Up" } }) },
  { kind: "sale without invoiceId", share: 0.05, event: (id) => ({ sale: { customerExternalId: id, amount: 4900 } }) },
];
const sale = (id) => ({ sale: { customerExternalId: id, amount: 4900, invoiceId: `inv_${id}` } });

/** What must not be on the books, whatever becomes of it: each is a dead letter. `reason` is what it says. */
const POISON = [
  { raw: "no record", reason: "corrupt" },
  { raw: { outbox: 2, id: "later", what: "nobody knows" }, reason: "future_version" },
  { raw: { outbox: 1, id: "refused", event: "sale", params: { clickId: "click_refused", customerExternalId: "user_refused", amount: -1 }, createdMs: 1, expiresMs: 9e15 }, reason: "refused" },
  { raw: { outbox: 1, id: "expired", event: "sale", params: { clickId: "click_expired", customerExternalId: "user_expired", amount: 1 }, createdMs: 1, expiresMs: 2 }, reason: "expired" },
];

/** `to` is the binding: OUTBOX (Queues), ROOM (a Durable Object) or DELIVER (Workflows); `kills` of what begins to be killed. */
export function outage(to, count, { kills = 3 } = {}) {
  const sales = Array.from({ length: count }, (_, index) => ({ id: `sale${index}`, event: sale(`sale${index}`), isSafe: true }));
  const unsafe = SHARES.flatMap(({ kind, share, event }) =>
    Array.from({ length: Math.ceil(count * share) }, (_, index) => `${kind.replace(/\W/g, "")}${index}`).map((id) => ({ id, event: event(id) })),
  );
  return withOutboxWorld(async (world) => {
    const killer = new Killer(to, kills);
    world.reports.killers.decide = (what) => killer.decide(what);
    await world.gate.shut();
    const sendAll = (events) =>
      crowd(`outbox ${to}`, events, SENDERS, LIMIT_MS, async (one) => {
        one.recordId = (await world.send({ to, id: one.id, event: one.event })).id;
      });
    await sendAll(sales);
    if (to === "OUTBOX") for (const { raw } of POISON) await world.send({ to, raw });
    for (const phase of PHASES) {
      // Where an answer says that nothing was recorded, unsafe events are sent again too.
      if (phase.withUnsafe) await sendAll(unsafe);
      await play(world, phase, count, killer);
    }
    world.play("good");
    const all = sales.length + unsafe.length + (to === "OUTBOX" ? POISON.length : 0);
    const swept = [];
    const isSettled = () => settled(world, swept).size >= all;
    const began = performance.now();
    let isDrained = false;
    while (!isDrained && performance.now() - began < DRAIN_LIMIT_MS) {
      if (to === "DELIVER") swept.push(...(await sweep(world, [...sales, ...unsafe])));
      isDrained = await world.until(isSettled, SWEEP_EVERY_MS);
    }
    const drainedS = (performance.now() - began) / 1000;
    await sleep(1500); // whatever would come twice has the time to
    return judge({ world, to, sales, unsafe, killer, isDrained, drainedS, swept: [...new Set(swept)] });
  });
}

/** Has the instances begun again that a kill has ended; answers the unsafe ones, which nobody begins again. */
async function sweep(world, events) {
  const instances = events.map(({ recordId, isSafe }) => ({ id: recordId, isSafe }));
  const { errored } = await world.send({ sweep: instances });
  return events.filter(({ recordId, isSafe }) => !isSafe && errored.includes(recordId)).map(({ id }) => id);
}

/** Waits until the phase has met enough events. */
async function play(world, { shut, answer, share = 0.5 }, count, killer) {
  if (shut) return sleep(3000).then(() => world.gate.open());
  world.play(answer);
  killer.arm();
  const before = world.books().requests;
  await world.until(() => world.books().requests - before >= Math.ceil(count * share), PHASE_LIMIT_MS);
}

/** The IDs of customers that are on the books or in a dead letter, and the poison that is. */
function settled(world, swept) {
  const letters = world.reports.letters("dead", "room", "workflow");
  const ids = letters.map(({ record, reason, body }) => record?.params.customerExternalId ?? `${reason} ${JSON.stringify(body)}`);
  return new Set([...world.books().customers, ...ids, ...swept]);
}

/** Kills what begins, now and then: one in each phase. */
class Killer {
  killed = 0;
  #armed = false;

  constructor(to, most) {
    this.what = { OUTBOX: "batch", ROOM: "alarm", DELIVER: "step" }[to];
    this.most = most;
  }

  arm() {
    this.#armed = true;
  }

  decide({ what, queue, messages }) {
    if (what !== this.what || queue === "poisoned" || !this.#armed || this.killed >= this.most) return null;
    if (messages && messages.length < 2) return null;
    this.#armed = false;
    this.killed += 1;
    return 15;
  }
}

function judge({ world, to, sales, unsafe, killer, isDrained, drainedS, swept }) {
  const { customers, requests, malformed } = world.books();
  const onBooks = new Map();
  for (const id of customers) onBooks.set(id, (onBooks.get(id) ?? 0) + 1);
  const letters = world.reports.letters("dead", "room", "workflow");
  const letterOf = new Map(letters.filter(({ record }) => record).map((letter) => [letter.record.params.customerExternalId, letter]));
  const of = (events, isSo) => events.filter(({ id }) => isSo(onBooks.get(id) ?? 0, letterOf.get(id))).length;
  const deliveries = world.reports.of("deliveries");
  const waits = deliveries.flatMap(({ reports }) => reports).filter(({ disposition }) => disposition.retryAfterSeconds);
  const asked = waits.filter(({ status, retryAfterMs }) => retryAfterMs && [429, 503].includes(status));
  const promises = {
    "sales lost": of(sales, (booked) => booked === 0),
    "sales booked twice": of(sales, (booked) => booked > 1),
    "sales in a dead letter": of(sales, (_, letter) => letter !== undefined),
    "unsafe events booked twice": of(unsafe, (booked) => booked > 1),
    "unsafe events lost without a word": unsafe.filter(({ id }) => !onBooks.has(id) && !letterOf.has(id) && !swept.includes(id)).length,
    "unsafe events booked, and their dead letter denies it": of(unsafe, (booked, letter) => booked > 0 && letter && !letter.maybeRecorded),
    "requests malformed": malformed,
    "waits more than a second off Retry-After": asked.filter(({ disposition, retryAfterMs }) => Math.abs(disposition.retryAfterSeconds - retryAfterMs / 1000) > 1).length,
    ...(to === "OUTBOX" && { "asked of the platform more than a second off Retry-After": off(deliveries), ...poisonOf(letters) }),
  };
  const unsafeDead = of(unsafe, (_, letter) => letter !== undefined);
  const figures = [
    `${sales.length} sales and ${unsafe.length} unsafe events by ${NAMES[to]}`,
    `${requests} requests`,
    `${asked.length} waits as the service asked`,
    `${killer.killed} kills`,
    `${unsafeDead} unsafe events in dead letters`,
    ...(swept.length > 0 ? [`${swept.length} in instances that ended as errored`] : []),
    `drained in ${drainedS.toFixed(1)} s`,
  ];
  const alarms = {
    "run that did not drain": Number(!isDrained),
    "run with too few kills": Number(killer.killed === 0),
    "run in which the service asked for no wait": Number(asked.length === 0),
  };
  return { figures, promises, alarms };
}

const NAMES = { OUTBOX: "Queues", ROOM: "a Durable Object", DELIVER: "Workflows" };

/** Whether the platform was asked for what the service asked for. */
function off(deliveries) {
  let wrong = 0;
  for (const { reports, asked } of deliveries) {
    const isAsked = ({ status, retryAfterMs, disposition }) => disposition.retryAfterSeconds && retryAfterMs && [429, 503].includes(status);
    const wanted = reports.filter(isAsked).filter(({ replaySafe }) => replaySafe).length;
    const given = asked.filter(({ delaySeconds }) => Math.abs(delaySeconds - RETRY_AFTER_SECONDS) <= 1).length;
    wrong += Math.abs(wanted - given);
  }
  return wrong;
}

/** Poison of each kind is a dead letter, with its reason; twice perhaps, where its batch was killed. */
function poisonOf(letters) {
  const reasons = letters.map(({ reason, record, body }) => ({ reason, id: record?.id ?? body?.id ?? body }));
  const wrong = POISON.filter(({ raw, reason }) => reasons.filter((one) => one.id === (raw.id ?? raw) && one.reason === reason).length === 0);
  return { "poison not in the dead letters with its reason": wrong.length };
}

/** Its delivery is killed each time. */
const deadly = (index) => ({
  outbox: 1, id: `deadly${index}`, event: "sale", createdMs: 1, expiresMs: 9e15,
  params: { clickId: "click_deadly", customerExternalId: `deadly${index}`, amount: 1, invoiceId: `deadly${index}` },
});

/**
 * Messages that no handler ends well with: the platform's own limit makes them dead letters, after exactly so many deliveries.
 * Half of them are no records and the like, without a binding for dead letters; at half of them the isolate is killed.
 */
export function poison(count) {
  return withOutboxWorld(async (world) => {
    world.play({ connection: "silent" });
    const kills = new Set();
    world.reports.killers.decide = ({ what, queue, messages }) => {
      const isDeadly = what === "batch" && queue === "poisoned" && messages.some(({ recordId }) => recordId?.startsWith("deadly"));
      if (isDeadly) kills.add(`${messages[0].id} ${messages[0].attempts}`);
      return isDeadly ? 5 : null;
    };
    for (let index = 0; index < count; index += 1) {
      await world.send({ to: "POISONED", raw: index % 2 ? deadly(index) : POISON[(index / 2) % POISON.length].raw });
    }
    await world.until(() => world.reports.letters("dead-poisoned").length >= count, DRAIN_LIMIT_MS);
    await sleep(500); // whatever would come once more has the time to
    const counts = new Map();
    for (const { queue, messages } of world.reports.of("batch")) {
      if (queue === "poisoned") for (const { id } of messages) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const dead = world.reports.letters("dead-poisoned").length;
    return {
      figures: [`${count} poison messages, ${POISON_RETRIES + 1} deliveries each, ${kills.size} of them killed`],
      promises: {
        "not delivered exactly as often as configured": [...counts.values()].filter((deliveries) => deliveries !== POISON_RETRIES + 1).length,
        "not in the platform's dead-letter queue once": Math.abs(count - dead),
        "on the books": world.books().recorded,
      },
      alarms: { "run without messages": Number(counts.size !== count), "run without kills": Number(kills.size === 0) },
    };
  });
}
