// Exact figures of one call each: the instructions that the core runs, and how often the boundary is crossed.
//
// In: the directory of the instrumented modules (see xtask/src/proof/instrument.rs), and a scenario to take apart, if any. Out: JSON on
// stdout: for each scenario `{ instructions, in, out }`, calls from JavaScript into wasm and from wasm into JavaScript; or
// the instructions of each function in the one scenario. The package's own JavaScript runs around the module; clocks and
// dice stand still, so that two runs agree to the last instruction.

import { readFileSync } from "node:fs";
import { ANSWER, ANSWER_INIT, PLACES, SALE, SIZES, cookieHeader, requestWith } from "./job.mjs";

const [dir, apart] = process.argv.slice(2);
const count = { in: 0, out: 0 };
/** How often each function was called, by its way and name. */
const calls = new Map();
const counters = [];

const WasmInstance = WebAssembly.Instance;
WebAssembly.Instance = function (module, imports) {
  const glue = Object.fromEntries(Object.entries(imports["./glue.js"]).map(([name, value]) => [name, counted("out", name, value)]));
  const { exports } = new WasmInstance(module, { "./glue.js": glue });
  counters.push(...Object.entries(exports).filter(([name]) => name.startsWith("ran:")));
  return { exports: Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, counted("in", name, value)])) };
};

function counted(way, name, value) {
  if (typeof value !== "function") return value;
  return (...args) => {
    count[way] += 1;
    calls.set(`${way} ${name}`, (calls.get(`${way} ${name}`) ?? 0) + 1);
    return value(...args);
  };
}

Math.random = () => 0.5;
Date.now = () => 1_750_000_000_000;
performance.now = () => 1000;

const { Core } = await import("../pkg/core.js");
const coreOf = async (name) =>
  new Core(await import(`../pkg/dist/glue/${name}.js`), () => new WebAssembly.Module(readFileSync(`${dir}/${name}.wasm`)));
const { getClickIdFromRequestWith, getSessionIdFromRequestWith } = await import("../pkg/lookup.js");
const { trackLeadWith, trackSaleWith } = await import("../pkg/refport.js");
const [lookup, refport] = [await coreOf("lookup"), await coreOf("refport")];
const getClickIdFromRequest = getClickIdFromRequestWith(lookup);
const getSessionIdFromRequest = getSessionIdFromRequestWith(lookup);
const [track_sale, track_lead] = [trackSaleWith(refport), trackLeadWith(refport)];

const from = requestWith(cookieHeader(600, "last"));
const answers = (...responses) => {
  let next = 0;
  return { apiKey: "rk_bench", fetch: async () => responses[Math.min(next++, responses.length - 1)]() };
};
const good = () => new Response(ANSWER, ANSWER_INIT);
const refusal = () => Response.json({ error: { code: "INVALID_CLICK_ID", message: "no such click" } }, { status: 400 });
const unavailable = () => new Response("<h1>503</h1>", { status: 503 });
const LEAD = { customerExternalId: "user_001", customerEmail: "alice@example.com", customerName: "Alice" };

const scenarios = {
  "sale recorded": () => track_sale(from, SALE, answers(good)),
  "sale refused by the service": () => track_sale(from, SALE, answers(refusal)),
  "sale recorded by the second attempt": () => track_sale(from, SALE, answers(unavailable, good)),
  "sale with two issues": () => track_sale(from, { ...SALE, amount: 4.9, currency: "dollars" }, answers(good)),
  "sale without a click ID": () => track_sale(requestWith("theme=dark"), SALE, answers(good)),
  "lead recorded": () => track_lead(from, LEAD, answers(good)),
};
for (const size of SIZES) {
  for (const place of PLACES) {
    const request = requestWith(cookieHeader(size, place));
    scenarios[`lookup, ${size} B, ID ${place}`] = () => getClickIdFromRequest(request);
  }
}
// JavaScript answers the plain lookups above by itself; these it asks the core.
const others = cookieHeader(600, "absent");
const withCookie = (cookie) => requestWith(`${others}; ${cookie}`);
const encoded = withCookie("refp_id=Zk3JvT9q%20Lm2XwB8c");
const ownName = withCookie("my_click=Zk3JvT9qLm2XwB8c");
const inUrl = new Request("https://shop.test/checkout?step=2&refp_id=Zk3JvT9qLm2XwB8c", { headers: { cookie: others } });
const session = withCookie("_rc_sid=rcs_7fKj2mQw");
Object.assign(scenarios, {
  "lookup, an encoded ID": () => getClickIdFromRequest(encoded),
  "lookup, a cookie name of one's own": () => getClickIdFromRequest(ownName, "my_click"),
  "lookup, the ID in the URL": () => getClickIdFromRequest(inUrl),
  "lookup, a session ID": () => getSessionIdFromRequest(session),
});

/** Two cores may have functions of one name. */
const read = () => {
  const ran = new Map();
  for (const [name, { value }] of counters) ran.set(name, (ran.get(name) ?? 0) + Number(value));
  return ran;
};

const figures = {};
for (const [name, run] of Object.entries(scenarios)) {
  await run(); // what is made once is no part of a call
  const before = { ...count, functions: read() };
  calls.clear();
  await run();
  const functions = [...read()].map(([name, value]) => [name.replace(/^ran:\d+ /, ""), value - (before.functions.get(name) ?? 0)]);
  const instructions = functions.reduce((sum, [, value]) => sum + value, 0);
  figures[name] = { instructions, in: count.in - before.in, out: count.out - before.out };
  if (name === apart) {
    const ran = functions.filter(([, value]) => value > 0).sort(([, a], [, b]) => b - a);
    for (const [name, value] of ran) console.log(String(value).padStart(8), name);
    for (const [name, value] of calls) console.log(`${String(value).padStart(8)} calls ${name}`);
    process.exit();
  }
}
console.log(JSON.stringify(figures, null, 2));
