// The contract on Node.js, with the package as npm installed it from its tarball.
//
// In: nothing. Out: a line for each suite, then `N passed, M failed`; exit 1 when M is not 0.
// Not its job: what is checked (contract.mjs).

import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import * as root from "refport-edge";
import * as dub from "refport-edge/dub";
import * as tolt from "refport-edge/tolt";
import { Checks, must, same } from "./contract/check.mjs";
import { GOLDEN, run } from "./contract.mjs";
import { startLiveService } from "./live.mjs";

const api = { ...root, dub, tolt };
const unhandled = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));

// It takes the ten seconds of its deadline, beside all else.
const stalled = api.verifyRefCampaignWebhook(stalledRequest(), "whsec_test");
const service = await startLiveService();
const golden = {};
for (const name of GOLDEN) {
  golden[name] = JSON.parse(await readFile(new URL(`../golden/${name}.json`, import.meta.url), "utf8"));
}
const contract = await run({ api, golden, fetchTo: service.url, print: console.log });

const own = new Checks(console.log);
await own.run("Node.js", [
  ["no rejection is left unhandled", () => same(unhandled.map(String), [])],
  ["a webhook whose body stalls is given up", async () => same((await stalled).reason, "body_timeout")],
  ["a process that has tracked a sale exits at once", exitsAtOnce],
]);
await service.stop();

const [passed, failed] = [contract.passed + own.passed, contract.failed + own.failed];
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** A request whose body never comes. All that is looked at before the body is right. */
function stalledRequest() {
  const headers = { "x-refcampaign-signature": `t=${Math.floor(Date.now() / 1000)},v1=${"0".repeat(64)}` };
  const body = new ReadableStream({ pull: () => new Promise(() => {}) });
  return new Request("https://shop.test/webhook", { method: "POST", body, headers, duplex: "half" });
}

// A timer or a connection that is left behind would hold the process.
async function exitsAtOnce() {
  const script = `
    import { track_sale } from "refport-edge";
    const sale = { clickId: "abc123", customerExternalId: "user_001", amount: 4900 };
    const fetch = () => new Response('{"sale":{"id":"sale_xyz"}}');
    const result = await track_sale(null, sale, { apiKey: "rk_test", fetch, timeoutMs: 60000, budgetMs: 60000 });
    process.exitCode = result.outcome === "recorded" ? 0 : 1;`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: import.meta.dirname, stdio: "inherit" });
  const timer = setTimeout(() => child.kill(), 20_000);
  const code = await new Promise((resolve) => child.once("exit", resolve));
  clearTimeout(timer);
  must(code === 0, code === null ? "it did not exit" : `it exited with ${code}`);
}
