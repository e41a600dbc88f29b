// Whether a browser starts headless and draws a page.
// In: the path of its program. Out: exit 0; or what is wrong with it, and exit 1.
// Not its job: finding one; xtask/src/run/chromium.rs does.

import { createRequire } from "node:module";
import { stripVTControlCharacters } from "node:util";

const LONGEST_MS = 60_000;
const MOST_LINES = 4;

// As the browser suite drives it, which is in that folder.
const { chromium } = createRequire(new URL("../../worker-example/", import.meta.url))("playwright-core");
const [program] = process.argv.slice(2);

setTimeout(() => giveUp(`no page within ${LONGEST_MS / 1_000} s`), LONGEST_MS).unref();
try {
  await draw();
} catch (error) {
  giveUp(error.message);
}

async function draw() {
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage();
  await page.setContent("<b></b><script>document.querySelector('b').textContent = 6 * 7</script>");
  // A text without a font has no width, and then no `innerText` either.
  const text = await page.locator("b").innerText();
  if (text !== "42") throw new Error(`the page shows ${JSON.stringify(text)} in place of "42"`);
  await page.screenshot();
  await browser.close();
}

/** Of Playwright's long message: what happened, and what the browser itself said. */
function giveUp(message) {
  const lines = stripVTControlCharacters(message).split("\n").filter((line, index) => index === 0 || line.includes("[err] "));
  const told = new Set(lines.map((line) => line.replace(/^.*\[err\] /, "").trim()));
  console.log([...told].slice(0, MOST_LINES).join("\n"));
  process.exit(1);
}
