// Time against size: a call with a hostile input in any place takes no longer than its input is longer.
//
// In: the packed tarball (`cargo xtask pack`). Out: a line for each row that went wrong, its figures, and
// `N passed, M failed` last. The rows are in growth-lookups.mjs, -webhooks, -calls and -answers; what is judged is
// growth-judge.mjs's. No time is held against a clock: a slow machine is slow at every size.

import { parseArgs } from "node:util";
import { runSuite } from "./install.mjs";

const HELP = `node tests/faults/growth.mjs [options]
  --all              every row and size, not the short form
  --row SUBSTRING    only rows whose name contains this
  --times            what each row took
  --help             this text`;

const { values } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    row: { type: "string", default: "" },
    times: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(HELP);
else await runSuite(main);

async function main() {
  const { growth, toldOf } = await import("./growth-run.mjs");
  const look = values.times ? ({ name }, verdict) => console.log(`     ${toldOf({ name, ...verdict })}`) : undefined;
  const { figures, passed, wrong } = await growth({ isQuick: !values.all, only: values.row, look });
  for (const one of wrong) console.log(`FAIL  ${toldOf(one)}`);
  console.log(figures.join(", "));
  console.log(`${passed} passed, ${wrong.length} failed`);
  return wrong.length > 0 ? 1 : 0;
}
