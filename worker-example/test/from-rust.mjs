// A native program (examples/deliver.rs) reports sales to the fake service, with an HTTP client of its own.
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
};

const service = await start([serviceWorker(await bundle(join(ROOT, "fake-refport")), "fake-refport", KEY)]);
const { url } = service;
const control = controlOf(url);
await control.click({ id: "abc123", link: "alice" });
const at = {
  control,
  run: (...values) => cargo([...CARGO, url, ...values]),
  sales: async () => (await control.ledger()).totals.sales,
};
await runCases(CASES, at, () => service.stop());

function cargo(args) {
  return new Promise((resolve) => {
    execFile("cargo", args, { cwd: join(ROOT, ".."), encoding: "utf8" }, (error, stdout, stderr) => {
      if (stderr) console.error(stderr);
      resolve({ said: stdout.trim().split("\n"), code: error ? error.code : 0 });
    });
  });
}
