// Row: shipped bytes: the minified bundle for Workers of a program that uses everything of a package.
//
// In: nothing. Out: a cell each for JavaScript, for WebAssembly and for both, after gzip -9 and brotli. Exact, so without
// rounds.

import { spawnSync } from "node:child_process";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { bundle } from "../bundle.mjs";
import { exact } from "../stats.mjs";

const ENTRIES = {
  ours: 'export * from "refport-edge";',
  plain: 'export * from "./contenders/plain-client.mjs";',
  fair: 'export * from "./contenders/fair-client.mjs";',
  dub: 'export { Dub } from "dub";',
  stripe: 'export { default } from "stripe";',
  openai: 'export { default } from "openai";',
  resend: 'export { Resend } from "resend";',
};

export async function bytes() {
  const weights = {};
  for (const [name, source] of Object.entries(ENTRIES)) {
    const { js, wasm } = await bundle(source);
    weights[name] = { js: weigh(Buffer.from(js)), wasm: together(wasm.map(({ bytes }) => weigh(bytes))) };
  }
  return ["gzip", "brotli", "raw"].flatMap((how) => [
    cell(`both, ${how}`, weights, ({ js, wasm }) => js[how] + wasm[how]),
    cell(`JavaScript, ${how}`, weights, ({ js }) => js[how]),
    cell(`WebAssembly, ${how}`, weights, ({ wasm }) => wasm[how]),
  ]);
}

/** The program itself: the zlib that Node has is quicker, and packs wasm 2 % worse. */
export function gzip(content) {
  const { status, stdout } = spawnSync("gzip", ["-9", "-n"], { input: content, maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? stdout.length : gzipSync(content, { level: 9 }).length;
}

const weigh = (content) => ({
  raw: content.length,
  gzip: gzip(content),
  brotli: brotliCompressSync(content).length,
});

/** Each module is sent by itself. */
const together = (all) => {
  const sum = (how) => all.reduce((total, weight) => total + weight[how], 0);
  return { raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") };
};

const cell = (name, weights, of) =>
  exact(name, "B", Object.fromEntries(Object.entries(weights).map(([contender, weight]) => [contender, of(weight)])));
