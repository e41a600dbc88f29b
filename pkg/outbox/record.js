// An event as it waits in a queue.
//
// In scope: making a record of an event, and reading one back. Out of scope: sending it (deliver.js).
// A record is JSON of a version. It holds no key; it does hold what the event holds, customer data included.

import { toJson } from "../json.js";
import { isObject, isText, numberFrom, ownOf, read } from "../read.js";
import { ownId } from "../uuid.js";

const VERSION = 1;

/** The kinds of event, by the name they have in a record. */
const EVENTS = ["sale", "lead", "conversion", "postback", "refund"];

/** Below the shortest default retention of the platforms' queues that hold a message for days (4 days). */
const LIFETIME_SECONDS = 3 * 24 * 3600;
/** No queue keeps a message longer. */
const LONGEST_LIFETIME_SECONDS = 14 * 24 * 3600;

/** Cloudflare's limit is 128,000 bytes with some metadata, the smallest of all; a dead letter adds its reason. */
const MOST_BYTES = 120_000;

/** What names whom a conversion of RefCampaign's is credited to. */
const IDENTIFIERS = ["sessionId", "customerEmailHash", "customerEmail", "clickId", "affiliateCode"];

/**
 * `toOutboxRecord`, of the package's functions. An event is checked by the very call that will report it, with a signal that has
 * fired: the core checks all parameters, and sends nothing.
 */
export const toOutboxRecordWith = (api) => async function toOutboxRecord(request, event, options) {
  try {
    return await recordOf(api, request, event, options);
  } catch {
    return failed(problem("options", "could not be read"));
  }
};

async function recordOf(api, request, event, options) {
  const kind = kindOf(event);
  if (kind === undefined) return failed(problem("event", `must have exactly one of ${EVENTS.join(", ")}`));
  if (!isServed(api, kind)) return failed(elsewhere(kind));
  const { text, path, message } = toJson(event[kind], kind);
  const params = text && read(JSON.parse, text);
  if (!isObject(params)) return failed(problem(path, message ?? "must be an object"));
  const found = await FINDERS[kind](api, request, params, options);
  if (!found.params) return found.error ? failed(found.error) : { outcome: "skipped", record: null, error: null };
  const lifetime = lifetimeOf(options);
  if (!lifetime) return failed(problem("expiresInSeconds", `must be a number from 1 to ${LONGEST_LIFETIME_SECONDS} (14 days)`));
  const nowMs = numberFrom(ownOf(options, "nowMs"), Date.now());
  const record = { outbox: VERSION, id: newId(), event: kind, params: found.params, createdMs: nowMs, expiresMs: nowMs + lifetime * 1000 };
  const bytes = new TextEncoder().encode(JSON.stringify(record)).length;
  const most = numberFrom(ownOf(options, "maxBytes"), MOST_BYTES);
  if (bytes > most) return failed(problem(kind, `is too large for a queue: ${bytes} bytes of JSON, and ${most} are allowed`));
  return { outcome: "ready", record, error: null };
}

/**
 * The record of a dead letter, or a record, as new: to be sent to its queue again, once what was wrong is mended. Undefined where
 * there is none in it.
 */
export function renewRecord(letter, options) {
  const given = isText(letter) ? read(JSON.parse, letter) : letter;
  const found = parseRecord(read(ownOf, given, "record") ?? given).record;
  if (!found) return undefined;
  const { outbox, id, event, params } = found;
  const nowMs = numberFrom(ownOf(options, "nowMs"), Date.now());
  const lifetime = lifetimeOf(options) ?? LIFETIME_SECONDS;
  return { outbox, id, event, params, createdMs: nowMs, expiresMs: nowMs + lifetime * 1000 };
}

/** Whether sending the event again cannot count it twice: the service recognises a repeat by the event's own ID. */
export const isReplaySafe = ({ event, params }) =>
  event === "sale" ? Boolean(ownOf(params, "invoiceId")) : event !== "lead" && (event !== "conversion" || idOf(params) !== undefined);

/** Whether the event's service is there: an entry may have one service alone. */
export const isServed = (api, event) => Boolean(event === "sale" || event === "lead" ? api.track_sale : api.RefCampaign);

/** The error where it is not. */
export const elsewhere = (event) => problem(event, "belongs to a service that this entry does not have: import `refport-edge/outbox`, or the other service's own entry");

/**
 * `{ record }`, or `{ reason, body }` for what is none: `"corrupt"`, or `"future_version"` where a newer release of this package
 * made it. A body may be the JSON text or what was parsed of it.
 */
export const parseRecord = (body) => read(parse, body) ?? { record: undefined, reason: "corrupt", body };

function parse(body) {
  const record = isText(body) ? read(JSON.parse, body) : body;
  const version = ownOf(record, "outbox");
  if (Number.isSafeInteger(version) && version > VERSION) return { record: undefined, reason: "future_version", body };
  const isRecord = version === VERSION && isWhole(record);
  return isRecord ? { record, reason: undefined, body: undefined } : { record: undefined, reason: "corrupt", body };
}

