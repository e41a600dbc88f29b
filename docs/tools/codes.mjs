// The kinds and codes of errors, and which of them the page tells of.
//
// In: the types, the core's own codes, the documented answers of the services. Out: those without a section.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Codes that one section tells of together: each names the section. */
const TOGETHER = {
  FORBIDDEN: "PERMISSION_DENIED",
  SERVER_ERROR: "INTERNAL_ERROR",
  SERVICE_UNAVAILABLE: "INTERNAL_ERROR",
  ALREADY_EXISTS: "DUPLICATE_INVOICE",
};
/** Codes that RefCampaign's error page documents, and those of the entries in JavaScript. */
const FURTHER = ["VALIDATION_FAILED", "INVALID_REQUEST", "PERMISSION_DENIED", "LIMIT_EXCEEDED", "SERVER_ERROR", "SERVICE_UNAVAILABLE",
  "ALREADY_EXISTS", "WASM_UNAVAILABLE", "VALIDATION_ERROR"];

/** `{ count, missing }`: how many kinds and codes there are, and which the page does not have. */
export function missingSections(root) {
  const read = (file) => readFileSync(join(root, file), "utf8");
  const kinds = read("pkg/index.d.ts").match(/export type ErrorKind =([^;]*);/)[1].match(/(?<=")\w+(?=")/g);
  const own = [...read("src/proto/error.rs").matchAll(/^ +\w+ = "\w+", "(\w+)",$/gm)].map(([, code]) => code);
  const documented = [...read("tests/golden/wire.json").matchAll(/"code": *"([A-Z_]+)"/g)].map(([, code]) => code);
  const wanted = [...new Set([...kinds, ...own, ...documented, ...FURTHER].map((name) => TOGETHER[name] ?? name))];
  const page = read("docs/errors.md");
  return { count: wanted.length, missing: wanted.filter((name) => !page.includes(`{#${name}}`)) };
}
