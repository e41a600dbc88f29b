#!/usr/bin/env node
// The command `refport-edge`. It has one word: `doctor`.
//
// In: the command line, the environment. Out: a report, and an exit code: 0 all is well, 1 something is not, 2 it could not be asked.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

const HELP = `Usage: npx refport-edge doctor [options]

Looks at this machine, the keys, the services and one page of yours, and says what is wrong and what to do.
It records nothing: no click, no lead, no sale.

  --page URL        visit this page as a browser with a click would: is the cookie set, and is that safe?
  --base-url URL    Refport's address; default REFPORT_BASE_URL, or else https://app.refport.co
  --api-url URL     RefCampaign's address; default REFCAMPAIGN_API_URL, or else https://app.refcampaign.com
  --cookie NAME     the click cookie and its parameter; default refp_id
  --vars FILE       read variables from a file first, such as .env or .dev.vars
  --dns HOST:PORT   ask this name server
  --json            print the report as JSON
  --help            this text
  --version         the version

Keys are read from REFPORT_API_KEY and REFCAMPAIGN_API_KEY, and are never printed.
Exit code: 0 no check failed, 1 some did, 2 the command line is wrong.
`;

const OPTIONS = {
  page: { type: "string" },
  "base-url": { type: "string" },
  "api-url": { type: "string" },
  cookie: { type: "string", default: "refp_id" },
  vars: { type: "string" },
  dns: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
  version: { type: "boolean", default: false },
};

process.exitCode = await main(process.argv.slice(2));

async function main(args) {
  const version = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
  const { values, positionals, problem } = read(args);
  if (problem) return refuse(problem);
  if (values.help) return say(HELP);
  if (values.version) return say(`${version}\n`);
  if (positionals.join(" ") !== "doctor") return refuse(positionals.length === 0 ? "what is to be done?" : `unknown: ${positionals.join(" ")}`);
  const wrong = problemWith(values) ?? loadEnvironment(values.vars);
  if (wrong) return refuse(wrong);
  const { examine } = await import("./doctor.js");
  const { asJson, asText } = await import("./report.js");
  const report = await examine({ ...values, env: process.env, version });
  say(values.json ? asJson(report) : asText(report));
  return report.counts.failed > 0 ? 1 : 0;
}

function read(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch ({ message }) {
    return { problem: message };
  }
}

/** What keeps the options from being used, or undefined. */
function problemWith({ page, dns, cookie }) {
  if (page !== undefined && !/^https?:\/\//i.test(page)) return "--page takes an address that begins with https:// or http://";
  if (page !== undefined && !URL.canParse(page)) return "--page is no address";
  if (dns !== undefined && !/^[\d.]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(dns)) return "--dns takes an IP address, and :PORT";
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(cookie)) return "--cookie takes a name that a cookie can have";
  return undefined;
}

/** Variables that are set already stay as they are. (Node.js takes an option `--env-file` for its own, wherever it stands.) */
function loadEnvironment(file) {
  if (file === undefined) return undefined;
  if (!process.loadEnvFile) return "--vars needs Node.js 20.12 or newer";
  try {
    process.loadEnvFile(file);
    return undefined;
  } catch ({ code }) {
    return `${file} cannot be read (${code ?? "unknown reason"})`;
  }
}

function say(text) {
  process.stdout.write(text);
  return 0;
}

function refuse(problem) {
  process.stderr.write(`refport-edge: ${problem}\n\n${HELP}`);
  return 2;
}
