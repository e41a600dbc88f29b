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
  getClickIdFromRequest:
    "A core for lookups alone is 4.6 kB, half of it memory, UTF-8 and the panics that the allocator can reach. The reader of requests of every framework is 3 kB of the JavaScript. A reader in JavaScript alone would be 5 kB, and a second place where a click ID is decided.",
  track_sale:
    "Refport's core is 19.1 kB: checking parameters and options with every slip named 8 kB, answers and retries 4 kB, scrubbing every form of a private value 3 kB, errors through serde 1 kB. Tried: a core a service (5.6 kB less), leaving out what no table of the service takes (1.9 kB less), fewer strategies of wasm-opt (no more), another limit for inlining (0.5 to 1.6 kB more). The JavaScript that reads any request, answer and test double is 12 kB.",
  everything:
    "Two cores of services share two thirds of their code and carry it twice; one core for both is 25.0 kB, and an app with one service would pay for it. Whoever uses both from one bundle can give that one to `refport-edge/slim`.",
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
      "No call goes out of the module any more, and the steps in wasm are a small part. What is left is JavaScript that trusts nothing: each option and parameter is looked for where it comes from, the answer is read by own members, the clock by two clocks. Reading the answer is about 7 µs more than `text()` and `JSON.parse`, the timer and the race 3 µs, the steps in wasm 3 µs, the metadata's JSON 1 µs. Tried with success: objects of a class, all of whose members are their own, in place of objects without a prototype, into which V8 looks slowly (a seventh of a sale in Node); no text in a message for a value that is absent. Tried before: asking Next.js for its store without a throw (23 µs of a sale in Node, of 110), one text in and one out a step, reading no retry header of a success. A transport of the caller's, and an answer whose length is not told, is read piece by piece, and costs twice as much: the reader of a Worker's stream is most of it. Listening to a signal meanwhile was a tenth.",
  },
  {
    name: "sale in workerd ÷ dub, CPU",
    limit: 0.3,
    stretch: 0.25,
    of: against("sale", "in workerd", "dub"),
    found:
      "The plain client is at 0.2 to 0.25: making and reading the Response alone is 0.11 to 0.15 of what dub takes.",
  },
  {
    name: "cold start in workerd ÷ plain JS",
    limit: 1.5,
    stretch: 1.3,
    of: against("cold", "isolate and first request", "plain"),
    found:
      "An isolate with nothing in it takes 0.8 of what the plain client takes. The rest is the first sale, whose functions V8 compiles as they are called, and more of them than before. Tried before: not looking at `globalThis.process` (6 ms less), reading the body at once, inlining (no difference), eager compilation (worse). Of the 8 ms beyond an empty isolate, reading and running the script are 1.7, the module 0.6, its instance 0.4, compiling what the first sale runs of it 1.1, and compiling some 150 functions of JavaScript most of the rest. Tried with success: an object that crosses first in place of a failure (0.9 ms less). Tried: keeping what a plain sale does not run out of the functions that it does run (0.1 ms less for 134 bytes); not importing `cloudflare:workers` (0.3 ms less, but a first event that a detached `waitUntil` is given would not be held).",
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
  {
    name: "instructions a recorded sale",
    limit: 14_000,
    stretch: 9_000,
    of: value("core", "instructions"),
    found:
      "A build for size makes a function of every iterator and every small helper. Going through the message is 7,000, writing JSON 4,000, the rest is spread thin: `cargo xtask counts --apart \"sale recorded\"`. Tried: eight bytes of a text at once, no text for absent values, texts with room for all that comes, no check of the service's own address, and looking for a placeholder in click IDs alone (24,000 less). `opt-level = \"s\"` would be 5,000 less for 3.0 kB, `2` 8,000 less for 5.2 kB; more inlining by the compiler 100 to 2,300 less for 0.5 to 1.6 kB. Tried before: loops in place of iterators where texts are gone through (20,000 less), options by what they set in place of by name (12,000 less).",
  },
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
