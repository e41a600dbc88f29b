// The built site, checked: its links, and its pages in a browser.
//
// In: target/docs, and where there is one, Chromium (the environment variable CHROMIUM). Out: a line for each part, screenshots of
// three pages under target/screenshots, then `N passed, M failed`.
// Not its job: building the site (`cargo xtask docs`).

import { mkdir, readdir, rm, mkdtemp } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "vitepress";
import { linksOfSite } from "./tools/links.mjs";

const DOCS = dirname(fileURLToPath(import.meta.url));
const SITE = join(DOCS, "../target/docs");
const SCREENSHOTS = join(DOCS, "../target/screenshots");
const VIEWS = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const PICTURES = { home: "/", errors: "/errors#INVALID_CLICK_ID", worker: "/start/cloudflare-workers" };
const PORT = await freePort();
const addressOf = (path) => `http://localhost:${PORT}${path}`;

let [passed, failed] = [0, 0];
const { count, pages, dead } = linksOfSite(SITE);
tell(dead, `${count} links on ${pages} pages: ${dead.length} dead`, count - dead.length);
if (process.env.CHROMIUM) await browse();
else console.log("skip  the pages in Chromium: the environment variable CHROMIUM names none");
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** A port that nobody listens on. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function tell(offenders, figures, good) {
  offenders.forEach((offender) => console.log(`FAIL  ${offender}`));
  console.log(`${offenders.length === 0 ? "ok    " : "      "}${figures}`);
  passed += good;
  failed += offenders.length;
}

async function browse() {
  // As the example shop's browser suite drives it.
  const { chromium } = createRequire(join(DOCS, "../worker-example/"))("playwright-core");
  const profile = await mkdtemp(join(tmpdir(), "refport-edge-docs-"));
  const { server } = await serve({ root: DOCS, port: PORT });
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"];
  const browser = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM, args });
  const page = browser.pages()[0] ?? (await browser.newPage());
  const complaints = listen(page);
  try {
    await mkdir(SCREENSHOTS, { recursive: true });
    await seeEveryPage(page);
    await seeSearch(page);
    await takePictures(page);
    tell(complaints, "no page complains, or asks anything of another host", 1);
  } finally {
    await browser.close();
    server.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/** What the pages print as an error, and whom they ask beside this site. */
function listen(page) {
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(`${page.url()} prints ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol !== "data:" && hostname !== "localhost") complaints.push(`${page.url()} asks ${hostname}`);
  });
  return complaints;
}

/** Every page fits a phone's width, and has its heading. */
async function seeEveryPage(page) {
  await page.setViewportSize(VIEWS.phone);
  const files = (await readdir(SITE, { recursive: true })).filter((file) => /^(?!rust\/|api\/|404).*\.html$/.test(file));
  const offenders = [];
  for (const file of files) {
    const path = `/${relative(SITE, join(SITE, file)).replace(/(?:index)?\.html$/, "")}`;
    await page.goto(addressOf(path));
    const [wide, headings] = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.querySelectorAll("h1").length]);
    if (wide > 0) offenders.push(`${path} is ${wide} pixels wider than a phone`);
    if (headings !== 1) offenders.push(`${path} has ${headings} headings of the first level`);
  }
  tell(offenders, `${files.length} pages fit a phone`, files.length);
}

/** The search finds an error's code, and its result leads to the section. */
async function seeSearch(page) {
  await page.setViewportSize(VIEWS.phone);
  await page.goto(addressOf("/start/"));
  await page.locator(".VPNavBarSearch button").first().click();
  await page.locator("#localsearch-input").fill("INVALID_CLICK_ID");
  const found = page.locator(".VPLocalSearchBox .results a").first();
  await found.waitFor();
  await found.click();
  await page.waitForURL("**/errors#*", { timeout: 5_000 });
  tell([], "the search finds the section of an error's code", 1);
}

async function takePictures(page) {
  for (const [view, size] of Object.entries(VIEWS)) {
    await page.setViewportSize(size);
    for (const [name, path] of Object.entries(PICTURES)) {
      await page.goto(addressOf(path));
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(SCREENSHOTS, `docs-${name}-${view}.png`) });
    }
  }
  tell([], `${2 * Object.keys(PICTURES).length} screenshots are in target/screenshots`, 1);
}
