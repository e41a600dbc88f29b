// Whether a request is a person's who looks at a page.
//
// In: a request of any kind. Out: its URLs, headers and method, and what they say of who asks.
// Not its job: reading IDs.

import { isObject, isText, member, method, read } from "../read.js";
import { headerValues, headersOf, viewsOf } from "../sources.js";

/** What a request says of itself, wherever its kind of request keeps it. */
export class Visit {
  constructor(request) {
    this.views = viewsOf(request);
    this.headers = this.views.flatMap((view) => headersOf(view));
  }

  /** The text of a header, or undefined. */
  header(name) {
    for (const headers of this.headers) {
      const values = headerValues(headers, name);
      if (values.length > 0) return values.join(", ");
    }
    return undefined;
  }

  /** The first of these members that is a text. */
  text(...names) {
    const values = this.views.flatMap((view) => names.map((name) => read(member, view, name)));
    return values.find(isText);
  }

  /** A member of a member, in any of the views. */
  nested(outer, inner) {
    return this.views.map((view) => read(() => member(member(view, outer), inner))).find((value) => value !== undefined);
  }
}

/** Whether this is somebody's first or next page: only such a response keeps a cookie that Safari does not cut short. */
export function isPageVisit(visit) {
  return isGet(visit) && isDocument(visit) && !isAhead(visit) && !isBot(visit.header("user-agent"));
}

/** A request without a method is a part of one, such as a framework's context. */
function isGet(visit) {
  const http = visit.nested("requestContext", "http");
  // AdonisJS has a function of that name.
  const called = visit.views.map((view) => read(() => method(view, "method")?.())).find(isText);
  const found = visit.text("method", "httpMethod") ?? called ?? (isObject(http) ? read(member, http, "method") : undefined);
  return found === undefined || /^get$/i.test(found);
}

/** Older browsers send no Sec-Fetch-Dest; they say of a sub-resource what they accept. */
function isDocument(visit) {
  const destination = visit.header("sec-fetch-dest");
  if (destination !== undefined) return destination === "document";
  if (/^xmlhttprequest$/i.test(visit.header("x-requested-with") ?? "")) return false;
  // An image, a style sheet or a script's data is asked for by its own type first.
  return /^\s*($|\*\/\*)|text\/html|application\/xhtml/i.test(visit.header("accept") ?? "");
}

/** Turbo's script cannot set the first, and so sets the second. */
const PURPOSES = ["sec-purpose", "x-sec-purpose", "purpose", "x-purpose", "x-moz"];
/** Next.js's routers ask for parts of pages, and for pages that nobody has opened; so does htmx. */
const ROUTER = ["rsc", "next-router-prefetch", "next-router-segment-prefetch", "x-middleware-prefetch", "x-nextjs-data", "hx-preloaded"];

/** Whether it is asked for before anybody wants to see it, or by a router within a page. */
const isAhead = (visit) =>
  PURPOSES.some((name) => /prefetch|prerender|preview/i.test(visit.header(name) ?? "")) ||
  ROUTER.some((name) => visit.header(name) !== undefined);

/** Programs that say so. There is a make of telephones called Cubot. */
const BOT =
  /(?<!cu)bots?(\b|_)|crawl|spider|slurp|scrap(er|y|\b)|archiver|facebookexternal|facebookcatalog|meta-external|mediapartners|lighthouse|pagespeed|pingdom|uptime|preview|^whatsapp|embedly|iframely|vkshare|feedfetcher|apis-google|google-(inspectiontool|safety|read-aloud|site-verification)|googleother|(claude|chatgpt|perplexity)-user/i;

const isBot = (agent) => agent !== undefined && BOT.test(agent);

/** Global Privacy Control: this visitor's data is not to be shared. */
export const refusesSharing = (visit) => /^\s*1\b/.test(visit.header("sec-gpc") ?? "");

/** Whether the visitor's connection is https: where a proxy ends it, the proxy says so. */
export function isSecure(visit, urls) {
  if (urls.some((url) => /^https:/i.test(url))) return true;
  const forwarded = /proto="?(\w+)/i.exec(visit.header("forwarded") ?? "")?.[1];
  const proxy = visit.header("x-forwarded-proto") ?? visit.header("cloudfront-forwarded-proto") ?? forwarded;
  if (proxy !== undefined) return /^\s*https\b/i.test(proxy);
  return /^https/i.test(visit.text("protocol") ?? "") || visit.nested("socket", "encrypted") === true;
}

/**
 * Where the visitor is, by what the visitor's browser and the proxies say: a server may know itself by another name, such as
 * localhost. Undefined where nobody says.
 */
export function publicOrigin(visit, urls) {
  const host = (visit.header("x-forwarded-host") ?? visit.header("host"))?.split(",")[0].trim();
  return host && /^[\w.:[\]-]+$/.test(host) ? `http${isSecure(visit, urls) ? "s" : ""}://${host}` : undefined;
}
