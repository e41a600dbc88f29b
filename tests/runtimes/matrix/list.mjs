// The list: every set-up, and the rows that it answers.
//
// A set-up is `{ name, group, rows, run, title, version, what }`. `rows` are the rows' names with what a pass of each
// means; `run(kit)` answers them, in a folder of the group's (kit.mjs); `title`, `version` and `what` are for the page
// (table.mjs). It may say more:
//   quick    `cargo xtask test` runs it too
//   isCounted  its rows say themselves what arrived at the service; they do not run the probe
//   isLint   its rows judge the package without running it
//   needs    other groups, whose tools it uses
//   atRoot   it has the whole folder of its group
//   line     the one line of configuration that it needs

import { bundlers } from "./setups/bundlers.mjs";
import { cloudflare } from "./setups/cloudflare.mjs";
import { edgeRuntime } from "./setups/edge-runtime.mjs";
import { jest } from "./setups/jest.mjs";
import { lint } from "./setups/lint.mjs";
import { nextJs } from "./setups/next.mjs";
import { nextCaches } from "./setups/next-caches.mjs";
import { nextCapture } from "./setups/next-capture.mjs";
import { nitro } from "./setups/nitro.mjs";
import { opennext } from "./setups/opennext.mjs";
import { processes } from "./setups/processes.mjs";
import { vite } from "./setups/vite.mjs";
import { vitest } from "./setups/vitest.mjs";
import { workerd } from "./setups/workerd.mjs";

export const SETUPS = [
  ...lint, ...processes, ...workerd, ...edgeRuntime, ...bundlers, ...vite, ...cloudflare, ...nextJs, ...nextCaches, ...nextCapture,
  ...opennext, ...nitro, ...vitest, ...jest,
];

/** Those whose name, or one of whose rows, begins with one of `names`; or all. */
export function chosen(names, isQuick) {
  const pool = SETUPS.filter(({ quick }) => quick || !isQuick);
  if (names.length === 0) return pool;
  const starts = (name) => names.some((start) => name.startsWith(start));
  const picked = pool.filter(({ name, rows }) => starts(name) || Object.keys(rows).some(starts));
  if (picked.length > 0) return picked;
  throw new Error(`no set-up or row begins with ${names.join(" or ")}: see --list`);
}
