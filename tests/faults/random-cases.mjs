// Plays random calls with the package, in whatever runtime this is.
//
// In: the package, and a job `{ seed, from, count, requestLikes, clickIds }`. Out: `{ name, complaints }` for each call that
// went wrong, and figures. Every call is drawn from the seed and its own number, so that it can be made again alone.

import { drawCall, KEY } from "./random-calls.mjs";
import { shapesOf } from "./random-requests.mjs";
import { isNever, orNever } from "./rows.mjs";
import { GOOD_TEXT } from "./hostile-tools.mjs";
import { Random } from "./torture/random.mjs";

/** What a call may take beyond its budget, on a machine that is busy with something else. */
const CALL_MS = 15_000;
const LANES = 32;
/** Any odd number that mixes well. */
const STRIDE = 0x9e3779b1;

export async function runRandomCases(api, { seed, from, count, requestLikes, clickIds }, { inspect } = {}) {
  const shapes = shapesOf({ requestLikes, clickIds });
  const silenced = silence();
  const wrong = [];
  let played = 0;
  let next = from;
  const lane = async () => {
    while (next < from + count) {
      const number = next++;
      const { what, complaints } = await play(api, shapes, new Random(seed + Math.imul(number, STRIDE)), inspect);
      played += 1;
      if (complaints.length > 0) wrong.push({ name: `number ${number}, ${what}`, complaints });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  // What comes late must have come, and harmed nothing.
  await new Promise((resolve) => setTimeout(resolve, 300));
  if (silenced().includes(KEY)) wrong.push({ name: "what was printed", complaints: ["it holds the key"] });
  return { played, wrong };
}

/** Draws a call and makes it; `around` is what is done just before and after. */
export async function play(api, shapes, random, inspect, around = (act) => act()) {
  const complaints = [];
  const transports = [];
  const makeTransport = (origin) => {
    const transport = transportTo(origin, complaints);
    transports.push(transport);
    return transport;
  };
  let call;
  try {
    call = drawCall(random, { api, shapes, makeTransport });
  } catch (error) {
    return { what: "drawing", complaints: [`could not be drawn: ${error?.stack}`] };
  }
  const { what, act, check, mayThrow = () => false, isPublic = false } = call;
  for (const transport of transports) transport.isPublic = isPublic;
  try {
    const result = await orNever(around(async () => act()), CALL_MS);
    const complaint = isNever(result) ? "did not end" : await check(result);
    if (complaint) complaints.push(complaint);
    if (showsKey(result, inspect)) complaints.push("what it answered shows the key");
  } catch (error) {
    if (!mayThrow(error)) complaints.push(`threw ${shown(error)}`);
    if (showsKey(error, inspect)) complaints.push("what it threw shows the key");
  }
  return { what, complaints };
}

/** A transport that looks at what it is to send. */
function transportTo(origin, complaints) {
  const sent = [];
  const transport = { sent, isPublic: false, origin };
  transport.fetch = async (url, init) => {
    sent.push({ url, init });
    const { origin: reached } = new URL(url);
    const allowed = [origin && new URL(origin).origin, "https://app.refport.co", "https://app.refcampaign.com"];
    if (!allowed.includes(reached)) complaints.push(`sent to ${reached}`);
    const { authorization } = init.headers;
    if (authorization !== (transport.isPublic ? undefined : `Bearer ${KEY}`)) complaints.push(`sent the authorization ${authorization}`);
    return { status: 200, type: "default", url, ok: true, redirected: false, bodyUsed: false, body: undefined, headers: HEADERS, text: async () => GOOD_TEXT };
  };
  return transport;
}
const HEADERS = { get: () => null };

function showsKey(value, inspect) {
  return [() => JSON.stringify(value), () => String(value?.stack), () => inspect?.(value, { depth: 9, showHidden: true })].some((show) => {
    try {
      return show()?.includes(KEY);
    } catch {
      return false;
    }
  });
}

function shown(error) {
  try {
    return String(error?.stack ?? error);
  } catch {
    return "something that cannot be shown";
  }
}

/** Takes what the package prints; the last answer is all of it. */
function silence() {
  const texts = [];
  const { error } = console;
  console.error = (...args) => texts.push(args.join(" "));
  return () => {
    console.error = error;
    return texts.join("\n");
  };
}
