// Plays the journey in a real browser, on the page a person sees, and keeps pictures of it.
// In: Chromium (CHROMIUM, else /usr/bin/chromium). Out: one line for each check, screenshots under target/screenshots,
// then "N passed, M failed"; exit 1 when M is not 0.
// Not its job: the wire (contract.mjs), the journey over plain HTTP (demo.mjs --once).

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { bundle } from "../local/bundle.mjs";
import {
  byBinding, controlOf, freePort, freshKeys, HOST, ROOT, serviceWorker, shopWorker, start,
} from "../local/workers.mjs";
import { playOutage } from "./browser-outage.mjs";

const SCREENSHOTS = join(ROOT, "../target/screenshots");
const VIEWS = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const keys = freshKeys("browser");
const [port, campaignPort] = [await freePort(), await freePort()];
const running = await start([
  shopWorker(await bundle(ROOT), "shop", keys, byBinding),
  serviceWorker(await bundle(join(ROOT, "fake-refport")), "fake-refport", keys.refport, port),
  serviceWorker(await bundle(join(ROOT, "fake-refcampaign")), "fake-refcampaign", keys.refcampaign, campaignPort),
]);
const control = controlOf(`http://${HOST}:${port}`);
const campaignControl = controlOf(`http://${HOST}:${campaignPort}`);
const profile = await mkdtemp(join(tmpdir(), "refport-edge-browser-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
  viewport: VIEWS.desktop,
});
const page = browser.pages()[0] ?? (await browser.newPage());
const complaints = [];
const strangers = [];
page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(error.message));
page.on("request", (request) => {
  const { origin } = new URL(request.url());
  if (!request.url().startsWith("data:") && origin !== running.url) strangers.push(origin);
});

