// Pages as shops serve them: right, and wrong in every way that the doctor looks for.

const SAFE = { "cache-control": "private, no-store" };
const GOOD = "Max-Age=7776000; Path=/; SameSite=Lax";

/** A page that sets the cookie as a good capture does; `change` makes of it what a test wants. */
export const page = ({ attributes = GOOD, headers = SAFE, value = encodeURIComponent, always = null, body = "<h1>Shop</h1>" } = {}) =>
  (request) => {
    const clickId = new URL(request.url).searchParams.get("refp_id");
    const response = new Response(body, { headers: { "content-type": "text/html", ...headers } });
    const isVisit = request.headers.get("sec-fetch-dest") === "document" && /Mozilla/.test(request.headers.get("user-agent"));
    const set = clickId !== null && isVisit ? value(clickId) : always;
    if (set !== null && attributes !== null) response.headers.append("set-cookie", `refp_id=${set}; ${attributes}`);
    response.headers.append("set-cookie", "other=1; Path=/");
    return response;
  };

/** By name: the page, and the statuses of its checks where they are not "ok". */
const two = (first, then) => (request) => {
  const [answer, more] = [first(request), then(request)];
  for (const line of more.headers.getSetCookie()) answer.headers.append("set-cookie", line);
  return answer;
};

export const PAGES = {
  "a cookie that the same answer deletes": [two(page(), page({ value: () => "", attributes: "Max-Age=0; Path=/; SameSite=Lax" })), { cookie: "fail", flags: "fail" }],
  "a cookie that the same answer sets after it has deleted it": [two(page({ value: () => "", attributes: "Max-Age=0; Path=/" }), page()), {}],
  "a cookie of another path that is deleted": [two(page(), page({ value: () => "", attributes: "Max-Age=0; Path=/old" })), {}],
  "a cookie that the page after the redirect deletes": [cleaning(page(), page({ always: "", attributes: "Max-Age=0; Path=/; SameSite=Lax" })), { cookie: "fail", flags: "fail" }],
  "a cookie of another domain": [page({ attributes: `${GOOD}; Domain=elsewhere.example` }), { flags: "fail" }],
  "a redirect that drops the parameter": [dropping(page()), { cookie: "fail" }],
  "a cookie that whoever has no click loses": [page({ always: "gone", attributes: "Max-Age=0; Path=/; SameSite=Lax" }), { flags: "fail" }],
  "a page that a cache of Akamai's had": [page({ headers: { ...SAFE, "x-cache": "TCP_HIT from a1.example" } }), { cache: "fail" }],
  "a page that CloudFront has asked about anew": [page({ headers: { ...SAFE, "x-cache": "RefreshHit from cloudfront" } }), { cache: "fail" }],
  "a page that is stale in a cache": [page({ headers: { ...SAFE, "cf-cache-status": "STALE" } }), { cache: "fail" }],
  "a page that captures rightly": [page(), {}],
  "a page that sets no cookie": [page({ attributes: null }), { cookie: "fail" }],
  "a page whose script sets the cookie": [page({ attributes: null, body: "<script src=refport.js></script>" }), { cookie: "warn" }],
  "a page that a shared cache may keep": [page({ headers: { "cache-control": "s-maxage=31536000" } }), { cache: "fail" }],
  "a public page": [page({ headers: { "cache-control": "public, max-age=60" } }), { cache: "fail" }],
  "a page without Cache-Control": [page({ headers: {} }), { cache: "warn" }],
  "a page with a CDN's own header": [page({ headers: { ...SAFE, "vercel-cdn-cache-control": "max-age=60" } }), { cache: "fail" }],
  "a page with a CDN's own header that forbids it too": [page({ headers: { ...SAFE, "cdn-cache-control": "no-store" } }), {}],
  "a page that comes from a cache": [page({ headers: { ...SAFE, age: "12" } }), { cache: "fail" }],
  "a page that a CDN says it had": [page({ headers: { ...SAFE, "x-cache": "Hit from cloudfront" } }), { cache: "fail" }],
  "a page that a CDN says it had not": [page({ headers: { ...SAFE, "cf-cache-status": "BYPASS" } }), {}],
  "a cookie of another click": [page({ value: () => "somebody" }), { cookie: "fail" }],
  "a cookie that everybody gets": [page({ always: "somebody" }), { stranger: "fail" }],
  "a cookie that is deleted for whoever has no click": [page({ always: "" }), {}],
  "a cookie for the session": [page({ attributes: "Path=/; SameSite=Lax" }), { flags: "warn" }],
  "a cookie for a week": [page({ attributes: "Max-Age=604800; Path=/; SameSite=Lax" }), { flags: "warn" }],
  "a cookie for two years": [page({ attributes: "Max-Age=63072000; Path=/; SameSite=Lax" }), { flags: "warn" }],
  "a cookie with Expires": [page({ attributes: `Expires=${new Date(Date.now() + 90 * 86_400_000).toUTCString()}; Path=/; SameSite=Lax` }), {}],
  "a cookie that is over": [page({ attributes: "Max-Age=0; Path=/; SameSite=Lax" }), { flags: "fail" }],
  "a cookie of one path": [page({ attributes: "Max-Age=7776000; Path=/shop; SameSite=Lax" }), { flags: "fail" }],
  "a cookie without a path": [page({ attributes: "Max-Age=7776000; SameSite=Lax" }), { flags: "fail" }],
  "a cookie that no script can read": [page({ attributes: `${GOOD}; HttpOnly` }), { flags: "warn" }],
  "a cookie for other sites without Secure": [page({ attributes: "Max-Age=7776000; Path=/; SameSite=None" }), { flags: "fail" }],
  "a page that redirects, and captures then": [redirecting(page()), {}],
  "a page that captures and redirects to the clean address": [cleaning(page()), {}],
  "a page that is not there": [() => new Response("no", { status: 404 }), { page: "fail" }],
  "a page that redirects for ever": [({ url }) => Response.redirect(url, 302), { page: "fail" }],
};

function redirecting(then) {
  return (request) => {
    const url = new URL(request.url);
    if (url.pathname === "/landing") return then(request);
    return new Response(null, { status: 308, headers: { location: `/landing${url.search}` } });
  };
}

function dropping(then) {
  return (request) => (new URL(request.url).pathname === "/landing" ? then(request) : new Response(null, { status: 301, headers: { location: "/landing" } }));
}

function cleaning(then, after = then) {
  return (request) => {
    if (!request.url.includes("refp_id")) return after(request);
    const answer = then(request);
    return new Response(null, { status: 302, headers: [["location", "/"], ...answer.headers] });
  };
}
