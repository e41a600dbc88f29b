// The package's types: whether each member is documented, and the programs in their documentation.
//
// In: a file of types. Out: the members without documentation, those without an example that need one, and the examples.
// Not its job: compiling the examples (blocks.mjs).

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import ts from "typescript";

/** Interfaces whose members are options: each shows how it is set. */
const OPTIONS = /(?:Options|Config)$/;

/** What is said in a file of types: `{ members, undocumented, withoutExample, examples }`; members are counted. */
export function readTypes(file) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const seen = new Set();
  const found = { members: 0, undocumented: [], withoutExample: [], examples: [] };
  const placeOf = (node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    return `${basename(file)}:${line + 1} ${nameOf(node)}`;
  };
  for (const statement of source.statements) {
    if (!isExported(statement)) continue;
    walk(statement, false, (node, needsExample) => {
      const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
      const examples = docs.flatMap((doc) => doc.tags ?? []).filter(({ tagName }) => tagName.text === "example");
      found.members += 1;
      if (!docs.some(({ comment }) => textOf(comment) !== "")) found.undocumented.push(placeOf(node));
      // Of several declarations of one function, the first has the example.
      const key = `${node.parent.pos} ${nameOf(node)}`;
      const isAnother = seen.has(key);
      seen.add(key);
      if (needsExample && !isAnother && examples.length === 0) found.withoutExample.push(placeOf(node));
      examples.forEach((tag, index) => {
        const name = `${placeOf(node)}${index > 0 ? ` ${index + 1}` : ""}`;
        found.examples.push({ name, code: codeIn(textOf(tag.comment)) });
      });
    });
  }
  return found;
}

function isExported(statement) {
  if (ts.isExportDeclaration(statement)) return false;
  return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** Calls `see(node, needsExample)` for a declaration and each member in it, to any depth. */
function walk(node, inOptions, see) {
  if (ts.isVariableStatement(node)) return see(node, true);
  const callable = ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || isMethod(node);
  const options = inOptions || OPTIONS.test(node.name?.text ?? "");
  see(node, callable || ts.isConstructorDeclaration(node) || options);
  membersOf(node).forEach((member) => walk(member, options, see));
}

/** A method of a class, or of an object that a class holds: one that a program calls. */
function isMethod(node) {
  if (!ts.isMethodDeclaration(node) && !ts.isMethodSignature(node)) return false;
  return ts.findAncestor(node, ts.isClassDeclaration) !== undefined;
}

function membersOf(node) {
  if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) return [...node.members];
  return literalsIn(node.type).flatMap(({ members }) => [...members]);
}

/** The object types that a type is made of. */
function literalsIn(type) {
  if (type === undefined) return [];
  if (ts.isTypeLiteralNode(type)) return [type];
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) return type.types.flatMap(literalsIn);
  return ts.isParenthesizedTypeNode(type) ? literalsIn(type.type) : [];
}

const nameOf = (node) =>
  node.name?.getText() ?? node.declarationList?.declarations[0].name.getText() ?? ts.SyntaxKind[node.kind].toLowerCase();

const textOf = (comment) => (typeof comment === "string" ? comment : ts.getTextOfJSDocComment(comment)) ?? "";

/** The program of an example, without its fence. */
function codeIn(text) {
  return text.replace(/^[\s\S]*?```\w*\n/, "").replace(/\n```[\s\S]*$/, "\n");
}
