// The compiler, for the programs in the documentation of types.
//
// In: examples, and the entry each one is of. Out: the complaints about each.
// Not its job: running anything.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const DOCS = join(dirname(fileURLToPath(import.meta.url)), "..");

/** What a reader of an example has already. */
const CONTEXT = join(DOCS, "tools/context.d.ts");

/** What an example calls by a name that the browser's library has for something else. */
const OWN = ["event"];

const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: [],
  strict: true,
  // Examples are read by who writes JavaScript too: their parameters need no types.
  noImplicitAny: false,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Compiles examples `{ name, code, entry, names, base? }`; answers `{ name, complaints }` of each. */
export function compileExamples(examples) {
  const files = new Map(examples.map((example, index) => [join(DOCS, `example-${index}.ts`), programOf(example)]));
  const program = ts.createProgram([CONTEXT, ...files.keys()], OPTIONS, hostWith(files));
  return examples.map(({ name }, index) => {
    const source = program.getSourceFile(join(DOCS, `example-${index}.ts`));
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return { name, complaints: found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")) };
  });
}

/** The example as a module: what it uses and does not declare is imported from its entry, or else from `refport-edge`. */
function programOf({ code, entry, names, base = [] }) {
  const declared = declaredIn(code);
  const uses = (name) => !declared.has(name) && new RegExp(`(?<![\\w"'$]|(?<!\\.\\.)\\.)${name}(?![\\w$])`).test(code);
  const importOf = (from, all) => {
    const imported = all.filter(uses);
    return imported.length > 0 ? `import { ${imported.join(", ")} } from "${from}";\n` : "";
  };
  const own = OWN.filter(uses).map((name) => `declare const ${name}: any;\n`);
  return `${importOf(entry, names)}${importOf("refport-edge", base)}${own.join("")}${code}\nexport {};\n`;
}

/** The names that an example declares or imports itself. */
function declaredIn(code) {
  const declared = new Set();
  const visit = (node) => {
    const declares = ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isImportSpecifier(node) || ts.isImportClause(node);
    if (declares && node.name && ts.isIdentifier(node.name)) declared.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true));
  return declared;
}

/** The compiler's own files, and ours from memory. */
function hostWith(files) {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  return Object.assign(host, {
    fileExists: (name) => files.has(name) || fileExists.call(host, name),
    readFile: (name) => files.get(name) ?? readFile.call(host, name),
    getSourceFile: (name, target, ...rest) =>
      files.has(name) ? ts.createSourceFile(name, files.get(name), target, true) : getSourceFile.call(host, name, target, ...rest),
  });
}
