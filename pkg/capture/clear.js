// Forgetting a click, once it has done its work.
//
// In: a response, or what a report came to. Out: the response with a cookie that ends the kept one; whether that is right now.

import { isObject, member, read } from "../read.js";
import { warnOnce } from "../warn.js";
import { cookieOf, mustBeSecure } from "./cookie.js";
import { usableDomain } from "./domain.js";
import { readOptions } from "./options.js";
import { isPassedOn, withCookies } from "./response.js";
import { cookieToClear } from "./services.js";

export function clearClick(response, options) {
  const chosen = readOptions(options);
  return read(clear, response, chosen) ?? response;
}

function clear(response, options) {
  if (isPassedOn(response)) return void warnOnce(PASSED_ON);
  const name = cookieToClear(options);
  const domain = options.domain && usableDomain(options.domain);
  const secure = options.secure ?? mustBeSecure(name, options.sameSite);
  return withCookies(response, [cookieOf(name, "", { ...options, domain, maxAge: 0 }, secure).header]);
}

const PASSED_ON =
  "clearClick: nothing was cleared on NextResponse.next() or .rewrite(), since a shared cache may keep a prerendered page with it: clear in a route or an action";

/** What is on the books, or belongs to no link. */
const DEFINITE = ["recorded", "duplicate", "unattributed"];

export function shouldClear(result) {
  if (!isObject(result)) return false;
  const ended = read(member, result, "outcome");
  const error = read(member, result, "error");
  // A client that rejects hands the error itself.
  const kind = read(member, isObject(error) ? error : result, "kind");
  return DEFINITE.includes(ended) || kind === "invalid_click_id";
}
