// The same bad end, a thousand times over: what each leaves behind adds up to something only then.
//
// In: how often. Out: a verdict (see torture.mjs). Beside each ended call another one runs, and must be told "recorded",
// of its own event.

import { crowd } from "./crowd.mjs";
import { CALLS, withStormWorld } from "./storm-world.mjs";
import { WAYS_TO_END, isRecorded } from "./ways-to-end.mjs";

const AT_A_TIME = 10;
const LIMIT_MS = 2 * 60_000;
/** With nothing of the module on the stack; and with its frames there, which it never gets to leave in good order. */
const OUTSIDE = ["kill in flight", "kill in onAttempt"];
const INSIDE = ["kill in a step", "kill in fetch", "throw in a step", "throw in fetch"];

export function wear(count) {
  return withStormWorld(async (world) => {
    const promises = { "bystanders failed": 0, "ended otherwise than meant": 0, "worn instances used again": 0 };
    const seen = new Map();
    const figures = [`${count} times each`];
    const { memory, table } = await world.stats();
    for (const ending of [...OUTSIDE, ...INSIDE]) {
      const { script, isMet } = WAYS_TO_END[ending];
      const before = await world.stats();
      const check = (what, isGood, came) => {
        if (isGood) return;
        promises[what] += 1;
        const name = `${what} by "${ending}"`;
        seen.set(name, [...(seen.get(name) ?? []), came]);
      };
      const turns = Array.from({ length: count }, (_, index) => `${ending.replaceAll(" ", "-")}-${index}`);
      await crowd(`wear, ${ending}`, turns, AT_A_TIME, LIMIT_MS, async (tag, index) => {
        const [ended, other] = [`ended-${tag}`, `bystander-${tag}`];
        const [came, beside] = await Promise.all([
          world.send({ id: ended, call: CALLS[index % CALLS.length], way: "plain", ending }, script(ended)),
          world.send({ id: other, call: CALLS[(index + 1) % CALLS.length], way: "plain" }, ["good"]),
        ]);
        check("ended otherwise than meant", isMet(came, ended), came);
        check("bystanders failed", isRecorded(beside, other), beside);
      });
      const after = await world.stats();
      const renewed = after.instances - before.instances;
      figures.push(`${ending}: ${renewed} instances renewed`);
      // The last one is renewed by whoever comes next.
      if (INSIDE.includes(ending)) promises["worn instances used again"] += Math.max(0, count - 1 - renewed);
    }
    const after = await world.stats();
    promises["bytes of growth"] = Math.max(0, after.memory - memory);
    promises["entries of growth in the table"] = Math.max(0, after.table - table);
    const alarms = [...seen].map(([name, all]) => [`${name}, the first: ${JSON.stringify(all[0])}`, all.length]);
    return { figures, promises, alarms: Object.fromEntries(alarms) };
  });
}
