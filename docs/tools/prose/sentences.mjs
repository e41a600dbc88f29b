// Sentences, and what makes one hard to read.
//
// In: Markdown. Out: its sentences with their line, their number of words and how deep their clauses are nested.
// Not its job: where the Markdown comes from (texts.mjs), and which sentences may stay (prose.mjs).

import { toNlcst } from "mdast-util-to-nlcst";
import { toString } from "nlcst-to-string";
import { ParseEnglish } from "parse-english";
import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { VFile } from "vfile";

/** Words that open a subordinate clause. */
const OPENERS = new Set(
  "which that who whom whose where when while because since unless until although though whether if what how why".split(" "),
);
/** After one of these a new main clause begins. */
const BREAKS = new Set([";", ":", "—", "–"]);
const COORDINATORS = new Set(["and", "but", "or", "so", "yet"]);

/** The nodes of Markdown that hold sentences. */
const TEXTS = ["heading", "paragraph", "tableCell"];

const markdown = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter);

/** Every sentence of a text. Headings, paragraphs and the cells of tables are each read by themselves. */
export function sentencesOf(text) {
  const found = [];
  visit(markdown.parse(text), TEXTS, (block) => {
    const nlcst = toNlcst({ type: "paragraph", children: block.children, position: block.position }, new VFile(text), ParseEnglish);
    visit(nlcst, ["SentenceNode"], (node) => parted(node.children).forEach((part) => found.push(measured(part))));
  });
  return found;
}

function visit(node, types, see) {
  if (types.includes(node.type)) see(node);
  else node.children?.forEach((child) => visit(child, types, see));
}

/** The library takes what stands after `ID.` or `500.` for the same sentence, and code after any full stop. */
function parted(children) {
  const parts = [[]];
  for (const child of children) {
    const before = toString(parts.at(-1));
    const begins = child.type === "SourceNode" ? /\.\s+$/ : /(?:^|[\s(])(?:[A-Z]{2,}|[\d,.]*\d)\.\s+$/;
    if (begins.test(before) && (child.type === "SourceNode" || /^[A-Z]/.test(toString(child)))) parts.push([]);
    parts.at(-1).push(child);
  }
  return parts;
}

function measured(children) {
  const words = children.filter(({ type }) => type === "WordNode" || type === "SourceNode").length;
  const text = toString(children).replace(/\s+/g, " ").trim();
  return { text, words, depth: depthOf(children), line: children[0]?.position?.start.line ?? 1 };
}

/** The most clauses that hang on one main clause, brackets within brackets counted too. */
function depthOf(children) {
  let [deepest, open, brackets, afterComma, before] = [0, 0, 0, false, ""];
  for (const child of children) {
    const text = toString(child).toLowerCase();
    if (child.type === "WordNode") {
      if (afterComma && COORDINATORS.has(text)) open = 0;
      // "what to send and when": the second stands beside the first, not within it.
      if (OPENERS.has(text) && !COORDINATORS.has(before)) open += 1;
      [afterComma, before] = [false, text];
    } else if (child.type !== "WhiteSpaceNode") {
      afterComma = text.endsWith(",");
      if (BREAKS.has(text)) open = 0;
      if (text === "(") brackets += 1;
      if (text === ")") brackets -= 1;
    }
    deepest = Math.max(deepest, open, brackets);
  }
  return deepest;
}
