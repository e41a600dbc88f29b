// The fault table of docs/retries.md, made from tests/golden/faults.json, so that it says what is tested and nothing else.
//
// In: the rows. Out: the table.
// Not its job: whether the rows are true (matrix.mjs), and where the table goes (generated.mjs).

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { publish } from "../generated.mjs";

const ROWS = join(dirname(fileURLToPath(import.meta.url)), "../golden/faults.json");

const REFCAMPAIGN = "RefCampaign conversion";
/** The events of the table, and what it calls them. */
const SHORT = {
  "sale with invoiceId": "sale with `invoiceId`",
  [REFCAMPAIGN]: "RefCampaign",
  "sale without invoiceId": "sale without it",
  lead: "lead",
};
const EVENTS = Object.keys(SHORT);

process.exitCode = publish({
  script: "tests/faults/table.mjs",
  what: "the fault table",
  marker: "faults",
  section: () => tableOf(JSON.parse(readFileSync(ROWS, "utf8"))),
});

/** One line for each fault and each different fate; what says nothing new is counted below. */
function tableOf(rows) {
  const faults = grouped(
    rows.filter((row) => row.inReadme),
    (row) => row.name,
  );
  const lines = [...faults].flatMap(([name, same]) => linesOf(name, same));
  const repeated = rows.filter((row) => row.recordedAfterRepeat === 1).length;
  return [
    "| what happens | event | attempts | outcome | `status` `code` | `retryable` | `maybeRecorded` |",
    "|---|---|--:|---|---|---|---|",
    ...lines,
    "",
    `All ${rows.length} rows, ${grouped(rows, (row) => row.name).size} faults, are in \`tests/golden/faults.json\`.`,
    `After ${repeated} of them the same call is made again, as by a webhook that is delivered again, when the service is`,
    "well: then exactly one is on the books.",
  ].join("\n");
}

/** `Map.groupBy`, which Node 20 does not have. */
function grouped(list, keyOf) {
  const groups = new Map();
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function linesOf(name, rows) {
  return [...grouped(rows, fateOf)].map(
    ([fate, same], index) => `| ${index === 0 ? name : ""} | ${eventsOf(same)} | ${fate} |`,
  );
}

function eventsOf(rows) {
  const events = EVENTS.filter((event) => rows.some((row) => row.event === event));
  if (events.length === EVENTS.length) return "any";
  const isRefports = events.length === EVENTS.length - 1 && !events.includes(REFCAMPAIGN);
  return isRefports ? "any of Refport" : events.map((event) => SHORT[event]).join(", ");
}

/** The cells that tell one event's fate from another's. */
function fateOf({ expected }) {
  const { outcome, attempts, kind, status, code, retryable, maybeRecorded } = expected;
  if (outcome !== "failed") return [attempts, `**${outcome}**`, "", "", ""].join(" | ");
  return [attempts, `failed: ${kind}`, `${status ?? "null"} \`${code}\``, told(retryable), told(maybeRecorded)].join(
    " | ",
  );
}

function told(flag) {
  return flag ? "yes" : "no";
}
