/**
 * refport-edge/capture: the click of a partner's link, kept by the server that serves the page.
 *
 * A cookie that a page's script sets ends after seven days in Safari, and is never set where the script is blocked. The same
 * cookie in the page's own response lasts as long as it says. The services' browser scripts and the lookups of this package read
 * it.
 *
 * Whatever a visitor sends, nothing here throws: the response stays as it was. Options that cannot be right throw a `TypeError`
 * at once, which names the option.
 */

import type { RequestLike } from "./index.js";

/**
 * How the cookie is kept. One object serves {@link captureClick}, {@link clickCookie} and {@link clearClick}.
 *
 * @example
 * const options: CaptureOptions = { domain: "shop.example", cleanUrl: true };
 * response = captureClick(request, response, options);
 */
export interface CaptureOptions {
  /**
   * Whose click is kept: default both services'. {@link clickCookie} answers one cookie, Refport's first; {@link clearClick} forgets
   * Refport's where this is left out.
   *
   * @example
   * captureClick(request, response, { service: "refport" });
   */
  service?: "refport" | "refcampaign" | null | undefined;
  /**
   * The name of Refport's cookie; default `"refp_id"`. RefCampaign's is always `_rc_sid`.
   *
   * @example
   * captureClick(request, response, { cookieName: "partner" });
   */
  cookieName?: string | null | undefined;
  /**
   * The query parameter that brings Refport's click; default as `cookieName`. RefCampaign's are always `_rcid`, then `rcsid`.
   *
   * @example
   * captureClick(request, response, { paramName: "via" });
   */
  paramName?: string | null | undefined;
  /**
   * The attribute Domain, such as `"shop.example"`, for a shop on several subdomains; default none: the cookie belongs to the host
   * that sets it. For a public suffix (`co.uk`, `workers.dev`), an IP address and `localhost` no cookie is set, since browsers
   * refuse it, and `console.error` says so once.
   *
   * A browser keeps a cookie with a domain beside one without, and sends the older first. So {@link captureClick} ends a cookie
   * without a domain when it sets a new click. {@link clickCookie} answers with one cookie, and leaves that to you.
   *
   * @example
   * captureClick(request, response, { domain: "shop.example" });
   */
  domain?: string | null | undefined;
  /**
   * In seconds, a whole number from 1 to 34,560,000 (400 days: browsers cut the rest). Default 7,776,000, 90 days.
   *
   * @example
   * captureClick(request, response, { maxAge: 30 * 24 * 60 * 60 });
   */
  maxAge?: number | null | undefined;
  /**
   * Default `"lax"`. `"none"` makes the cookie Secure.
   *
   * @example
   * captureClick(request, response, { sameSite: "none" });
   */
  sameSite?: "lax" | "strict" | "none" | null | undefined;
  /**
   * The attribute Secure. Default: on where the visitor's connection is https, by the request's URL, or by the header
   * `X-Forwarded-Proto` of a proxy.
   *
   * @example
   * captureClick(request, response, { secure: true });
   */
  secure?: boolean | null | undefined;
  /**
   * Default `false`: the services' browser scripts read the cookie.
   *
   * @example
   * captureClick(request, response, { httpOnly: true });
   */
  httpOnly?: boolean | null | undefined;
  /**
   * Which of two links counts; default `"last"`, as in the services' browser scripts.
   *
   * @example
   * captureClick(request, response, { click: "first" });
   */
  click?: "first" | "last" | null | undefined;
  /**
   * `true` sets a kept cookie again with each page, so that its life begins anew. Some versions of Safari end it after seven days
   * on a host that is an alias (CNAME) of another site's. Every page of such a visitor then stays out of shared caches. Default
   * `false`.
   *
   * @example
   * captureClick(request, response, { renew: true });
   */
  renew?: boolean | null | undefined;
  /**
   * `true` answers a link with a redirect (302) to the same address without the parameter, and the cookie in it. Every other
   * parameter stays as it is. Default `false`; with `NextResponse.next()` it is always so. For {@link captureClick} alone.
   *
   * @example
   * captureClick(request, response, { cleanUrl: true });
   */
  cleanUrl?: boolean | null | undefined;
  /**
   * Whether this visitor has agreed: `true`, `false`, or `undefined` where nobody was asked. An answer wins over the browser's
   * Global Privacy Control (`Sec-GPC: 1`), in both directions. It must answer at once; where it throws, or answers anything else,
   * no cookie is set. It gets the request that was given.
   *
   * @example
   * captureClick(request, response, { consent: (request) => request.headers.get("cookie")?.includes("consent=yes") });
   */
  consent?: ((request: any) => boolean | null | undefined) | null | undefined;
}

/** A Web `Response`, of whichever library of types. */
export interface ResponseLike {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, as a `Headers` of any realm. */
  readonly headers: object;
}

/** A cookie, for a framework that sets it by itself. */
export interface ClickCookie {
  /** For instance `"refp_id"`. */
  name: string;
  /** The ID as it is. Next.js, Hono, SvelteKit, Astro, h3 and Express encode it when they set it; Koa does not: use `header`. */
  value: string;
  /** As Next.js, Hono, SvelteKit, Astro and h3 take them. Express and Koa count `maxAge` in milliseconds: use `header`. */
  attributes: {
    /** In seconds. */
    maxAge: number;
    /** The whole site. */
    path: "/";
    /** The option `domain`; absent where there is none. */
    domain?: string;
    /** The option `sameSite`. */
    sameSite: "lax" | "strict" | "none";
    /** The cookie is sent over https alone. */
    secure: boolean;
    /** Scripts do not see the cookie. */
    httpOnly: boolean;
  };
  /** The text of the Set-Cookie header, the value encoded by `encodeURIComponent`. */
  header: string;
}

