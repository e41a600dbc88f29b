// Node.js, Deno and Bun: a program that imports or requires the package as npm installed it.

import { versionOf } from "../groups.mjs";
import { answerIn } from "../kit.mjs";
import { startRegistry } from "../npm-registry.mjs";
import { PRINT, imported, required, use } from "../sources.mjs";

const SERVICE = "const SERVICE = globalThis.Deno ? Deno.args[0] : process.argv[2];";
const MAIN = `import { answer } from "./use.mjs";\n${SERVICE}\n${PRINT};\n`;
const MAIN_REQUIRED = `const { answer } = require("./use.cjs");\n${SERVICE}\n(async () => ${PRINT})();\n`;

/** Both ways in one process come to the same classes, and so to the same core. */
const ONE_INSTANCE = `
import { createRequire } from "node:module";
import * as imported from "refport-edge";
const require = createRequire(import.meta.url);
for (const entry of ["refport-edge", "refport-edge/inline", "refport-edge/slim"]) {
  if (require(entry).RefportError !== imported.RefportError) throw new Error(entry + " is there twice");
}
${MAIN}`;

const SLIM = `
import { readFileSync } from "node:fs";
import * as root from "refport-edge";
import * as capture from "refport-edge/capture";
import * as checkout from "refport-edge/checkout";
import * as slim from "refport-edge/slim";

const whole = { ...root, ...capture, ...checkout };
const needsNone = /^(?:saleFrom|refundFrom|clearClick|shouldClear)/;
const { init, ...rest } = slim;
const names = (of) => Object.keys(of).sort().join();
if (names(rest) !== names(whole)) throw new Error("/slim exports " + names(rest));
for (const [name, value] of Object.entries(rest)) {
  if (value.prototype instanceof slim.ConversionError || value === slim.ConversionError) continue;
  if (needsNone.test(name)) {
    if (value !== whole[name]) throw new Error(name + " is another");
    value({});
    continue;
  }
  let refusal;
  try { value.prototype && !/^function/.test(value) ? new value({ apiKey: "rk_test" }) : value({}); } catch (error) { refusal = error; }
  if (!/call init/.test(refusal?.message)) throw new Error(name + " does not ask for init: " + refusal);
}
init(new WebAssembly.Module(readFileSync(new URL(import.meta.resolve("refport-edge/core.wasm")))));
init("only the first time counts");
const landing = new Request("https://shop.example/?refp_id=clk_slim00001", { headers: { "sec-fetch-dest": "document" } });
const kept = slim.captureClick(landing, new Response("page", { headers: { "content-type": "text/html" } }));
if (!kept.headers.get("set-cookie")?.startsWith("refp_id=clk_slim00001;")) throw new Error("nothing was kept: " + kept.headers.get("set-cookie"));
const carried = slim.toStripe(landing, { customerExternalId: "user_001" });
if (!JSON.stringify(carried).includes("clk_slim00001")) throw new Error("nothing was carried: " + JSON.stringify(carried));
${MAIN}`;

const files = {
  ...imported(), ...required(), "main.mjs": MAIN, "main.cjs": MAIN_REQUIRED,
  "inline.mjs": MAIN.replace("./use.mjs", "./use-inline.mjs"), "use-inline.mjs": use("refport-edge/inline"),
  "one-instance.mjs": ONE_INSTANCE,
  "slim.mjs": SLIM.replace("./use.mjs", "./use-slim.mjs"), "use-slim.mjs": use("refport-edge/slim"),
};

async function ask(kit, name, program, args) {
  await kit.row(name, async (service) => answerIn(await kit.run(program, [...args, service])));
}

const node = (major) => ({
  name: `node-${major}`,
  title: "Node.js",
  what: "`import`, `require`, both in one process",
  version: versionOf("runtimes", `node${major}-x64`),
  group: "runtimes",
  quick: true,
  rows: {
    [`node-${major}-import`]: "import",
    [`node-${major}-require`]: "require",
    [`node-${major}-both`]: "import and require in one process share one core",
  },
  async run(kit) {
    await kit.write(files);
    const program = await kit.nodeOf(major);
    await ask(kit, `node-${major}-import`, program, ["main.mjs"]);
    await ask(kit, `node-${major}-require`, program, ["main.cjs"]);
    await ask(kit, `node-${major}-both`, program, ["one-instance.mjs"]);
  },
});

