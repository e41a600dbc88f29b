// Random and hostile calls, and a polluted `Object.prototype`, in every runtime.
//
// In: the packed tarball (`cargo xtask pack`). Out: a line for each runtime, one for each call that went wrong, and
// `N passed, M failed` last. Everything is drawn from a seed, which is printed. A test plays the same calls every time, so that
// one version of the package has one result; `cargo xtask torture --only random` draws new ones.

import { parseArgs } from "node:util";
import { runSuite } from "./install.mjs";

const FIRST_SEED = "1";
const HELP = `node tests/faults/random.mjs [options]
  --only RUNTIME   only runtimes whose name begins so (several allowed)
  --seed N         other calls, or those of an earlier run (default: ${FIRST_SEED})
  --from N         the first call's number
  --count N        so many calls in each runtime
  --help           this text`;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    seed: { type: "string", default: FIRST_SEED },
    from: { type: "string", default: "0" },
    count: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(HELP);
else await runSuite(main);

async function main() {
  const { playRandom } = await import("./random-run.mjs");
  console.log(`seed ${values.seed}`);
  const count = values.count && Number(values.count);
  const { passed, failed } = await playRandom({ ...values, seed: Number(values.seed), from: Number(values.from), count });
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}
