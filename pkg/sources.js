// Where the many kinds of request keep their URL, their cookies and their headers.
//
// In: an object of any framework's. Out: `{ urls, cookies, stored, isKnown, promise, isCut }`. `urls` are the URLs and queries in it,
// `cookies` the texts of its Cookie headers, `stored` the values of a cookie store. `isKnown`: a reader understood it. `promise` names a
// part that is a Promise still. `isCut`: there is more in it than was read. Requests are duck-typed, never tested with `instanceof`, since
// realms differ. The caller's own code (getters, Proxies, `get` methods) runs here, in JavaScript frames, and may throw: what
// cannot be read is not there.

import { ifText, isList, isObject, isText, itemsOf, member, method, ownOf, read } from "./read.js";

/** Where frameworks keep the request that theirs is made of. */
const INSIDE = ["request", "req", "raw", "node", "web", "event", "nativeEvent", "Records", "cf"];

/** No framework wraps a request so often. A Proxy may, without end. */
const MOST_VIEWS = 16;

/** What is found in `request`, and in the requests inside of it. */
export function findSources(request, name, parameters) {
  const views = viewsOf(request);
  const isCut = views.length >= MOST_VIEWS;
  const found = { urls: [], cookies: [], stored: undefined, isKnown: false, hasHeaders: false, promise: undefined, isCut };
  for (const view of views) {
    readUrls(view, parameters, found);
    readHeaders(view, found);
    readStore(view, name, found);
  }
  if (!found.isKnown) readBare(request, found, name);
  // The object that a parser made of cookies. Elysia's answers to every name, and so looks like all else too.
  const [parsed] = textsIn(read(ownOf, request, name));
  found.stored ??= parsed;
  found.isKnown ||= parsed !== undefined;
  // What a store would answer later is in the header too.
  if (found.hasHeaders) found.promise = undefined;
  return found;
}

/** The request and those inside of it, the outermost first. */
export function viewsOf(request) {
  const views = [request];
  for (let at = 0; at < views.length && views.length < MOST_VIEWS; at++) {
    for (const name of INSIDE) {
      const inner = read(member, views[at], name);
      const view = isList(inner) ? read(() => inner[0]) : inner;
      if (isObject(view) && !views.includes(view)) views.push(view);
    }
  }
  return views;
}

const memberOf = (view, name) => read(member, view, name);

/** The members that hold a query by itself, still encoded: API Gateway v2, Lambda@Edge, Netlify. */
const ENCODED_QUERIES = ["rawQueryString", "querystring", "rawQuery"];

/** The members that hold a query taken apart: Express and its like, API Gateway v1, CloudFront Functions. */
const QUERIES = ["query", "multiValueQueryStringParameters", "queryStringParameters", "querystring"];

function readUrls(view, parameters, found) {
  const url = method(view, "url") ? read(() => view.url(true)) : memberOf(view, "url");
  // A `path` is one without its query in most frameworks, and has it in h3.
  const path = memberOf(view, "path");
  const urls = [url, read(member, url ?? {}, "href"), memberOf(view, "href"), memberOf(view, "rawUrl")];
  if (isText(path) && path.includes("?")) urls.push(path);
  if (isSearchParams(view)) urls.push(searchText(view));
  for (const name of ENCODED_QUERIES) {
    const query = memberOf(view, name);
    if (isText(query)) urls.push(`?${query}`);
  }
  for (const name of QUERIES) {
    const query = memberOf(view, name);
    if (isSearchParams(query)) urls.push(searchText(query));
    else if (isObject(query)) urls.push(queryText(view, name, query, parameters));
  }
  found.urls.push(...urls.filter(isText));
  found.isKnown ||= found.urls.length > 0;
}

const isSearchParams = (value) => isObject(value) && Boolean(method(value, "append") && method(value, "sort"));

const searchText = (parameters) => read(() => `?${parameters}`);

/** A load balancer and CloudFront Functions take a query apart and leave its values encoded; all others decode them. */
function queryText(view, name, query, parameters) {
  const isEncoded = name === "querystring" || isObject(read(() => member(member(view, "requestContext"), "elb")));
  const pairs = parameters.flatMap((parameter) =>
    textsIn(read(ownOf, query, parameter)).map((value) => `${parameter}=${isEncoded ? value : encode(value)}`),
  );
  return `?${pairs.join("&")}`;
}

/** Half of a surrogate pair cannot be encoded. */
const encode = (text) => read(encodeURIComponent, text) ?? "";

