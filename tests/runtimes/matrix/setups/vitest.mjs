// vitest, in each of its environments. None of them is a browser, whatever it pretends.

import { versionOf } from "../groups.mjs";
import { answerIn } from "../kit.mjs";
import { PRINT, imported } from "../sources.mjs";

const ENVIRONMENTS = ["node", "edge-runtime", "jsdom", "happy-dom"];

export const vitest = [{
  name: "vitest",
  title: "vitest",
  what: "environments node, edge-runtime, jsdom, happy-dom",
  version: versionOf("testers", "vitest"),
  group: "testers",
  rows: Object.fromEntries(ENVIRONMENTS.map((name) => [`vitest-${name}`, `environment ${name}`])),
  async run(kit) {
    await kit.write({ ...imported(), "vitest.config.mjs": "export default {};\n" });
    const vitest = await kit.bin("vitest");
    for (const name of ENVIRONMENTS) {
      await kit.row(`vitest-${name}`, async (service) => {
        await kit.write({
          [`${name}.test.mjs`]: `import { test } from "vitest";
import { answer } from "./use.mjs";
const SERVICE = "${service}";
test("sale", async () => ${PRINT}, 60_000);
`,
        });
        return answerIn(await kit.node([vitest, "run", `--environment=${name}`, `${name}.test.mjs`]));
      });
    }
  },
}];
