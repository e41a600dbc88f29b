// The cookie's way there and back: random IDs, and the encoders of the services' browser scripts.
//
// In: the entries, and how many IDs. Out: checks. The scripts write `encodeURIComponent(value)` and read by `decodeURIComponent`, as they are published.

import { must, same } from "../../runtimes/contract/check.mjs";

/** What Refport's script assigns to `document.cookie`. */
const writtenByScript = (name, value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}; Max-Age=7776000; Path=/; SameSite=Lax; Secure`;

/** What both scripts read out of `document.cookie`. */
function readByScript(cookies, name) {
  const pair = cookies.split("; ").find((one) => one.slice(0, one.indexOf("=")) === name);
  return decodeURIComponent(pair.slice(pair.indexOf("=") + 1));
}

export const encoderChecks = (capture, api, ids) => [
  [`${ids} IDs of Refport: written as by its script, read by both`, () => roundTrip(capture, api, ids, "refp_id", "refp_id", anyText)],
  [`${ids} sessions of RefCampaign: written as by its script, read by both`, () => roundTrip(capture, api, ids, "_rc_sid", "_rcid", sessionText)],
];

function roundTrip({ captureClick, clickCookie }, api, ids, name, parameter, draw) {
  const random = randomFrom(20_261_129);
  let kept = 0;
  for (let count = 0; count < ids; count++) {
    const id = draw(random);
    const request = new Request(`https://shop.test/?a=1&${parameter}=${encodeURIComponent(id)}&b=2`);
    const cookie = clickCookie(request);
    if (cookie === null) {
      // The lookup decides what is an ID: there must not be one that the lookup finds and the cookie does not.
      same(find(api, name, request), null, `no cookie for ${JSON.stringify(id)}`);
      continue;
    }
    kept++;
    same([cookie.value, cookie.header], [id, writtenByScript(name, id)], "the cookie");
    same(captureClick(request, new Response("")).headers.getSetCookie(), [cookie.header], "the response");
    const sent = `x=1; ${cookie.header.split(";")[0]}; y=2`;
    same(readByScript(sent, name), id, "what the browser script reads");
    same(find(api, name, new Request("https://shop.test/", { headers: { cookie: sent } })), id, "what the lookup reads");
  }
  must(kept > ids * 0.97, `only ${kept} of ${ids} IDs were kept`);
}

const find = (api, name, request) => (name === "refp_id" ? api.getClickIdFromRequest(request) : api.getSessionIdFromRequest(request));

const WORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
const OTHER = " !\"#$%&'()*+,./:;<=>?@[\\]^`{|}~äßñ€你😀\u00a0\u200d";

const sessionText = (random) => Array.from({ length: 8 + random(40) }, () => WORD[random(WORD.length)]).join("");

/** Half of them are plain, as the services' own are. */
function anyText(random) {
  const letters = random(2) ? [...WORD] : [...WORD, ...OTHER];
  return Array.from({ length: 1 + random(60) }, () => letters[random(letters.length)]).join("");
}

/** Mulberry32: the same IDs in every runtime. */
function randomFrom(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}