const nodeEntries = {
  name: "node-entries",
  title: "Node.js",
  what: "`/inline`, `/slim`, CommonJS alone",
  version: versionOf("runtimes", "node20-x64"),
  group: "runtimes",
  quick: true,
  rows: {
    "node-commonjs": "require on a Node.js that requires no modules",
    "node-inline": "/inline",
    "node-slim": "/slim with the raw WebAssembly: all of the API, and a clear error before init",
  },
  async run(kit) {
    await kit.write(files);
    const program = await kit.nodeOf(20);
    await ask(kit, "node-commonjs", program, ["--no-experimental-require-module", "main.cjs"]);
    await ask(kit, "node-inline", program, ["inline.mjs"]);
    await ask(kit, "node-slim", program, ["slim.mjs"]);
  },
};

const deno = {
  name: "deno",
  title: "Deno",
  what: "from `node_modules`, by `npm:` without them, `deno check`; only `--allow-net`",
  version: versionOf("runtimes", "deno"),
  group: "runtimes",
  quick: true,
  rows: {
    "deno-node-modules": "import from node_modules, with no permission but --allow-net",
    "deno-npm": "import from npm: without node_modules, with no permission but --allow-net",
    "deno-check": "deno check, of a TypeScript program that is then run",
  },
  async run(kit) {
    await kit.write({ ...files, "check.ts": DENO_TYPES });
    const program = await kit.program("@deno", ["deno"]);
    // Nothing of this machine's own, and nothing of an earlier run.
    await kit.remove("deno-dir");
    const env = { DENO_DIR: kit.path("deno-dir"), DENO_NO_UPDATE_CHECK: "1" };
    const denoRun = ["run", "--no-prompt", "--no-lock", "--allow-net=127.0.0.1"];
    const printed = async (args, more) => answerIn(await kit.run(program, args, { env: { ...env, ...more } }));
    await kit.row("deno-node-modules", (service) => printed([...denoRun, "--node-modules-dir=manual", "main.mjs", service]));
    await kit.row("deno-check", async (service) => {
      await kit.run(program, ["check", "--no-lock", "--node-modules-dir=manual", "check.ts"], { env });
      return printed([...denoRun, "--node-modules-dir=manual", "check.ts", service]);
    });
    await kit.row("deno-npm", async (service) => {
      const registry = await startRegistry(kit.tarball);
      kit.onEnd(registry.stop);
      await kit.write({
        "alone/deno.json": { nodeModulesDir: "none" }, ...under("alone", imported(`npm:refport-edge@${registry.version}`)),
        "alone/main.mjs": MAIN,
      });
      return printed([...denoRun, "--config", "alone/deno.json", "alone/main.mjs", service], { NPM_CONFIG_REGISTRY: registry.url });
    });
  },
};

const DENO_TYPES = `
import { getClickIdFromCookie, type RefportConfig, type Result, track_sale, type TrackSaleResponse } from "refport-edge";
import { answer } from "./use.mjs";

const config: RefportConfig = { apiKey: "rk_test" };
const found: string | null = getClickIdFromCookie("refp_id=abc123");
const sold: Result<TrackSaleResponse> = await track_sale(null, { customerExternalId: "user_001", amount: 4900 }, config);
if (sold.outcome !== "skipped") throw new Error(sold.outcome);
// @ts-expect-error a click ID may be missing
const wrong: string = found;
void wrong;
console.log("ANSWER " + JSON.stringify(await answer(Deno.args[0])));
`;

const under = (folder, files) => Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

const bun = {
  name: "bun",
  title: "Bun",
  what: "`import`, `require`, both in one process, `bun test`",
  version: versionOf("runtimes", "bun"),
  group: "runtimes",
  quick: true,
  rows: {
    "bun-import": "import",
    "bun-require": "require",
    "bun-both": "import and require in one process share one core",
    "bun-test": "in a test of `bun test`",
  },
  async run(kit) {
    await kit.write(files);
    const program = await kit.program("@oven", ["bin/bun"]);
    await ask(kit, "bun-import", program, ["run", "main.mjs"]);
    await ask(kit, "bun-require", program, ["run", "main.cjs"]);
    await ask(kit, "bun-both", program, ["run", "one-instance.mjs"]);
    await kit.row("bun-test", async (service) => {
      const test = `import { test } from "bun:test";\nimport { answer } from "./use.mjs";\n`;
      await kit.write({ "sale.test.mjs": `${test}const SERVICE = "${service}";\ntest("sale", async () => ${PRINT});\n` });
      return answerIn(await kit.run(program, ["test", "./sale.test.mjs"]));
    });
  },
};

export const processes = [...[20, 22, 24, 26].map(node), nodeEntries, deno, bun];
