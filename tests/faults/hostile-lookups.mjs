// Requests and cookie names that no visitor sends and some code passes, each with what must be found in them.
// See hostile-tools.mjs.

import { bad, cyclic, finds, revoked, shown, thrower } from "./hostile-tools.mjs";

const look =
  (request, cookieName) =>
  ({ api }) =>
    api.getClickIdFromRequest(request, cookieName);
const headers = (cookie, more = {}) => ({ headers: { ...more, cookie } });
const countless = (items) => Object.assign(items, { length: 2 ** 32 - 1 });

/** The cases. */
export const lookupCases = () => [
  ...[null, undefined, 0, "refp_id=abc", true, 7n, Symbol("no"), () => {}, [], {}, cyclic()].map((request, index) => ({
    name: `a request that is ${index === 10 ? "cyclic" : shown(request)}`,
    act: look(request),
    expect: finds(null),
  })),
  { name: "a request of which every use throws", act: look(thrower()), expect: finds(null) },
  { name: "a request that is a revoked Proxy", act: look(revoked()), expect: finds(null) },
  ...["url", "cookies", "headers", "raw"].map((name) => ({
    name: `a request whose ${name} throws`,
    act: look(bad(name)),
    expect: finds(null),
  })),
  {
    name: "a request whose url throws and whose cookie is good",
    act: look(bad("url", headers("refp_id=abc"))),
    expect: finds("abc"),
  },
  { name: "headers that throw", act: look({ headers: thrower() }), expect: finds(null) },
  { name: "headers whose get throws", act: look({ headers: { get: thrower() } }), expect: finds(null) },
  { name: "headers whose get answers a number", act: look({ headers: { get: () => 5 } }), expect: finds(null) },
  { name: "a cookie store that throws", act: look({ cookies: { get: thrower() } }), expect: finds(null) },
  {
    name: "a cookie store that calls back",
    act: ({ api, request }) =>
      api.getClickIdFromRequest({ cookies: { get: () => api.getClickIdFromRequest(request) } }),
    expect: finds("abc123"),
  },
  {
    name: "a Cookie header of 1 MB",
    act: look(headers(`${"a=b; ".repeat(200_000)}refp_id=abc`)),
    expect: finds("abc"),
  },
  {
    name: "a Cookie header of 1 MB in one value",
    act: look(headers(`x=${"y".repeat(1 << 20)}; refp_id=abc`)),
    expect: finds("abc"),
  },
  {
    name: "a Cookie header that is 1 MB of the name",
    act: look(headers("refp_id".repeat(150_000))),
    expect: finds(null),
    mayRecycle: true,
  },
  {
    name: "a click ID of 1 MB",
    act: look(headers(`refp_id=${"y".repeat(1 << 20)}`)),
    expect: () => undefined,
    mayRecycle: true,
  },
  {
    name: "a URL of 1 MB",
    act: look({ url: `https://shop.test/?${"a=b&".repeat(250_000)}refp_id=abc` }),
    expect: finds("abc"),
    mayRecycle: true,
  },
  {
    name: "a query whose toString throws, and a good cookie",
    act: look({ query: { append() {}, sort() {}, toString: thrower() }, ...headers("refp_id=abc") }),
    expect: finds("abc"),
  },
  ...["query", "cookies", "headers"].map((name) => ({
    name: `a list as ${name} that says it has 2^32 - 1 items`,
    act: look({ request: headers("refp_id=abc"), [name]: countless([["cookie", "a=1"], "a=1"]) }),
    expect: finds("abc"),
  })),
  {
    name: "a list of cookies that says it has 2^32 - 1 items",
    act: look({ cookies: countless(["a=1", "refp_id=abc"]), headers: {} }),
    expect: finds("abc"),
  },
  {
    name: "a list of cookies with methods and an iterator of its own",
    act: look({ cookies: Object.assign(["refp_id=abc"], { filter: thrower(), [Symbol.iterator]: thrower() }) }),
    expect: finds("abc"),
  },
  {
    name: "a list of 200,000 cookies",
    act: look({ cookies: [...Array(200_000).fill("refp_i=1"), "refp_id=abc"], headers: {} }),
    expect: finds("abc"),
    mayRecycle: true,
  },
  {
    name: "headers of 100,000 names",
    act: look(headers("refp_id=abc", Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`x-${index}`, "1"])))),
    expect: finds("abc"),
  },
  { name: "a cookie with half a surrogate pair", act: look(headers("refp_id=a\ud800b")), expect: () => undefined },
  { name: "a cookie of malformed percent text", act: look(headers("refp_id=%E0%A4%A")), expect: finds("%E0%A4%A") },
  ...["__proto__", "constructor", "toString", "hasOwnProperty"].map((name) => ({
    name: `cookieName ${name} in a plain object`,
    act: look({ cookies: {}, headers: {} }, name),
    expect: finds(null),
  })),
  {
    name: "cookieName __proto__ in a Cookie header",
    act: look(headers("__proto__=abc"), "__proto__"),
    expect: finds("abc"),
  },
  ...["", 5, null, {}, Symbol("no"), thrower()].map((name, index) => ({
    name: `cookieName number ${index} that is no name`,
    act: look(headers("refp_id=abc"), name),
    expect: finds(null),
  })),
];
