// The README's fault table, made from tests/golden/faults.json, so that it says what is tested and nothing else.
//
// In: the rows. Out: the table on stdout; with --write FILE, in FILE between the two markers; with --check FILE, the
// question whether it stands there already.
// Not its job: whether the rows are true (matrix.mjs).

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROWS = join(dirname(fileURLToPath(import.meta.url)), "../golden/faults.json");
const BEGIN = "<!-- faults:begin -->";
const END = "<!-- faults:end -->";
const HELP = `node tests/faults/table.mjs [--check FILE | --write FILE | --help]`;

const REFCAMPAIGN = "RefCampaign conversion";
/** The events of the table, and what it calls them. */
const SHORT = {
  "sale with invoiceId": "sale with `invoiceId`",
  [REFCAMPAIGN]: "RefCampaign",
  "sale without invoiceId": "sale without it",
  lead: "lead",
};
const EVENTS = Object.keys(SHORT);

const { values } = parseArgs({
  options: { check: { type: "string" }, write: { type: "string" }, help: { type: "boolean", default: false } },
});
process.exitCode = main();

function main() {
  if (values.help) return print(HELP);
  const table = tableOf(JSON.parse(readFileSync(ROWS, "utf8")));
  if (values.write !== undefined) {
    writeFileSync(values.write, withTable(readFileSync(values.write, "utf8"), table));
    return 0;
  }
  if (values.check === undefined) return print(table);
  const text = readFileSync(values.check, "utf8");
  if (withTable(text, table) === text)
    return print(`ok  the fault table of ${values.check} is that of faults.json\n1 passed, 0 failed`);
  const remedy = `run \`node tests/faults/table.mjs --write ${values.check}\``;
  print(`FAIL  the fault table of ${values.check} is not that of faults.json: ${remedy}\n0 passed, 1 failed`);
  return 1;
}

function print(text) {
  console.log(text);
  return 0;
}

function withTable(text, table) {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`the file has no section from ${BEGIN} to ${END}`);
  return `${text.slice(0, from + BEGIN.length)}\n\n${table}\n\n${text.slice(to)}`;
}

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
