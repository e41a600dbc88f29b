// What a transport answered, read.
//
// In: an answer, which may be a Response of any realm, a test's double of one, or nothing of the kind. Out: how the attempt
// ended, with plain values alone. The answer may be the caller's own object: its code runs here, and never inside wasm.

import { PIECES_IN_A_ROW, turn } from "./clock.js";
import {
  ANSWERED,
  CONNECTION_LOST,
  DATE_PATHS,
  EMPTY,
  JSON_VALUE,
  NULL,
  REDIRECTED,
  UNREADABLE,
} from "./dist/layout.js";
import { DateText, LONGEST_BODY } from "./message.js";
import { isBoolean, isFunction, isObject, isText, member, ownOf, quietly, read } from "./read.js";

/** How an attempt ended that brought no answer; all members that `handle` in core.js and a caller ask for. */
export const NO_ANSWER = {
  ending: CONNECTION_LOST,
  status: undefined,
  bodyIs: EMPTY,
  answer: { retryAfter: undefined, retryAfterMs: undefined, requestId: undefined, now: undefined },
  facts: [],
  body: undefined,
  cause: undefined,
  note: undefined,
};

/** The statuses without a body. */
const BODILESS = [204, 205, 304];

const READ_BEFORE = "the body of what fetch answered was read before: each call needs a Response of its own";
const noResponse = (what) => ({ ...NO_ANSWER, note: `fetch answered with something that is no Response: ${what}` });

/**
 * How an attempt ended: an object like NO_ANSWER. `isNetwork`: no code of the caller's stands between the network and this. Where
 * the attempt ends earlier, `reading.isOver` is set, and `reading.cancel`, which is put there, is called. (To listen to a signal
 * would be a tenth of such a sale's processor time in a Worker.)
 */
export async function readAnswer(service, response, isNetwork, reading) {
  if (!isObject(response)) return noResponse(response === null ? "null" : typeof response);
  const [status, type, headers, redirected] = ["status", "type", "headers", "redirected"].map((name) => member(response, name));
  // It stands for a lost connection.
  if (type === "error") return NO_ANSWER;
  if (status >>> 0 !== status || status > 599) return noResponse("an object without a status");
  if (redirected === true) {
    quietly(() => response.body?.cancel());
    return { ...NO_ANSWER, ending: REDIRECTED, status };
  }
  if (member(response, "bodyUsed") === true || response.body?.locked === true) return { ...NO_ANSWER, note: READ_BEFORE };
  const header = (name) => headerOf(headers, name);
  // Whatever a caller's own code says of a length may be wrong, and a packed body has the length of its package.
  const isShort = isNetwork && response.url && header("content-length") <= LONGEST_BODY && !header("content-encoding");
  const promised = textOf(response, isShort, reading);
  if (!promised) return noResponse("an object without a body");
  const text = await promised;
  const body = read(JSON.parse, text);
  // After a success nobody waits.
  const isGood = status >= 200 && status < 300;
  const answer = {
    retryAfter: isGood ? undefined : header("retry-after"),
    retryAfterMs: isGood ? undefined : header("retry-after-ms"),
    requestId: header("x-request-id") ?? header("request-id"),
    now: read(Date.now),
  };
  const bodyIs = text?.trim() === "" ? EMPTY : body === undefined ? UNREADABLE : body === null ? NULL : JSON_VALUE;
  return { ...NO_ANSWER, ending: ANSWERED, status, bodyIs, answer, facts: factsOf(body, service.answerPaths), body };
}

/** As much of a text as anybody looks at. */
const LONGEST_TEXT = 2 ** 13;

/** The values at the paths that the core looks up in the body of an answer, which is plain JSON. */
const factsOf = (body, paths) => paths.map((path) => factAt(body, path));

function factAt(body, { path, names }) {
  let value = body;
  if (path !== "") for (const name of names) value = ownOf(value, name);
  if (isBoolean(value)) return value;
  if (!isText(value)) return undefined;
  const text = value.slice(0, LONGEST_TEXT);
  return DATE_PATHS.includes(path) && Number.isFinite(Date.parse(text)) ? new DateText(text) : text;
}

/** No header that matters here is longer. */
const LONGEST_HEADER = 1024;
/** No answer has more. */
const MOST_HEADERS = 1000;

/** A header: of a Headers, a Map, a list of pairs or a plain object. */
function headerOf(headers, name) {
  const value = read(valueOf, headers, name);
  return isText(value) && value.length <= LONGEST_HEADER ? value : undefined;
}

function valueOf(headers, name) {
  const got = isFunction(headers.get) ? headers.get(name) : undefined;
  // A Headers answers null where there is none: in every other object it may stand in another case.
  if (got !== undefined) return got;
  const entries = isFunction(headers.entries) ? headers.entries() : Object.entries(headers);
  let seen = 0;
  for (const [key, value] of Array.isArray(headers) ? headers : entries) {
    if (isText(key) && key.toLowerCase() === name) return typeof value === "number" ? String(value) : value;
    seen += 1;
    if (seen === MOST_HEADERS) break;
  }
  return undefined;
}

/**
 * The text of a body, or undefined where it is too long or no JSON; and undefined at once where there is nothing to read. One
 * that is known to be short is read at once: to read it piece by piece costs a Worker more processor time than all the rest
 * of a call.
 */
function textOf(response, isShort, reading) {
  const { body, status } = response;
  const capped = (text) => (text?.length <= LONGEST_BODY ? text : undefined);
  if (body === null) return Promise.resolve("");
  if (!isShort && isFunction(body?.getReader)) return pieces(body.getReader(), reading);
  if (isFunction(response.text)) return Promise.resolve(response.text()).then((text) => capped(String(text)));
  if (isFunction(response.json)) return Promise.resolve(response.json()).then((value) => capped(JSON.stringify(value)));
  return BODILESS.includes(status) ? Promise.resolve("") : undefined;
}

async function pieces(reader, reading) {
  const cancel = () => quietly(() => reader.cancel());
  reading.cancel = cancel;
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (let count = 1; !reading.isOver; count += 1) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > LONGEST_BODY) {
      cancel();
      break;
    }
    text += decoder.decode(value, { stream: true });
    if (count % PIECES_IN_A_ROW === 0) await turn();
  }
  return undefined;
}
