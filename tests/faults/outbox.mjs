// The outbox: golden vectors and adapters in every runtime, and short outages in workerd. The long form is a part of the torture.
//
// In: the packed tarball (`cargo xtask pack`). Out: a line for each check, then `N passed, M failed`.

import { readFile } from "node:fs/promises";
import { within } from "../workers.mjs";
import { runSuite } from "./install.mjs";

const PART_LIMIT_MS = 4 * 60_000;

await runSuite(main);

async function main() {
  let [passed, failed] = [0, 0];
  const tell = (name, count, wrong) => {
    passed += count;
    failed += wrong.length;
    console.log(`${wrong.length === 0 ? "ok  " : "FAIL"} ${name}: ${count} passed`);
    for (const one of wrong) console.log(`     ${one}`);
  };
  // Both take their time waiting.
  const outages = shortOutages();
  for (const [name, count, wrong] of await inEveryRuntime()) tell(name, count, wrong);
  for (const [name, { figures, promises, alarms }] of await outages) {
    const all = Object.entries({ ...promises, ...alarms });
    const wrong = all.filter(([, count]) => count !== 0).map(([what, count]) => `${count} ${what}`);
    tell(`${name} (${figures.join(", ")})`, all.length - wrong.length, wrong);
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

async function inEveryRuntime() {
  const { RUNTIMES } = await import("./runtimes.mjs");
  const golden = JSON.parse(await readFile(new URL("../golden/outbox.json", import.meta.url), "utf8"));
  const told = [];
  for (const { name, run } of RUNTIMES) {
    const { answer, stray } = await run({ task: "outbox", golden }).catch((error) => ({ answer: [], stray: [error.message] }));
    told.push([name, answer.reduce((sum, { passed }) => sum + passed, 0), [...answer.flatMap(({ wrong }) => wrong), ...stray]]);
  }
  return told;
}

/** At once: each waits most of the time. */
async function shortOutages() {
  const { outage, poison } = await import("./outbox/outage.mjs");
  const { background } = await import("./outbox/background.mjs");
  const broken = (error) => ({ figures: [], promises: { [error.stack]: 1 }, alarms: {} });
  const parts = {
    "an outage, by Queues": outage("OUTBOX", 40, { kills: 2 }),
    "an outage, by a Durable Object": outage("ROOM", 20, { kills: 1 }),
    "an outage, by Workflows": outage("DELIVER", 20, { kills: 2 }),
    poison: poison(8),
    "after the response": background(50),
  };
  return Promise.all(Object.entries(parts).map(async ([name, part]) => [name, await within(PART_LIMIT_MS, "it", part).catch(broken)]));
}
