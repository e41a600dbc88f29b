// Every item of surface.mjs, tried through the package: each call, field, answer, failure and option.
//
// In: the API, and the core's own tables. Out: checks by suite, as check.mjs runs them.
// Not its job: real connections (samples.mjs), the corners (the golden vectors).

import { readFile } from "node:fs/promises";
import { call, isRefCampaign } from "../contract/calls.mjs";
import { must, same } from "../contract/check.mjs";
import { KEY, mustBeSound } from "../contract/results.mjs";
import { declarations } from "./declarations.mjs";
import { ENDPOINTS, OPTIONS } from "./surface.mjs";

export const suiteOf = ({ method, path, event }) => `${method} ${path} (${event})`;

/** The value at a path such as `partner.email`. */
const at = (value, path) => path.split(".").reduce((object, name) => object?.[name], value);
const has = (value, path) => at(value, path) !== undefined;

function withValue(object, path, value) {
  const [name, ...rest] = path.split(".");
  const inner = rest.length > 0 ? withValue(object[name] ?? {}, rest.join("."), value) : value;
  const { [name]: _, ...others } = object;
  return inner === undefined ? others : { ...others, [name]: inner };
}

export function surfaceChecks(api, core) {
  const suites = {};
  for (const endpoint of ENDPOINTS) {
    suites[suiteOf(endpoint)] = [
      ...callChecks(api, endpoint),
      ...Object.entries(endpoint.fields).flatMap(([name, field]) => fieldChecks(api, endpoint, name, field)),
      ...Object.entries(endpoint.members).flatMap(([path, type]) => memberChecks(api, endpoint, path, type)),
      ...endpoint.failures.map((failure) => failureCheck(api, endpoint, failure)),
      ["the core knows the same fields", () => same(namesOf(core[endpoint.constant].fields), Object.keys(endpoint.fields).sort())],
    ];
  }
  suites.options = optionChecks(api, core);
  suites["webhook events"] = [["each is told as it came", () => webhookEvents(api)]];
  suites["index.d.ts"] = declarationChecks(api);
  suites["wire vectors"] = wireChecks();
  return suites;
}

/** The names of a table of the core's (src/boundary/layout.rs). */
const namesOf = (table) => table.map(({ path }) => path).sort();

/** Sends one event to a service that answers so: `{ result, url, init, body }`. Refport's through its client. */
async function exchange(api, { event, answer }, params, response = { status: 200, json: answer }) {
  const requests = [];
  const fetch = (url, init) => {
    requests.push({ url, init, body: init.body === undefined ? null : JSON.parse(init.body) });
    return new Response(response.json === undefined ? "" : JSON.stringify(response.json), { status: response.status });
  };
  const result = await call(api, { event, client: true }, params, { apiKey: KEY, fetch, maxAttempts: 1 });
  mustBeSound(api, result, event);
  return { ...requests[0], result };
}

const callChecks = (api, endpoint) => [
  ["method, URL and headers", async () => {
    const { url, init } = await exchange(api, endpoint, endpoint.full);
    const base = endpoint.provider === "Refport" ? "https://app.refport.co" : "https://app.refcampaign.com";
    same([init.method, url], [endpoint.method, base + endpoint.path]);
    const headers = new Headers(init.headers);
    same(headers.get("authorization"), endpoint.isPublic ? null : `Bearer ${KEY}`, "the key");
    same(headers.get("content-type"), endpoint.method === "GET" ? null : "application/json", "the type of the body");
  }],
  ...endpoint.calls.map((name) => [`${name} is there`, () => {
    const [first, ...rest] = name.split(".");
    const owner = rest.length > 0 ? new api[first]({ apiKey: KEY }) : api;
    same(typeof at(owner, (rest.length > 0 ? rest : [first]).join(".")), "function");
  }]),
  ...endpoint.calls.filter((name) => !name.includes(".")).map((name) => [`${name} sends what the client sends`, async () => {
    let sent;
    const fetch = (url, init) => ((sent = [url, init.body]), new Response(JSON.stringify(endpoint.answer)));
    const { clickId, ...params } = endpoint.full;
    const result = await api[name]({ url: `/?refp_id=${clickId}` }, params, { apiKey: KEY, fetch });
    const { url, body, result: wanted } = await exchange(api, endpoint, endpoint.full);
    same([sent[0], JSON.parse(sent[1])], [url, body], "the request");
    same(result, wanted, "the result");
  }]),
  ["what the service answers comes through whole, unknown members too", async () => {
    const json = { ...endpoint.answer, later: { a: [1, null] }, data: endpoint.answer.data && { ...endpoint.answer.data, later: true } };
    if (json.data === undefined) delete json.data;
    const { result } = await exchange(api, endpoint, endpoint.full, { status: 200, json });
    const told = JSON.parse(JSON.stringify(result.data));
    if (endpoint.event === "identify") return same(told, { identified: true, error: null });
    const externalId = endpoint.full.externalId === undefined ? {} : { externalId: endpoint.full.externalId };
    same(told, isRefCampaign(endpoint.event) ? { ...json.data, ...externalId, outcome: "recorded" } : json);
  }],
];

