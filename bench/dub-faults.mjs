// What Dub's own SDK and this package's entry for Dub make of 14 faults, over real HTTP, in this Node.js.
//
// In: the packages that `cargo xtask bench` installs, and a service that fails on command (tests/faults/service.mjs). Out: a table;
// with `--write`, docs/dub-faults.md. It gates nothing: what this package does is the fault matrix's.

import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { inspect, parseArgs } from "node:util";
import { Dub as Sdk } from "dub";
import { HTTPClient } from "dub/lib/http.js";
import { Dub, trackSale } from "refport-edge/dub";
import { startService } from "../tests/faults/service.mjs";

const KEY = "dub_0123456789abcdef";
const SALE = { clickId: "abc123", customerExternalId: "user_001", amount: 4900, currency: "usd", invoiceId: "inv_001" };
/** Whoever has said nothing by then is taken to say nothing ever. */
const PATIENCE_MS = 15_000;
const TIMEOUT_MS = 1000;

/** The SDK as it comes, and with what it offers against faults: retries, and a timeout. */
const RETRIES = { strategy: "backoff", backoff: { initialInterval: 250, maxInterval: 60_000, exponent: 1.5, maxElapsedTime: 3_600_000 } };
const CONTENDERS = {
  "`dub` as it comes": (url) => sdk(url, {}),
  "`dub`, retries and timeout on": (url) => sdk(url, { retryConfig: RETRIES, timeoutMs: TIMEOUT_MS }),
  "`refport-edge/dub`": (url) => trackSale(null, SALE, { token: KEY, serverURL: url, timeoutMs: TIMEOUT_MS }),
};

const sdk = (serverURL, options) => new Sdk({ token: KEY, serverURL, httpClient: new HTTPClient(), ...options }).track.sale(SALE);

const FAULTS = [
  ["502 with an HTML page, then well", [{ status: 502, body: "html" }, "good"]],
  ["200 with an HTML page", [{ status: 200, body: "html" }]],
  ["204", [{ status: 204, body: "nothing" }]],
  ["the connection is lost, then well", [{ connection: "reset before headers" }, "good"]],
  ["404, the click is unknown", [{ status: 404, body: "no such click" }]],
  ["the invoice is on the books already", ["good"], { isRepeat: true }],
  ["429, `Retry-After` of 1 s as Dub sends it (milliseconds since 1970), then well", [{ status: 429, code: "rate_limit_exceeded", retryAfter: { form: "epoch milliseconds", seconds: 1 } }, "good"]],
  ["429, `Retry-After` as a date 1 s ahead, then well", [{ status: 429, code: "rate_limit_exceeded", retryAfter: { form: "IMF-fixdate", seconds: 1 } }, "good"]],
  ["429, `Retry-After: 3600`", [{ status: 429, code: "rate_limit_exceeded", retryAfter: "3600" }]],
  ["503, 503, then well", [{ status: 503 }, { status: 503 }, "good"]],
  ["no answer ever", [{ connection: "silent" }]],
  ["headers, then a body that stalls", [{ status: 200, connection: "stalls in the body" }]],
  ["302 to another origin", [{ status: 302, to: "another origin" }]],
];

const { values: { write } } = parseArgs({ options: { write: { type: "boolean", default: false } } });
const service = await startService();
const rows = [];
for (const [index, [fault, script, options]] of FAULTS.entries()) {
  const plays = Object.values(CONTENDERS).map((call, which) => play(call, `${index}-${which}`, script, options));
  rows.push([fault, ...(await Promise.all(plays))]);
}
rows.push(["`console.log(client)`", ...printed()]);
await service.stop();

const page = pageOf(rows);
console.log(page);
if (write) await writeFile(new URL("../docs/dub-faults.md", import.meta.url), page);
// A call that hangs would hold the process.
process.exit(0);

/** What a call comes to, in words: how it ended, how many requests it made, and what the books say of it. */
async function play(call, id, script, { isRepeat = false } = {}) {
  const url = service.play(id, script);
  if (isRepeat) service.record(id, "/track/sale", SALE);
  const began = performance.now();
  let timer;
  const patience = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, { ended: `nothing after ${PATIENCE_MS / 1000} s` })));
  const { ended } = await Promise.race([settled(call(url)), patience]);
  clearTimeout(timer);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const books = service.books(id);
  const requests = `${books.requests} request${books.requests === 1 ? "" : "s"}`;
  const notes = [
    requests,
    ...(ended.startsWith("nothing") ? [] : [`${seconds} s`]),
    ...(books.elsewhere > 0 ? ["**a request to the other origin**"] : []),
    ...(books.recorded === 0 && /^(resolves|recorded)/.test(ended) ? ["**nothing is on the books**"] : []),
    ...(books.recorded > 1 ? ["**booked twice**"] : []),
  ];
  return `${ended}; ${notes.join(", ")}`;
}

async function settled(calling) {
  try {
    const result = await calling;
    if (result?.outcome === undefined) return { ended: `resolves${result?.sale ? " with the sale" : ""}` };
    const { outcome, error } = result;
    if (!error) return { ended: outcome };
    const told = [error.kind, ...(error.maybeRecorded ? ["may be recorded"] : []), ...(error.retryAfterMs ? [`again in ${Math.round(error.retryAfterMs / 1000)} s`] : [])];
    return { ended: `failed: ${told.join(", ")}` };
  } catch (error) {
    return { ended: `throws ${error?.constructor?.name ?? typeof error}` };
  }
}

/** Whether the key shows where a client is printed. */
function printed() {
  const shown = (client) => (inspect(client, { depth: 10, showHidden: false }).includes(KEY) ? "**the key shows**" : "the key does not show");
  const theirs = shown(new Sdk({ token: KEY }));
  return [theirs, theirs, shown(new Dub({ token: KEY }))];
}

function pageOf(rows) {
  const require = createRequire(import.meta.url);
  const { version } = require("./node_modules/dub/package.json");
  const names = Object.keys(CONTENDERS);
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return `# Dub's own SDK beside this package, on 14 faults

Each cell is one call of \`track.sale\` with an \`invoiceId\`, over real HTTP, in Node.js ${process.versions.node}. The first column is npm \`dub\` ${version}
as it comes. The second is the same with its retries and a timeout of ${TIMEOUT_MS / 1000} s switched on. The third is \`refport-edge/dub\` with that
timeout. Whoever says nothing for ${PATIENCE_MS / 1000} s is taken to say nothing ever. \`node bench/dub-faults.mjs --write\` makes this page, after
\`cargo xtask bench\` has installed what it needs.

${[line(["fault", ...names]), line(["---", ...names.map(() => "---")]), ...rows.map(line)].join("\n")}
`;
}
