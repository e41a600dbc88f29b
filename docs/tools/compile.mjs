// The compiler, for the programs in the documentation of types.
//
// In: examples, and the entry each one is of. Out: the complaints about each.
// Not its job: running anything.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const DOCS = join(dirname(fileURLToPath(import.meta.url)), "..");

/** What a reader of an example has: a request, the environment, an order, a user. */
const CONTEXT = `
declare const request: Request;
declare const response: Response;
declare const ctx: { waitUntil(promise: Promise<unknown>): void };
declare const env: {
  REFPORT_API_KEY: string;
  REFCAMPAIGN_API_KEY: string;
  REFCAMPAIGN_WEBHOOK_SECRET: string;
  REFPORT: { fetch: typeof fetch };
};
declare const order: { id: string; userId: string; cents: number };
declare const user: { id: string; email: string };
declare const sessionId: string;
`;

/** What is declared for an example that does not make it itself, with the imports it needs. */
const MADE = {
  sale: "declare const sale: import('refport-edge').SaleParams;",
  lead: "declare const lead: import('refport-edge').LeadParams;",
  refport: "declare const refport: import('refport-edge').Refport;",
  refcampaign: "declare const refcampaign: import('refport-edge').RefCampaign;",
};

const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Compiles examples `{ name, code, entry, names, base? }`; answers `{ name, complaints }` of each. */
export function compileExamples(examples) {
  const files = new Map(examples.map((example, index) => [join(DOCS, `example-${index}.ts`), programOf(example)]));
  const context = join(DOCS, "example-context.d.ts");
  files.set(context, CONTEXT);
  const program = ts.createProgram([...files.keys()], OPTIONS, hostWith(files));
  return examples.map(({ name }, index) => {
    const source = program.getSourceFile(join(DOCS, `example-${index}.ts`));
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return { name, complaints: found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")) };
  });
}

/** The example as a module: what it uses and does not import is imported from its entry. */
function programOf({ code, entry, names, base = [] }) {
  const uses = (name) => new RegExp(`(?<![\\w"'$]|(?<!\\.\\.)\\.)${name}(?![\\w$])`).test(code);
  const importOf = (from, all) => {
    const imported = code.includes("import ") ? [] : all.filter(uses);
    return imported.length > 0 ? `import { ${imported.join(", ")} } from "${from}";\n` : "";
  };
  const imports = importOf(entry, names) + importOf("refport-edge", base);
  const made = Object.keys(MADE).filter((name) => uses(name) && !declares(code, name)).map((name) => MADE[name]);
  return `${imports}${made.join("\n")}\n${code}\nexport {};\n`;
}

const declares = (code, name) => new RegExp(`(?:const|let) ${name}\\b`).test(code);

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