function fieldChecks(api, endpoint, name, field) {
  const { full } = endpoint;
  const given = has(full, name) ? full : withValue(full, name, field.give ?? "ord_7");
  const wire = field.wire ?? name;
  const checks = [];
  const check = (what, run) => checks.push([`${name}: ${what}`, run]);
  const issuesOf = async (params) => {
    const { result, url } = await exchange(api, endpoint, params);
    same([result.outcome, url], ["failed", undefined], "the outcome and the request");
    same([result.error.kind, result.error.status], ["validation", null], "the kind and the status");
    return result.error.issues.map((issue) => issue.field);
  };
  if (name === "metadata.orderId") {
    for (const orderId of ["ord_7", 7]) {
      check(`${JSON.stringify(orderId)} stands for a missing externalId`, async () => {
        const { externalId: _, ...params } = full;
        const { body } = await exchange(api, endpoint, withValue(params, name, orderId));
        same([body.externalId, body.metadata.orderId], [String(orderId), orderId]);
      });
    }
    return checks;
  }
  check("is sent", async () => {
    const { body } = await exchange(api, endpoint, given);
    same(at(body, wire), field.sent ?? at(given, name));
  });
  if (field.required) {
    check("is required", async () => same(await issuesOf(withValue(full, name, undefined)), [name]));
  } else {
    for (const absent of [undefined, null]) {
      check(`may be ${absent}`, async () => {
        const { result, body } = await exchange(api, endpoint, withValue(full, name, absent));
        same(result.outcome, "recorded", "the outcome");
        if (field.byDefault) same(at(body, wire), field.byDefault, "its default");
        else if (name === "externalId") must(/^[0-9a-f-]{36}$/.test(body.externalId), "it has no ID of its own");
        else same(at(body, wire), undefined, "what is sent");
      });
    }
  }
  if (field.one) {
    check("is enough to say whom it is about", async () => {
      const one = Object.keys(endpoint.fields).filter((other) => endpoint.fields[other].one && other !== name);
      const alone = one.reduce((params, other) => withValue(params, other, undefined), given);
      const { result, body } = await exchange(api, endpoint, alone);
      same([result.outcome, has(body, wire)], ["recorded", true]);
    });
  }
  for (const value of field.each ?? []) {
    check(`${value} is sent`, async () => same(at((await exchange(api, endpoint, withValue(full, name, value))).body, wire), value));
  }
  check("of another type is refused", async () => same(await issuesOf(withValue(given, name, field.wrong)), [name]));
  return checks;
}

