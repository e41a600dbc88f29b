// A Set-Cookie line: what it says, and what that means for a click.

import { check } from "./runtime.js";

const DAY_S = 86_400;
const BROWSERS_KEEP_DAYS = 400;
const ENOUGH_DAYS = 30;

/**
 * The cookie of this name that a browser has after these answers, with the `answer` that set it; or else the one that was deleted, or
 * undefined. Of two with the same domain and path the later one counts.
 */
export function cookieAfter(answers, name) {
  const kept = new Map();
  for (const answer of answers) {
    for (const cookie of answer.setCookies.map(parsed).filter((one) => one.name === name)) {
      const { domain = answer.url.hostname, path = "" } = cookie.attributes;
      kept.set(`${domain.replace(/^\./, "").toLowerCase()} ${path}`, { ...cookie, answer });
    }
  }
  const cookies = [...kept.values()];
  return cookies.findLast((cookie) => !isOver(cookie)) ?? cookies.at(-1);
}

/** Whether it is deleted, and not set. */
export function isOver({ value, attributes }) {
  const days = daysOf(attributes);
  return value === "" || (days !== null && days <= 0);
}

function parsed(line) {
  const [pair, ...rest] = line.split(";");
  const at = pair.indexOf("=");
  const attributes = rest.map((part) => {
    const [key, ...value] = part.split("=");
    return [key.trim().toLowerCase(), value.join("=").trim()];
  });
  return { name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim(), attributes: Object.fromEntries(attributes) };
}

/** `last` is the address at which the visit ended. */
export function cookieChecks({ value, attributes, answer }, { cookie, clickId, last }) {
  const isRight = decoded(value) === clickId;
  const set = isRight
    ? check("cookie", "ok", `the server sets ${cookie} to the click's ID`)
    : check("cookie", "fail", `the server sets ${cookie}, but not to the ID in the address`, "is the answer from a cache, or is the value changed on its way?");
  const problems = [...flagProblems(attributes, answer.url), ...hostProblems(attributes, answer.url, last)];
  const flags = Object.entries(attributes).map(([key, said]) => (said ? `${key}=${said}` : key)).join("; ");
  const worst = problems.some(({ isFatal }) => isFatal) ? "fail" : "warn";
  if (problems.length === 0) return [set, check("flags", "ok", flags)];
  return [set, check("flags", worst, flags || "none", problems.map(({ text }) => text).join("; "))];
}

const problem = (text, isFatal = false) => ({ text, isFatal });

function flagProblems(attributes, { protocol, hostname }) {
  const isHttps = protocol === "https:";
  const problems = [];
  const days = daysOf(attributes);
  if (days === null) problems.push(problem("without Max-Age it ends with the browser's session: Max-Age=7776000"));
  else if (days <= 0) problems.push(problem("it is deleted at once", true));
  else if (days < ENOUGH_DAYS) problems.push(problem(`it lives for ${days.toFixed(0)} days: Max-Age=7776000 is 90`));
  else if (days > BROWSERS_KEEP_DAYS) problems.push(problem(`browsers keep it for ${BROWSERS_KEEP_DAYS} days at most`));
  if (attributes.path !== "/") problems.push(problem("without Path=/ other pages do not get it", true));
  if (isHttps && attributes.secure === undefined) problems.push(problem("Secure is missing"));
  if (!isHttps && attributes.secure !== undefined && !isThisMachine(hostname)) problems.push(problem("Secure is refused over http", true));
  const sameSite = attributes.samesite?.toLowerCase();
  if (sameSite === "none" && attributes.secure === undefined) problems.push(problem("SameSite=None without Secure is refused", true));
  else if (sameSite !== "lax") problems.push(problem("SameSite=Lax is what the service's own script sets"));
  if (attributes.httponly !== undefined) problems.push(problem("HttpOnly hides it from the service's browser script"));
  return problems;
}

const isThisMachine = (hostname) => /(^|\.)localhost$|^127\.|^\[::1\]$/.test(hostname);

/** Which hosts get it: the one that set it, and with Domain all below that. */
function hostProblems({ domain }, { hostname }, last) {
  const wanted = domain?.toLowerCase().replace(/^\./, "");
  const isOf = (host, site) => host === site || host.endsWith(`.${site}`);
  if (wanted && !isOf(hostname, wanted)) return [problem(`Domain=${domain} is not of ${hostname}: browsers refuse it`, true)];
  if (wanted ? isOf(last.hostname, wanted) : last.hostname === hostname) return [];
  return [problem(`${hostname} sets it, and ${last.hostname}, where the visit ends, does not get it: set it there`, true)];
}

function daysOf({ "max-age": maxAge, expires }) {
  if (/^-?\d+$/.test(maxAge ?? "")) return Number(maxAge) / DAY_S;
  const until = Date.parse(expires ?? "");
  return Number.isNaN(until) ? null : (until - Date.now()) / 1000 / DAY_S;
}

function decoded(value) {
  try {
    return decodeURIComponent(value.replace(/^"(.*)"$/, "$1"));
  } catch {
    return value;
  }
}
