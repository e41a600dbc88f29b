// What the services and their own clients document is built and tested, or left out with a reason.
//
// In: `--write` to write docs/parity.md, else it must be there already. Out: a line for each suite, then `N passed,
// M failed`; exit 1 when M is not 0. The package is the one that npm installed from its tarball.
// Not its job: the items (parity/surface.mjs, parity/facts.mjs), and what is tried of each.

import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import * as api from "refport-edge";
import * as dub from "refport-edge/dub";
import * as tolt from "refport-edge/tolt";
import { GOLDEN, suitesOf } from "./contract.mjs";
import { backgroundChecks } from "./contract/background.mjs";
import { Checks, must } from "./contract/check.mjs";
import { realChecks } from "./contract/real.mjs";
import { webhookChecks } from "./contract/webhooks.mjs";
// Behind the package's back, for the tables that no export shows.
import * as refcampaign from "./node_modules/refport-edge/dist/services/refcampaign.js";
import * as refport from "./node_modules/refport-edge/dist/services/refport.js";
import { surfaceChecks } from "./parity/checks.mjs";
import { sampleChecks } from "./parity/samples.mjs";
import { startServices } from "./parity/services.mjs";
import { pageOf } from "./parity/table.mjs";

const PAGE = new URL("../../docs/parity.md", import.meta.url);
const { values: { write } } = parseArgs({ options: { write: { type: "boolean", default: false } } });

const checks = new Checks(console.log);
await playContract();
for (const [name, suite] of Object.entries(surfaceChecks(api, { ...refport, ...refcampaign }))) await checks.run(name, suite);
await playSamples();
const { page, problems, counts } = pageOf(checks.ended);
if (write) await writeFile(PAGE, page);
await checks.run("docs/parity.md", [
  ["every item has a test that passed, or a reason", () => must(problems.length === 0, `\n    ${problems.join("\n    ")}`)],
  ["the page says what the tests say", async () => {
    must((await readFile(PAGE, "utf8")) === page, "it does not: run `node parity.mjs --write` in tests/runtimes");
  }],
]);
console.log(`ok    ${counts}`);
console.log(`${checks.passed} passed, ${checks.failed} failed`);
process.exitCode = checks.failed === 0 ? 0 : 1;

/** What the page names of the contract (contract.mjs): all of it but what takes real time. */
async function playContract() {
  const golden = {};
  for (const name of GOLDEN) golden[name] = JSON.parse(await readFile(new URL(`../golden/${name}.json`, import.meta.url), "utf8"));
  for (const [name, suite] of suitesOf({ ...api, dub, tolt }, golden)) await checks.run(name, suite);
  const { transports } = realChecks(api);
  for (const [name, suite] of Object.entries({ ...webhookChecks(api), ...backgroundChecks(api), transports })) await checks.run(name, Object.entries(suite));
}

async function playSamples() {
  const services = await startServices();
  try {
    for (const [name, suite] of Object.entries(await sampleChecks(api, services))) await checks.run(name, suite);
  } finally {
    await Promise.all(Object.values(services).map((service) => service.stop()));
  }
}
