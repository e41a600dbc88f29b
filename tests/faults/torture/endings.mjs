// One bad end after the other: is anybody else hurt, and does the next call work?
//
// In: nothing. Out: a verdict (see torture.mjs). While a call comes to each end in each way of making it, others are
// in flight; afterwards ten more are made, one by one.

import { CALLS, withStormWorld } from "./storm-world.mjs";
import { WAYS_TO_END, isRecorded } from "./ways-to-end.mjs";

const BYSTANDERS = 8;
const LATER = 10;
const SLOW = [{ connection: "slow", records: true }];

export function endings() {
  return withStormWorld(async (world) => {
    const promises = { "bystanders failed": 0, "later calls failed": 0, "ended otherwise than meant": 0 };
    const alarms = {};
    const check = (what, isGood, detail) => {
      if (isGood) return;
      promises[what] += 1;
      alarms[`${what}: ${JSON.stringify(detail)}`] = 1;
    };
    const before = await world.stats();
    const kinds = Object.entries(WAYS_TO_END);
    const waysOf = ([ending, end]) => end.ways.map((way) => ({ ending, way, ...end }));
    // A sale, and one of RefCampaign's calls in turn.
    const callsOf = (one, index) => [CALLS[0], CALLS[1 + (index % (CALLS.length - 1))]].map((call) => ({ ...one, call }));
    const cases = kinds.flatMap(waysOf).flatMap(callsOf);
    const silenced = [];
    for (const { ending, way, call, script, isMet, isLost, leaveMs } of cases) {
      const name = `${ending}, ${way}, ${call}`;
      const tag = name.replace(/\W+/g, "-");
      const bystanders = Array.from({ length: BYSTANDERS }, (_, index) => bystander(world, tag, index));
      const id = `ended-${tag}`;
      const isSilenced = way === "waitUntil" && isLost;
      if (isSilenced) silenced.push(id);
      const came = await world.send({ id, call, way, ending, room: id }, script(id), { leaveMs, isLost: isSilenced });
      check("ended otherwise than meant", isMet(came, id), { name, came });
      for (const one of await Promise.all(bystanders)) check("bystanders failed", one.isRight, { name, one });
      for (let index = 0; index < LATER; index += 1) {
        const later = await make(world, `later-${tag}-${index}`, CALLS[index % CALLS.length], way);
        check("later calls failed", later.isRight, { name, later });
      }
    }
    for (const id of silenced) check("ended otherwise than meant", !world.reports.has(id), { id, came: "a report" });
    const after = await world.stats();
    promises["bytes of growth"] = Math.max(0, after.memory - before.memory);
    const figures = [
      `${cases.length} bad ends of ${kinds.length} kinds, half of them RefCampaign's calls`,
      `${cases.length * BYSTANDERS} bystanders`,
      `${cases.length * LATER} later calls`,
      `${after.instances - before.instances} instances renewed`,
    ];
    return { figures, promises, alarms };
  });
}

function bystander(world, tag, index) {
  const way = ["plain", "object", "waitUntil", "binding"][index % 4];
  const call = CALLS[Math.floor(index / 2) % CALLS.length];
  return make(world, `bystander-${tag}-${index}`, call, way, SLOW);
}

async function make(world, id, call, way, script = ["good"]) {
  const came = await world.send({ id, call, way, room: "lobby" }, script);
  return { isRight: isRecorded(came, id), ...came };
}
