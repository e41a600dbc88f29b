// Every recipe: its files, the packages it runs with, how it is run and what it is held to.
//
//   files     below docs/recipes; the first is the program
//   group     of ../matrix/groups.mjs
//   needs     what it takes of this package, an entry or an option; where the packed one does not have it, that is said instead
//   isChecked its files are checked by a compiler, and not run
//   isBuilt   a framework builds it: `--all` runs it
//   atRoot    it has the whole folder of its group
//   isAlone   it shares this process, or a folder, with others: they run one after the other

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { BUILT } from "./built.mjs";
import { capture, checkout, webhook } from "./checks.mjs";
import { signUp } from "./sign-up.mjs";
import { signedByStripe, STRIPE } from "./stripe.mjs";
import { telemetry, telemetryInNode, telemetryInWorker } from "./telemetry.mjs";
import { TESTS } from "./tests.mjs";
import { TYPES } from "./types.mjs";
import { bun, deno, handler, node, worker } from "./ways.mjs";

const small = (name, file, way, check, more = {}) => ({ name, files: [file].flat(), group: "recipes", way, check, ...more });

const CAPTURE = { needs: ["refport-edge/capture"] };

export const RECIPES = [
  small("cloudflare-worker", "cloudflare-worker.ts", worker("cloudflare-worker.ts"), checkout()),
  small("cloudflare-pages", "pages/functions/checkout.ts", worker("pages.mjs"), checkout(), { prepare: asPages }),
  small("background", "background.ts", worker("background.ts"), checkout(), { needs: ["option waitUntil"] }),
  small("hono", "hono.ts", worker("hono.ts"), checkout()),
  small("express", "express.ts", node("express.ts"), checkout()),
  small("fastify", "fastify.ts", node("fastify.ts"), checkout()),
  small("deno", "deno.ts", deno("deno.ts"), checkout()),
  small("supabase", "supabase/index.ts", deno("index.ts", "--preload=edge-runtime.mjs"), checkout(), { prepare: asSupabase }),
  small("bun", "bun.ts", bun("bun.ts"), checkout()),
  small("aws-lambda", "aws-lambda.ts", handler("aws-lambda.ts", callLambda), checkout(), { isAlone: true }),
  small("stripe-webhook", "stripe-webhook.ts", worker("stripe-webhook.ts", STRIPE), webhook("/", signedByStripe, "cs_1")),
  small("better-auth", "better-auth.ts", ...signUp, { isAlone: true }),
  small("opentelemetry-node", ["telemetry-node.ts", "telemetry.ts"], telemetryInNode, telemetry()),
  small("opentelemetry-worker", ["telemetry-worker.ts", "telemetry.ts"], telemetryInWorker("telemetry-worker.ts"), telemetry()),
  small("opentelemetry-background", "telemetry-background.ts", telemetryInWorker("telemetry-background.ts"), telemetry("pending"), {
    needs: ["option waitUntil", "option onResult"],
  }),
  small("cloudflare-capture", "cloudflare-capture.ts", worker("cloudflare-capture.ts", { outside: servePage }), capture(), CAPTURE),
  small("express-capture", "express-capture.ts", node("express-capture.ts"), capture(), CAPTURE),
  small("stripe-checkout", "stripe-checkout.ts", worker("stripe-checkout.ts", STRIPE), webhook("/webhook", signedByStripe, "cs_1"), {
    needs: ["refport-edge/checkout"],
  }),
  small("cloudflare-queue", "cloudflare-queue.ts", worker("cloudflare-queue.ts", queues()), checkout(), { needs: ["refport-edge/outbox"] }),
  // Were a recipe to report something else, this is how it would be noticed.
  small("a recipe with a mistake", "hono.ts", mistaken("hono.ts", "amount: 4900", "amount: 49"), fails(checkout("/checkout", 500))),
  ...TESTS,
  ...TYPES,
  ...BUILT,
];

function mistaken(file, right, wrong) {
  return async (kit, env) => {
    const text = await readFile(kit.path(file), "utf8");
    await kit.write({ [file]: text.replace(right, wrong) });
    return worker(file)(kit, env);
  };
}

function fails(check) {
  return (context) => assert.rejects(check(context), assert.AssertionError);
}

/** The program that Pages makes of a folder of functions. */
async function asPages(kit) {
  await kit.write({
    "pages.mjs": `import { onRequestPost } from "./functions/checkout.ts";
export default {
  fetch: (request, env, ctx) => onRequestPost({ request, env, waitUntil: ctx.waitUntil.bind(ctx), params: {}, data: {} }),
};\n`,
  });
}

/** What Supabase's runtime has beyond Deno's. */
async function asSupabase(kit) {
  await kit.write({ "edge-runtime.mjs": "globalThis.EdgeRuntime = { waitUntil: (work) => void work.catch(console.error) };\n" });
}

/** The shop that a Worker stands in front of; a cache may keep its pages. */
function servePage(_, response) {
  response.writeHead(200, { "content-type": "text/html", "cache-control": "public, max-age=60" }).end("<h1>Shop</h1>");
}

/** As an HTTP API calls, payload format 2.0: cookies apart. */
async function callLambda({ handler }, method, path, { headers, body }) {
  const { cookie, ...rest } = headers;
  const { statusCode, body: text } = await handler({
    version: "2.0", rawPath: path, rawQueryString: "", headers: rest, ...(cookie && { cookies: cookie.split("; ") }),
    requestContext: { http: { method, path } }, body, isBase64Encoded: false,
  });
  return { status: statusCode, text, headers: {}, setCookies: [] };
}

/** What the recipe says of its wrangler.jsonc. */
function queues() {
  const consumer = { type: "queue", name: "outbox", maxBatchSize: 20, maxBatchTimeout: 0, maxRetries: 100, deadLetterQueue: "outbox-dead" };
  return {
    bindings: () => ({ OUTBOX: { type: "queue", name: "outbox" }, OUTBOX_DEAD: { type: "queue", name: "outbox-dead" } }),
    more: { triggers: [consumer] },
  };
}