function memberChecks(api, endpoint, path, type) {
  const told = path.replace(/^data\./, "");
  const answered = async (json) => {
    const { result } = await exchange(api, endpoint, endpoint.full, { status: 200, json });
    same([result.outcome, result.error], ["recorded", null], "the outcome");
    return at(result.data, told);
  };
  const checks = [[`answer ${path}: is told`, async () => {
    const value = await answered(endpoint.answer);
    if (type === "Date") return same([value instanceof Date, value.toISOString()], [true, at(endpoint.answer, path)]);
    same(value, at(endpoint.answer, path));
    must(type.startsWith("unknown") || type.startsWith("`") || type.startsWith(typeof value), `it is a ${typeof value}`);
  }]];
  if (type.endsWith("| null")) {
    checks.push([`answer ${path}: may be null`, async () => same(await answered(withValue(endpoint.answer, path, null)), null)]);
  }
  if (type.endsWith("| null") || type.endsWith("?")) {
    checks.push([`answer ${path}: may be missing`, async () => same(await answered(withValue(endpoint.answer, path, undefined)), undefined)]);
  }
  return checks;
}

function failureCheck(api, endpoint, [status, code, kind]) {
  return [failureName(status, code), async () => {
    const error = code === null ? { message: "no" } : { code, message: "no" };
    const json = endpoint.provider === "Refport" ? { error } : { success: false, error, ...ENVELOPE };
    const { result } = await exchange(api, endpoint, endpoint.full, { status, json });
    if (kind === "duplicate") return same([result.outcome, result.error], ["duplicate", null]);
    same([result.error.kind, result.error.status, result.error.code], [kind, status, code ?? "UNKNOWN"]);
    same(result.error.serviceMessage, "no", "the service's words");
  }];
}

export const failureName = (status, code) => `${status} ${code ?? "without a code"}`;
const ENVELOPE = { meta: { timestamp: "2026-05-03T10:23:11.000Z", requestId: "req_1" } };

const optionChecks = (api, core) => [
  ...Object.entries(OPTIONS).map(([provider, { constant, options }]) => [`the core knows the same options of ${provider}`, () => {
    same(namesOf(core[constant].settings), options.map(([name]) => name).sort());
  }]),
  ["in a browser the key is refused, and dangerouslyAllowBrowser lifts it", () => {
    const { navigator, process } = globalThis;
    const replace = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    let error;
    try {
      replace("navigator", { userAgent: "Mozilla/5.0" });
      replace("process", undefined);
      try {
        new api.Refport({ apiKey: KEY });
      } catch (reason) {
        error = reason;
      }
      new api.Refport({ apiKey: KEY, dangerouslyAllowBrowser: true });
    } finally {
      replace("navigator", navigator);
      replace("process", process);
    }
    same(error?.issues.map(({ field }) => field), ["apiKey"]);
  }],
];

