// Refport: the functions that take a request, and the client that takes the place of the official SDK's.
//
// In: the caller's values. Out: results, always: nothing here rejects.

import { send, sender } from "./client.js";
import { findClickId } from "./core.js";
import { EMBED_TOKEN, LEAD, REFPORT, SALE } from "./dist/layout.js";
import { isName, isObject, member, read } from "./read.js";
import {
  DEFAULT_COOKIE_NAME,
  complaintOf,
  isAnything,
  isAwaited,
  readCookieHeader,
  readRequest,
  settledRequest,
} from "./request.js";
import { warnOnce } from "./warn.js";

export function getClickIdFromRequest(request, cookieName = DEFAULT_COOKIE_NAME) {
  if (!isName(cookieName)) return null;
  const parts = readRequest(request, cookieName);
  const found = clickIdIn(parts);
  if (found === null && complaintOf(parts)) {
    warnOnce(`getClickIdFromRequest: the request ${complaintOf(parts)}`);
  }
  return found;
}

export function getClickIdFromCookie(cookieHeader, cookieName = DEFAULT_COOKIE_NAME) {
  return isName(cookieName) ? clickIdIn(readCookieHeader(cookieHeader, cookieName)) : null;
}

function clickIdIn(parts) {
  // An organic visitor: most requests end here.
  if (!isAnything(parts)) return null;
  return plainId(parts) ?? findClickId(parts);
}

/**
 * The click ID where a cookie of the default name, alone, holds one that nothing has to be decoded of: there is nothing for the
 * core to decide, and to ask it would take as long again as all the rest. Everything else is its: a shorter text may be a word
 * such as `undefined`.
 */
function plainId({ name, url, stored, cookies }) {
  return name || url || stored ? undefined : /^;? ?refp_id=([A-Za-z\d][\w-]{9,511})$/.exec(cookies)?.[1];
}

export function track_sale(request, sale, config) {
  return track(SALE, request, sale, config);
}

export function track_lead(request, lead, config) {
  return track(LEAD, request, lead, config);
}

export { track_lead as trackLead, track_sale as trackSale };

async function track(event, request, params, options) {
  if (isForgotten(params, options)) return resultOf(await send({ __proto__: null, provider: REFPORT, event, refused: FORGOTTEN }));
  const partsOf = ({ cookieName = DEFAULT_COOKIE_NAME, budgetMs }) => {
    const parts = readRequest(request, cookieName);
    return isAwaited(request, parts) ? settledRequest(request, cookieName, budgetMs) : parts;
  };
  return resultOf(await send({ __proto__: null, provider: REFPORT, event, params, options, readRequest: partsOf }));
}

/** `track_sale(sale, config)`: what are taken for the parameters are the options. */
const isForgotten = (params, options) =>
  !isObject(options) && isObject(params) && read(member, params, "apiKey") !== undefined;

const FORGOTTEN = [{ field: "request", complaint: "is missing: the first argument is the request that the handler got (or null), the second what is reported, the third the options" }];

export class Refport {
  track;
  embedTokens;

  constructor(config) {
    const deliver = sender(REFPORT, config);
    const call = (event, toData) => async (params, options) => resultOf(await deliver(event, params, options), toData);
    this.track = { sale: call(SALE), lead: call(LEAD) };
    this.embedTokens = { create: call(EMBED_TOKEN, withDate) };
  }
}

const withDate = (body) => ({ ...body, expires: new Date(body.expires) });

/** What a call resolves; `toData` makes of a good answer what the caller gets. */
function resultOf({ outcome, body, error, attempts, requestId }, toData = (body) => body) {
  return { outcome, data: outcome === "recorded" ? toData(body) : null, error, attempts, requestId };
}
