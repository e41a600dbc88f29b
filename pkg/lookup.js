// Whom a request is from: its click ID, or the ID of its session.
//
// In: a request of any kind. Out: the ID, or null. Each export is a function of the core that decides.

import { REFCAMPAIGN_VISITOR } from "./dist/services/refcampaign.js";
import { REFPORT_VISITOR } from "./dist/services/refport.js";
import { isName } from "./read.js";
import { isAnything, problemOf, readCookieHeader, readRequest, readVisitor } from "./request.js";
import { findClickId, findSessionId } from "./steps.js";
import { warnOnce } from "./warn.js";

export const getClickIdFromRequestWith = (core) =>
  function getClickIdFromRequest(request, cookieName = REFPORT_VISITOR.cookie) {
    if (!isName(cookieName)) return null;
    const parts = readRequest(request, cookieName);
    return foundIn("getClickIdFromRequest", parts, clickIdIn(core, parts));
  };

export const getClickIdFromCookieWith = (core) =>
  function getClickIdFromCookie(cookieHeader, cookieName = REFPORT_VISITOR.cookie) {
    return isName(cookieName) ? clickIdIn(core, readCookieHeader(cookieHeader, cookieName)) : null;
  };

/** The same for another service's visitors. */
export const getClickIdOf = (core, visitor) =>
  function getClickIdFromRequest(request) {
    const parts = readVisitor(request, visitor);
    return foundIn("getClickIdFromRequest", parts, isAnything(parts) ? findClickId(core, parts) : null);
  };

export const getSessionIdFromRequestWith = (core) =>
  function getSessionIdFromRequest(request) {
    const parts = readRequest(request, REFCAMPAIGN_VISITOR.cookie, REFCAMPAIGN_VISITOR.parameters);
    return foundIn("getSessionIdFromRequest", parts, isAnything(parts) ? findSessionId(core, parts) : null);
  };

/** Silence would look like a visitor whom nobody sent. */
function foundIn(name, parts, found) {
  if (found === null && problemOf(parts)) warnOnce(`${name}: the request ${problemOf(parts)}`);
  return found;
}

function clickIdIn(core, parts) {
  // An organic visitor: most requests end here.
  if (!isAnything(parts)) return null;
  return plainId(parts) ?? findClickId(core, parts);
}

/**
 * The click ID where a cookie of the default name, alone, holds one, and nothing of it has to be decoded. There the core has nothing
 * to decide, and asking it would take as long again as all the rest. Everything else is the core's: a shorter text may be a word such
 * as `undefined`.
 */
function plainId({ name, url, stored, cookies }) {
  return name !== REFPORT_VISITOR.cookie || url || stored ? undefined : /^;? ?refp_id=([A-Za-z\d][\w-]{9,511})$/.exec(cookies)?.[1];
}
