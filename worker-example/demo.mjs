// The demo: the shop and the fake services side by side in one local workerd.
// In: --port, --once. Out: an address to open, or (--once) the whole journey played, one line for each step.
// Not its job: installing (package.json, README.md), the steps themselves (local/journey.mjs).

import { join } from "node:path";
import { parseArgs } from "node:util";

const HELP = `Usage: node demo.mjs [--port P] [--once]

Starts a small shop, a fake Refport and a fake RefCampaign in one local workerd.

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
const { byAddress, byBinding, controlOf, freePort, freshKeys, HOST, ROOT, serviceWorker, shopWorker, start } =
  await import("./local/workers.mjs");
const { campaignLedgerLine, ledgerLine, playJourney, StepFailed } = await import("./local/journey.mjs");

const { playOutage } = await import("./local/outage.mjs");

const output = listenToOwnOutput();
const keys = { right: freshKeys("demo"), wrong: freshKeys("wrong") };
say("Bundling the shop and the fake services with wrangler …");
const folders = [ROOT, join(ROOT, "fake-refport"), join(ROOT, "fake-refcampaign")];
const [shop, refport, refcampaign] = await Promise.all(folders.map(bundle)).catch((error) => fail(error.message));
say("Starting workerd …");
// Played once, what the Workers print is kept to look for keys in; a person sees it.
const printed = [];
const onLine = (line) => (options.once ? printed.push(line) : say(line));
const ports = { refport: await freePort(), refcampaign: await freePort() };
const services = { refport: `http://${HOST}:${ports.refport}`, refcampaign: `http://${HOST}:${ports.refcampaign}` };
const running = await start(
  [
    shopWorker(shop, "shop", keys.right, byBinding),
    shopWorker(shop, "shop-with-wrong-key", keys.wrong, byAddress(services)),
    serviceWorker(refport, "fake-refport", keys.right.refport, ports.refport),
    serviceWorker(refcampaign, "fake-refcampaign", keys.right.refcampaign, ports.refcampaign),
  ],
  { port: options.port, onLine },
).catch((error) => fail(startProblem(error)));

if (options.once) await playOnce();
else await waitForPerson();

async function playOnce() {
  const readLedger = () => controlOf(services.refport).ledger();
  const readCampaignLedger = () => controlOf(services.refcampaign).ledger();
  try {
    await playJourney({
      shop: running.url,
      shopWithWrongKey: await running.addressOf("shop-with-wrong-key"),
      readLedger,
      readCampaignLedger,
      keys: Object.values(keys).flatMap(Object.values),
      printed,
      output,
      report: (line) => console.log(line),
    });
    console.log(campaignLedgerLine(await readCampaignLedger()));
    console.log(ledgerLine(await readLedger()));
    // Last, as it leaves more on the books.
    await playOutage({ shop: running.url, control: controlOf(services.refport), report: (line) => console.log(line) });
  } catch (error) {
    console.log(error instanceof StepFailed ? error.message : `FAIL the journey: ${error.stack}`);
    process.exitCode = 1;
  }
  await running.stop();
}

async function waitForPerson() {
  console.log(`
The shop:                       ${running.url}/
A partner's link to it:         ${running.url}/r/alice
A RefCampaign link to it:       ${running.url}/rc/bob
The fake Refport's ledger:      ${services.refport}/__control/ledger
The fake RefCampaign's ledger:  ${services.refcampaign}/__control/ledger

Open the shop and click "Arrive through a partner's link", then "Sign up", "Buy it", "Send the same checkout again".
Then arrive through a RefCampaign link, without a link, or with a made-up click ID, and buy again. The picture is drawn
from the services' ledgers. Take a service down, buy, and bring it back: the sales wait in the shop's queue, and drain.
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
