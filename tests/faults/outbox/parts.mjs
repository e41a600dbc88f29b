// The outages, one after the other, as a part of the torture.
//
// In: the share of the events that are to be. Out: a verdict (see torture.mjs).

import { outage, poison } from "./outage.mjs";

export async function outboxPart(share) {
  const verdicts = {
    Queues: await outage("OUTBOX", 1000 * share),
    "Durable Object": await outage("ROOM", 200 * share),
    Workflows: await outage("DELIVER", 200 * share),
    poison: await poison(Math.ceil(40 * share)),
  };
  const named = (what) =>
    Object.fromEntries(
      Object.entries(verdicts).flatMap(([name, verdict]) => Object.entries(verdict[what]).map(([key, count]) => [`${name}: ${key}`, count])),
    );
  const all = named("promises");
  const broken = Object.values(all).reduce((sum, count) => sum + count, 0);
  const wrong = Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
  const figures = Object.values(verdicts).flatMap(({ figures: some }) => some);
  return { figures, promises: { [`of ${Object.keys(all).length} promises broken`]: broken }, alarms: { ...wrong, ...named("alarms") } };
}