async function webhookEvents(api) {
  const time = 1795255200;
  const bytes = (text) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey("raw", bytes("whsec_1"), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const names = ["created", "refunded", "commission_paid", "disputed", "dispute_resolved"].map((name) => `conversion.${name}`);
  for (const event of [...names, "webhook.test", "conversion.of_tomorrow"]) {
    const sent = { event, data: { conversionId: "conv_abc" }, timestamp: "2026-11-21T10:00:00.000Z", idempotencyKey: `${event}:1` };
    const payload = JSON.stringify(sent);
    const tag = Buffer.from(await crypto.subtle.sign("HMAC", key, bytes(`${time}.${payload}`))).toString("hex");
    const verdict = await api.verifyRefCampaignWebhook({ payload, header: `t=${time},v1=${tag}` }, "whsec_1", { nowMs: time * 1000 });
    same(verdict, { valid: true, event: sent });
  }
}

/** The names of index.d.ts that are about neither a field, an answer nor an option: documented there, and nowhere else. */
const OTHER_TYPES = [
  "AttemptReport", "Attribution", "ConversionParams", "ConversionType", "CustomerParams", "ErrorData", "ErrorKind", "Issue", "PaymentProcessor",
  "CallReport", "GivenRequest", "Held", "Pending", "PendingConversion", "ReceivedWebhook", "RequestLike", "Result", "Signal", "Transport", "WaitUntil", "WebhookEvent", "WebhookOptions", "WebhookVerdict", "WithClickId",
];

const declarationChecks = (api) => [
  ["every export is declared, and every declaration there", async () => {
    same(Object.keys(api).filter((name) => name !== "default").sort(), (await declared()).values.sort());
  }],
  ["every type is in the list", async () => {
    const listed = new Set(OTHER_TYPES);
    for (const { params, answerType } of ENDPOINTS) for (const name of [params, answerType]) if (name) listed.add(name);
    for (const { types } of Object.values(OPTIONS)) for (const name of types) listed.add(name);
    same(Object.keys((await declared()).types).sort(), [...listed].sort());
  }],
  ...ENDPOINTS.filter(({ params }) => params).map((endpoint) => [`${endpoint.params} has the fields of ${suiteOf(endpoint)}`, async () => {
    // An alias is for those who know it: one name is enough to complete.
    const listed = Object.keys(endpoint.fields).filter((name) => !["rcsid", "cid", "metadata.orderId"].includes(name));
    const { types } = await declared();
    same(withBases(types, endpoint.params).sort(), listed.sort());
  }]),
  ...ENDPOINTS.filter(({ event }) => event !== "identify").map((endpoint) => [`${endpoint.answerType} has the members of ${suiteOf(endpoint)}`, async () => {
    const own = isRefCampaign(endpoint.event) ? ["outcome", ...(endpoint.event === "ping" ? [] : ["externalId"])] : [];
    const listed = [...Object.keys(endpoint.members).map((path) => path.replace(/^data\./, "")), ...own];
    const { types } = await declared();
    const leaves = withBases(types, endpoint.answerType);
    same(leaves.filter((path) => !leaves.some((other) => other.startsWith(`${path}.`))).sort(), listed.sort());
  }]),
  ...Object.entries(OPTIONS).map(([provider, { types: [type], options }]) => [`${type} has the options of ${provider}`, async () => {
    const { types } = await declared();
    const leaves = withBases(types, type);
    same(leaves.filter((path) => !leaves.some((other) => other.startsWith(`${path}.`))).sort(), options.map(([name]) => name).sort());
  }]),
];

async function declared() {
  return declarations(await readFile(new URL("../node_modules/refport-edge/index.d.ts", import.meta.url), "utf8"));
}

function withBases(types, name) {
  const { members, bases } = types[name];
  return [...new Set([...members, ...bases.flatMap((base) => withBases(types, base))])];
}

/** What the fake services are held to is in the list, too. */
const wireChecks = () =>
  ["wire.json", "wire_refcampaign.json"].map((file) => [`${file} has nothing that is not in the list`, async () => {
    const vectors = JSON.parse(await readFile(new URL(`../../golden/${file}`, import.meta.url), "utf8"));
    const missing = vectors.flatMap((vector) => unlisted(vector).map((what) => `${vector.name}: ${what}`));
    same(missing, []);
  }]);

/** The browser SDK's own way to identify, which is configured. */
const ELSEWHERE = { "/api/track/identify": "identify" };

function unlisted({ request, response }) {
  const endpoints = ENDPOINTS.filter(({ method, path, event }) => method === request.method && (path === request.path || ELSEWHERE[request.path] === event));
  if (endpoints.length === 0) return [`${request.method} ${request.path}`];
  const lacks = (is) => !endpoints.some(is);
  const missing = [];
  for (const name of Object.keys(request.body ?? {})) {
    const isListed = ({ fields }) => Object.entries(fields).some(([field, { wire = field }]) => wire === name);
    if (!(request.path in ELSEWHERE) && lacks(isListed)) missing.push(`the field ${name}`);
  }
  const { status, body } = response;
  const code = body?.error?.code;
  const isListed = ({ failures }) => failures.some(([one, other]) => one === status && (code === "any" || other === code));
  if (status >= 400 && lacks(isListed)) missing.push(`${status} ${code}`);
  const isEnvelope = body !== null && "success" in (body ?? {});
  const told = status < 400 ? leavesOf(isEnvelope ? { data: body.data } : body) : [];
  const known = ({ members, event }) => (path) => path in members || event === "identify" || path === "data.error";
  for (const path of told) if (lacks((endpoint) => known(endpoint)(path))) missing.push(`the member ${path}`);
  return missing;
}

function leavesOf(value, path = "") {
  if (typeof value !== "object" || value === null) return path ? [path] : [];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, path ? `${path}.${name}` : name));
}
