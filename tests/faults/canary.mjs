// A key, an e-mail address and a name go through the whole fault matrix, and must not come out anywhere.
//
// In: the packed tarball (`cargo xtask pack`), the rows of tests/golden/faults.json, and services that echo all they are
// sent. Out: a line for each runtime, one for each place a canary was found in, and `N passed, M failed` last.
// Where is looked: canary-look.mjs, and everything the runtime prints.

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { FOLDER, runSuite } from "./install.mjs";
import { startService } from "./service.mjs";

const DEFAULTS = ["node", "deno", "bun", "workerd-2026"];
const HELP = `node tests/faults/canary.mjs [--only RUNTIME ...] [--help]   (default: ${DEFAULTS.join(", ")})`;
/** A Worker has six connections at a time. */
const CONCURRENCY = 5;
const ECHO_STATUSES = [200, 302, 400, 401, 403, 404, 409, 418, 422, 429, 500, 503];
const EVENTS = ["sale with invoiceId", "lead", "embed token", "RefCampaign conversion"];
const ECHOES = [
  "echo",
  "echo as text",
  "echo as HTML",
  "echo, percent-encoded",
  "echo, HTML-escaped",
  "echo in the code",
  "echo in details",
  "echo in the names of details",
  "echo inside a success",
];

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: DEFAULTS },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(HELP);
else await runSuite(main);

async function main() {
  const { inEachRuntime } = await import("./runtimes.mjs");
  const service = await startService();
  try {
    const { passed, failed } = await inEachRuntime(values.only, async (runtime) =>
      report(runtime, await runRuntime(runtime, service)),
    );
    console.log(`${passed} passed, ${failed} failed`);
    return failed > 0 || passed === 0 ? 1 : 0;
  } finally {
    await service.stop();
  }
}

function report({ name }, findings) {
  const bad = findings.filter(({ hits }) => hits.length > 0);
  const mark = bad.length === 0 ? "ok  " : "FAIL";
  console.log(`${mark}  ${name.padEnd(18)}  ${findings.length} looked through  ${bad.length} with a canary`);
  for (const { title, hits } of bad) console.log(`     ${title}: ${hits.join(", ")}`);
  return { passed: findings.length - bad.length, failed: bad.length };
}

async function runRuntime(runtime, service) {
  const mark = randomUUID().replaceAll("-", "");
  const needles = [`rk_canary_${mark}`, `canary.${mark}@shop.test`, `Canary "Tweety" \\o/ ${mark}`];
  const [apiKey, customerEmail, customerName] = needles;
  const rows = allRows().map(({ event, script, options = {} }, index) => {
    const id = `canary-${runtime.name}-${index}`;
    return { id, event, options, baseUrl: service.play(id, script) };
  });
  const customer = { customerExternalId: `user_${mark}`, customerEmail, customerName };
  const customerEmailHash = mark + mark;
  const job = {
    task: "canary",
    rows,
    concurrency: CONCURRENCY,
    apiKey,
    customer,
    customerEmailHash,
    // The last is in each of them, however it is written.
    needles: [...needles, customer.customerExternalId, customerEmailHash, mark],
  };
  try {
    const { answer, stray, stdout, stderr } = await runtime.run(job);
    const silent = service.books(rows[0].id).requests === 0 ? ["nothing was sent: there was nothing to find"] : [];
    return [
      ...answer,
      {
        title: "every row was looked through",
        hits: answer.length < rows.length ? [`${answer.length} of ${rows.length}`] : silent,
      },
      { title: "what it printed on stdout", hits: hitsIn(stdout, job.needles) },
      // A Worker prints all in one place.
      { title: "what it printed on stderr", hits: hitsIn(stderr || stdout, job.needles) },
      { title: "stray errors", hits: stray.flatMap((text) => hitsIn(text, job.needles)) },
    ];
  } catch (error) {
    return [{ title: "the run", hits: [error.message.slice(0, 500)] }];
  }
}

/** The whole matrix, and services that tell everything they were told. */
function allRows() {
  const rows = JSON.parse(readFileSync(join(FOLDER, "../golden/faults.json"), "utf8"));
  const echoes = ECHOES.flatMap((body) =>
    ECHO_STATUSES.flatMap((status) =>
      EVENTS.map((event) => ({ event, script: [{ status, body }], options: { maxAttempts: 1 } })),
    ),
  );
  return [...rows, ...echoes];
}

/** An empty text cannot have been searched. */
function hitsIn(text, needles) {
  if (text === "") return ["nothing was printed: there was nothing to search"];
  return needles.flatMap((needle, index) =>
    text.toLowerCase().includes(needle.toLowerCase()) ? [`canary ${index}`] : [],
  );
}
