// A native program (examples/deliver.rs) reports to the fake services, with an HTTP client of its own.
// In: nothing. Out: one line for each case, then "N passed, M failed"; exit 1 when M is not 0.
// Not its job: what the crate decides (tests/*.rs).

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { bundle } from "../local/bundle.mjs";
import { ROOT, controlOf, serviceWorker, start } from "../local/workers.mjs";
import { runCases } from "./cases.mjs";

const KEY = "rk_from_rust";
const CARGO = ["run", "--quiet", "--package", "refport-edge", "--example", "deliver", "--"];

const CASES = {
  "a sale is recorded": async ({ run, sales }) => {
    const { said, code } = await run(KEY, "abc123", "inv_1");
    assert.deepEqual([said[0], code, await sales()], ["recorded after 1 attempt(s)", 0, 1]);
  },
  "the same sale again is a duplicate, and still one": async ({ run, sales }) => {
    const { said, code } = await run(KEY, "abc123", "inv_1");
    assert.deepEqual([said[0], code, await sales()], ["duplicate after 1 attempt(s)", 0, 1]);
  },
  "a service that refuses at first is asked again": async ({ run, sales, control }) => {
    await control.rateLimit({ refuseNext: 2 });
    const { said, code } = await run(KEY, "abc123", "inv_2");
    assert.deepEqual([said[0], code, await sales()], ["recorded after 3 attempt(s)", 0, 2]);
  },
  "a wrong key is refused, and not shown": async ({ run, sales }) => {
    const { said, code } = await run("rk_wrong", "abc123", "inv_3");
    assert.deepEqual([said[0], code, await sales()], ["failed after 1 attempt(s)", 1, 2]);
    assert.match(said[1], /^UNAUTHORIZED: /);
    assert.ok(!said.join().includes("rk_wrong"));
  },
  "a value that could never work is named, and nothing is sent": async ({ run, sales }) => {
    const { said, code } = await run(KEY, " ", "");
    assert.deepEqual([said.map((line) => line.split(" ")[0]), code, await sales()], [["clickId", "invoiceId"], 1, 2]);
  },
  "Dub: a sale is recorded, once": async ({ dub }) => {
    await dub.control.click({ id: "abc123" });
    const saids = [await dub.run(KEY, "abc123", "inv_1"), await dub.run(KEY, "abc123", "inv_1")].map(({ said }) => said[0]);
    const { sales } = await dub.control.ledger();
    // A repeat is answered as the first was.
    assert.deepEqual([saids, sales.map(({ amount }) => amount)], [Array(2).fill("recorded after 1 attempt(s)"), [4900]]);
  },
  "Dub: a value that could never work is named": async ({ dub }) => {
    const { said, code } = await dub.run(KEY, "abc123", "");
    assert.deepEqual([said[0].split(" ")[0], code], ["invoiceId", 1]);
  },
  "Tolt: a customer is recorded, and then a duplicate": async ({ tolt }) => {
    const headers = { authorization: `Bearer ${KEY}`, "content-type": "application/json" };
    await fetch(`${tolt.url}/v2/clicks`, { method: "POST", headers, body: JSON.stringify({ param: "ref", value: "sam" }) });
    const saids = [await tolt.run(KEY, "clk_1", ""), await tolt.run(KEY, "clk_1", "")].map(({ said }) => said[0]);
    const { customers } = await tolt.control.ledger();
    assert.deepEqual([saids, customers.length], [["recorded after 1 attempt(s)", "duplicate after 1 attempt(s)"], 1]);
  },
  "Tolt: a wrong key is refused, and not shown": async ({ tolt }) => {
    const { said, code } = await tolt.run("tolt_wrong", "clk_1", "");
    assert.deepEqual([said[0], code], ["failed after 1 attempt(s)", 1]);
    assert.ok(!said.join().includes("tolt_wrong"));
  },
};

const NAMES = ["refport", "dub", "tolt"];
const workers = await Promise.all(NAMES.map(async (name) => serviceWorker(await bundle(join(ROOT, `fake-${name}`)), `fake-${name}`, KEY)));
const services = await start(workers);
const [refport, dub, tolt] = await Promise.all(NAMES.map(async (name) => {
  const url = await services.addressOf(`fake-${name}`);
  return { url, control: controlOf(url), run: (...values) => cargo([...CARGO, url, ...values, name]) };
}));
await refport.control.click({ id: "abc123", link: "alice" });
const at = { ...refport, sales: async () => (await refport.control.ledger()).totals.sales, dub, tolt };
await runCases(CASES, at, () => services.stop());

function cargo(args) {
  return new Promise((resolve) => {
    execFile("cargo", args, { cwd: join(ROOT, ".."), encoding: "utf8" }, (error, stdout, stderr) => {
      if (stderr) console.error(stderr);
      resolve({ said: stdout.trim().split("\n"), code: error ? error.code : 0 });
    });
  });
}
