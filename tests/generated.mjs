// A section of a page that is made from data, so that the page says what is tested and nothing else.
//
// In: the section, its marker, and what the command line asks for: nothing, --write FILE or --check FILE. Out: the section on
// stdout, or in the file between `<!-- marker:begin -->` and `<!-- marker:end -->`, or whether it stands there already.
// Not its job: what the section says.

import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

/** Does what the command line asks for; answers the exit code. `script` makes the section, `what` is it in words. */
export function publish({ script, what, marker, section }) {
  const { values } = parseArgs({
    options: { check: { type: "string" }, write: { type: "string" }, help: { type: "boolean", default: false } },
  });
  if (values.help) return print(`node ${script} [--check FILE | --write FILE | --help]`);
  const text = section();
  const file = values.write ?? values.check;
  if (file === undefined) return print(text);
  const there = readFileSync(file, "utf8");
  const wanted = withSection(there, marker, text);
  if (values.write !== undefined) {
    writeFileSync(file, wanted);
    return 0;
  }
  if (wanted === there) return print(`ok  ${what} in ${file} is up to date\n1 passed, 0 failed`);
  print(`FAIL  ${what} in ${file} is not up to date: run \`node ${script} --write ${file}\`\n0 passed, 1 failed`);
  return 1;
}

function print(text) {
  console.log(text);
  return 0;
}

function withSection(text, marker, section) {
  const [begin, end] = [`<!-- ${marker}:begin -->`, `<!-- ${marker}:end -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`the file has no section from ${begin} to ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${section}\n\n${text.slice(to)}`;
}
