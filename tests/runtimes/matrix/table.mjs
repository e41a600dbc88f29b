// The README's table of runtimes, made from the list of set-ups, so that it says what is tested and nothing else.
//
// In: the list. Out: the table on stdout; with --write FILE, in FILE between the two markers; with --check FILE, the
// question whether it stands there already.
// Not its job: whether the rows pass (matrix.mjs).

import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { SETUPS } from "./list.mjs";

const BEGIN = "<!-- runtimes:begin -->";
const END = "<!-- runtimes:end -->";
const HELP = "node tests/runtimes/matrix/table.mjs [--check FILE | --write FILE | --help]";

const { values } = parseArgs({
  options: { check: { type: "string" }, write: { type: "string" }, help: { type: "boolean", default: false } },
});
process.exitCode = main();

function main() {
  if (values.help) return print(HELP);
  const table = tableOf(SETUPS.filter(({ isLint }) => !isLint));
  if (values.write !== undefined) {
    writeFileSync(values.write, withTable(readFileSync(values.write, "utf8"), table));
    return 0;
  }
  if (values.check === undefined) return print(table);
  const text = readFileSync(values.check, "utf8");
  if (withTable(text, table) === text) return print(`ok  the runtimes of ${values.check} are those of the matrix\n1 passed, 0 failed`);
  const remedy = `run \`node tests/runtimes/matrix/table.mjs --write ${values.check}\``;
  print(`FAIL  the runtimes of ${values.check} are not those of the matrix: ${remedy}\n0 passed, 1 failed`);
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

/** One line for each title. */
function tableOf(setups) {
  const titles = [...new Set(setups.map(({ title }) => title))];
  const rows = setups.flatMap(({ rows }) => Object.keys(rows));
  return [
    "| | version | how | its line |",
    "|---|---|---|---|",
    ...titles.map((title) => lineOf(title, setups.filter((setup) => setup.title === title))),
    "",
    `${rows.length} rows in all: \`cargo xtask matrix --list\`.`,
  ].join("\n");
}

function lineOf(title, setups) {
  const every = (member) => [...new Set(setups.map((setup) => setup[member]).filter(Boolean))];
  const lines = every("line").map((line) => `\`${line}\``);
  return `| ${title} | ${every("version").join(", ")} | ${every("what").join("; ")} | ${lines.join(" ")} |`;
}
