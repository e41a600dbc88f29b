// The suite `docs`: the documentation says what was run.
//
// In: the pages, the types and the packed package, installed here. Out: a line for each part, with its count, then
// `N passed, M failed`. `--write FILE` makes the copies of code on a page anew; `--only PART` runs one part.
// Not its job: building the site (`cargo xtask docs`).

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startServices } from "../tests/runtimes/parity/services.mjs";
import { compileExamples } from "./tools/compile.mjs";
import { readPage, withCopies } from "./tools/pages.mjs";
import { PROGRAMS, sendToFakes } from "./tools/programs.mjs";
import { breakages } from "./tools/breakages.mjs";
import { readTypes } from "./tools/types.mjs";

const DOCS = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(DOCS);
/** The pages with code, read outside the site and on it. */
const PAGES = ["README.md", "worker-example/README.md", ...tracked("docs/*.md", "docs/**/*.md")];
/** Programs on a page that another suite runs. */
const ELSEWHERE = /^(?:recipes|worker-example)\//;

const { values } = parseArgs({ options: { write: { type: "string" }, only: { type: "string" } } });
if (values.write !== undefined) {
  const file = join(ROOT, values.write);
  writeFileSync(file, withCopies(ROOT, readFileSync(file, "utf8")));
} else await main();

async function main() {
  const parts = { types, pages, programs, breakages: () => breakages(ROOT) };
  let [passed, failed] = [0, 0];
  for (const [name, part] of Object.entries(parts)) {
    if (values.only !== undefined && values.only !== name) continue;
    const { figures, done, offenders } = await part();
    offenders.forEach((offender) => console.log(`FAIL  ${offender}`));
    console.log(`${offenders.length === 0 ? "ok    " : "      "}${figures}`);
    passed += done - offenders.length;
    failed += offenders.length;
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** Every member is documented, and every example of it compiles. */
function types() {
  const files = readdirSync(join(ROOT, "pkg")).filter((file) => file.endsWith(".d.ts") && file !== "core.wasm.d.ts");
  const read = files.map((file) => ({ file, ...readTypes(join(ROOT, "pkg", file)) }));
  const examples = read.flatMap(({ file, examples }) => examples.map((example) => ({ ...example, ...entryOf(file) })));
  const results = compileExamples(examples);
  const offenders = [
    ...read.flatMap(({ undocumented }) => undocumented.map((place) => `${place} is not documented`)),
    ...read.flatMap(({ withoutExample }) => withoutExample.map((place) => `${place} has no example`)),
    ...results.flatMap(({ name, complaints }) => complaints.map((complaint) => `${name}: ${complaint}`)),
  ];
  const members = read.reduce((sum, { members }) => sum + members, 0);
  const figures = `${members} members of ${files.length} files of types are documented, ${examples.length} examples compile`;
  return { figures, done: Math.max(members + examples.length, offenders.length), offenders };
}

/** How an entry is imported, and what it declares. */
function entryOf(file) {
  const name = file.replace(".d.ts", "");
  const own = declaredIn(file);
  return name === "index"
    ? { entry: "refport-edge", names: own }
    : { entry: `refport-edge/${name}`, names: own, base: declaredIn("index.d.ts").filter((one) => !own.includes(one)) };
}

function declaredIn(file) {
  const text = readFileSync(join(ROOT, "pkg", file), "utf8");
  return [...text.matchAll(/^export (?:declare )?(?:function|class|const|interface|type) (\w+)/gm)].map(([, name]) => name);
}

/** Code on a page comes from a file that was run. */
function pages() {
  const read = PAGES.map((file) => readPage(ROOT, file));
  const shown = read.flatMap(({ included, copied }) => [...included, ...copied]);
  const known = new Set(Object.keys(PROGRAMS).map((name) => `docs/examples/${name}`));
  const offenders = read.flatMap(({ offenders }) => offenders);
  shown.filter((file) => !known.has(file) && !ELSEWHERE.test(file)).forEach((file) => offenders.push(`${file} is shown and never run`));
  [...known].filter((file) => !shown.includes(file)).forEach((file) => offenders.push(`${file} is on no page`));
  return { figures: `${shown.length} blocks of code on ${PAGES.length} pages are of files that run`, done: shown.length, offenders };
}

/** The programs compile, and do what they are to do. */
async function programs() {
  const offenders = complaintsOf(["-p", join(DOCS, "examples")]);
  const names = Object.keys(PROGRAMS);
  const services = await startServices();
  sendToFakes();
  // The programs print what a reader's would.
  console.error = () => {};
  for (const name of names) {
    await Promise.all([services.refport.seed(), services.refcampaign.seed()]);
    await PROGRAMS[name](services).catch((error) => offenders.push(`${name}: ${error.message}`));
  }
  await Promise.all(Object.values(services).map((service) => service.stop()));
  return { figures: `${names.length} programs compile and run`, done: 2 * names.length, offenders };
}

function complaintsOf(args) {
  try {
    execFileSync(process.execPath, [join(DOCS, "node_modules/typescript/bin/tsc"), ...args, "--pretty", "false"], { encoding: "utf8" });
    return [];
  } catch (error) {
    return error.stdout.trim().split("\n");
  }
}

function tracked(...patterns) {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...patterns.map((pattern) => `:(glob)${pattern}`)];
  const listed = execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
  return listed.filter((file) => file !== "docs/parity.md");
}
