// Thousands of calls at once, in every way a Worker can make them, with bad ends among them.
//
// In: how many, and a Random. Out: a verdict (see torture.mjs). Every call carries its own ID: whoever is not ended on
// purpose must be told "recorded", of its own event, however its neighbours end.

import { crowd } from "./crowd.mjs";
import { CALLS, withStormWorld } from "./storm-world.mjs";

const AT_A_TIME = 200;
const LIMIT_MS = 5 * 60_000;
const LATER = 10;
const WAYS = ["plain", "object", "waitUntil", "binding"];
const ROOMS = 8;
/** When a client that leaves does so: from before the first attempt to after the answer. */
const LEAVES_WITHIN_MS = 150;

const RESET = [{ connection: "reset before headers" }, "good"];
const SLOW = [{ connection: "slow", records: true }];

/** What may happen to a call, with its share; the rest is left alone. */
const FATES = [
  { share: 0.05, name: "reset", script: () => RESET },
  { share: 0.05, name: "left" },
  { share: 0.01, name: "trap" },
  { share: 0.01, name: "kill in flight", script: () => [{ connection: "silent" }], not: "binding" },
  { share: 0.01, name: "kill in onAttempt" },
  { share: 0.01, name: "kill in a step", script: (id) => [{ status: 500, code: id }, "good"], not: "binding" },
  { share: 0.01, name: "kill after", not: "waitUntil" },
  { share: 0.1, name: "slow", script: () => SLOW },
];

export function storm(count, random) {
  const calls = Array.from({ length: count }, (_, index) => drawCall(index, random));
  return withStormWorld(async (world) => {
    const seen = new Map();
    const before = await world.stats();
    await crowd("storm", calls, AT_A_TIME, LIMIT_MS, async (call) => seen.set(call.id, await make(world, call)));
    const later = [];
    for (let index = 0; index < LATER; index += 1) {
      const call = { id: `later-${index}`, call: callOf(index), way: WAYS[index % WAYS.length], room: "room-0", script: ["good"] };
      later.push(judge(call, await make(world, call)));
    }
    const verdicts = calls.map((call) => judge(call, seen.get(call.id)));
    const after = await world.stats();
    const of = (verdict) => verdicts.filter((one) => one === verdict).length;
    const fated = (...names) => calls.filter(({ fate }) => names.some((name) => fate?.name.startsWith(name))).length;
    const promises = {
      hung: of("hung"),
      crossed: of("crossed"),
      "bystanders failed": of("failed"),
      "ended otherwise than meant": of("otherwise"),
      "later calls failed": later.filter((verdict) => verdict !== "right").length,
      "bytes of growth": Math.max(0, after.memory - before.memory),
      "entries of growth in the table": Math.max(0, after.table - before.table),
    };
    const figures = [
      `${count} calls, ${AT_A_TIME} at a time`,
      CALLS.map((name) => `${calls.filter(({ call }) => call === name).length} ${name}`).join(" / "),
      `${fated("reset")} resets`,
      `${fated("left")} clients left (${of("gone")} before their answer)`,
      `${fated("trap")} traps`,
      `${fated("kill")} kills`,
      `${of("right")} right`,
      `${after.instances - before.instances} instances renewed`,
    ];
    const samples = calls.filter((_, index) => !FINE.includes(verdicts[index])).slice(0, 5);
    const detail = (call) => ({ ...call, seen: seen.get(call.id), books: world.service.books(call.id) });
    const alarms = Object.fromEntries(samples.map((call) => [`such as ${JSON.stringify(detail(call))}`, 1]));
    // With clients that all waited for their answer, nothing was tried.
    return { figures, promises, alarms: { ...alarms, "run in which no client left": Number(of("gone") === 0) } };
  });
}

/** Each call in each way. */
const callOf = (index) => CALLS[Math.floor(index / WAYS.length) % CALLS.length];

function drawCall(index, random) {
  const way = WAYS[index % WAYS.length];
  const fate = drawFate(random, way);
  const id = `${fate?.name === "reset" ? "reset" : "call"}-${index}`;
  // A kill ends a Durable Object with all that it does.
  const room = fate?.name.startsWith("kill") ? `room-of-${id}` : `room-${index % ROOMS}`;
  const leaveMs = fate?.name === "left" ? Math.ceil(random.next() * LEAVES_WITHIN_MS) : undefined;
  return { id, call: callOf(index), way, room, fate, leaveMs, script: fate?.script?.(id) ?? ["good"] };
}

function drawFate(random, way) {
  let at = random.next();
  for (const fate of FATES) {
    at -= fate.share;
    if (at < 0) return fate.not === way ? undefined : fate;
  }
  return undefined;
}

function make(world, { id, call, way, room, fate, leaveMs, script }) {
  const isLost = way === "waitUntil" && fate?.name.startsWith("kill");
  return world.send({ id, call, way, room, ending: fate?.name }, script, { leaveMs, isLost });
}

const FINE = ["right", "gone", "as meant"];

function judge({ id, fate }, { how, result }) {
  if (how === "hung") return "hung";
  if (how === "left") return "gone";
  const isOwn = result?.outcome === "recorded" && result.eventId === id;
  if (how === "answered" && (result.crossed || (result.outcome === "recorded" && !isOwn))) return "crossed";
  if (fate?.name.startsWith("kill")) return how === "ended" ? "as meant" : "otherwise";
  if (fate?.name === "trap") return result?.kind === "internal" ? "as meant" : "otherwise";
  return isOwn ? "right" : "failed";
}
