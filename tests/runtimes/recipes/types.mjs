// The recipes in TypeScript, for the compiler: those whose packages bring types, by the runtime that they are for.
//
// In: the recipes. Out: rows of the list, each a check by `tsc` or `deno check`. What a framework generates types for is not among them.

import { cp } from "node:fs/promises";
import { basename, join } from "node:path";

const STRICT = {
  target: "es2022", module: "esnext", moduleResolution: "bundler", lib: ["es2022"], strict: true, exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true, verbatimModuleSyntax: true, allowImportingTsExtensions: true, skipLibCheck: true, noEmit: true,
};

const PROGRAMS = {
  workers: {
    types: ["@cloudflare/workers-types"],
    files: ["cloudflare-worker.ts", "pages/functions/checkout.ts", "hono.ts", "stripe-webhook.ts", "telemetry-worker.ts", "telemetry.ts"],
  },
  node: { types: ["node"], files: ["express.ts", "fastify.ts", "aws-lambda.ts", "better-auth.ts", "telemetry-node.ts", "telemetry.ts"] },
  bun: { types: ["bun"], files: ["bun.ts", "testing/bun.test.ts"] },
};
/** Those that take what the package may not have yet. */
const LATER = {
  "workers, capture": { needs: ["refport-edge/capture"], types: ["@cloudflare/workers-types"], files: ["cloudflare-capture.ts"] },
  "node, capture": { needs: ["refport-edge/capture"], types: ["node"], files: ["express-capture.ts"] },
  "workers, checkout": { needs: ["refport-edge/checkout"], types: ["@cloudflare/workers-types"], files: ["stripe-checkout.ts"] },
  "workers, outbox": { needs: ["refport-edge/outbox"], types: ["@cloudflare/workers-types"], files: ["cloudflare-queue.ts"] },
  "workers, background": { needs: ["option waitUntil"], types: ["@cloudflare/workers-types"], files: ["background.ts", "telemetry-background.ts"] },
};

const typed = ([name, { types, files, needs }]) => ({
  name: `types of ${name}`,
  files,
  group: "recipes",
  needs,
  isChecked: true,
  way: async (kit) => {
    const lib = types.includes("@cloudflare/workers-types") ? ["es2022"] : ["es2022", "dom", "dom.iterable"];
    await kit.write({ "tsconfig.json": { compilerOptions: { ...STRICT, lib, types }, files: files.map((file) => basename(file)) } });
    await kit.node([await kit.bin("typescript", "tsc"), "-p", "tsconfig.json"]);
    return {};
  },
  prepare: (kit) => flat(kit, files),
  check: () => {},
});

/** Beside each other, whatever folder they are written for. */
async function flat(kit, files) {
  const from = new URL("../../../docs/recipes/", import.meta.url).pathname;
  for (const file of files) await cp(join(from, file), kit.path(basename(file)));
}

const denoCheck = {
  name: "types of deno",
  files: ["deno.ts", "supabase/index.ts", "testing/deno.test.ts"],
  group: "recipes",
  isChecked: true,
  way: async (kit) => {
    const program = await kit.program("@deno", ["deno"]);
    const files = ["deno.ts", "index.ts", "deno.test.ts"];
    await kit.run(program, ["check", "--no-lock", "--node-modules-dir=manual", ...files], { env: { DENO_NO_UPDATE_CHECK: "1" } });
    return {};
  },
  check: () => {},
};

export const TYPES = [...Object.entries({ ...PROGRAMS, ...LATER }).map(typed), denoCheck];
