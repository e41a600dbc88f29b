// Where the many kinds of request keep what can hold a click ID.
//
// In: anything. Out: `[cookieName, url, stored, cookies]`, each text or undefined, in a `Given` for the core. Requests are
// duck-typed, never tested with `instanceof`, since realms differ. The caller's own code (getters, Proxies, `get` methods)
// runs here, in JavaScript frames, and may throw: what cannot be read is not there. What the texts mean is
// src/proto/click_id.rs's.

import { Given } from "./given.js";
import { ifText, isFunction, isObject, isText, ownOf, read } from "./read.js";

/** The name of Refport's click cookie, and of the query parameter. */
export const DEFAULT_COOKIE_NAME = "refp_id";

/** The parts of `request` that can hold the value called `name`, or in the query one of `parameters`. */
export function readRequest(request, name, parameters = [name]) {
  // The default one the core knows itself.
  const own = name === DEFAULT_COOKIE_NAME ? undefined : name;
  if (!request) return new Given([own]);
  const cookies = read(() => request.cookies);
  const url = read(urlOf, request) ?? read(queryOf, request, parameters);
  const stored = read(storedIn, request, cookies, name);
  let header = read(cookieHeader, request);
  // API Gateway (v2) takes the Cookie header apart and gives the pieces, still encoded.
  header = read(() => Array.isArray(cookies) && joined([...cookies, header])) || header;
  const inUrl = parameters.some((one) => url?.includes(one)) ? url : undefined;
  return new Given([own, inUrl, stored, header && narrow(header, name)]);
}

/** Whether there is anything in the parts of a request for the core to look at. */
export const isAnything = ({ values: [, url, stored, cookies] }) => Boolean(url || stored || cookies);

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
    hit = header.indexOf(beginning, end);
  }
  return cookies;
}

function urlOf(request) {
  const { url } = request;
  return ifText(url) ?? ifText(url?.href);
}

/** API Gateway gives the query by itself (v2), or its parameters decoded (v1). */
function queryOf({ rawQueryString, queryStringParameters }, parameters) {
  if (isText(rawQueryString)) return `?${rawQueryString}`;
  const encoded = (name) => encodeURIComponent(ifText(ownOf(queryStringParameters, name)) ?? "");
  return `?${parameters.map((name) => `${name}=${encoded(name)}`).join("&")}`;
}

/** What a framework's parser made of the cookie: it is decoded already. */
function storedIn(request, cookies, name) {
  const store = cookies ?? storeOf(request);
  if (isFunction(store?.get)) {
    const found = store.get(name);
    return ifText(found?.value ?? found);
  }
  return Array.isArray(store) ? undefined : ifText(ownOf(store, name));
}

/** A cookie store in place of a request: it has `get`, but neither headers nor the `append` of a `Headers`. */
const storeOf = (request) =>
  isFunction(request.get) && !isObject(request.headers) && !isFunction(request.append) && request;

function cookieHeader(request) {
  // Hono and Fastify keep the runtime's own request as `raw`.
  const headers = request.headers ?? request.multiValueHeaders ?? request.raw?.headers ?? request;
  if (isFunction(headers.get)) return ifText(headers.get("cookie"));
  return headers === request ? undefined : joined(valuesOf(headers, "cookie").flat());
}

/** The values in an object of headers, whatever the case of their names. */
export function valuesOf(headers, wanted) {
  const names = Object.keys(headers).filter((name) => name.toLowerCase() === wanted);
  return names.map((name) => headers[name]);
}

const joined = (pieces) => pieces.filter(isText).join("; ");
