// The Cache API of Workers, in a shop that keeps its pages there by their path.
//
// In: the packed tarball, installed here. Out: a line for each row, then `N passed, M failed`.
// The row without the package's headers must leak: else the others would prove nothing.

import { join } from "node:path";
import { OWN_CLICK, VISITORS, judge, visitAll } from "./caches/visits.mjs";
import { bundle, withWorkers } from "./workerd.mjs";

const ROWS = [
  { mode: "cached, then ours", name: "the click is kept in front of the Cache API", must: ({ leaks, kept, shared }) => leaks === 0 && kept === VISITORS && shared > VISITORS / 2 },
  { mode: "ours, then cached", name: "with the headers, the response itself is put there", must: ({ leaks, shared }) => leaks === 0 && shared > VISITORS / 2 },
  { mode: "bare, then cached", name: "without the headers, the response itself is put there", must: ({ leaks }) => leaks > VISITORS / 4 },
];

const config = { name: "shop", compatibilityDate: "2026-10-01", manifest: await bundle(join(import.meta.dirname, "caches/shop.mjs")), env: {} };
for (const row of ROWS) {
  row.found = await withWorkers([{ config }], (shop) => visitAll(shop, OWN_CLICK, { "x-mode": row.mode }));
}
judge(ROWS);
