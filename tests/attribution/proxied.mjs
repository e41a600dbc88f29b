// A Worker in front of a shop: what the shop answers comes through as it is, compressed or not, with the cookie.
//
// In: the packed tarball, installed here. Out: a line for each case, then `N passed, M failed`.

import { once } from "node:events";
import { createServer, get } from "node:http";
import { join } from "node:path";
import { brotliCompressSync, gunzipSync, brotliDecompressSync, gzipSync } from "node:zlib";
import { Checks, same } from "../runtimes/contract/check.mjs";
import { bundle, withWorkers } from "./workerd.mjs";

const PAGE = "<h1>Shop ☀</h1>".repeat(1_000);
const ANSWERS = {
  "/plain": [200, { "content-type": "text/html" }, PAGE],
  "/gzip": [200, { "content-type": "text/html", "content-encoding": "gzip" }, gzipSync(PAGE)],
  "/brotli": [200, { "content-type": "text/html", "content-encoding": "br" }, brotliCompressSync(PAGE)],
  "/missing": [404, { "content-type": "text/html" }, PAGE],
  "/nothing": [204, {}, ""],
  "/moved": [301, { location: "https://shop.test/new", "set-cookie": ["a=1; Path=/", "b=2"] }, ""],
};
const COOKIE = "refp_id=abc123; Max-Age=7776000; Path=/; SameSite=Lax";
const DECODED = { gzip: gunzipSync, br: brotliDecompressSync };

const shop = createServer((request, response) => {
  const [status, headers, body] = ANSWERS[new URL(request.url, "http://shop.test").pathname];
  response.writeHead(status, headers).end(body);
});
shop.listen(0, "127.0.0.1");
await once(shop, "listening");

const checks = new Checks(console.log);
const env = { SHOP: { type: "text", value: `http://127.0.0.1:${shop.address().port}` } };
const config = { name: "shop", compatibilityDate: "2026-10-01", manifest: await bundle(join(import.meta.dirname, "proxied/shop.mjs")), env };
await withWorkers([{ config }], (url) => checks.run("a Worker in front of a shop", Object.entries(ANSWERS).map(([path, answer]) => [path, () => check(url, path, answer)])));
shop.close();
console.log(`${checks.passed} passed, ${checks.failed} failed`);
process.exitCode = checks.failed === 0 ? 0 : 1;

async function check(url, path, [status, headers, body]) {
  // Node's own client hands the bytes on as they came.
  const request = get(`${url}${path}?refp_id=abc123`, { headers: { "accept-encoding": "gzip, br" } });
  const [response] = await once(request, "response");
  const bytes = Buffer.concat(await Array.fromAsync(response));
  const decode = DECODED[response.headers["content-encoding"]] ?? ((plain) => plain);
  same(response.statusCode, status, "the status");
  same(bytes.length > 0 ? `${decode(bytes)}` : "", body === "" ? "" : PAGE, "the page");
  same(response.headers["set-cookie"], [...(headers["set-cookie"] ?? []), COOKIE], "the cookies");
  same([response.headers.location, response.headers["cache-control"]], [headers.location, "private, no-store"], "the headers");
}
