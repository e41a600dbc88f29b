// One delivery of one record.
//
// In: a record, or whatever a queue holds in its place; the options of the services. Out: how it ended, as plain data. It never
// rejects.
// Out of scope: what becomes of the message (disposition.js).

import { isObject, ownOf, read } from "../read.js";
import { elsewhere, isReplaySafe, isServed, parseRecord } from "./record.js";

const REFPORT_CALLS = { __proto__: null, sale: "track_sale", lead: "track_lead" };
const REFCAMPAIGN_CALLS = { __proto__: null, conversion: "track", postback: "postback", refund: "refund" };

/** `deliver`, of the package's functions. */
export const deliverWith = (api) => async function deliver(body, config, options) {
  const { record, reason } = parseRecord(body);
  if (!record) return ended(reason);
  const nowMs = ownOf(options, "nowMs") ?? Date.now();
  const serviceConfig = configOf(record.event, config);
  const replaySafe = isRepeatable(record, config);
  const told = { record, event: record.event, replaySafe, expiresMs: record.expiresMs, notBeforeMs: ownOf(record, "notBeforeMs") ?? null };
  if (nowMs >= record.expiresMs) return { ...ended("expired"), ...told };
  if (nowMs < told.notBeforeMs) return { ...ended("early"), ...told };
  // An earlier delivery of this message has ended without a word: the isolate was killed, perhaps after sending.
  if (!replaySafe && ownOf(options, "deliveries") > 1) return { ...ended("interrupted"), ...told };
  // As with a service whose key is missing: a deploy can mend it, so the message waits.
  if (!isServed(api, record.event)) return { ...ended("failed"), ...told, error: elsewhere(record.event), misconfigured: true };
  const call = record.event in REFPORT_CALLS ? refport : refcampaign;
  const { outcome, error, attempts, requestId } = await call(api, record, serviceConfig);
  const misconfigured = isRefusedHere(error) && !isRefusedHere((await call(api, record, CHECK())).error);
  return { ...ended(outcome), ...told, error: error?.toJSON() ?? null, attempts, requestId, misconfigured };
};

/** Whether delivering the record again is right: it cannot count twice, or the options say that this is better than losing it. */
export const isRepeatable = (record, config) =>
  isReplaySafe(record) || ownOf(ownOf(configOf(record.event, config), "retry"), "replay") === "always";

const ended = (outcome) => ({
  outcome, record: null, event: null, replaySafe: false, expiresMs: null, notBeforeMs: null, error: null, attempts: 0,
  requestId: null, misconfigured: false,
});

/** The options of one service. A delivery waits for its end, whatever they say. */
function configOf(event, config) {
  const own = read(ownOf, config, event in REFPORT_CALLS ? "refport" : "refcampaign");
  return isObject(own) ? read(() => ({ ...own, waitUntil: undefined })) : undefined;
}

/** Nothing was sent, since something is wrong with the parameters or the options. */
const isRefusedHere = (error) => error?.kind === "validation" && error.status === null;

/** Options with which every call is taken, and none is sent: what it is refused for is the event's. */
const CHECK = () => ({
  apiKey: "check_only", signal: AbortSignal.abort(), fetch: () => undefined, dangerouslyAllowBrowser: true,
});

const refport = (api, { event, params }, config) => api[REFPORT_CALLS[event]](null, params, config);

async function refcampaign(api, { event, params }, config) {
  try {
    const { outcome } = await new api.RefCampaign(config).conversions[REFCAMPAIGN_CALLS[event]](params);
    return { outcome, error: null, attempts: null, requestId: null };
  } catch (error) {
    return { outcome: "failed", error, attempts: error.attempts, requestId: error.requestId };
  }
}
