// A shop that shows each visitor's click on its pages, and lets a shared cache keep them.
//
// In: a request, with the visitor's number, and how the shop keeps clicks. Out: the page, `visitor 7, click abc123`.

import { captureClick, clickCookie } from "refport-edge/capture";
import { getClickIdFromRequest } from "refport-edge";

const PAGE = { "content-type": "text/html", "cache-control": "public, s-maxage=600", "cdn-cache-control": "max-age=600" };

function pageFor(request) {
  const click = getClickIdFromRequest(request) ?? "none";
  return new Response(`visitor ${request.headers.get("x-visitor")}, click ${click}`, { headers: PAGE });
}

/** The cookie alone, without the headers that keep caches away. */
function bare(request, response) {
  const cookie = clickCookie(request);
  if (cookie) response.headers.append("set-cookie", cookie.header);
  return response;
}

/** Some caches keep a response with a cookie, without the cookie: Cloudflare with an Edge TTL does. */
async function putWithoutCookie(key, response) {
  const kept = new Response(response.clone().body, response);
  kept.headers.delete("set-cookie");
  await caches.default.put(key, kept);
}

/** The page of the Cache API, by its path alone, or else made and put there. */
async function cached(request, make) {
  const { origin, pathname } = new URL(request.url);
  const key = `${origin}${pathname}?${request.headers.get("x-mode")}`;
  const found = await caches.default.match(key);
  if (found) return found;
  const made = make();
  await putWithoutCookie(key, made);
  return made;
}

const MODES = {
  ours: (request) => captureClick(request, pageFor(request)),
  bare: (request) => bare(request, pageFor(request)),
  "ours, then cached": (request) => cached(request, () => captureClick(request, pageFor(request))),
  "bare, then cached": (request) => cached(request, () => bare(request, pageFor(request))),
  // The page is everybody's: it shows no click.
  "cached, then ours": async (request) => {
    const plain = new Request(new URL(request.url).origin + new URL(request.url).pathname, request);
    return captureClick(request, await cached(plain, () => pageFor(plain)));
  },
};

export default { fetch: (request) => MODES[request.headers.get("x-mode") ?? "ours"](request) };