/**
 * The response, with a cookie that keeps the click or session ID which the request's URL brings. The response itself is returned
 * where there is nothing to keep; else a new one with the same status, headers and body, which streams on. The response that was
 * given is not changed.
 *
 * **Shared caches.** One visitor's cookie in a shared cache would pay one partner for everybody's purchases. The response with
 * the cookie, and only that, gets `Cache-Control: private, no-store`, and loses what outranks it (`CDN-Cache-Control` and all
 * that end so, `Surrogate-Control`, `Edge-Control`, `X-Accel-Expires`, `X-LiteSpeed-Cache-Control`). A cache in front must obey
 * that: CloudFront with a Minimum TTL above 0 and Cloudflare with an Edge TTL that ignores the origin do not.
 *
 * **In front of the cache, or behind.** A cache that may answer for a link's URL must not: an answer it kept from a bot or from a
 * visitor who came back brings no cookie. Capture before the cache (a Worker, a middleware that runs at the edge), or keep URLs
 * with the parameter out of it (nginx: `proxy_cache_bypass $arg_refp_id; proxy_no_cache $arg_refp_id;`). Do not put the
 * response that comes out of here into a cache of your own.
 *
 * **Next.js.** The middleware (since 16 the proxy) cannot set the cache's headers of a prerendered page: it is sent with
 * `Cache-Control: s-maxage=31536000` and the cookie. Therefore no cookie is set on `NextResponse.next()` or `.rewrite()`. The click
 * is kept with a redirect instead, a response of the middleware's own that no cache keeps; cookies that the response sets go along.
 * With `cleanUrl: false` or `renew` nothing is done on those, and `console.error` says so once.
 *
 * Nothing is done for:
 * - a method other than GET, and the switch to a WebSocket;
 * - anything but a page (`Sec-Fetch-Dest`, `Accept`), prefetching and prerendering (`Sec-Purpose`, `Purpose`, Next.js's router);
 * - obvious bots, and `Sec-GPC: 1` without consent;
 * - an ID that is kept already, and what a template left in an ID's place;
 * - a cookie of more than 4,096 bytes.
 *
 * @param request What the handler got: a Web `Request`, or any {@link RequestLike}.
 * @param response What it answers: a Web `Response`, not a Promise of one. One that is null stays so.
 * @throws {TypeError} for options that cannot be right, and for nothing else.
 * @example
 * // A Worker in front of the shop
 * export default {
 *   fetch: async (request) => captureClick(request, await fetch(request)),
 * };
 * @example
 * // Next.js: proxy.ts (16), or middleware.ts with `export function middleware` (15)
 * export function proxy(request: NextRequest) {
 *   return captureClick(request, NextResponse.next());
 * }
 * @example
 * // SvelteKit: hooks.server.ts
 * export const handle = async ({ event, resolve }) => captureClick(event, await resolve(event));
 */
export function captureClick<R extends ResponseLike | null | undefined>(
  request: RequestLike | null | undefined,
  response: R,
  options?: CaptureOptions | null,
): R;

/**
 * The cookie for the ID in the request's URL, for a framework that sets cookies by itself. It is `null` where there is nothing to
 * keep. The rules are {@link captureClick}'s.
 *
 * **You** keep the response out of shared caches: set `Cache-Control: private, no-store` on it, and only where there is a cookie.
 * Set it last, since a page's handler may set another: the documentation's program for Express does so as the headers are sent.
 * In a middleware of Next.js that is not possible for a prerendered page: use {@link captureClick} there.
 *
 * @throws {TypeError} for options that cannot be right, and for nothing else.
 * @example
 * // Express
 * app.use((req, res, next) => {
 *   const cookie = clickCookie(req);
 *   if (cookie) res.append("Set-Cookie", cookie.header).set("Cache-Control", "private, no-store");
 *   next();
 * });
 * @example
 * // Astro
 * const cookie = clickCookie(context);
 * if (cookie) context.cookies.set(cookie.name, cookie.value, cookie.attributes);
 */
export function clickCookie(request: RequestLike | null | undefined, options?: CaptureOptions | null): ClickCookie | null;

/**
 * The response, with a cookie that ends the kept one: the same name, Path and Domain, so pass the options that kept it. It goes
 * past shared caches as {@link captureClick}'s does; on `NextResponse.next()` nothing is done. Do it after a definite outcome alone:
 * see {@link shouldClear}.
 *
 * @throws {TypeError} for options that cannot be right, and for nothing else.
 * @example
 * const result = await track_lead(request, lead, config);
 * response = shouldClear(result) ? clearClick(response) : response;
 */
export function clearClick<R extends ResponseLike | null | undefined>(response: R, options?: CaptureOptions | null): R;

/**
 * Whether a click has done its work, or never will: `recorded`, `duplicate`, `unattributed`, or refused as no click
 * (`invalid_click_id`). Not for anything that may end otherwise when it is tried again. A shop that pays for renewals, or for
 * more than one purchase, keeps the click longer.
 *
 * @param result What a call resolved, or the error that it rejected with. Anything else is `false`.
 * @example
 * if (shouldClear(await track_sale(request, sale, config))) response = clearClick(response);
 */
export function shouldClear(result: unknown): boolean;
