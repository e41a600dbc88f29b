// Rows of the growth suite: requests, e-mail addresses and webhooks of any size. See growth.mjs.

import { fill, numbered, PIECES } from "./growth-texts.mjs";

const texts = Object.entries(PIECES);
/** A text that the core has to look at, since JavaScript answers the plain ones itself. */
const OWN = "my_click";

const withCookie = (cookie) => ({ headers: { cookie } });

/** Cookie headers in which a search may go astray. */
const COOKIE_HEADERS = {
  "many cookies": (size) => numbered(size, (index) => `c${index}=v; `),
  "many cookies without a value": (size) => fill("a; ", size),
  "the ID's name again and again": (size) => fill("refp_id", size),
  "the beginning of the ID's name in each cookie": (size) => fill("refp_ix=a; ", size),
  "the ID's name without a value in each cookie": (size) => fill("refp_id; ", size),
  "an empty ID in each cookie": (size) => fill("refp_id=; ", size),
  "an ID in quotes that never end in each cookie": (size) => fill('refp_id="; ', size),
  "a malformed ID in each cookie": (size) => fill("refp_id=%; ", size),
  "another name that ends so in each cookie": (size) => fill("xrefp_id=a; ", size),
  "the ID behind all the rest": (size) => `${fill("a=b; ", size)}; refp_id=abc%20d`,
  "the ID before all the rest": (size) => `refp_id=abc%20d; ${fill("a=b; ", size)}`,
  "spaces before the ID's name": (size) => `a=b;${fill(" ", size)}refp_id=abc%20d`,
  "spaces behind the ID": (size) => `refp_id=abc%20d${fill(" ", size)}`,
};

const URLS = {
  "many parameters": (size) => `https://shop.test/?${numbered(size, (index) => `p${index}=v&`)}refp_id=abc&_rcid=rcs_1`,
  "the ID's name again and again": (size) => `https://shop.test/?${fill("refp_id_rcid", size)}`,
  "an empty ID again and again": (size) => `https://shop.test/?${fill("refp_id=&_rcid=&", size)}`,
  "a malformed ID again and again": (size) => `https://shop.test/?${fill("refp_id=%&_rcid=%&", size)}`,
  "question marks": (size) => `https://shop.test/${fill("?", size)}refp_id=abc&_rcid=rcs_1`,
  "number signs": (size) => `https://shop.test/?refp_id=abc&_rcid=rcs_1${fill("#", size)}`,
  "a long path": (size) => `https://shop.test/${fill("a/", size)}?refp_id=abc&_rcid=rcs_1`,
  "no address": (size) => fill("refp_id ", size),
};

/** Other places in which a request may hold an ID. */
const REQUESTS = {
  "many lines of cookies": (size) => ({ headers: { cookie: Array(Math.ceil(size / 12)).fill("refp_id=%20") } }),
  "API Gateway's pieces of a Cookie header": (size) => ({ cookies: Array(Math.ceil(size / 12)).fill("refp_id=%20;") }),
  "API Gateway's query": (size) => ({ rawQueryString: fill("refp_id=%20&", size) }),
  "API Gateway's parameters": (size) => ({ queryStringParameters: { refp_id: fill("a ", size) } }),
  "a cookie store": (size) => ({ cookies: { refp_id: fill("a%20", size) } }),
  "many headers": (size) => ({ headers: Object.fromEntries(named(size / 16, (index) => [`x-header-${index}`, "a"])) }),
  "a long name of a header": (size) => ({ headers: { [fill("COOKIE", size)]: "refp_id=a%20b" } }),
};
const named = (count, pairOf) => Array.from({ length: Math.ceil(count) }, (_, index) => pairOf(index));

const clickId = (api, request, name) => String(api.getClickIdFromRequest(request, name)?.length);
const sessionId = (api, request) => String(api.getSessionIdFromRequest(request)?.length);

/** A click ID and a session ID in the same place: `requestOf(size, refp_id or its like)`. */
const bothIds = (name, requestOf, more) => [
  { name: `click ID: ${name}`, ...more, make: (api, size) => look(clickId, api, requestOf(size)) },
  { name: `session ID: ${name}`, ...more, make: (api, size) => look(sessionId, api, ofSession(requestOf(size))) },
];
const look = (find, api, request, name) => () => find(api, request, name);

/** The same request for a session: it is called otherwise. */
function ofSession(request) {
  return JSON.parse(JSON.stringify(request).replaceAll("refp_id", "_rc_sid"));
}

export const lookupRows = () => [
  ...Object.entries(COOKIE_HEADERS).flatMap(([name, header]) =>
    bothIds(`Cookie header with ${name}`, (size) => withCookie(header(size)), { isQuick: true }),
  ),
  ...Object.entries(URLS).flatMap(([name, url]) =>
    bothIds(`URL with ${name}`, (size) => ({ url: url(size) }), { isQuick: true }),
  ),
  ...Object.entries(REQUESTS).flatMap(([name, request]) => bothIds(name, request, { isQuick: true })),
  ...texts.flatMap(([name, piece]) => [
    ...bothIds(`in a cookie, ${name}`, (size) => withCookie(`theme=dark; refp_id=${fill(piece, size)}`)),
    ...bothIds(`in the URL, ${name}`, (size) => ({ url: `https://shop.test/?refp_id=${fill(piece, size)}` })),
    {
      name: `getClickIdFromCookie: ${name}`,
      make: (api, size) => {
        const header = `refp_id=${fill(piece, size)}`;
        return () => String(api.getClickIdFromCookie(header)?.length);
      },
    },
    {
      name: `cookieName of ${name}, nowhere`,
      make: (api, size) => look(clickId, api, withCookie("refp_id=abc; theme=dark"), fill(`c${piece}`, size)),
    },
    {
      name: `hashEmail of ${name}`,
      make: (api, size) => {
        const email = `x${fill(piece, size)}@shop.test`;
        return () => String(api.hashEmail(email).length);
      },
    },
  ]),
  ...cookieNameRows(),
];

/** Long names of cookies in headers that are about as long. */
const cookieNameRows = () => [
  {
    name: "cookieName that is there",
    isQuick: true,
    make: (api, size) => look(clickId, api, withCookie(`a=b; ${fill("n", size)}=a%20b`), fill("n", size)),
  },
  {
    name: "cookieName whose beginning is in each cookie",
    isQuick: true,
    make: (api, size) => look(clickId, api, withCookie(fill(`${OWN}=a%20b; `, size)), fill(OWN, size)),
  },
  {
    name: "cookieName that is not quite what the header consists of",
    isQuick: true,
    make: (api, size) => look(clickId, api, withCookie(fill("n", size)), `${fill("n", size / 2)}m`),
  },
];
