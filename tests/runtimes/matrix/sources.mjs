// The pieces of source that the set-ups are made of.
//
// In: where the package comes from. Out: texts of files. A set-up writes what it needs beside each other.
// Not its job: what a set-up adds of its own (setups/).

import { readFile } from "node:fs/promises";

const NAMES = [
  "Refport", "RefportError", "RefportInvalidClickIdError", "RefportValidationError", "getClickIdFromCookie",
  "getClickIdFromRequest", "track_sale",
].join(", ");

export const PROBE = await readFile(new URL("probe.mjs", import.meta.url), "utf8");

/** The line that a program prints its answer on. */
export const PRINT = 'console.log("ANSWER " + JSON.stringify(await answer(SERVICE)))';

/** A module that exports `answer(service, browser)`, made with names as a user imports them. */
export const use = (from = "refport-edge") => `
import { ${NAMES} } from "${from}";
import { probe } from "./probe.mjs";

const api = { ${NAMES} };
export const answer = (service, browser = false) => probe(api, service, browser);
`;

/** The same, required. */
export const useRequired = (from = "refport-edge") => `
const { ${NAMES} } = require("${from}");
const { probe } = require("./probe.cjs");

const api = { ${NAMES} };
exports.answer = (service, browser = false) => probe(api, service, browser);
`;

/** The two files of each. */
export const imported = (from) => ({ "probe.mjs": PROBE, "use.mjs": use(from) });
export const required = (from) => ({
  "probe.cjs": PROBE.replace("export async function probe", "exports.probe = probe;\nasync function probe"),
  "use.cjs": useRequired(from),
});

/** A module that answers a Web Request, whose query names the service. */
export const respond = (use = "./use.mjs") => `
import { answer } from "${use}";

export async function respond(request) {
  const service = new URL(request.url).searchParams.get("service");
  // Whoever only wants to know whether it is up.
  if (service === null) return new Response("no service", { status: 400 });
  return Response.json(await answer(service));
}
`;

/** A Worker. */
export const WORKER = `
import { respond } from "./respond.mjs";

export default { fetch: respond };
`;

export const worker = (from) => ({ ...imported(from), "respond.mjs": respond(), "worker.mjs": WORKER });

/** A script of a page, whose query names the service. */
export const PAGE_SCRIPT = `
import { answer } from "./use.mjs";

answer(new URLSearchParams(location.search).get("service"), true).then((answer) => (globalThis.ANSWER = answer));
`;

export const page = (script) => `<!doctype html><title>matrix</title><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`;
