// The click of a link, kept by the server that serves the page.
//
// In: a request, and the response to it. Out: the response, with a cookie where the request brought an ID.
// What goes wrong with a visitor's request leaves the response as it is: a shop's page must not die of it.

import { isBoolean, isFunction, isText, member, quietly, read } from "../read.js";
import { findSources } from "../sources.js";
import { warnOnce } from "../warn.js";
import { withoutOrigin, withoutParameters } from "./clean.js";
import { cookieOf, mustBeSecure } from "./cookie.js";
import { isWithin, usableDomain } from "./domain.js";
import { readOptions } from "./options.js";
import { isPassedOn, isRedirect, isResponse, notSetBy, redirectFrom, withCookies } from "./response.js";
import { servicesOf } from "./services.js";
import { Visit, isPageVisit, isSecure, publicOrigin, refusesSharing } from "./visit.js";

export const captureClickWith = (lookups) =>
  function captureClick(request, response, options) {
    const chosen = readOptions(options);
    return read(capture, lookups, [request, response], chosen) ?? response;
  };

export const clickCookieWith = (lookups) =>
  function clickCookie(request, options) {
    const chosen = readOptions(options);
    return read(() => findCookies("clickCookie", lookups, request, chosen)?.cookies[0]) ?? null;
  };

function capture(lookups, [request, response], options) {
  if (isFunction(read(member, response ?? {}, "then"))) {
    warnOnce("captureClick: the response is a Promise that was not awaited, and nothing was kept");
    return undefined;
  }
  if (!isResponse(response)) return undefined;
  const found = findCookies("captureClick", lookups, request, options);
  if (!found) return undefined;
  const { address, origin } = found;
  const headers = notSetBy(response, found.headers);
  const mustRedirect = isPassedOn(response) && headers.length > 0;
  if (mustRedirect && (!address || options.cleanUrl === false)) return void warnOnce(PASSED_ON);
  if (address && response.status !== 101 && (mustRedirect || (options.cleanUrl && !isRedirect(response)))) {
    const path = withoutOrigin(address);
    // Next.js takes whole addresses alone, and makes paths of its own.
    const whole = origin ? origin + path : address;
    const redirect = redirectFrom(response, isPassedOn(response) ? whole : path, headers);
    // Nobody will read it.
    read(() => response.body?.cancel().catch(() => {}));
    return redirect;
  }
  return found.headers.length > 0 ? withCookies(response, headers) : undefined;
}

const PASSED_ON =
  "captureClick: no cookie was set on NextResponse.next() or .rewrite(), since a shared cache may keep a prerendered page with it: leave cleanUrl out, so that the click is kept with a redirect, and leave out renew";

/** The cookies to be set, their headers, and the address without what brought them; undefined where nothing is to be done. */
function findCookies(name, lookups, request, options) {
  // There is no request here.
  if (request === undefined || request === null) return undefined;
  const services = servicesOf(lookups, options);
  const url = read(plainUrl, request);
  const isIn = (text) => services.some(({ parameters }) => parameters.some((one) => text.includes(one)));
  // Most visitors come without a link.
  if (isText(url) && !options.renew && !isIn(url)) return undefined;
  const sources = services.map((service) => sourcesOf(request, service));
  if (sources.every(({ isKnown }) => !isKnown)) {
    return void warnOnce(`${name}: no URL, header or cookie is found in the request: pass what the handler got`);
  }
  const changes = services.map((service, at) => changeOf(service, sources[at], options));
  if (changes.every(({ brought, value }) => !brought && !value)) return undefined;
  const visit = new Visit(request);
  if (!isPageVisit(visit) || !hasConsent(request, visit, options.consent)) return undefined;
  const domain = options.domain && usableDomain(options.domain);
  if (options.domain && !domain) {
    return void warnOnce(`${name}: no browser takes a cookie for the domain ${options.domain}, and nothing was kept: leave domain out`);
  }
  const { urls } = sources[0];
  const origin = publicOrigin(visit, urls);
  const isOurs = Boolean(domain) && isWithin(origin ?? urls.find((one) => /^https?:/i.test(one)), domain);
  const made = changes.map((change, at) => {
    const { cookie } = services[at];
    const secure = options.secure ?? (mustBeSecure(cookie, options.sameSite) || isSecure(visit, urls));
    return cookiesOf(cookie, change, sources[at], { ...options, domain, isOurs }, secure);
  });
  const isBrought = changes.some(({ brought }) => brought);
  // What no cookie can keep stays in the address.
  const address = isBrought && made.every(Boolean) ? cleanAddress(services, urls) : undefined;
  const all = made.flatMap((one) => one ?? []);
  if (all.length === 0 && !address) return undefined;
  return { cookies: all.filter(({ value }) => value), headers: all.map(({ header }) => header), address, origin };
}

/**
 * The cookies that one service's change asks for; undefined where no browser would keep it.
 *
 * A cookie without a domain, as a browser script sets it, and a cookie with a domain are two cookies. Browsers send the older one
 * first, and readers take the first, so the new click would never count. So the older one is deleted. On a host outside the domain
 * the browser refuses the new one, and the older one stays.
 */
function cookiesOf(name, { brought, value }, { cookies, stored }, options, secure) {
  if (!value) return [];
  const cookie = cookieOf(name, value, options, secure);
  const isThere = stored !== undefined || cookies.some((text) => text.includes(`${name}=`));
  if (!cookie || !brought || !options.isOurs || !isThere) return cookie && [cookie];
  return [cookieOf(name, "", { ...options, domain: undefined, maxAge: 0 }, secure), cookie];
}

/** The URL of a Web `Request`, and of all that has one so. */
const plainUrl = (request) => (/^https?:/.test(request.url) && isFunction(request.headers.get) ? request.url : undefined);

/** Where the request keeps its URLs and cookies; a text is its own URL. */
function sourcesOf(request, { cookie, parameters }) {
  if (isText(request)) return { urls: [request], cookies: [], stored: undefined, isKnown: true };
  return read(findSources, request, cookie, parameters) ?? { urls: [], cookies: [], stored: undefined, isKnown: false };
}

/** What a service's part of the request asks for: `brought`, by its URL, and the `value` to be kept, if any. */
function changeOf({ cookie, find, findKept }, { urls, cookies, stored }, { click, renew }) {
  const brought = urls.map((url) => find(url)).find(isText);
  if (brought === undefined && !renew) return {};
  const kept = findKept({ headers: { cookie: cookies.join("; ") }, cookies: { __proto__: null, [cookie]: stored } });
  const wanted = click === "first" ? (kept ?? brought) : (brought ?? kept);
  return { brought, value: wanted !== kept || renew ? wanted : undefined };
}

/** The visitor's own answer, where the shop has one, goes before what the browser says of everybody. */
function hasConsent(request, visit, consent) {
  if (!consent) return !refusesSharing(visit);
  try {
    const answer = consent(request) ?? !refusesSharing(visit);
    if (isBoolean(answer)) return answer;
    // A promise that is rejected later must not end the process.
    quietly(() => answer);
  } catch {
    // Nobody knows what was meant: no.
  }
  warnOnce("consent must answer true, false or, where nobody was asked, undefined, and at once: no cookie was set");
  return false;
}

/** The address without what brought an ID; undefined where something in it would bring one again. */
function cleanAddress(services, urls) {
  const url = urls.find((one) => /^https?:|^\//i.test(one));
  const names = services.flatMap(({ parameters }) => parameters);
  const address = url && withoutParameters(url, names);
  return address && services.every(({ find }) => find(address) === null) ? address : undefined;
}
