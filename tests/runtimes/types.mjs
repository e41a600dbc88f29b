// The types of the package under every TypeScript setting it promises.
//
// In: the samples in types/ and parity/samples/. Out: a line for each setting, with the compiler's complaints, then `N passed, M failed`;
// exit 1 when M is not 0. A sample holds what must compile, and `@ts-expect-error` above what must not.
// Not its job: what the functions do (contract.mjs).

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const HERE = fileURLToPath(new URL(".", import.meta.url));
const TSC = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

/** How a program may find its modules, and the samples that are for it alone. */
const MODULES = {
  node16: { options: { module: "node16", moduleResolution: "node16" }, samples: ["required.cts"] },
  nodenext: { options: { module: "nodenext", moduleResolution: "nodenext" }, samples: ["required.cts"] },
  bundler: { options: { module: "esnext", moduleResolution: "bundler" }, samples: [] },
};

const ANYWHERE = ["anywhere.ts", "attribution.ts", "clients.ts", "entries.ts", "misuse.ts", "misuse-clients.ts", "outbox.ts", "outbox-alone.ts", "testing.ts", "tolt.ts", "dub.ts"];

/** The documentation's programs; parity.mjs runs them. */
const PROGRAMS = ["client", "helpers", "api-pages"].map((name) => `../parity/samples/refport-${name}.ts`);
PROGRAMS.push("../parity/samples/refcampaign-guide.ts");


/** What a program may know of its runtime: the samples that fit, the libraries and the ambient types. */
const RUNTIMES = {
  "es2022 alone": { samples: ANYWHERE, lib: ["es2022"], types: [] },
  DOM: { samples: [...ANYWHERE, "web.ts"], lib: ["es2022", "dom", "dom.iterable"], types: [] },
  "@cloudflare/workers-types": {
    samples: [...ANYWHERE, "web.ts", "worker.ts", "outbox-worker.ts"],
    lib: ["es2022"],
    types: ["@cloudflare/workers-types"],
  },
  "@types/node": { samples: [...ANYWHERE, ...PROGRAMS, "web.ts", "node.ts"], lib: ["es2022"], types: ["node"] },
};

let [passed, failed] = [0, 0];
for (const [module, { options, samples: more }] of Object.entries(MODULES)) {
  for (const [runtime, { samples, lib, types }] of Object.entries(RUNTIMES)) {
    const complaints = await check({ ...options, lib, types }, [...samples, ...more]);
    passed += complaints ? 0 : 1;
    failed += complaints ? 1 : 0;
    console.log(`${complaints ? "FAIL" : "ok  "} ${module}, ${runtime}`);
    if (complaints) console.log(complaints.replace(/^/gm, "  "));
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** What the compiler says, or nothing. */
async function check(options, samples) {
  // Beside the samples, so that both find the same packages.
  const dir = await mkdtemp(join(HERE, "types/.check-"));
  const compilerOptions = {
    ...options, target: "es2022", strict: true, skipLibCheck: false, noEmit: true,
    exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true,
  };
  try {
    await writeFile(
      join(dir, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: samples.map((sample) => join(HERE, "types", sample)) }),
    );
    await run(process.execPath, [TSC, "--project", dir, "--pretty", "false"], { cwd: HERE });
    return "";
  } catch (error) {
    return (error.stdout || error.message).trim();
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
