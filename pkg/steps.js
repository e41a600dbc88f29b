// The steps of a core, by name (src/wasm).
//
// In: a core, and values that were read. Out: what a step answers, by name. Which word holds what is said in src/boundary/layout.rs; here
// it is put there.

import {
  ANSWER_PARTS,
  BODY_IS,
  BODY_LENGTH,
  ELAPSED,
  ENDING,
  ENDPOINT,
  HAS_REQUEST,
  IS_ABORTED,
  IS_REFUSED,
  PRIVATE_VALUES,
  RANDOM,
  REQUEST_PARTS,
  SERVICE,
  STATE_WORDS,
  STATUS,
  UNKNOWN_OPTIONS,
  UNKNOWN_PARAMETERS,
  WEBHOOK_PARTS,
} from "./dist/layout.js";
import { SEPARATOR } from "./message.js";
import { WasmUnavailable } from "./core.js";
import { warnOnce } from "./warn.js";

const NONE = [];

/** What the core keeps of a delivery between two steps. Only the core looks inside. */
export const newState = () => new Uint32Array(STATE_WORDS);

/** The click ID in the parts of a request, or null. */
export const findClickId = (core, request) => findIn(core, "findClickId", request);

/** The ID of a RefCampaign session in the parts of a request, or null. */
export const findSessionId = (core, request) => findIn(core, "findSessionId", request);

function findIn(core, step, request) {
  try {
    return core.run(step, partsOf(REQUEST_PARTS, request), NONE).reply ?? null;
  } catch (error) {
    // Silence would look like a visitor whom nobody sent.
    if (error instanceof WasmUnavailable) warnOnce(`no ID is looked for. ${error.message}`);
    return null;
  }
}

const partsOf = (names, object) => names.map((name) => object[name]);

/** What is wrong with the options of a service's client: a failure, without issues where nothing is. `options` are as readOptions has them. */
export function checkOptions(core, service, { values, unknown }) {
  const words = [SERVICE, service.number, UNKNOWN_OPTIONS, unknown.length / 2];
  return core.run("checkOptions", values.concat(unknown), words).failure;
}

/**
 * Checks a call and starts its delivery: the first step, with `request`, `{ url, authorization, body, privateValues }`, where
 * there is something to send. `request` is null where the click ID must be among the parameters.
 */
export function begin(core, state, endpoint, { options, params, request, isRefused, isAborted }) {
  const parts = request ? partsOf(REQUEST_PARTS, request) : REQUEST_PARTS.map(() => undefined);
  const values = options.values.concat(params.values, params.ownId, parts, options.unknown, params.unknown);
  const words = [
    ENDPOINT, endpoint.number, UNKNOWN_OPTIONS, options.unknown.length / 2, UNKNOWN_PARAMETERS, params.unknown.length / 2,
    HAS_REQUEST, request ? 1 : 0, IS_REFUSED, isRefused ? 1 : 0, IS_ABORTED, isAborted ? 1 : 0,
  ];
  const step = core.run("begin", values, words, state);
  if (step.reply === undefined) return { step, request: undefined };
  const [url, authorization, body, ...privateValues] = step.reply.split(SEPARATOR);
  return { step, request: { url, authorization, body, privateValues } };
}

/** The step after a wait. */
export const poll = (core, state, elapsed) => core.run("poll", NONE, [ELAPSED, elapsed], state);

/**
 * The step after an attempt, or where the caller's signal fired. How that ended has the parts of an `answer`, and the `facts` of its
 * body: the values at the paths that are looked up there. The `reply` is the service's own ID of the request.
 */
export function handle(core, state, { ending, status = 0, bodyIs, answer, facts }, privateValues, elapsed) {
  const parts = partsOf(ANSWER_PARTS, answer);
  const words = [
    ENDING, ending, STATUS, status, BODY_IS, bodyIs, ELAPSED, elapsed, RANDOM, Math.random() * 2 ** 32,
    PRIVATE_VALUES, privateValues.length,
  ];
  return core.run("handle", parts.concat(facts, privateValues), words, state);
}

/** A text of a service's, without the private values. */
export const scrub = (core, text, privateValues) =>
  core.run("scrub", [text, ...privateValues], [PRIVATE_VALUES, privateValues.length]).reply ?? "";

const encoder = new TextEncoder();

/** The hash of an e-mail address that was trimmed and lower-cased; undefined where nothing is left of it. */
export function hashEmail(core, email) {
  // As bytes: every character counts, whichever it is.
  const bytes = encoder.encode(email);
  return core.run("hashEmail", NONE, [BODY_LENGTH, bytes.length + 1], undefined, bytes).reply;
}

/** Why a webhook of RefCampaign's is not to be trusted, `[reason, message]`, or undefined. Without bytes all else is checked. */
export const verifyWebhook = (core, parts, bytes) => checkWebhook(core, "verifyWebhook", parts, bytes);

/** The same, where the header is the signature of the body and nothing else. */
export const verifyBareWebhook = (core, parts, bytes) => checkWebhook(core, "verifyBareWebhook", parts, bytes);

function checkWebhook(core, step, parts, bytes) {
  try {
    const words = [BODY_LENGTH, bytes ? bytes.length + 1 : 0];
    return core.run(step, partsOf(WEBHOOK_PARTS, parts), words, undefined, bytes).reply?.split(SEPARATOR);
  } catch (error) {
    if (error instanceof WasmUnavailable) return ["wasm_unavailable", error.message];
    throw error;
  }
}

/** The default transport: the runtime's own `fetch`, by way of web-sys. */
export const fetchByCore = (core, url, init) => core.guarded((used) => used.fetch(url, init));
