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
import { compileExamples } from "./tools/compile.mjs";
import { readPage, withCopies } from "./tools/pages.mjs";
import { PROGRAMS, sendToFakes, works, worksThoughBroken } from "./tools/programs.mjs";
import { breakages } from "./tools/breakages.mjs";
import { missingSections } from "./tools/codes.mjs";
import { startAll } from "./tools/services.mjs";
import { linksOfMarkdown } from "./tools/links.mjs";
import { readTypes } from "./tools/types.mjs";

const DOCS = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(DOCS);
/** The pages with code, read outside the site and on it. */
const PAGES = ["README.md", "worker-example/README.md", ...tracked("docs/*.md", "docs/**/*.md")];
/** Programs on a page that another suite runs. */
const ELSEWHERE = /^(?:docs\/recipes|worker-example)\//;

const { values } = parseArgs({ options: { write: { type: "string" }, only: { type: "string" } } });
if (values.write !== undefined) {
  const file = join(ROOT, values.write);
  writeFileSync(file, withCopies(ROOT, readFileSync(file, "utf8")));
} else await main();

async function main() {
  const parts = { types, pages, links, errors, programs, breakages: () => breakages(ROOT) };
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
  const names = text.matchAll(/^export (?:declare )?(?:function|class|const|interface|type) (\w+)/gm);
  // A function may be declared more than once.
  return [...new Set([...names].map(([, name]) => name))];
}

/** Code on a page comes from a file that was run. */
function pages() {
  const read = PAGES.map((file) => readPage(ROOT, file));
  const shown = read.flatMap(({ included, copied }) => [...included, ...copied]);
  const known = new Set(Object.keys(PROGRAMS).map((name) => `docs/examples/${name}`));
  const recipes = tracked("docs/recipes/**");
  const offenders = read.flatMap(({ offenders }) => offenders);
  shown.filter((file) => !known.has(file) && !ELSEWHERE.test(file)).forEach((file) => offenders.push(`${file} is shown and never run`));
  [...known, ...recipes].filter((file) => !shown.includes(file)).forEach((file) => offenders.push(`${file} is on no page`));
  return { figures: `${shown.length} blocks of code on ${PAGES.length} pages are of files that run`, done: shown.length, offenders };
}

/** The links of the pages that are read outside the site. */
function links() {
  const files = tracked("*.md", "worker-example/*.md", "bench/*.md", "docs/parity.md");
  const read = files.map((file) => linksOfMarkdown(ROOT, file));
  const count = read.reduce((sum, { count }) => sum + count, 0);
  return { figures: `${count} links on ${files.length} pages of the repository lead somewhere`, done: count, offenders: read.flatMap(({ dead }) => dead) };
}

/** Each kind and each code of an error has its section. */
function errors() {
  const { count, missing } = missingSections(ROOT);
  const offenders = missing.map((name) => `docs/errors.md has no section #${name}`);
  return { figures: `${count} kinds and codes of errors have their section`, done: count, offenders };
}

/** The programs compile, and do what they are to do. */
async function programs() {
  const names = Object.keys(PROGRAMS);
  const offenders = complaintsAbout(names);
  const services = await startAll();
  sendToFakes();
  // The programs print what a reader's would.
  console.error = () => {};
  for (const name of names) await works(name, services).catch((error) => offenders.push(`${name}: ${error.message}`));
  if (await worksThoughBroken("worker.ts", ["order.cents", "order.cents + 1"], services)) offenders.push("a broken program is not noticed");
  await Promise.all(Object.values(services).map((service) => service.stop()));
  return { figures: `${names.length} programs compile and run, and a broken one is noticed`, done: 2 * names.length + 1, offenders };
}

/** What the compiler says of programs. */
function complaintsAbout(names) {
  const { compilerOptions } = JSON.parse(readFileSync(join(DOCS, "examples/tsconfig.json"), "utf8"));
  const options = Object.entries(compilerOptions).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const files = names.filter((name) => name.endsWith(".ts")).map((name) => join(DOCS, "examples", name));
  try {
    execFileSync(process.execPath, [join(DOCS, "node_modules/typescript/bin/tsc"), ...options, "--ignoreConfig", "--pretty", "false", ...files], {
      cwd: join(DOCS, "examples"),
      encoding: "utf8",
    });
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
