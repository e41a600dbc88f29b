// A response with cookies, which no shared cache keeps.
//
// In: a response and Set-Cookie texts. Out: a response like it, with these and with the headers that keep caches away; undefined
// where there can be none. The one that was given stays as it is: a shop may use it again.

import { isList, isObject, member, method, read } from "../read.js";

/** One visitor's cookie in a shared cache pays one partner for everybody's purchases. */
const KEEP_OUT = "private, no-store";
/** These outrank Cache-Control with one content delivery network or another (RFC 9213 names the first kind). */
const OUTRANKS =
  /(^|-)cdn-cache-control$|^(surrogate-control|edge-control|akamai-cache-control|x-accel-expires|x-litespeed-cache-control)$/;

export function withCookies(response, cookies) {
  // What switches protocols is no page, and holds a socket; a network error has no status.
  if (!(response.status >= 200) || response.webSocket) return undefined;
  // Some runtimes take a stream that somebody else reads, and fail later.
  if (response.bodyUsed || response.body?.locked) return undefined;
  for (const constructor of constructorsFor(response)) {
    const copy = read(copyWith, constructor, response, cookies);
    if (copy) return copy;
  }
  return undefined;
}

/** Those of the cookies that a response does not set by itself, or because this was done before. */
export function notSetBy(response, cookies) {
  const named = setCookiesOf(response.headers).map(nameOf);
  return cookies.filter((cookie) => !named.includes(nameOf(cookie)));
}

const nameOf = (cookie) => /^[^=;]*/.exec(cookie)[0].trim();

/**
 * The response's own class first: a class of a framework has members that come after, and a stream of another realm is a text
 * to this realm's class.
 */
function constructorsFor(response) {
  const own = read(member, response, "constructor");
  const ours = globalThis.Response;
  const native = response instanceof ours ? [ours] : [];
  return own === ours || !read(isLikeResponse, own) ? native : [own, ...native];
}

/** Whether a class takes what `Response` takes. One that takes other arguments would make a text of a stream. */
function isLikeResponse(constructor) {
  const { body, status, headers } = new constructor(null, { status: 299, headers: { "x-probe": "1" } });
  return body === null && status === 299 && headers.get("x-probe") === "1";
}

/** A response that is like another; undefined where the class makes something else of it. */
function copyWith(constructor, response, cookies) {
  const copy = new constructor(response.body, response);
  keepOut(copy.headers);
  for (const cookie of cookies) copy.headers.append("set-cookie", cookie);
  const isRight = copy.status === response.status && cookies.every((cookie) => includes(copy.headers, cookie));
  return isRight && hasAll(copy.headers, response.headers) ? copy : undefined;
}

function keepOut(headers) {
  for (const name of [...headers.keys()]) if (OUTRANKS.test(name)) headers.delete(name);
  headers.set("cache-control", KEEP_OUT);
}

const includes = (headers, cookie) => `${[...setCookiesOf(headers), headers.get("set-cookie")]}`.includes(cookie);

const hasAll = (headers, originals) =>
  [...originals.keys()].every((name) => name === "cache-control" || OUTRANKS.test(name) || headers.has(name));

/** The Set-Cookie texts of headers; none where the runtime is too old to tell them apart. Cloudflare's had a method of its own. */
function setCookiesOf(headers) {
  const list = read(() => (method(headers, "getSetCookie") ?? method(headers, "getAll"))?.("set-cookie"));
  return isList(list) ? list : [];
}

/**
 * A redirect in place of a response. It is of the same class: what comes after may use a framework's own members. It has the
 * cookies of the response: they may be a session's.
 */
export function redirectFrom(response, address, cookies) {
  const headers = new Headers({ location: address, "cache-control": KEEP_OUT });
  for (const cookie of [...setCookiesOf(response.headers), ...cookies]) headers.append("set-cookie", cookie);
  const [constructor = Response] = constructorsFor(response);
  return new constructor(null, { status: 302, headers });
}

/** Whether Next.js makes the response later. Then a middleware cannot set its cache headers. */
export const isPassedOn = (response) =>
  response.headers.get("x-middleware-next") !== null || response.headers.get("x-middleware-rewrite") !== null;

export const isRedirect = (response) => response.status >= 300 && response.status < 400 && response.status !== 304;

export const isResponse = (response) => isObject(response) && isObject(response.headers);
