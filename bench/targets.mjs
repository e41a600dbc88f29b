// What was promised, beside what was measured.
//
// In: the rows' cells. Out: a line for each target. A target is met by the median; its stretch is what would be better still.
// Where one is missed, `found` tells what stands in the way and what was tried. The bundles' targets stand beside their
// budgets, in budgets.json.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FOLDER } from "./folder.mjs";

const cellOf = (rows, row, name) => rows[row]?.cells.find((cell) => cell.name === name);
const value = (row, name) => (rows) => cellOf(rows, row, name)?.values.ours;
const against = (row, name, whom) => (rows) => cellOf(rows, row, name)?.ratios[`ours / ${whom}`];

/** The size at which the lookup compares worst. */
function worstLookup(rows) {
  const ratios = rows.lookup?.cells.filter(({ size }) => size).map(({ ratios }) => ratios["ours / plain"]);
  return ratios?.reduce((worst, ratio) => (ratio.median > worst.median ? ratio : worst));
}

/** What stands in the way of a bundle's target. */
const FOUND_OF_BUNDLES = {
  everything:
    "`cargo xtask size` tells what it goes to; the lookup, leads and sales alone were 16.0 kB. Hashing e-mails and verifying webhooks (sha2, hmac) are 2.7 kB, exact money with all currencies 1.1 kB, the events of RefCampaign 3 kB. Tried and kept: borrowed texts in place of copies, one reader of digits, one table an endpoint (together 1.6 kB less), glue of our own for the imports (0.7 kB less). Tried and not kept: HMAC and padding of our own round the compression function (0.5 kB less), lists without serde (0.1 to 0.5 kB less), names in one text (0.15 kB less, for 4,000 instructions a sale). Measured and not done: `init` and `fetch` without web-sys (0.45 kB less), SHA-256 by WebCrypto (1.0 kB less, but asynchronous). All of them together would be some 20.5 kB. std's allocator in place of the arena would be 3.9 kB more, opt-level 2 in place of z 2.4 kB more.",
};

const bundles = JSON.parse(readFileSync(join(FOLDER, "budgets.json"), "utf8"))
  .filter(({ atMost }) => atMost)
  .map(({ name, atMost, stretch }) => ({
    name: `bundle, ${name}${name === "everything" ? "" : " alone"}, gzip`,
    unit: "B",
    limit: atMost,
    stretch,
    of: value("imports", name),
    found: FOUND_OF_BUNDLES[name],
  }));

const TARGETS = [
  {
    name: "sale in workerd ÷ fair JS, CPU",
    limit: 1.25,
    stretch: 1.05,
    of: against("sale", "in workerd", "fair"),
    found:
      "Of the plain client's 22 µs the Response and its `json()` are 15. With a transport that answers without a Response the whole call of ours, checks and all, takes 20 µs and the plain client's 6.5; the deadline (timer, AbortController) is 4 of these. With a real Response, whose body takes a turn of the event loop, it takes some 15 µs more than the sum of both: after the turn every function of ours, in JavaScript and in wasm, takes two to four times as long in V8's profile, so less code is what would help. Leaving out the timer, the AbortController or the headers changed little. Tried: reading a body whose length is told at once (97 to 51 µs), short texts without the decoder (2.56 to 2.35 times the plain client), copying into JSON by the run (40 % fewer instructions), decoding constant texts once (2 µs, for 100 B: dropped), opt-level 2 (26 % fewer instructions, for 2.4 kB: dropped).",
  },
  {
    name: "sale in workerd ÷ dub, CPU",
    limit: 0.3,
    stretch: 0.25,
    of: against("sale", "in workerd", "dub"),
    found: "The plain client is at 0.17 to 0.22: making and reading the Response alone is 0.11 to 0.15 of what dub takes.",
  },
  {
    name: "cold start in workerd ÷ plain JS",
    limit: 1.5,
    stretch: 1.3,
    of: against("cold", "isolate and first request", "plain"),
    found:
      "An isolate with nothing in it takes 0.8 of what the plain client takes, import and instantiation of ours 0.1, the first lookup 0.2; the rest is the first sale, whose 74 wasm functions V8 compiles as they are called (1.0 ms in Node) and whose JavaScript likewise. Tried: not looking at `globalThis.process` (6 ms less), reading the body at once, no regular expression where a method does (0.2 ms), inlining 112 functions into 68 (no difference), eager compilation (worse: 7 ms for all functions, in Node).",
  },
  {
    name: "cold start in workerd ÷ dub",
    limit: 0.16,
    stretch: 0.13,
    of: against("cold", "isolate and first request", "dub"),
    found: "The empty isolate alone is 0.08, the plain client 0.10.",
  },
  ...bundles,
  { name: "crossings a recorded sale, out", limit: 12, stretch: 6, of: value("core", "crossings, out") },
  { name: "instructions a recorded sale", limit: 14_000, stretch: 9_000, of: value("core", "instructions") },
  {
    name: "lookup ÷ plain JS, worst header size",
    limit: 0.9,
    stretch: 0.6,
    of: worstLookup,
    found:
      "The platform's `headers.get` is 0.2 µs of every lookup, a third of the plain client's at 60 B. A call into wasm with the cookie in and the ID out is 0.5 µs more; a plain ID does without.",
  },
  {
    name: "lookup ÷ plain JS, 4 kB",
    limit: 0.4,
    stretch: 0.2,
    of: against("lookup", "4096 B, mean of the three", "plain"),
    found: "With the ID first, reading the header is most of the work, for everybody: see `floor`.",
  },
  { name: "linear memory at start", unit: "pages", limit: 3, stretch: 1, of: value("memory", "at start") },
  { name: "linear memory growth over the calls", unit: "B", limit: 0, of: (rows) => rows.memory?.cells[2].values.ours },
];

/** Each target: `{ name, unit, limit, stretch, found, measured, verdict }`; `measured` is undefined where its figure is missing. */
export function judge(rows) {
  return TARGETS.map(({ of, ...target }) => {
    const measured = of(rows);
    return { ...target, measured, verdict: measured ? verdictOf(measured, target) : "not measured" };
  });
}

function verdictOf({ median }, { limit, stretch }) {
  if (median > limit) return "missed";
  return median <= stretch ? "met, and the stretch" : "met";
}
