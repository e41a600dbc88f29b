// What a request says of its visitor: the parts that can hold a click ID.
//
// In: anything. Out: `{ name, url, stored, cookies, problem }`, each text or undefined, for the core.
// Where the many kinds of request keep their URL, headers and cookies is sources.js's; what the texts mean is
// src/proto/click_id.rs's.

import { ifText, isFunction, isList, isObject, isText, member, read } from "./read.js";
import { findSources, textOfEntry } from "./sources.js";

/**
 * The parts of `request` that can hold the value called `name`, or in the query one of `parameters`. The last one says what is
 * wrong with a request that no reader understands; `null` and `undefined` are no request, and nothing is wrong with that.
 */
export function readRequest(request, name, parameters = [name]) {
  if (request === undefined || request === null) return partsOf(name);
  const web = isObject(request) ? read(webRequest, request, name) : undefined;
  if (web) return partsOf(name, inQuery(web.url, parameters), web.stored, web.cookies);
  const sources = isObject(request) && !isList(request) ? findSources(request, name, parameters) : fromText(request);
  const { urls, cookies, stored } = sources;
  const url = urls.length > 1 ? `?${urls.map(queryOf).join("&")}` : urls[0];
  return partsOf(name, inQuery(url, parameters), stored, cookies.join("; "), problem(request, sources));
}

/** The parts of a request that can hold the ID of a service's visitor. */
export function readVisitor(request, { cookie, parameters, isEncoded }) {
  const parts = readRequest(request, cookie, parameters);
  // The core decodes: what is not encoded is taken to it as if it were.
  if (!isEncoded) parts.cookies = parts.cookies?.replaceAll("%", "%25");
  return parts;
}

/** The parts of a request that is nothing but a Cookie header. */
export const readCookieHeader = (header, name) => partsOf(name, undefined, undefined, ifText(header));

/** Whether there is anything in the parts of a request for the core to look at. */
export const isAnything = ({ url, stored, cookies }) => Boolean(url || stored || cookies);

/** What is wrong with the request, where something is. */
export const problemOf = ({ problem }) => problem;

/** A promise, or anything else with a `then`, in which no reader finds a request. */
export const isAwaited = (request, parts) =>
  isObject(request) && problemOf(parts) !== undefined && isFunction(read(member, request, "then"));

/** The budget of a call where its options name none that is right. */
const BUDGET_MS = 10_000;

/** The same of a request that is a promise still, as soon as it is there. A call must not wait for one beyond its budget. */
export function settledRequest(promise, readParts, budgetMs = BUDGET_MS) {
  return new Promise((resolve) => {
    const end = (parts) => {
      clearTimeout(timer);
      resolve(parts);
    };
    const fail = (text) => end(partsOf(undefined, undefined, undefined, undefined, text));
    const timer = setTimeout(() => fail("is a Promise that did not settle within budgetMs"), budgetMs);
    const awaited = new Promise((settle) => settle(promise));
    awaited.then(
      (request) => end(readParts(request)),
      () => fail("is a Promise that was rejected"),
    );
  });
}

const partsOf = (name, url, stored, cookies, problem) => ({
  name,
  url,
  stored,
  cookies: cookies && narrow(cookies, name),
  problem,
});

/** A Web `Request`: most are, so it is read without looking anywhere else. */
function webRequest(request, name) {
  const memberOf = isPolluted() ? member : plainMember;
  const headers = memberOf(request, "headers");
  const url = memberOf(request, "url");
  // The URL of a Web `Request` is absolute; others may keep parts elsewhere.
  if (!isText(url) || !url.startsWith("http") || !isFunction(memberOf(headers, "get"))) return undefined;
  const store = read(memberOf, request, "cookies");
  const stored = isObject(store) && read(() => memberOf(store, "get") && store.get(name));
  return { url, cookies: ifText(headers.get("cookie")), stored: stored ? textOfEntry(stored) : undefined };
}

const plainMember = (object, name) => object[name];

/** To look for each member where it comes from takes longer than all the rest of a lookup. */
const isPolluted = () => "url" in ROOT || "headers" in ROOT || "get" in ROOT || "cookies" in ROOT;
const ROOT = Object.prototype;

/** A text is read as the URL that it is. */
const fromText = (text) => ({
  urls: isText(text) && IS_URL.test(text) ? [text] : [],
  cookies: [],
  stored: undefined,
  isKnown: false,
  promise: undefined,
  isCut: false,
});
const IS_URL = /^([/?]|[a-z][a-z\d+.-]*:\/\/)/i;

/** The URL where one of the parameters may be in it: a long one stays where it is otherwise. */
const inQuery = (url, parameters) => (parameters.some((one) => url?.includes(one)) ? url : undefined);

const queryOf = (url) => /^[^?#]*\??([^#]*)/.exec(url)[1];

/**
 * The cookies of a header in which the beginning of `name` occurs; the core looks closer. A long header stays where it is: to
 * bring it into wasm costs more than to search it. V8 searches for up to six characters with the processor's own instructions,
 * and for more with a table, which takes seven times as long.
 */
function narrow(header, name) {
  let cookies = "";
  const beginning = name.slice(0, 6);
  let hit = header.indexOf(beginning);
  while (hit >= 0) {
    let end = header.indexOf(";", hit);
    if (end < 0) end = header.length;
    cookies += header.slice(Math.max(header.lastIndexOf(";", hit), 0), end);
    // Behind the end, so that it moves on whatever the name is.
    hit = header.indexOf(beginning, end + 1);
  }
  return cookies;
}

/** What to say of a request in which no reader found anything, or which is not here yet. */
function problem(request, { urls, isKnown, isCut, promise }) {
  if (promise !== undefined) return `has a Promise in place of its ${promise}: await that first`;
  if (isCut) return "has more requests in one another than are looked into: pass the one that the handler got";
  return isKnown || urls.length > 0 ? undefined : `is ${whatIs(request)}, and ${WHAT_TO_PASS}`;
}

const WHAT_TO_PASS =
  "no URL, header or cookie is found in it: pass what the handler got (a Request, a framework's request or context, a gateway's event), or null where there is no request";

/** Names that a program gives, and no customer's data. */
const IS_PLAIN_NAME = /^[A-Za-z_$][\w$]{0,31}$/;

/** What was given, without any value of it. */
function whatIs(request) {
  if (isText(request)) return "a text that is no URL";
  if (isFunction(request)) return "a function that was not called";
  if (!isObject(request)) return `a ${typeof request}`;
  if (isList(request)) return "a list";
  if (isFunction(read(member, request, "then"))) return "a Promise that was not awaited";
  const names = (read(Object.keys, request) ?? []).filter((name) => IS_PLAIN_NAME.test(name)).slice(0, 5);
  return names.length > 0 ? `an object with ${names.join(", ")}` : "an object without members";
}
