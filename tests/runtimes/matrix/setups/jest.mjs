// Jest: CommonJS and modules, and the environments of a browser and of Vercel's edge runtime.

import { versionOf } from "../groups.mjs";
import { answerIn } from "../kit.mjs";
import { PRINT, imported, required } from "../sources.mjs";

const REQUIRED = 'const { answer } = require("./use.cjs");';
const IMPORTED = 'import { answer } from "./use.mjs";';

const ROWS = {
  "jest-require": { what: "environment node, CommonJS", file: "required.test.cjs", first: REQUIRED },
  "jest-import": { what: "environment node, ES modules", file: "imported.test.mjs", first: IMPORTED },
  // Jest's own environment hides fetch, TextDecoder and much else of Node.js; nothing of today's web runs in it.
  "jest-jsdom": { what: "environment jest-fixed-jsdom", file: "jsdom.test.cjs", first: REQUIRED, environment: "jest-fixed-jsdom" },
  "jest-edge": {
    what: "environment edge-runtime, with `moduleNameMapper`", file: "edge.test.cjs", first: REQUIRED,
    environment: "@edge-runtime/jest-environment", moduleNameMapper: { "^refport-edge$": "refport-edge/inline" },
  },
};

export const jest = [{
  name: "jest",
  title: "Jest",
  what: "CommonJS, ES modules, jsdom, edge-runtime",
  version: versionOf("testers", "jest"),
  group: "testers",
  line: 'moduleNameMapper: { "^refport-edge$": "refport-edge/inline" }',
  rows: Object.fromEntries(Object.entries(ROWS).map(([name, { what }]) => [name, what])),
  async run(kit) {
    await kit.write({ ...imported(), ...required() });
    const jest = await kit.bin("jest");
    for (const [name, { file, first, environment = "node", moduleNameMapper = {} }] of Object.entries(ROWS)) {
      await kit.row(name, async (service) => {
        const config = { testEnvironment: environment, moduleNameMapper, transform: {}, testMatch: [`**/${file}`], moduleFileExtensions: ["js", "mjs", "cjs", "json"] };
        await kit.write({
          [`${name}.config.json`]: config,
          [file]: `${first}\nconst SERVICE = "${service}";\ntest("sale", async () => ${PRINT}, 60_000);\n`,
        });
        return answerIn(await kit.node(["--experimental-vm-modules", jest, `--config=${name}.config.json`]));
      });
    }
  },
}];
