// Refport: the functions that take a request, and the client that takes the place of the official SDK's.
//
// In: the caller's values. Out: results, always: nothing here rejects.

import { send, sender } from "./client.js";
import { isName, read } from "./read.js";
import { DEFAULT_COOKIE_NAME, isAnything, readRequest } from "./request.js";
import { core } from "./start.js";
import { EMBED_TOKEN, LEAD, REFPORT, SALE } from "./values.js";

export function getClickIdFromRequest(request, cookieName = DEFAULT_COOKIE_NAME) {
  if (!isName(cookieName)) return null;
  const parts = readRequest(request, cookieName);
  // An organic visitor: most requests end here.
  if (!isAnything(parts)) return null;
  return plainId(parts) ?? read(core.findClickId, parts) ?? null;
}

/**
 * The click ID where a cookie of the default name, alone, holds one that nothing has to be decoded of: there is nothing for the
 * core to decide, and to ask it would take as long again as all the rest. Everything else is its.
 */
function plainId({ values: [name, url, stored, cookies] }) {
  return name || url || stored ? undefined : /^;? ?refp_id=([\w-]+)$/.exec(cookies)?.[1];
}

export function getClickIdFromCookie(cookieHeader, cookieName = DEFAULT_COOKIE_NAME) {
  // A request that has no more than this.
  return getClickIdFromRequest({ headers: { get: () => cookieHeader } }, cookieName);
}

export function track_sale(request, sale, config) {
  return track(SALE, request, sale, config);
}

export function track_lead(request, lead, config) {
  return track(LEAD, request, lead, config);
}

export { track_lead as trackLead, track_sale as trackSale };

async function track(event, request, params, options) {
  const partsOf = ({ cookieName = DEFAULT_COOKIE_NAME }) => readRequest(request, cookieName);
  return resultOf(await send({ provider: REFPORT, event, params, options, readRequest: partsOf }));
}

export class Refport {
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
