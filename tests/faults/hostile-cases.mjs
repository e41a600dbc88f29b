// Plays the hostile cases with the package, in whatever runtime this is.
//
// In: the package. Out: `{ name, complaints }` for each case. After each, a plain sale and a lookup must work, and the
// core must be the instance it was, unless the case is a giant: a needless reset hides a trap.

import { clientCases } from "./hostile-clients.mjs";
import { configCases } from "./hostile-configs.mjs";
import { lookupCases } from "./hostile-lookups.mjs";
import { methodCases } from "./hostile-methods.mjs";
import { paramCases } from "./hostile-params.mjs";
import { good, SALE, sell } from "./hostile-tools.mjs";
import { transportCases } from "./hostile-transports.mjs";
import { isNever, orNever } from "./rows.mjs";

const CASE_MS = 6000;

/** @param host `{ foreignResponse, foreign }`: what is of another realm, where the runtime has any. */
export async function runHostileCases(api, { only = "" }, host = {}) {
  const instances = countInstances();
  const request = new Request("https://shop.test/", { headers: { cookie: "refp_id=abc123" } });
  const { foreignResponse = foreignDouble, foreign = withoutPrototypes } = host;
  const outcomes = [];
  await wake(api);
  const cases = [
    ...transportCases(),
    ...lookupCases(),
    ...paramCases(),
    ...configCases(),
    ...methodCases(),
    ...clientCases(),
  ];
  for (const one of cases.filter(({ name }) => name.includes(only))) {
    const sent = [];
    const transport = async (url, init) => {
      sent.push({ url, body: init.body, headers: init.headers });
      return good();
    };
    const tools = { api, request, transport, sent, foreignResponse, foreign, instances };
    const before = instances();
    const complaints = [await play(one, tools), await stillWorks(tools)].filter((complaint) => complaint !== undefined);
    const resets = instances() - before;
    if (resets > 0 && !one.mayRecycle) complaints.push(`the core was reset ${resets} times`);
    outcomes.push({ name: one.name, complaints });
  }
  // What comes late must have come, and harmed nothing.
  await new Promise((resolve) => setTimeout(resolve, 300));
  return outcomes;
}

async function play({ act, expect }, tools) {
  try {
    const result = await orNever(act(tools), CASE_MS);
    return isNever(result) ? "did not end" : expect(result, tools);
  } catch (error) {
    return `threw ${error?.stack ?? String(error)}`;
  }
}

/** A plain sale and a lookup, right after. */
async function stillWorks(tools) {
  const result = await orNever(sell(tools), CASE_MS);
  const clickId = tools.api.getClickIdFromRequest(tools.request);
  const fromHeader = tools.api.getClickIdFromCookie("refp_id=abc123");
  const last = JSON.parse(tools.sent.at(-1)?.body ?? "null");
  const works =
    result?.outcome === "recorded" &&
    clickId === "abc123" &&
    fromHeader === "abc123" &&
    last?.invoiceId === SALE.invoiceId;
  return works
    ? undefined
    : `the next plain call did not work: ${isNever(result) ? "it did not end" : JSON.stringify(result)}`;
}

/** A core is made at its first use: each is used once. */
async function wake(api) {
  api.getClickIdFromCookie("refp_id=a%20b");
  await sell({ api, transport: async () => good() });
  new api.RefCampaign({ apiKey: "rc_test_1" });
}

/** How many instances of a WebAssembly module were made since. */
function countInstances() {
  let count = 0;
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    constructor(...args) {
      super(...args);
      count += 1;
    }
  };
  return () => count;
}

/** Where there is no second realm: a value whose objects have no prototypes. */
function withoutPrototypes(value) {
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withoutPrototypes(member)]);
  return Object.assign(Object.create(null), Object.fromEntries(members));
}

/** Where there is no second realm: an object with the members of a Response and none of its prototypes. */
function foreignDouble() {
  const { status, headers, body } = good();
  return Object.assign(Object.create(null), { status, headers, body, type: "default" });
}
