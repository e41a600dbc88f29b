// The tests of docs/recipes/testing, each run by its own test runner. They have no service but the fake in memory.

import assert from "node:assert/strict";

const tests = (name, file, group, run) => ({
  name: `test-${name}`,
  files: [`testing/${file}`],
  group,
  way: async (kit) => ({ text: await run(kit, file) }),
  check: async ({ shop: { text }, kit }) => {
    assert.match(text, /a sale survives a rate limit/);
    // A test that cannot fail proves nothing: without its second step the sale is not on the books.
    await kit.write({ [file]: (await read(kit.path(file))).replace('[429, "recorded"]', "[429, 429, 429]") });
    await assert.rejects(run(kit, file), "the test passed although nothing was recorded");
  },
});

const read = async (file) => (await import("node:fs/promises")).readFile(file, "utf8");

export const TESTS = [
  tests("node", "node.test.mjs", "recipes", (kit, file) => kit.node(["--test", "--test-reporter=tap", file])),
  tests("deno", "deno.test.ts", "recipes", async (kit, file) =>
    kit.run(await kit.program("@deno", ["deno"]), ["test", "--no-lock", "--no-check", "--node-modules-dir=manual", file], { env: { DENO_NO_UPDATE_CHECK: "1" } })),
  tests("bun", "bun.test.ts", "recipes", async (kit, file) => kit.run(await kit.program("@oven", ["bin/bun"]), ["test", `./${file}`])),
  tests("vitest", "vitest.test.ts", "testers", async (kit, file) => {
    await kit.write({ "vitest.config.mjs": "export default {};\n" });
    return kit.node([await kit.bin("vitest"), "run", "--reporter=verbose", file]);
  }),
  tests("jest", "jest.test.cjs", "testers", async (kit, file) => {
    await kit.write({ "jest.config.json": { transform: {}, testMatch: [`**/${file}`], moduleFileExtensions: ["js", "cjs", "json"] } });
    return kit.node([await kit.bin("jest"), "--verbose", "--config=jest.config.json"]);
  }),
];
