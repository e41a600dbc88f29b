// What users import; documented in index.d.ts.
//
// In: the caller's arguments. Out: a click ID, or a result. Reading them is request.js's and values.js's, sending is
// driver.js's, deciding is the core's.

import { deliver } from "./driver.js";
import { internalResult } from "./errors.js";
import { readCookieHeader, readRequest } from "./request.js";
import { core } from "./start.js";
import { LEAD, SALE, readConfig, readParams } from "./values.js";

export {
  ConversionError,
  RefportAuthError,
  RefportConnectionError,
  RefportError,
  RefportInvalidClickIdError,
  RefportNotFoundError,
  RefportRateLimitError,
  RefportValidationError,
} from "./errors.js";

const DEFAULT_COOKIE_NAME = "refp_id";

export function getClickIdFromRequest(request, cookieName = DEFAULT_COOKIE_NAME) {
  return findClickId(readRequest, request, cookieName);
}

export function getClickIdFromCookie(cookieHeader, cookieName = DEFAULT_COOKIE_NAME) {
  return findClickId(readCookieHeader, cookieHeader, cookieName);
}

function findClickId(read, from, cookieName) {
  if (typeof cookieName !== "string" || cookieName === "") return null;
  try {
    return core.findClickId(read(from, cookieName));
  } catch {
    return null;
  }
}

export function track_sale(request, sale, config) {
  return track(SALE, request, sale, config);
}

export function track_lead(request, lead, config) {
  return track(LEAD, request, lead, config);
}

export { track_lead as trackLead, track_sale as trackSale };

async function track(event, request, params, config) {
  const call = { event, attempts: 0 };
  try {
    call.config = readConfig(config);
    call.params = readParams(event, params);
    call.request = readRequest(request, call.config.cookieName ?? DEFAULT_COOKIE_NAME);
    return await deliver(call);
  } catch {
    return internalResult(call);
  }
}
