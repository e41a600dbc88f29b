// Events that are reported after the response, with each kind of what can hold them.
//
// In: how many of each. Out: a verdict (see torture.mjs). The service asks for a second's patience at first, so that no event can be
// on its books when the response comes.

import { setTimeout as sleep } from "node:timers/promises";
import { startService } from "../service.mjs";
import { crowd } from "../torture/crowd.mjs";
import { post, withWorkers, worker } from "../torture/workers.mjs";

const LIMIT_MS = 5 * 60_000;
const AT_A_TIME = 150;
const ARRIVE_MS = 30_000;
const ANSWER_MS = 30_000;
const CONTROLS = 50;

const HELD = [
  "the context", "a bound function", "a function of one's own", "the function of cloudflare:workers", "an object like EdgeRuntime",
  "a detached ctx.waitUntil",
];

const LATER = [{ status: 503, code: "BUSY", retryAfter: "1" }, "good"];

export async function background(count) {
  const service = await startService({ lifetimeMs: LIMIT_MS + ARRIVE_MS });
  try {
    return await withWorkers([await worker("shop", "../outbox/background-worker.mjs")], (url) => run(url, service, count));
  } finally {
    await service.stop();
  }
}

/** Where a busy machine read the answer too late, the next attempt is told of a duplicate. */
const SUCCESSES = ["recorded", "duplicate"];

/** What the calls came to that are not on the books. */
function endsOf(calls, ends) {
  const counts = {};
  for (const { id } of calls) {
    const end = (ends.get(id) ?? ["nothing reported"]).join(", ");
    if (!SUCCESSES.includes(end)) counts[`calls that ended as: ${end}`] = (counts[`calls that ended as: ${end}`] ?? 0) + 1;
  }
  return counts;
}

async function run(url, service, count) {
  const calls = HELD.flatMap((holder, kind) =>
    Array.from({ length: count }, (_, index) => ({ id: `held${kind}x${index}`, holder, isAwaited: index % 2 === 0 })),
  );
  const controls = Array.from({ length: CONTROLS }, (_, index) => ({ id: `control${index}`, holder: "nothing", isAwaited: false }));
  const isThere = ({ id }) => service.books(id).recorded === 1;
  const arrival = async (call) => {
    for (let waits = 0; !isThere(call) && waits < 100; waits += 1) await sleep(200);
  };
  await crowd("background", [...calls, ...controls], AT_A_TIME, LIMIT_MS, async (call) => {
    const { id, holder, isAwaited } = call;
    const response = await post(url, { id, holder, isAwaited, baseUrl: service.play(id, LATER) }, AbortSignal.timeout(ANSWER_MS));
    call.outcome = (await response.json()).outcome;
    call.atResponse = service.books(id).recorded;
    // No more of them are on their way than a busy machine carries within their budget.
    if (holder !== "nothing") await arrival(call);
  });
  const end = performance.now() + ARRIVE_MS;
  const endsNow = async () => new Map(await (await post(url, { stats: true }, AbortSignal.timeout(ANSWER_MS))).json());
  let ends = new Map();
  while (!calls.every((call) => isThere(call) && ends.has(call.id)) && performance.now() < end) {
    await sleep(500);
    ends = await endsNow();
  }
  await sleep(500); // whatever would be reported twice has the time to
  ends = await endsNow();
  const of = (isSo) => calls.filter(isSo).length;
  const arrived = HELD.map((holder) => `${calls.filter((call) => call.holder === holder && isThere(call)).length} of ${count} by ${holder}`);
  return {
    figures: [...arrived, `without any ${controls.filter(isThere).length} of ${CONTROLS}`],
    promises: {
      "events that did not arrive": of((call) => !isThere(call)),
      "events there before the response": of(({ atResponse }) => atResponse > 0),
      "calls that were not pending": of(({ isAwaited, outcome }) => isAwaited && outcome !== "pending"),
      "calls whose end was not reported once, as a success": of(({ id }) => !SUCCESSES.includes(ends.get(id)?.join())),
    },
    alarms: { ...endsOf(calls, ends), "run in which events arrive that nothing holds": Number(controls.every(isThere)) },
  };
}
