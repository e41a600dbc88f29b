// Refport: the functions that take a request, and the client that takes the place of the official SDK's.
//
// In: the caller's values. Out: results, always: nothing here rejects.

import { checkedOptions, send } from "./client.js";
import { refportClass } from "./errors.js";
import { isAnything, readCookieHeader, readRequest } from "./request.js";
import { core } from "./start.js";
import { EMBED_TOKEN, LEAD, REFPORT, SALE } from "./values.js";

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
    const parts = read(from, cookieName);
    // An organic visitor: most requests end here.
    return isAnything(parts) ? core.findClickId(parts) : null;
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

function track(event, request, params, options) {
  const read = ({ cookieName = DEFAULT_COOKIE_NAME }) => readRequest(request, cookieName);
  return report({ event, params, options, readRequest: read });
}

export class Refport {
  constructor(config) {
    // They stay in this frame, and with them the key: printing a client shows nothing of it.
    const defaults = checkedOptions(REFPORT, config, refportClass);
    const call = (event, toData) => (params, options) => report({ event, params, options, defaults }, toData);
    this.track = Object.freeze({ sale: call(SALE), lead: call(LEAD) });
    this.embedTokens = Object.freeze({ create: call(EMBED_TOKEN, withDate) });
    Object.freeze(this);
  }
}

const withDate = (body) => ({ ...body, expires: new Date(body.expires) });

/** Sends one event; `toData` makes of a good answer what the caller gets. */
async function report(call, toData = (body) => body) {
  const { outcome, body, error, attempts, requestId } = await send({ ...call, provider: REFPORT }, refportClass);
  return { outcome, data: outcome === "recorded" ? toData(body) : null, error, attempts, requestId };
}