function isWhole(record) {
  const is = (name, isRight) => isRight(ownOf(record, name));
  return (
    is("id", (id) => isText(id) && id !== "") &&
    is("event", (event) => EVENTS.includes(event)) &&
    is("params", (params) => isObject(params) && !Array.isArray(params)) &&
    is("createdMs", isTime) &&
    is("expiresMs", isTime) &&
    is("notBeforeMs", (time) => time === undefined || isTime(time)) &&
    is("deliveries", (count) => count === undefined || (Number.isSafeInteger(count) && count >= 0))
  );
}

const isTime = (value) => Number.isFinite(value) && value >= 0;

/** An ID for the record itself; a runtime without random values gets one that only has to differ from its neighbours. */
const newId = () => ownId({}, []) ?? `${Date.now()}-${Math.random()}`.replace(".", "");

function kindOf(event) {
  const names = isObject(event) ? read(Object.keys, event) ?? [] : [];
  const given = names.filter((name) => (read(ownOf, event, name) ?? null) !== null);
  return given.length === 1 && EVENTS.includes(given[0]) ? given[0] : undefined;
}

/** In seconds; undefined where the option is wrong. */
function lifetimeOf(options) {
  const seconds = numberFrom(ownOf(options, "expiresInSeconds") ?? LIFETIME_SECONDS, 0);
  return seconds > 0 && seconds <= LONGEST_LIFETIME_SECONDS ? seconds : undefined;
}

/** An error as the package's own look as plain data, made here since no call was made. */
const problem = (field, what) => {
  const message = `${field} ${what}`;
  return {
    name: "RefportValidationError", message, kind: "validation", status: null, code: "VALIDATION_ERROR", serviceMessage: null,
    retryable: false, maybeRecorded: false, retryAfterMs: null, attempts: 0, requestId: null, issues: [{ field, message }],
  };
};

const failed = (error) => ({ outcome: "failed", record: null, error });

/** How the parameters of each kind are made whole: `{ params }`, or `{ error }`, or neither for an organic visitor. */
const FINDERS = {
  __proto__: null,
  sale: (...args) => refport("track_sale", ...args),
  lead: (...args) => refport("track_lead", ...args),
  conversion: (...args) => refcampaign("track", ...args),
  postback: (...args) => refcampaign("postback", ...args),
  refund: (...args) => refcampaign("refund", ...args),
};

/** There is nobody to credit. */
const ORGANIC = { params: undefined, error: undefined };

/** Of a call that checks and sends nothing. */
const CHECK = () => ({
  apiKey: "check_only", signal: AbortSignal.abort(), fetch: sendsNothing, dangerouslyAllowBrowser: true,
});
const sendsNothing = () => {
  throw new Error("a check sends nothing");
};

async function refport(call, api, request, params, options) {
  const cookieName = ownOf(options, "cookieName") ?? undefined;
  const check = (from, what) => api[call](from, what, { ...CHECK(), cookieName });
  const first = await check(request, params);
  if (first.outcome === "skipped") return ORGANIC;
  if (first.error.kind !== "aborted") return { params: undefined, error: first.error.toJSON() };
  // As it will be sent: without a request.
  const own = await check(null, params);
  if (own.outcome !== "skipped") return { params, error: undefined };
  const clickId = api.getClickIdFromRequest(await request, cookieName);
  return clickId === null ? ORGANIC : { params: { ...params, clickId }, error: undefined };
}

async function refcampaign(method, api, request, given, options) {
  const params = { ...given };
  if (method !== "refund") {
    const isNamed = IDENTIFIERS.some((name) => (ownOf(params, name) ?? null) !== null);
    let sessionId;
    try {
      sessionId = isNamed ? undefined : api.getSessionIdFromRequest(await request);
    } catch {
      return { params: undefined, error: problem("request", "is a Promise that was rejected, or could not be read") };
    }
    if (sessionId) params.sessionId = sessionId;
    else if (!isNamed && request) return ORGANIC;
  }
  // A redelivery must be recognised, so the ID is made once, here.
  if (method === "track") params.externalId = idOf(params) ?? newId();
  const error = await refused(() => new api.RefCampaign(CHECK()).conversions[method](params));
  return error ? { params: undefined, error } : { params, error: undefined };
}

/** The ID that the service's client would take: the conversion's own, or the order's, where that can be one. */
function idOf(params) {
  const own = ownOf(params, "externalId") ?? undefined;
  if (own !== undefined) return own;
  const id = ownOf(ownOf(params, "metadata"), "orderId");
  return (isText(id) && id !== "" && id.length <= 255) || Number.isSafeInteger(id) ? String(id) : undefined;
}

async function refused(call) {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error.kind === "aborted" ? undefined : error.toJSON();
  }
}
