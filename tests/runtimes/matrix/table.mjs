// The table of docs/runtimes.md, made from the list of set-ups, so that it says what is tested and nothing else.
//
// In: the list. Out: the table.
// Not its job: whether the rows pass (matrix.mjs), and where the table goes (generated.mjs).

import { publish } from "../../generated.mjs";
import { SETUPS } from "./list.mjs";

process.exitCode = publish({
  script: "tests/runtimes/matrix/table.mjs",
  what: "the table of runtimes",
  marker: "runtimes",
  section: () => tableOf(SETUPS.filter(({ isLint }) => !isLint)),
});

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
