// Hostile transports and values, in every runtime.
//
// In: the packed tarball (`cargo xtask pack`). Out: a line for each runtime, one for each case that went wrong, and
// `N passed, M failed` last. The cases are in hostile-transports.mjs, -lookups, -params,
// -configs, -methods and -clients.

import { parseArgs } from "node:util";
import { runSuite } from "./install.mjs";

const HELP = `node tests/faults/hostile.mjs [options]
  --only RUNTIME     only runtimes whose name begins so (several allowed)
  --case SUBSTRING   only cases whose name contains this
  --help             this text`;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    case: { type: "string", default: "" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(HELP);
else await runSuite(main);

async function main() {
  const { inEachRuntime } = await import("./runtimes.mjs");
  const { passed, failed } = await inEachRuntime(values.only, runRuntime);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

async function runRuntime({ name, run }) {
  const began = performance.now();
  const { answer, stray } = await run({ task: "hostile", only: values.case }).catch((error) => ({
    answer: [],
    stray: [error.message],
  }));
  const wrong = answer.filter(({ complaints }) => complaints.length > 0);
  const failed = wrong.length + stray.length;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${failed === 0 ? "ok  " : "FAIL"}  ${name.padEnd(18)}  ${answer.length} cases  ${wrong.length} wrong  ${stray.length} stray errors  ${seconds} s`,
  );
  for (const { name: title, complaints } of wrong) console.log(`     ${title}: ${complaints.join("; ")}`);
  for (const message of stray) console.log(`     ${message}`);
  return { passed: answer.length - wrong.length, failed };
}
