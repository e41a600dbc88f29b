// The golden vectors of the wire: reading them, and holding an answer against one.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../local/workers.mjs";

export async function readVectors(file) {
  return JSON.parse(await readFile(join(ROOT, "../tests/golden", file), "utf8"));
}

/** Throws unless `answer`, a Response, is what the vector says. */
export async function mustBe(answer, response) {
  assert.equal(answer.headers.get("content-type"), "application/json");
  const body = await answer.json();
  assert.deepEqual({ status: answer.status, body: withoutAny(body, response.body) }, response);
}

// Where a vector says "any", whatever text the service sent is right: the documentation does not print it.
function withoutAny(body, wanted) {
  if (wanted === "any" && typeof body === "string" && body !== "") return "any";
  if (typeof body !== "object" || body === null || typeof wanted !== "object" || wanted === null) return body;
  if (Array.isArray(body)) return body.map((one, i) => withoutAny(one, wanted[i]));
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, withoutAny(value, wanted[key])]));
}
