// Headless Chromium, for the bundles that are for browsers.
//
// In: the address of a page. Out: what its script left as `ANSWER`. Also a server for a folder of files.
// One Chromium serves the whole run. Not its job: what is on the page.

import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { importFrom } from "./groups.mjs";

const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const ANSWER_MS = 30_000;

let launched;

async function launch() {
  const { default: playwright } = await importFrom("browser", "playwright-core");
  const profile = await mkdtemp(join(tmpdir(), "refport-edge-matrix-"));
  const context = await playwright.chromium.launchPersistentContext(profile, { executablePath: PROGRAM, args: FLAGS });
  return { context, profile };
}

export async function browse(url) {
  launched ??= launch();
  const { context } = await launched;
  const page = await context.newPage();
  const printed = [];
  page.on("console", (message) => printed.push(message.text()));
  page.on("pageerror", (error) => printed.push(error.message));
  try {
    await page.goto(url);
    const found = await page.waitForFunction(() => globalThis.ANSWER, undefined, { timeout: ANSWER_MS });
    return await found.jsonValue();
  } catch (error) {
    throw new Error(`${url}: ${error.message}\n${printed.join("\n")}`);
  } finally {
    await page.close();
  }
}

export async function closeBrowser() {
  if (!launched) return;
  const { context, profile } = await launched;
  await context.close();
  await rm(profile, { recursive: true, force: true });
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/** Serves the files of a folder: `{ url, stop }`. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const file = join(folder, normalize(new URL(request.url, "http://localhost").pathname));
    if (!(await stat(file).catch(() => undefined))?.isFile()) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}
