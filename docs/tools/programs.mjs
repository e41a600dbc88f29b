// The programs of the pages, and what each does when it is run against the fake services.
//
// In: the folder examples/, the services running. Out: for each program a check that runs it.
// Not its job: compiling them, and the programs of recipes/, which the suite `recipes` runs.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const EXAMPLES = new URL("../examples/", import.meta.url);
const fromExamples = (name) => import(new URL(name, EXAMPLES));

/** A visitor who came through a partner's link of either service. */
const visitor = (body) =>
  new Request("https://shop.example/checkout", {
    method: body === undefined ? "GET" : "POST",
    headers: { cookie: "theme=dark; refp_id=abc123; _rc_sid=rcs_7fKj2" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const env = () => ({
  REFPORT_API_KEY: process.env.REFPORT_API_KEY,
  REFCAMPAIGN_API_KEY: process.env.REFCAMPAIGN_API_KEY,
  REFCAMPAIGN_WEBHOOK_SECRET: "whsec_of_this_test",
  DUB_API_KEY: process.env.DUB_API_KEY,
  DUB_WEBHOOK_SECRET: "whsec_of_dub",
  TOLT_API_KEY: process.env.TOLT_API_KEY,
});

/** A program that is a test is run as one. */
async function passes(name) {
  const { stdout } = await run(process.execPath, ["--test", fileURLToPath(new URL(name, EXAMPLES))]);
  assert.match(stdout, /pass 1\b/);
}

const invoicesOf = async ({ books }) => (await books()).sales.map(({ invoiceId, amount }) => [invoiceId, amount]);

/** By program: what it must do with the services, which are seeded afresh before each. `load` imports it. */
export const PROGRAMS = {
  "worker.ts": async ({ refport }, load) => {
    const worker = (await load("worker.ts")).default;
    const response = await worker.fetch(visitor({ id: "in_1", userId: "user_1", cents: 4900 }), env());
    assert.deepEqual(await response.json(), { paid: true });
    assert.deepEqual(await invoicesOf(refport), [["in_1", 4900]]);
  },
  "webhook.ts": async ({ refport }, load) => {
    const { onInvoicePaid } = await load("webhook.ts");
    const invoice = { id: "in_2", customer: "user_2", amount_paid: 900, currency: "usd", metadata: { clickId: "abc123" } };
    const told = [];
    for (const one of [invoice, invoice, { ...invoice, metadata: {} }]) {
      const response = await onInvoicePaid(one, env());
      told.push([response.status, await response.text()]);
    }
    assert.deepEqual(told, [[200, "recorded"], [200, "duplicate"], [200, "an organic customer"]]);
    assert.deepEqual(await invoicesOf(refport), [["in_2", 900]]);
    await refport.control.rateLimit({ refuseNext: 1, retryAfter: "3600" });
    assert.equal((await onInvoicePaid({ ...invoice, id: "in_3" }, env())).status, 503);
  },
  "sign-up.ts": async ({ refport }, load) => {
    const { signUp } = await load("sign-up.ts");
    assert.equal((await signUp(visitor({ email: "ada@example.com" }), env())).status, 201);
    assert.deepEqual((await refport.books()).leads.map(({ eventName }) => eventName), ["Sign Up"]);
  },
  "outcomes.ts": async (_, load) => {
    const { report } = await load("outcomes.ts");
    const config = { apiKey: env().REFPORT_API_KEY };
    const sale = { customerExternalId: "user_4", amount: 4900, invoiceId: "in_4" };
    const organic = new Request("https://shop.example/");
    const of = (clickId) => `https://shop.example/?refp_id=${clickId}`;
    const told = [await report(visitor(), sale, config), await report(visitor(), sale, config), await report(organic, sale, config)];
    told.push(await report(of("nobody"), sale, config), await report(of("nolink1"), { ...sale, invoiceId: "in_5" }, config));
    told.push(await report(visitor(), { ...sale, amount: 0.5 }, config));
    assert.match(told[0], /^the partner gets \d+$/);
    assert.deepEqual(told.slice(1, 5), ["reported before", "organic", "a stale or forged cookie", "no partner"]);
    assert.match(told[5], /^lost: .*amount/);
  },
  "click-id.ts": async (_, load) => {
    const { ofHeader, ofPartnerCookie, ofRequest, ofUrl } = await load("click-id.ts");
    const found = [ofRequest(visitor()), ofPartnerCookie(visitor()), ofHeader("refp_id=clk_2"), ofHeader(undefined), ofUrl()];
    assert.deepEqual(found, ["abc123", null, "clk_2", null, "clk_1"]);
  },
  "observe.ts": async ({ refport }, load) => {
    const { clientOf } = await load("observe.ts");
    await refport.control.rateLimit({ refuseNext: 1, retryAfter: "0" });
    const lines = [];
    const sale = { clickId: "abc123", customerExternalId: "user_5", amount: 1, invoiceId: "in_6" };
    await clientOf(env(), (line) => lines.push(JSON.parse(line))).track.sale(sale);
    assert.deepEqual(lines.map(({ status, kind }) => [status, kind]), [[429, "rate_limit"], [200, null]]);
  },
  "embed-token.ts": async (_, load) => {
    const { portalToken } = await load("embed-token.ts");
    const { token, expires } = await (await portalToken("user_6", env())).json();
    assert.deepEqual([token, expires], ["pt_abc123...", "2024-01-15T12:30:00.000Z"]);
  },
  "refcampaign.ts": async ({ refcampaign }, load) => {
    const { reportOrder } = await load("refcampaign.ts");
    const order = { id: "ord_1", total: 49.9 };
    const told = [await reportOrder(visitor(), order, env()), await reportOrder(visitor(), order, env())];
    told.push(await reportOrder(new Request("https://shop.example/"), order, env()));
    assert.deepEqual(told, ["recorded", "duplicate", "organic"]);
    assert.deepEqual((await refcampaign.books()).conversions.map(({ amount }) => amount), [4990]);
  },
  "refcampaign-webhook.ts": async (_, load) => {
    const { onWebhook } = await load("refcampaign-webhook.ts");
    const payload = JSON.stringify({ event: "webhook.test", data: {}, timestamp: new Date().toISOString(), idempotencyKey: "k_1" });
    const seconds = Math.floor(Date.now() / 1000);
    const signature = createHmac("sha256", env().REFCAMPAIGN_WEBHOOK_SECRET).update(`${seconds}.${payload}`).digest("hex");
    const headers = { "x-refcampaign-signature": `t=${seconds},v1=${signature}` };
    const request = () => new Request("https://shop.example/webhook", { method: "POST", headers, body: payload });
    assert.deepEqual(await (await onWebhook(request(), env())).json(), { event: "webhook.test", idempotencyKey: "k_1" });
    const forged = await onWebhook(request(), { REFCAMPAIGN_WEBHOOK_SECRET: "whsec_another" });
    assert.deepEqual([forged.status, await forged.text()], [400, "signature_mismatch"]);
  },
  "dub.ts": async ({ dub }, load) => {
    const { onPaid, onRefunded, onSignUp } = await load("dub.ts");
    const user = { id: "user_1", email: "ada@example.com" };
    const landed = new Request("https://shop.example/?dub_id=rLnWe1uz9t282v7g");
    const order = { id: "inv_1", userId: "user_1", cents: 4900 };
    const told = [await onSignUp(visitor(), user, env()), await onSignUp(landed, user, env()), await onSignUp(landed, user, env())];
    told.push(await onPaid(order, env()), await onPaid({ ...order, id: "inv_2", userId: "user_2" }, env()));
    told.push(await onRefunded(order, env()), await onRefunded(order, env()));
    assert.deepEqual(told, ["skipped", "recorded", "duplicate", "recorded", "unattributed", "recorded", "duplicate"]);
    assert.deepEqual(await invoicesOf(dub), [["inv_1", 4900]]);
  },
  "dub-webhook.ts": async (_, load) => {
    const { onDubWebhook } = await load("dub-webhook.ts");
    const body = JSON.stringify({ id: "evt_1", event: "sale.created", createdAt: new Date().toISOString(), data: {} });
    const signature = createHmac("sha256", env().DUB_WEBHOOK_SECRET).update(body).digest("hex");
    const request = () => new Request("https://shop.example/dub", { method: "POST", headers: { "dub-signature": signature }, body });
    const told = [];
    for (const secret of ["whsec_another", env().DUB_WEBHOOK_SECRET, env().DUB_WEBHOOK_SECRET]) {
      const response = await onDubWebhook(request(), { DUB_WEBHOOK_SECRET: secret });
      told.push([response.status, await response.text()]);
    }
    assert.deepEqual(told, [[401, "signature_mismatch"], [200, "sale.created"], [200, "seen before"]]);
  },
  "tolt.ts": async ({ tolt }, load) => {
    const { onLanding, onPaid, onRefunded, onSignUp } = await load("tolt.ts");
    const clicks = [await onLanding(visitor(), env()), await onLanding(new Request("https://shop.example/?ref=sam"), env())];
    assert.deepEqual(clicks, [null, "clk_1"]);
    const came = new Request("https://shop.example/", { headers: { cookie: `tolt_referral=${clicks[1]}` } });
    const toltCustomerId = await onSignUp(came, { email: "ada@example.com", partnerId: "part_8fKq" }, env());
    const charge = { id: "ch_1", toltCustomerId, cents: 4900 };
    const [first, second] = [await onPaid(charge, env()), await onPaid(charge, env())];
    const told = [first.outcome, second.outcome, await onRefunded(first.id, env()), await onRefunded(first.id, env())];
    assert.deepEqual(told, ["recorded", "duplicate", "recorded", "duplicate"]);
    const { customers, transactions } = await tolt.books();
    assert.equal(customers.find(({ id }) => id === toltCustomerId).click_id, "clk_1");
    assert.deepEqual(transactions.map(({ charge_id, amount, status }) => [charge_id, amount, status]), [["ch_1", "4900", "refunded"]]);
  },
  "migrated.ts": async (_, load) => {
    const { migrated } = await load("migrated.ts");
    const told = [await migrated("abc123", env()), await migrated("abc123", env()), await migrated("nobody", env())];
    assert.deepEqual(told, ["sale_xyz", "a duplicate, or no partner's", "INVALID_CLICK_ID"]);
  },
  "node-server.ts": async ({ refport }, load) => {
    const { server } = await load("node-server.ts");
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${server.address().port}/?refp_id=abc123`;
    assert.equal(await (await fetch(url)).text(), "paid");
    server.close();
    assert.deepEqual(await invoicesOf(refport), [["in_8", 4900]]);
  },
  "own-fetch.test.ts": () => passes("own-fetch.test.ts"),
  "first.test.ts": () => passes("first.test.ts"),
  "clear-click.ts": async ({ refport }, load) => {
    const { checkout } = await load("clear-click.ts");
    const response = await checkout(visitor(), env());
    assert.match(response.headers.get("set-cookie"), /^refp_id=;.*Max-Age=0/);
    assert.deepEqual(await invoicesOf(refport), [["in_10", 4900]]);
  },
  "carriers.ts": async ({ refport }, load) => {
    const { carried, onPaddleEvent } = await load("carriers.ts");
    const { paddle, polar, lemonSqueezy, shopify } = carried(visitor(), "user_14");
    const values = { refportClickId: "abc123", refportExternalCustomerId: "user_14", refcampaign_session: "rcs_7fKj2" };
    assert.deepEqual([paddle, polar, lemonSqueezy], [{ custom_data: values }, { metadata: values }, { checkoutData: { custom: values } }]);
    assert.deepEqual(shopify.attributes.map(({ key }) => key).sort(), Object.keys(values).sort());
    const vectors = JSON.parse(readFileSync(new URL("../../tests/golden/checkout.json", EXAMPLES), "utf8"));
    const { event } = vectors.find(({ name }) => name === "saleFromPaddle: a transaction");
    assert.equal(await (await onPaddleEvent(event, env())).text(), "recorded");
    assert.deepEqual(await invoicesOf(refport), [[event.data.id, 4900]]);
  },
};

/** Runs a program; rejects where it does not do what it must. */
export async function works(name, services, load = fromExamples) {
  await Promise.all(Object.values(services).map((service) => service.seed()));
  await PROGRAMS[name](services, load);
}

/** A program with one word of it changed: its check has to notice. */
export async function worksThoughBroken(name, [word, other], services) {
  const folder = mkdtempSync(fileURLToPath(new URL("../.broken-", EXAMPLES)));
  try {
    writeFileSync(join(folder, name), readFileSync(new URL(name, EXAMPLES), "utf8").replace(word, other));
    return await works(name, services, (file) => import(pathToFileURL(join(folder, file)))).then(() => true, () => false);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The programs reach the services by their real addresses, as a reader's do. */
export function sendToFakes() {
  const real = globalThis.fetch;
  const addresses = [
    ["https://app.refport.co", "REFPORT_BASE_URL"],
    ["https://app.refcampaign.com", "REFCAMPAIGN_API_URL"],
    ["https://api.dub.co", "DUB_SERVER_URL"],
    ["https://api.tolt.com", "TOLT_BASE_URL"],
  ];
  globalThis.fetch = (url, init) => {
    const [origin, variable] = addresses.find(([origin]) => String(url).startsWith(`${origin}/`)) ?? [];
    return real(origin ? String(url).replace(origin, process.env[variable]) : url, init);
  };
}