let [passed, failed] = [0, 0];
await mkdir(SCREENSHOTS, { recursive: true });
try {
  await play();
} finally {
  await browser.close();
  await running.stop();
  await rm(profile, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function play() {
  await page.goto(running.url);
  await check("a fresh page shows an empty funnel and an organic visitor", async () => {
    assert.deepEqual(await figures(), ["0", "0", "0", "$0.00"]);
    assert.match(await arrival(), /no click ID/);
  });
  await photograph("empty");

  await click("Arrive through a partner’s link");
  await check("a partner's link sets the click cookie and cleans the address", async () => {
    const [cookie] = (await browser.cookies()).filter(({ name }) => name === "refp_id");
    const { clicks } = await control.ledger();
    assert.equal(cookie?.value, clicks[0].id);
    assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.path, cookie.secure], [false, "Lax", "/", false]);
    assert.ok(Math.abs(cookie.expires - Date.now() / 1000 - 7_776_000) < 60, `expires ${cookie.expires}`);
    assert.equal(page.url(), `${running.url}/`);
    assert.match(await arrival(), new RegExp(clicks[0].id));
    assert.deepEqual(await figures(), ["1", "0", "0", "$0.00"]);
  });

  await page.getByLabel("Name").fill(`<b onclick="x">O'Hara & Co</b>`);
  await click("Sign up");
  await settled();
  await check("a sign-up is a lead, and what the visitor typed stays text", async () => {
    assert.deepEqual(await figures(), ["1", "1", "0", "$0.00"]);
    assert.equal(await latest(), "recorded");
    assert.deepEqual(await row(0), ["Sign Up", "Refport", "recorded", "200", "–", "1"]);
    assert.match(await page.locator(".steps li").nth(1).innerText(), /<b onclick="x">O'Hara & Co<\/b>/);
  });

  await click("Buy it");
  await settled();
  await check("a checkout is a sale and earns a commission", async () => {
    assert.deepEqual(await figures(), ["1", "1", "1", "$4.90"]);
    assert.equal(await latest(), "recorded");
    assert.match(await page.locator("[data-latest]").innerText(), /\$4\.90/);
  });

  await click("Send the same checkout again");
  await settled();
  await check("the same checkout again is a duplicate and earns nothing more", async () => {
    assert.deepEqual(await figures(), ["1", "1", "1", "$4.90"]);
    assert.equal(await latest(), "duplicate");
    assert.deepEqual((await row(0)).slice(2), ["duplicate", "409", "–", "1"]);
  });
  await photograph("duplicate");

  await click("Arrive through a RefCampaign link");
  await check("a RefCampaign link sets the session cookie and cleans the address", async () => {
    const cookies = (await browser.cookies()).filter(({ name }) => ["refp_id", "_rc_sid"].includes(name));
    const { clicks } = await campaignControl.ledger();
    assert.deepEqual(cookies.map(({ name, value }) => [name, value]), [["_rc_sid", clicks[0].sessionId]]);
    assert.ok(Math.abs(cookies[0].expires - Date.now() / 1000 - 7_776_000) < 60, `expires ${cookies[0].expires}`);
    assert.equal(page.url(), `${running.url}/`);
    assert.match(await arrival(), new RegExp(clicks[0].sessionId));
    assert.deepEqual(await campaignFigures(), ["1", "0", "$0.00"]);
  });
  await click("Buy it");
  await settled();
  await check("a RefCampaign visitor's checkout is a conversion, and Refport's books stay as they are", async () => {
    assert.deepEqual(await campaignFigures(), ["1", "1", "$4.90"]);
    assert.deepEqual(await figures(), ["1", "1", "1", "$4.90"]);
    assert.equal(await latest(), "recorded");
    assert.match(await page.locator("[data-latest]").innerText(), /conversion .* RefCampaign.* \$4\.90/);
    assert.deepEqual(await row(0), ["Purchase", "RefCampaign", "recorded", "201", "–", "1"]);
    assert.deepEqual(await row(1), ["Purchase", "Refport", "skipped", "–", "–", "0"]);
  });
  await click("Send the same checkout again");
  await settled();
  await check("the same RefCampaign checkout again is a duplicate and earns nothing more", async () => {
    assert.deepEqual(await campaignFigures(), ["1", "1", "$4.90"]);
    assert.equal(await latest(), "duplicate");
    assert.deepEqual(await row(0), ["Purchase", "RefCampaign", "duplicate", "409", "–", "1"]);
  });
  await photograph("campaign");

  await click("Arrive without one");
  const before = (await control.ledger()).totals.requests;
  const campaignBefore = (await campaignControl.ledger()).totals.requests;
  await click("Buy it");
  await settled();
  await check("an organic checkout is skipped and no service hears of it", async () => {
    assert.deepEqual(await figures(), ["1", "1", "1", "$4.90"]);
    assert.deepEqual((await row(0)).slice(1), ["Refport", "skipped", "–", "–", "0"]);
    assert.equal((await control.ledger()).totals.requests, before);
    assert.equal((await campaignControl.ledger()).totals.requests, campaignBefore);
  });

  await click("Arrive with a made-up click ID");
  await click("Buy it");
  await settled();
  await check("a made-up click ID fails with the service's status and code", async () => {
    assert.deepEqual(await figures(), ["1", "1", "1", "$4.90"]);
    assert.deepEqual((await row(0)).slice(1), ["Refport", "failed", "400", "INVALID_CLICK_ID", "1"]);
    assert.equal(await page.locator("[data-figure=dead]").innerText(), "1");
    assert.match(await page.locator(".queue summary").innerText(), /sale, refused INVALID_CLICK_ID$/);
  });

  for (const steps of [["Sign up", "Buy it"], ["Sign up"], [], []]) {
    for (const name of ["Arrive through a partner’s link", ...steps]) await click(name);
    await settled();
  }
  await click("Arrive through a partner’s link");
  await check("the picture follows the ledger as visitors come and go", async () => {
    assert.deepEqual(await figures(), ["6", "3", "2", "$9.80"]);
    const { clicks, leads, sales } = (await control.ledger()).totals;
    assert.deepEqual([clicks, leads, sales], [6, 3, 2]);
  });
  await photograph("journey");
  for (const view of Object.keys(VIEWS)) {
    const size = VIEWS[view];
    await page.setViewportSize(size);
    await playOutage({ page, view, size, control, keys, click, check, settled, photograph: (name) => photograph(name, { [view]: size }) });
  }

  await check("the browser reported no error", async () => assert.deepEqual(complaints, []));
  await check("the page asked nobody but the shop", async () => assert.deepEqual(strangers, []));
}

async function photograph(name, views = VIEWS) {
  const before = page.viewportSize();
  for (const [view, size] of Object.entries(views)) {
    await page.setViewportSize(size);
    await check(`the page fits a ${view} (${name})`, async () => {
      const [content, window] = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]");
      assert.ok(content <= window, `${content} px of content in ${window} px`);
    });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${view}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(before);
}

// Links and buttons alike, by what is written on them; each one loads a page.
async function click(name) {
  const exact = { name, exact: true };
  await page.getByRole("link", exact).or(page.getByRole("button", exact)).click();
  await page.waitForLoadState("load");
}

// A report ends after the response: the page has its outcome a moment later, and shows it without being loaded again.
function settled() {
  return page.locator('[data-open="0"]').waitFor();
}

function figures() {
  return textsOf(["clicks", "leads", "sales", "commission"]);
}

function campaignFigures() {
  return textsOf(["campaign-clicks", "campaign-conversions", "campaign-commission"]);
}

function textsOf(names) {
  return Promise.all(names.map((name) => page.locator(`[data-figure=${name}]`).innerText()));
}

function arrival() {
  return page.locator(".steps .state").first().innerText();
}

function latest() {
  return page.locator("[data-latest]").getAttribute("data-latest");
}

// The latest is row 0. Without the small print: a purchase's invoice ID is new in every run.
async function row(number) {
  const cells = await page.locator("tbody tr[data-report]").nth(number).locator("td").allInnerTexts();
  return cells.map((cell) => cell.replace(/\s+inv_\w+$/, ""));
}

async function check(name, act) {
  try {
    await act();
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}: ${error.message}`);
  }
}
