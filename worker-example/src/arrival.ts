// The cookies of an arrival, set on the server exactly as each service's browser script sets them in the page.
// In: the address a visitor arrived at. Out: Set-Cookie values, and the address without what went into them.
// Not its job: reading the cookies; `getClickIdFromRequest` and `getSessionIdFromRequest` of refport-edge do.

import { getClickIdFromRequest, getSessionIdFromRequest } from "refport-edge";

const MAX_AGE_SECONDS = 7_776_000; // 90 days, with both services

/** Each cookie, the parameters that bring its value, and how to find that in an address. */
const KEPT = [
  { cookie: "refp_id", parameters: ["refp_id"], find: (url: URL) => getClickIdFromRequest({ url: url.href }) },
  { cookie: "_rc_sid", parameters: ["_rcid", "rcsid"], find: (url: URL) => getSessionIdFromRequest({ url: url.href }) },
];

/**
 * What to send a visitor back with who arrived through a link, or `null` for everybody else. What is in the address
 * always replaces the cookie: the last click wins. No HttpOnly: the browser scripts read the cookies.
 */
export function arrival(url: URL): { address: string; cookies: string[] } | null {
  const secure = url.protocol === "https:" ? "; Secure" : "";
  const clean = new URL(url);
  const cookies = KEPT.flatMap(({ cookie, parameters, find }) => {
    const value = find(url);
    for (const parameter of parameters) clean.searchParams.delete(parameter);
    if (value === null) return [];
    return [`${cookie}=${encodeURIComponent(value)}; Max-Age=${MAX_AGE_SECONDS}; Path=/; SameSite=Lax${secure}`];
  });
  return cookies.length > 0 ? { address: clean.pathname + clean.search, cookies } : null;
}

/** Set-Cookie values that forget every link the visitor ever came through. */
export function forgetArrival(): string[] {
  return KEPT.map(({ cookie }) => `${cookie}=; Max-Age=0; Path=/; SameSite=Lax`);
}
