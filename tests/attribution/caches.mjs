// A shared cache in front of a shop: nginx, which keeps whatever Cache-Control lets it keep.
//
// In: the packed tarball, installed here, and the environment variable NGINX. Out: a line for each row, then `N passed, M failed`.
// The rows without the package's headers must leak: else the others would prove nothing.

import { join } from "node:path";
import { withNginx } from "./caches/nginx.mjs";
import { OF_LINK, OWN_CLICK, VISITORS, judge, visitAll } from "./caches/visits.mjs";
import { bundle, withWorkers } from "./workerd.mjs";

if (!process.env.NGINX) throw new Error("the environment variable NGINX names no nginx: run `cargo xtask test --only caches`");

const WHOLE = "$uri$is_args$args";
const PATH = "$uri";
/** What keeps a link's URL out of the cache. */
const BYPASS = ["proxy_cache_bypass $arg_refp_id;", "proxy_no_cache $arg_refp_id;"];
/** Each page is made once, and once more where two ask for it at the same time. */
const MOST_MADE = 40;

const isShared = ({ shared }) => shared >= VISITORS - MOST_MADE;
const isSafe = (found) => found.leaks === 0 && isShared(found);
const leaks = ({ leaks }) => leaks > VISITORS / 4;

const ROWS = [
  { name: "with the headers, pages by their whole URL", key: WHOLE, mode: "ours", links: OF_LINK, must: (found) => isSafe(found) && found.kept === VISITORS },
  { name: "without the headers, pages by their whole URL", key: WHOLE, mode: "bare", links: OF_LINK, must: leaks },
  // The cache answers for links with what it kept of other visitors: no click is mistaken, but most are lost.
  { name: "with the headers, pages by their path alone", key: PATH, mode: "ours", links: OWN_CLICK, must: isSafe },
  { name: "without the headers, pages by their path alone", key: PATH, mode: "bare", links: OWN_CLICK, must: leaks },
  { name: "with the headers, pages by their path alone, links past the cache", key: PATH, mode: "ours", links: OWN_CLICK, lines: BYPASS, must: (found) => isSafe(found) && found.kept === VISITORS },
];

const config = { name: "shop", compatibilityDate: "2026-10-01", manifest: await bundle(join(import.meta.dirname, "caches/shop.mjs")), env: {} };
await withWorkers([{ config }], (shop) => withNginx(shop, Object.fromEntries(ROWS.map((row) => [row.name, row])), async (addresses) => {
  for (const row of ROWS) row.found = await visitAll(addresses[row.name], row.links);
}));
judge(ROWS);
