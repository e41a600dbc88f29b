// The many kinds of request, built from data.
//
// In: a vector of tests/golden/request_like.json. Out: an object as the framework in question would give it to a handler.
// Not its job: reading a click ID.

import { decode } from "./values.mjs";

const KINDS = {
  value: (data) => decode(data),
  object: (data) => decode(data),
  request: ({ url, headers = [] }) => new Request(url, { headers }),
  headers: ({ headers }) => new Headers(headers),
  urlObject: ({ url, ...more }) => ({ url: new URL(url), ...more }),
  inheritedHeaders: ({ headers }) => ({ url: "/", headers: Object.create(headers) }),
  inheritedCookies: ({ cookies }) => ({ url: "/", cookies: Object.create(cookies), headers: {} }),
  // Its own object, around the runtime's.
  fastify: ({ url, headers }) => ({ url, headers, raw: { url, headers }, query: {}, params: {} }),
  // `c.req`: neither headers nor cookies, but the runtime's own request.
  hono({ url, headers }) {
    const raw = new Request(url, { headers });
    return { raw, url, path: new URL(url).pathname, header: (name) => raw.headers.get(name) ?? undefined };
  },
  // A cookie store beside what a request has.
  store: ({ url, headers, webHeaders, ...store }) => ({
    url,
    headers: webHeaders ? new Headers(webHeaders) : headers,
    cookies: new CookieStore(store),
  }),
  bareStore: (store) => new CookieStore(store),
};

const GIVES = {
  text: (value) => value,
  value: (value, name) => value === undefined ? undefined : { name, value },
  number: () => 42,
  promise: (value) => Promise.resolve(value),
  error() {
    throw new Error("this store throws");
  },
};

class CookieStore {
  #cookies;
  #gives;

  constructor({ cookies, gives }) {
    this.#cookies = new Map(Object.entries(cookies));
    this.#gives = GIVES[gives];
  }

  get(name) {
    return this.#gives(this.#cookies.get(name), name);
  }
}

/** The request that a vector describes. */
export function requestLike({ kind, data }) {
  return KINDS[kind](data);
}

/** The request that has the parts of tests/golden/click_id.json. */
export function requestOf(parts, cookieName = "refp_id") {
  if (parts === undefined) return null;
  const { url, stored, header } = parts;
  return {
    ...(url === undefined ? {} : { url }),
    ...(stored === undefined ? {} : { cookies: Object.fromEntries([[cookieName, stored]]) }),
    headers: header === undefined ? {} : { cookie: header },
  };
}
