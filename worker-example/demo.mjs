// The demo: the shop and the fake Refport service side by side in one local workerd.
// In: --port, --once. Out: an address to open, or (--once) the whole journey played, one line for each step.
// Not its job: installing (package.json, README.md), the steps themselves (local/journey.mjs).

import { join } from "node:path";
import { parseArgs } from "node:util";

const HELP = `Usage: node demo.mjs [--port P] [--once]

Starts a small shop and a fake Refport service in one local workerd.

  --port P   the shop's port on 127.0.0.1; default 8787, with --once any free one
  --once     play the whole journey without a person, print what happened, exit 0 or 1
  --help     this text
`;

const say = (line) => process.stderr.write(`${line}\n`);
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  fail(`The demo needs Node 22.12 or newer; this is ${process.version}. "npm run demo" uses the one in node_modules.`);
}
const options = readOptions();

const { bundle } = await import("./local/bundle.mjs");
const { byAddress, byBinding, controlOf, freePort, freshKey, HOST, ROOT, serviceWorker, shopWorker, start } =
  await import("./local/workers.mjs");
const { ledgerLine, playJourney, StepFailed } = await import("./local/journey.mjs");

const output = listenToOwnOutput();
const keys = { right: freshKey("demo"), wrong: freshKey("wrong") };
say("Bundling the shop and the fake service with wrangler …");
const [shopBundle, serviceBundle] = await Promise.all([bundle(ROOT), bundle(join(ROOT, "fake-refport"))]).catch(
  (error) => fail(error.message),
);
say("Starting workerd …");
// Played once, what the Workers print is kept to look for keys in; a person sees it.
const printed = [];
const onLine = (line) => (options.once ? printed.push(line) : say(line));
const servicePort = await freePort();
const serviceUrl = `http://${HOST}:${servicePort}`;
const running = await start(
  [
    shopWorker(shopBundle, "shop", keys.right, byBinding),
    shopWorker(shopBundle, "shop-with-wrong-key", keys.wrong, byAddress(serviceUrl)),
    serviceWorker(serviceBundle, "fake-refport", keys.right, servicePort),
  ],
  { port: options.port, onLine },
).catch((error) => fail(startProblem(error)));

if (options.once) await playOnce();
else await waitForPerson();

async function playOnce() {
  const control = controlOf(serviceUrl);
  try {
    await playJourney({
      shop: running.url,
      shopWithWrongKey: await running.addressOf("shop-with-wrong-key"),
      control,
      keys: Object.values(keys),
      printed,
      output,
      report: (line) => console.log(line),
    });
    console.log(ledgerLine(await control.ledger()));
  } catch (error) {
    console.log(error instanceof StepFailed ? error.message : `FAIL the journey: ${error.stack}`);
    process.exitCode = 1;
  }
  await running.stop();
}

async function waitForPerson() {
  console.log(`
The shop:                  ${running.url}/
A partner's link to it:    ${running.url}/r/alice
The fake Refport service:  ${serviceUrl}/__control/ledger

Open the shop and click "Arrive through a partner's link", then "Sign up", "Buy it", "Send the same checkout again".
Then arrive without a link, or with a made-up click ID, and buy again. The picture is drawn from the service's ledger.
Ctrl-C stops it.`);
  await new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) {
      process.removeAllListeners(signal); // Miniflare's own end the process before everything has stopped
      process.once(signal, resolve);
    }
  });
  await running.stop();
  say("Stopped.");
}

// All that this process writes from here on, so that the journey can look for a key in it.
function listenToOwnOutput() {
  const written = [];
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = (chunk, ...rest) => {
      written.push(String(chunk));
      return write(chunk, ...rest);
    };
  }
  return written;
}

function readOptions() {
  const known = { port: { type: "string" }, once: { type: "boolean" }, help: { type: "boolean" } };
  try {
    const { values } = parseArgs({ options: known });
    if (values.help) {
      process.stdout.write(HELP);
      process.exit(0);
    }
    const port = Number(values.port ?? (values.once ? 0 : 8787));
    if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`--port must be a number from 0 to 65535`);
    return { port, once: values.once ?? false };
  } catch (error) {
    return fail(`${error.message}\n\n${HELP}`);
  }
}

function startProblem(error) {
  if (error.code !== "EADDRINUSE" && !/EADDRINUSE|address already in use/i.test(error.message)) return error.stack;
  return `Port ${options.port} is in use: stop what listens there, or choose another with --port.`;
}

function fail(message) {
  say(message);
  process.exit(1);
}
