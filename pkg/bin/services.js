// A service: is there a key, is the address right, is the key accepted, do the clocks agree.
//
// In: a key and an address. Out: checks. Nothing is recorded at a service.
//
// RefCampaign has a call for this (`GET /api/v1/ping`). Refport has none, so a token is asked for with an empty body, which is
// refused before anything is made. A second call has a key that is surely wrong. Only where the two are answered differently
// has the service looked at the key.

import { randomUUID } from "node:crypto";
import { RefCampaign, Refport } from "refport-edge";
import { check } from "./runtime.js";

const TIMEOUT_MS = 10_000;
const SKEW_WARN_MS = 30_000;
/** A webhook that is older, or newer, is refused. */
const SKEW_FAIL_MS = 300_000;

const REFPORT = { variable: "REFPORT_API_KEY", home: "https://app.refport.co", keys: "Settings, API Keys" };
const REFCAMPAIGN = { variable: "REFCAMPAIGN_API_KEY", home: "https://app.refcampaign.com", keys: "Settings, API keys" };

export async function examineRefport(apiKey, baseUrl) {
  const checks = [keyCheck(REFPORT, apiKey)];
  if (checks[0].status !== "ok") return checks;
  const address = addressCheck(REFPORT, baseUrl, () => new Refport({ apiKey, baseUrl }));
  checks.push(address);
  if (address.status === "fail") return checks;
  const ask = (key) => answerOf((baseUrl ?? REFPORT.home).replace(/\/+$/, ""), "/api/embed/token", key, "{}");
  const mine = await ask(apiKey);
  const wrong = looksAtKey(mine) ? await ask(`not-a-key-${randomUUID()}`) : null;
  return [...checks, ...verdicts(REFPORT, mine, acceptedByRefport(mine, wrong))];
}

export async function examineRefCampaign(apiKey, apiUrl) {
  const checks = [keyCheck(REFCAMPAIGN, apiKey)];
  if (checks[0].status !== "ok") return checks;
  const address = addressCheck(REFCAMPAIGN, apiUrl, () => new RefCampaign({ apiKey, apiUrl }));
  checks.push(address);
  if (address.status === "fail") return checks;
  const mine = await answerOf((apiUrl ?? REFCAMPAIGN.home).replace(/\/+$/, ""), "/api/v1/ping", apiKey);
  return [...checks, ...verdicts(REFCAMPAIGN, mine, acceptedByRefCampaign(mine))];
}

function keyCheck({ variable, keys }, key) {
  if (key === undefined || key === "") return check("key", "skip", `${variable} is not set`);
  if (key.trim() === "") return check("key", "fail", `${variable} is blank`, `copy the key from the dashboard: ${keys}`);
  if (/\s|[^\x21-\x7e]/.test(key)) {
    const advice = "set it again without the line break or the space: printf, not echo";
    return check("key", "fail", `${variable} has a space, a line break or another character that no key has`, advice);
  }
  return check("key", "ok", `${variable} is set`);
}

/** The package itself says what is wrong with an address. */
function addressCheck({ home }, given, construct) {
  try {
    construct();
    return check("address", "ok", given === undefined ? home : `${given} (instead of ${home})`);
  } catch ({ issues, message }) {
    return check("address", "fail", issues?.map((issue) => `${issue.field}: ${issue.message}`).join("; ") || message);
  }
}

function verdicts(service, answer, accepted) {
  if (answer.status === null) {
    const advice = "is the address right, and may this machine reach it (proxy, firewall, DNS)?";
    return [check("reachable", "fail", `no answer: ${answer.problem}`, advice)];
  }
  return [check("reachable", "ok", `it answers in ${answer.durationMs} ms`), accepted(service), clockCheck(answer)];
}

/** Whether another key could be answered differently. */
const looksAtKey = ({ status }) => (status >= 200 && status < 300) || (status >= 400 && status < 500);

const acceptedByRefport = (mine, wrong) => (service) => {
  if (!isRefusalOfKey(mine) && wrong && isRefusalOfKey(wrong)) {
    return check("accepted", "ok", `the key is accepted: an empty request gets ${mine.status}, and ${wrong.status} with a wrong key`);
  }
  return refusal(service, mine) ?? check("accepted", "warn", `nobody can tell: it answers ${mine.status} whatever the key is`, "report a sale in a test, and look at its outcome");
};

const acceptedByRefCampaign = (mine) => (service) => {
  if (mine.status === 200 && mine.body?.data?.valid === true) {
    const { activeCampaigns } = mine.body?.data ?? {};
    const campaigns = Number.isInteger(activeCampaigns) ? `; active campaigns: ${activeCampaigns}` : "";
    return check("accepted", "ok", `the key is accepted (ping)${campaigns}`);
  }
  return refusal(service, mine) ?? check("accepted", "warn", `nobody can tell: ping answers ${mine.status}`);
};

const isRefusalOfKey = ({ status }) => status === 401 || status === 403;

/** What any service's answer says, or undefined. */
function refusal({ variable, keys }, { status }) {
  if (isRefusalOfKey({ status })) {
    return check("accepted", "fail", `the key is refused (${status})`, `compare ${variable} with the dashboard (${keys}): is it this account's, and this environment's?`);
  }
  if (status >= 300 && status < 400) {
    return check("accepted", "fail", `the address redirects (${status}), and a key is never sent on`, "use the address it redirects to");
  }
  if (status === 429) return check("accepted", "warn", "there were too many requests (429): nobody can tell now", "try again in a minute");
  if (status >= 500) return check("accepted", "warn", `the service has a problem (${status}): nobody can tell now`, "try again later");
  return undefined;
}

function clockCheck({ date, sentAt, durationMs }) {
  const told = Date.parse(date ?? "");
  if (Number.isNaN(told)) return check("clock", "skip", "the answer has no Date");
  // A Date has whole seconds, and was written somewhere between the question and the answer.
  const skew = sentAt + durationMs / 2 - (told + 500);
  const off = Math.max(0, Math.abs(skew) - 500 - durationMs / 2);
  const text = `this machine's is ${(off / 1000).toFixed(0)} s ${skew > 0 ? "ahead" : "behind"}`;
  if (off < 1_000) return check("clock", "ok", "this machine's agrees with the service's");
  if (off < SKEW_WARN_MS) return check("clock", "ok", text);
  return check("clock", off < SKEW_FAIL_MS ? "warn" : "fail", text, "webhooks are refused from 300 s on: let the machine keep its time (NTP)");
}

async function answerOf(origin, path, key, body) {
  const began = performance.now();
  const sentAt = Date.now();
  try {
    const response = await fetch(origin + path, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${key}`, accept: "application/json", ...(body && { "content-type": "application/json" }) },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = (await response.text()).slice(0, 10_000);
    const durationMs = Math.round(performance.now() - began);
    return { status: response.status, body: parsed(text), date: response.headers.get("date"), sentAt, durationMs };
  } catch (error) {
    const problem = error.name === "TimeoutError" ? `nothing within ${TIMEOUT_MS / 1000} s` : (error.cause?.code ?? error.cause?.message ?? error.code ?? error.name);
    return { status: null, problem: String(problem) };
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
