// `cargo xtask check --prose`: sentences that a reader has to read twice.
//
// In: the repository's pages, types and comments. Out: each sentence that is too long or nested too deeply, then
// `N passed, M failed`; a file is one test. `--list` prints the sentences that may stay, too.
// Not its job: spelling and style.

import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { EXCEPTIONS } from "./prose/exceptions.mjs";
import { sentencesOf } from "./prose/sentences.mjs";
import { proseOf } from "./prose/texts.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** The limits. */
const MOST_WORDS = 30;
const MOST_DEPTH = 2;
/** What is read. `docs/parity.md` is generated from what the services' own pages say. */
const READ = [/^[^/]+\.md$/, /^docs\/(?!parity\.md).*\.md$/, /^pkg\/[^/]*\.d\.ts$/, /^pkg\/.*\.js$/, /^src\/.*\.rs$/];

const { values, positionals } = parseArgs({ options: { list: { type: "boolean" } }, allowPositionals: true });
const unused = new Set(EXCEPTIONS);
let [passed, failed] = [0, 0];
for (const file of filesToRead()) {
  const hard = hardSentences(file);
  hard.forEach(({ line, words, depth, text }) => console.log(`${file}:${line}  ${words} words, ${depth} levels: ${text}`));
  if (hard.length > 0) failed += 1;
  else passed += 1;
}
if (positionals.length === 0) {
  for (const { file, begins } of unused) {
    console.log(`FAIL  the exception for ${file}, "${begins}", is of a sentence that is not there or not hard: delete it`);
    failed += 1;
  }
}
console.log(`ok    ${EXCEPTIONS.length} sentences may stay`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** The files of the repository that are read, or those that the command line names. */
function filesToRead() {
  if (positionals.length > 0) return positionals;
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: ROOT, encoding: "utf8" });
  return listed.split("\n").filter((file) => READ.some((pattern) => pattern.test(file)));
}

function hardSentences(file) {
  const blocks = proseOf(file, readFileSync(join(ROOT, file), "utf8"));
  const sentences = blocks.flatMap((block) =>
    sentencesOf(block.text).map((sentence) => ({ ...sentence, line: block.line + sentence.line - 1 })),
  );
  const hard = sentences.filter(({ words, depth }) => words > MOST_WORDS || depth > MOST_DEPTH);
  return hard.filter((sentence) => !mayStay(file, sentence));
}

function mayStay(file, { text }) {
  const exception = EXCEPTIONS.find(({ file: of, begins }) => of === file && text.startsWith(begins));
  if (exception === undefined) return false;
  unused.delete(exception);
  if (values.list) console.log(`stays ${file}: ${text} (${exception.why})`);
  return true;
}
