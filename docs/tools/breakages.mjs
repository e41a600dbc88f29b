// The check, checked: what it must catch is put in its way.
//
// In: the repository. Out: a check for each kind of broken block.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileExamples } from "./compile.mjs";
import { linksOfMarkdown, linksOfSite } from "./links.mjs";
import { readPage } from "./pages.mjs";
import { sentencesOf } from "./prose/sentences.mjs";
import { readTypes } from "./types.mjs";

const readme = (root) => readFileSync(join(root, "README.md"), "utf8");

/** By what is broken: whether the check notices. */
const BROKEN = {
  "an example with a misspelt member": () => complaintsOf("new Refport({ apiKey: env.REFPORT_API_KEY, timeoutMS: 1 });"),
  "an example that is no TypeScript": () => complaintsOf("new Refport({"),
  "an example that uses what is not there": () => complaintsOf("track_purchase(request);"),
  "a program that stands on a page alone": (root) => readPage(root, "README.md", "```ts\nlet a = 1;\n```").offenders,
  "a copy that differs from its file": (root) => readPage(root, "README.md", readme(root).replace("track_sale(", "track_sail(")).offenders,
  "a program that is not there": (root) => readPage(root, "docs/index.md", "<<< ./examples/none.ts").offenders,
  "a region that is not there": (root) => readPage(root, "docs/index.md", "<<< ./examples/worker.ts#none").offenders,
  "a link that leads nowhere": (root) => linksOfMarkdown(root, "README.md", "[a](docs/none.md)").dead,
  "a link to no such section": (root) => linksOfMarkdown(root, "README.md", "[a](docs/errors.md#none)").dead,
  "an address that is none": (root) => linksOfMarkdown(root, "README.md", "[a](https://refport)").dead,
  "a dead link of the site": () => siteOf('<a href="/none">a</a>').dead,
  "a dead anchor of the site": () => siteOf('<a href="/#none">a</a>').dead,
  "a member without documentation": () => readText("export interface A {\n  b: 1;\n}\n").undocumented,
  "an option without an example": () => readText("/** A. */\nexport interface AConfig {\n  /** B. */\n  b: 1;\n}\n").withoutExample,
  "a long sentence": () => sentencesOf(`${"word ".repeat(31)}.`).filter(({ words }) => words > 30),
  "a nested sentence": () => sentencesOf("It is that which the one who knows what it is says.").filter(({ depth }) => depth > 2),
};

export function breakages(root) {
  const names = Object.keys(BROKEN);
  const offenders = names.filter((name) => BROKEN[name](root).length === 0).map((name) => `${name} is not noticed`);
  return { figures: `${names.length} kinds of broken blocks are noticed`, done: names.length, offenders };
}

function complaintsOf(code) {
  return compileExamples([{ name: "broken", code, entry: "refport-edge", names: ["Refport", "track_sale"] }])[0].complaints;
}

const readText = (text) => written("a.d.ts", text, (dir) => readTypes(join(dir, "a.d.ts")));
const siteOf = (html) => written("index.html", html, linksOfSite);

/** Reads a folder in which one file is. */
function written(name, text, read) {
  const dir = mkdtempSync(join(tmpdir(), "refport-edge-docs-"));
  try {
    writeFileSync(join(dir, name), text);
    return read(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
