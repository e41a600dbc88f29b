// Where the many kinds of request keep what can hold a click ID.
//
// In: anything. Out: `[cookieName, url, stored, cookies]`, each text or undefined, in a `Given` for the core. Requests are
// duck-typed, never tested with `instanceof`, since realms differ. The caller's own code (getters, Proxies, `get` methods)
// runs here, in JavaScript frames, and may throw: what cannot be read is not there. What the texts mean is
// src/proto/click_id.rs's.

import { Given } from "./values.js";

const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";
const isText = (value) => typeof value === "string";

/** The parts of `request` that can hold the value called `name`, or in the query one of `parameters`. */
export function readRequest(request, name, parameters = [name]) {
  if (!isObject(request)) return new Given([name]);
  const cookies = read(() => request.cookies);
  const url = read(() => urlOf(request)) ?? read(() => queryOf(request.queryStringParameters, parameters));
  const stored = read(() => storedIn(cookies ?? storeOf(request), name));
  const header = read(() => cookieHeader(request));
  // API Gateway (v2) takes the Cookie header apart and gives the pieces, still encoded.
  const pieces = read(() => (Array.isArray(cookies) ? joined(cookies) : undefined));
  const inUrl = parameters.some((one) => url?.includes(one)) ? url : undefined;
  return parts(name, inUrl, stored, pieces && header ? `${pieces}; ${header}` : pieces || header);
}

/** The parts of a Cookie header alone. */
export function readCookieHeader(header, name) {
  return parts(name, undefined, undefined, isText(header) ? header : undefined);
}

function parts(name, url, stored, header) {
  return new Given([name, url, stored, header && narrow(header, name)]);
}

/** Whether there is anything in the parts of a request for the core to look at. */
export const isAnything = ({ values: [, url, stored, cookies] }) => Boolean(url || stored || cookies);

/**
 * The cookies of a header in which the beginning of `name` occurs, or undefined; the core looks closer. A long header stays
 * where it is: to bring it into wasm costs more than to search it. V8 searches for up to six characters with the
 * processor's own instructions, and for more with a table, which takes seven times as long.
 */
function narrow(header, name) {
  let cookies;
  const beginning = name.slice(0, 6);
  let hit = header.indexOf(beginning);
  while (hit >= 0) {
    const start = header.lastIndexOf(";", hit);
    const end = header.indexOf(";", hit);
    const cookie = header.slice(start < 0 ? 0 : start, end < 0 ? undefined : end);
    cookies = cookies === undefined ? cookie : cookies + cookie;
    hit = end < 0 ? -1 : header.indexOf(beginning, end);
  }
  return cookies;
}

/** What `part` answers, or undefined where it throws. */
export function read(part) {
  try {
    return part();
  } catch {
    return undefined;
  }
}

function urlOf(request) {
  const url = request.url;
  if (isText(url)) return url;
  if (isObject(url) && isText(url.href)) return url.href;
  const query = request.rawQueryString;
  return isText(query) ? `?${query}` : undefined;
}

/** API Gateway (v1) gives the query's parameters decoded. */
function queryOf(given, parameters) {
  const found = parameters.flatMap((name) => {
    const value = ownText(given, name);
    return value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  return `?${found.join("&")}`;
}

/** A cookie store in place of a request: it has `get`, but neither headers nor the `append` of a `Headers`. */
function storeOf(request) {
  return typeof request.get === "function" && !isObject(request.headers) && typeof request.append !== "function"
    ? request
    : undefined;
}

/** What a framework's parser made of the cookie: it is decoded already. */
function storedIn(cookies, name) {
  if (typeof cookies?.get !== "function") return Array.isArray(cookies) ? undefined : ownText(cookies, name);
  const found = cookies.get(name);
  const value = isObject(found) ? found.value : found;
  return isText(value) ? value : undefined;
}

/** Names that every object inherits, such as `toString`, are nobody's cookie. */
function ownText(object, name) {
  return isObject(object) && Object.hasOwn(object, name) && isText(object[name]) ? object[name] : undefined;
}

function cookieHeader(request) {
  // Hono and Fastify keep the runtime's own request as `raw`.
  const headers = request.headers ?? request.multiValueHeaders ?? request.raw?.headers ?? request;
  if (typeof headers.get === "function") {
    const text = headers.get("cookie");
    return isText(text) ? text : undefined;
  }
  if (headers === request) return undefined;
  return joined(
    Object.keys(headers)
      .filter((name) => name.toLowerCase() === "cookie")
      .flatMap((name) => headers[name]),
  );
}

function joined(pieces) {
  const texts = pieces.filter(isText);
  return texts.length > 0 ? texts.join("; ") : undefined;
}