/** The texts in a value: itself, in a list, or as `{ value }` and `{ multiValue: [{ value }] }` as CloudFront has them. */
function textsIn(value) {
  if (isText(value)) return [value];
  if (isList(value)) return itemsOf(value).flatMap((one) => (isText(one) ? one : (valueIn(one) ?? [])));
  const more = read(ownOf, value, "multiValue");
  return isList(more) ? textsIn(more) : [valueIn(value)].filter(isText);
}

/** A class's own, where it is Elysia's. */
const valueIn = (entry) => (isObject(entry) ? ifText(read(member, entry, "value")) : undefined);

function readHeaders(view, found) {
  for (const headers of headersOf(view)) {
    if (isPromise(headers)) {
      found.promise ??= "headers";
      continue;
    }
    found.isKnown = true;
    found.hasHeaders = true;
    addCookies(found, headerValues(headers, "cookie"));
  }
}

/** There may be more than a call has room for as arguments. */
const addCookies = (found, texts) => {
  found.cookies = found.cookies.concat(texts);
};

/** The objects in which a request has its headers. Of two, the first has all lines of each, and the second the last line. */
export const headersOf = (view) =>
  ["multiValueHeaders", "headers"]
    // AdonisJS and browser drivers have a method of that name.
    .map((name) => (method(view, name) ? read(() => view[name]()) : memberOf(view, name)))
    // Astro's cookies have one too, which lists what is to be set.
    .filter((headers) => isObject(headers) && !method(headers, "next"));

/** The values of a header in any kind of headers, whatever the case of its name. */
export function headerValues(headers, wanted) {
  const get = method(headers, "get");
  if (get) {
    const capital = wanted.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
    const value = read(get, wanted) ?? read(get, capital);
    return textsIn(value);
  }
  // A name of another length is not looked at any closer: there may be many.
  const isWanted = (name) => isText(name) && name.length === wanted.length && name.toLowerCase() === wanted;
  if (isList(headers)) {
    const named = itemsOf(headers).map(pairOf).filter(([name]) => isWanted(name));
    return named.flatMap(([, value]) => textsIn(value));
  }
  return (read(Object.keys, headers) ?? []).filter(isWanted).flatMap((name) => textsIn(read(ownOf, headers, name)));
}

/** One of a list of headers: `[name, value]`, or an object of both. */
const pairOf = (pair) =>
  isList(pair) ? itemsOf(pair).slice(0, 2) : [read(ownOf, pair, "name"), read(ownOf, pair, "value")];

function readStore(view, name, found) {
  const store = memberOf(view, "cookies");
  if (!isObject(store)) return;
  if (isPromise(store)) {
    found.promise ??= "cookies";
    return;
  }
  found.isKnown = true;
  // API Gateway (v2) takes the Cookie header apart and gives the pieces, still encoded.
  if (isList(store)) addCookies(found, itemsOf(store).filter(isText));
  const entry = read(ownOf, store, name);
  // CloudFront Functions do the same, by name.
  const isPlain = !method(store, "get");
  if (isPlain && isObject(entry)) addCookies(found, textsIn(entry).map((value) => `${name}=${value}`));
  else if (isPlain) found.stored ??= ifText(entry);
  else askStore(store, name, found);
}

/** A store that frameworks make has decoded the value. */
function askStore(store, name, found) {
  const answer = read(() => store.get(name));
  if (isPromise(answer)) found.promise ??= "cookie store's answer";
  else found.stored ??= textOfEntry(answer);
}

/** What a cookie store answers: the value, or an object with it. */
export const textOfEntry = (entry) => ifText(entry) ?? valueIn(entry);

const isPromise = (value) => isObject(value) && Boolean(method(value, "then"));

/** Headers that every browser sends: an object with one of them is a list of headers. */
const COMMON_HEADERS = ["cookie", "host", "user-agent", "accept", ":authority", "x-forwarded-for"];

/** What is no request, but a part of one: headers, or a cookie store. */
function readBare(request, found, name) {
  if (method(request, "get")) {
    found.isKnown = true;
    found.hasHeaders = Boolean(method(request, "append"));
    addCookies(found, [read(() => request.get("cookie"))].filter(isText));
    if (!found.hasHeaders) askStore(request, name, found);
    return;
  }
  // The names are gone through once: there may be many.
  const common = (read(Object.keys, request) ?? []).filter((name) => COMMON_HEADERS.includes(name.toLowerCase()));
  const headers = Object.fromEntries(common.map((name) => [name, read(ownOf, request, name)]));
  found.isKnown = COMMON_HEADERS.some((header) => headerValues(headers, header).length > 0);
  addCookies(found, headerValues(headers, "cookie"));
}
