// A page that imports the package under a Content-Security-Policy, in Chromium (CHROMIUM, else /usr/bin/chromium).
//
// In: nothing but the installed package. Out: findings, which the page sends to the server that it came from.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const ANSWER_MS = 30_000;
const HERE = fileURLToPath(new URL(".", import.meta.url));
const POLICY = "default-src 'self'; script-src 'self'";

const SCRIPT = `
  import * as api from "/refport-edge/dist/inline/index.js";
  import { findings } from "/checks.mjs";
  const found = await findings(api);
  let isAllowed = true;
  try { new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])); } catch { isAllowed = false; }
  found.push(["the policy forbids WebAssembly", isAllowed ? "it does not" : null]);
  await fetch("/answer", { method: "POST", body: JSON.stringify(found) });`;

export async function inChromium() {
  const profile = await mkdtemp(join(tmpdir(), "refport-edge-policy-"));
  const { url, answer, stop } = await serve();
  const child = spawn(PROGRAM, [...FLAGS, `--user-data-dir=${profile}`, url], { stdio: "ignore" });
  const died = new Promise((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${PROGRAM} ended with ${code} before the page had answered`)));
  });
  const gone = new Promise((resolve) => child.once("close", resolve));
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the page did not answer in ${ANSWER_MS} ms`)), ANSWER_MS);
  });
  try {
    return await Promise.race([answer, died, late]);
  } finally {
    clearTimeout(timer);
    if (child.kill()) await gone;
    stop();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The page, the package's own files, and a place for the answer. */
async function serve() {
  let resolveAnswer;
  const answer = new Promise((resolve) => (resolveAnswer = resolve));
  const server = createServer(async (request, response) => {
    const path = normalize(request.url);
    if (path === "/answer") {
      let text = "";
      for await (const piece of request.setEncoding("utf8")) text += piece;
      response.end();
      return resolveAnswer(JSON.parse(text));
    }
    const isPage = path === "/";
    const content = isPage ? PAGE : await contentOf(path).catch(() => undefined);
    if (content === undefined) return response.writeHead(404).end();
    const type = isPage ? "text/html" : "text/javascript";
    response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(content);
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const stop = () => (server.closeAllConnections(), server.close());
  return { url: `http://127.0.0.1:${server.address().port}/`, answer, stop };
}

const PAGE = `<!doctype html><title>A policy</title><script type="module" src="/page.mjs"></script>`;

async function contentOf(path) {
  if (path === "/page.mjs") return SCRIPT;
  if (path === "/checks.mjs") return readFile(join(HERE, "checks.mjs"));
  if (!path.startsWith("/refport-edge/")) throw new Error(path);
  return readFile(join(HERE, "../node_modules", path));
}
