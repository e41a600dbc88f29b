// The prose of a file, as Markdown.
//
// In: a file's name and content. Out: blocks of Markdown, each with the line it begins on.
// Not its job: judging the sentences (sentences.mjs).

import ts from "typescript";

/** The blocks of prose in a file: a page is one, and each comment of a program is one. */
export function proseOf(name, content) {
  if (name.endsWith(".md")) return [{ line: 1, text: content }];
  return name.endsWith(".rs") ? commentsOfRust(content) : commentsOfScript(name, content);
}

/** Whole-line comments of Rust. Lines of the same kind that follow each other are one block. */
function commentsOfRust(content) {
  const blocks = [];
  content.split("\n").forEach((line, index) => {
    const [, mark, text] = line.match(/^\s*(\/\/[/!]?) ?(.*)$/) ?? [];
    if (mark === undefined) return;
    const last = blocks.at(-1);
    if (last?.mark === mark && last.next === index) {
      last.text += `\n${text}`;
      last.next = index + 1;
    } else blocks.push({ mark, line: index + 1, next: index + 1, text });
  });
  return blocks;
}

/** Comments of JavaScript and TypeScript. */
function commentsOfScript(name, content) {
  const source = ts.createSourceFile(name, content, ts.ScriptTarget.Latest, true);
  const ranges = new Map();
  const collect = (found) => found?.forEach((range) => ranges.set(range.pos, range));
  const visit = (node) => {
    collect(ts.getLeadingCommentRanges(content, node.getFullStart()));
    collect(ts.getTrailingCommentRanges(content, node.getEnd()));
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  const comments = [...ranges.values()].sort((a, b) => a.pos - b.pos);
  return comments.reduce((blocks, range) => withComment(blocks, range, content, source), []);
}

function withComment(blocks, { pos, end, kind }, content, source) {
  const line = source.getLineAndCharacterOfPosition(pos).line;
  const raw = content.slice(pos, end);
  if (kind === ts.SyntaxKind.MultiLineCommentTrivia) return [...blocks, { line: line + 1, text: textOfBlock(raw) }];
  const text = raw.replace(/^\/\/ ?/, "");
  const last = blocks.at(-1);
  if (last?.next !== line) return [...blocks, { line: line + 1, next: line + 1, text }];
  last.text += `\n${text}`;
  last.next = line + 1;
  return blocks;
}

/** A block comment's text, without its stars and examples. Tags begin paragraphs, and links are their names. */
function textOfBlock(raw) {
  const lines = raw.replace(/^\/\*+/, "").replace(/\*+\/$/, "").split("\n");
  const text = lines.map((line) => line.replace(/^\s*\* ?/, "")).join("\n");
  return text
    .replace(/^@example\b[\s\S]*?(?=^@(?!example)\w|(?![\s\S]))/gm, "")
    .replace(/\{@\w+ ([^}|]+)(?:\|[^}]*)?\}/g, "`$1`")
    .replace(/^@(?:param|throws|returns|see|deprecated|typeParam)\b/gm, "\n@")
    .replace(/^@\w+/gm, "\n");
}
