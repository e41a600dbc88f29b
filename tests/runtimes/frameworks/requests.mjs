// The requests that every framework is sent, and what is to be found in each.
//
// In: nothing, or what a framework answered. Out: requests as data, and complaints. It imports nothing of any runtime.

/** By what an object holds: the whole request, its URL alone, its cookies alone. */
const found = (all, urlAlone = null, cookiesAlone = all) => ({ all, url: urlAlone, cookies: cookiesAlone });

export const REQUESTS = [
  { name: "organic", path: "/pricing?plan=pro", cookies: [], expected: found(null) },
  { name: "others' cookies", path: "/pricing?ref=1&my_refp_id=no", cookies: ["theme=dark; my_refp_id=no"], expected: found(null) },
  { name: "query", path: "/pricing?plan=pro&refp_id=clk_query", cookies: [], expected: found("clk_query", "clk_query", null) },
  // Not a space: frameworks that write the query anew write it as "+".
  { name: "encoded query", path: "/pricing?refp_id=clk_q%7Cb&plan=pro", cookies: ["theme=dark"], expected: found("clk_q|b", "clk_q|b", null) },
  { name: "cookie", path: "/pricing?plan=pro", cookies: ["theme=dark; refp_id=clk_cookie"], expected: found("clk_cookie") },
  { name: "encoded cookie", path: "/pricing", cookies: ["refp_id=clk_a%20b; theme=dark"], expected: found("clk_a b") },
  { name: "both", path: "/pricing?refp_id=clk_new", cookies: ["refp_id=clk_old"], expected: found("clk_new", "clk_new", "clk_old") },
  { name: "first of two cookie lines", path: "/pricing", cookies: ["refp_id=clk_first", "theme=dark"], expected: found("clk_first") },
  { name: "second of two cookie lines", path: "/pricing", cookies: ["theme=dark", "refp_id=clk_second"], expected: found("clk_second") },
];

export const SECRET = "whsec_3vYwq0nTtJ8kQeXr5LhZ";
export const EVENT = {
  event: "conversion.created",
  // Bytes and characters differ in number, and a reader that decodes and encodes again would show.
  data: { conversionId: "conv_abc", amount: 4990, currency: "EUR", campaign: "Frühjahr ☀" },
  timestamp: "2026-11-21T10:00:00.000Z",
};

/** A webhook as the service sends it, and one that somebody changed on its way. */
export async function webhooks(path) {
  const body = JSON.stringify(EVENT);
  const time = Math.floor(Date.now() / 1000);
  const signature = `t=${time},v1=${await sign(`${time}.${body}`)}`;
  const headers = { "content-type": "application/json", "x-refcampaign-signature": signature };
  const hook = { method: "POST", path, cookies: [], headers };
  return [
    { ...hook, name: "signed", body, expected: { valid: true, event: EVENT } },
    { ...hook, name: "forged", body: body.replace("4990", "9990"), expected: { valid: false, reason: "signature_mismatch" } },
  ];
}

async function sign(text) {
  const bytes = (of) => new TextEncoder().encode(of);
  const key = await crypto.subtle.importKey("raw", bytes(SECRET), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const tag = await crypto.subtle.sign("HMAC", key, bytes(text));
  return [...new Uint8Array(tag)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What is wrong with what was found of a request, or undefined. */
export function complaintAbout({ expected }, answer) {
  if (answer === undefined) return "the handler did not run";
  if ("valid" in expected) return JSON.stringify(answer) === JSON.stringify(expected) ? undefined : `it came to ${show(answer)}`;
  const { holds, found, cookie, sent, outcome, error } = answer;
  const ids = { jar: [expected.cookies], "cookies or all": [expected.cookies, expected.all] }[holds] ?? [expected[holds]];
  const id = ids.find((one) => one === found) ?? ids[0];
  if (found !== id) return `found ${show(found)}, not ${show(id)}`;
  // What the URL brings is kept, where there is a URL.
  if ((holds === "all" || holds === "url") && cookie !== expected.url) return `clickCookie: ${show(cookie)}, not ${show(expected.url)}`;
  const because = error ? `: ${error}` : "";
  const isEmptyJar = holds === "jar" && id === null && outcome === "failed";
  if (outcome !== (id === null ? "skipped" : "recorded") && !isEmptyJar) return `track_sale came to ${outcome}${because}`;
  return show(sent) === show(id === null ? [] : [id]) ? undefined : `track_sale sent ${show(sent)}, not ${show(id)}`;
}

const show = (value) => JSON.stringify(value);
