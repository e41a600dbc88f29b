// A page of yours, visited as a browser with a click would: is the cookie set, what are its flags, may a cache keep the answer?
//
// In: the page's address. Out: checks, and the host that sets the cookie. Two visits are made, one with a made-up click ID and one without.

import { randomUUID } from "node:crypto";
import { check } from "./runtime.js";
import { cookieAfter, cookieChecks, isOver } from "./cookie.js";
import { visit } from "./visit.js";

/** They outrank Cache-Control at the cache that each is for. */
const CDN_HEADERS = [
  "cdn-cache-control", "cloudflare-cdn-cache-control", "vercel-cdn-cache-control", "netlify-cdn-cache-control", "surrogate-control",
];

export async function examinePage(options) {
  const { page, cookie } = options;
  const clickId = `doctor_${randomUUID().replaceAll("-", "")}`;
  const address = new URL(page);
  address.searchParams.set(cookie, clickId);
  const { answers, problem } = await visit(address, options);
  if (problem) return { checks: [check("page", "fail", problem, "is the address right, and does the page answer?")], hostname: address.hostname };
  const last = answers.at(-1);
  const hops = answers.length > 1 ? ` after ${answers.length - 1} redirect${answers.length === 2 ? "" : "s"}` : "";
  const isFine = last.status < 400;
  const checks = [check("page", isFine ? "ok" : "fail", `it answers ${last.status}${hops}`)];
  const { hostname } = last.url;
  if (!isFine) return { checks, hostname };
  const found = cookieAfter(answers, cookie);
  if (!found) return { checks: [...checks, notSet(answers, cookie)], hostname };
  checks.push(...cookieChecks(found, { cookie, clickId, last: last.url }), cacheCheck(found.answer));
  return { checks: [...checks, await strangerCheck(options)], hostname: found.answer.url.hostname };
}

function notSet(answers, cookie) {
  const { body } = answers.at(-1);
  const dropped = answers.findIndex(({ url }) => !url.searchParams.has(cookie));
  if (dropped > 0) {
    const text = `${answers[dropped - 1].url.origin}${answers[dropped - 1].url.pathname} redirects, and drops the parameter ${cookie} without setting the cookie`;
    return check("cookie", "fail", text, "keep the query in the redirect, or set the cookie in its response: refport-edge/capture");
  }
  if (/refport/i.test(body) && /<script/i.test(body)) {
    const advice = "set it in the response of the page: refport-edge/capture";
    return check("cookie", "warn", `the server sets no ${cookie}; a script of the page seems to, and Safari ends such cookies after 7 days`, advice);
  }
  return check("cookie", "fail", `a visit with ?${cookie}=… sets no ${cookie}`, "every sale will be skipped as organic: capture the click with refport-edge/capture");
}

/** Whether a shared cache may keep the answer, and hand one visitor's cookie to everybody. */
function cacheCheck({ headers, status }) {
  const control = String(headers["cache-control"] ?? "");
  const outranked = CDN_HEADERS.filter((name) => headers[name] !== undefined && !isKept(String(headers[name])));
  const advice = "send Cache-Control: private, no-store with every response that sets the cookie, and no header of a CDN's own; refport-edge/capture does";
  const hit = hitOf(headers);
  if (hit) return check("cache", "fail", `the answer that sets the cookie comes from a cache (${hit})`, advice);
  if (outranked.length > 0) return check("cache", "fail", `${outranked.join(", ")} lets a cache keep the answer that sets the cookie`, advice);
  if (isKept(control)) return check("cache", "ok", `no cache may keep the answer that sets the cookie (${control})`);
  if (/\b(public|s-maxage|max-age)\b/i.test(control)) return check("cache", "fail", `a shared cache may keep the answer that sets the cookie (${control})`, advice);
  const text = `nothing forbids a cache to keep the answer that sets the cookie (${status}, Cache-Control: ${control || "none"})`;
  return check("cache", "warn", text, advice);
}

/** As CDNs write it: `TCP_HIT`, `RefreshHit from cloudfront`, `STALE`. */
const FROM_CACHE = /(\b|_|refresh)hit\b|\b(prerender|stale|updating|revalidated)\b/i;

const isKept = (control) => /\b(no-store|private)\b/i.test(control);

function hitOf(headers) {
  if (Number(headers.age) > 0) return `Age: ${headers.age}`;
  const names = ["cf-cache-status", "x-cache", "x-vercel-cache", "x-nextjs-cache", "cdn-cache"];
  const name = names.find((one) => FROM_CACHE.test(String(headers[one] ?? "")));
  return name && `${name}: ${headers[name]}`;
}

/** Who comes without a click must get nobody's cookie. */
async function strangerCheck(options) {
  const address = new URL(options.page);
  // Whoever pastes a partner's link here means the page.
  address.searchParams.delete(options.cookie);
  const { answers, problem } = await visit(address, options);
  if (problem) return check("stranger", "warn", `a second visit failed: ${problem}`);
  const given = cookieAfter(answers, options.cookie);
  if (!given || isOver(given)) return check("stranger", "ok", "a visitor without a click gets no click cookie");
  return check("stranger", "fail", "a visitor without a click gets a click cookie: somebody else's", "purge the cache, and see the check above");
}
