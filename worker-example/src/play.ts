// What only the demo has, and a real shop does not: the partner's link, changing who the visitor is, a look at the
// service's books. All of it needs the fake service.
// In: a request for one of these. Out: the answer, or null when the request is not for here.
// Not its job: the shop (shop.ts).

import type { LedgerView } from "../fake-refport/src/ledger-view.ts";
import { forgetClick } from "./click-cookie.ts";
import type { RefportEnv } from "./refport.ts";
import { newSession, sessionCookie } from "./session.ts";

/** How a new visitor can arrive, and where that way begins. */
const WAYS = new Map([
  ["link", "/r/alice"],
  ["alone", "/"],
  ["forged", "/?refp_id=made-up-by-the-visitor"],
]);

export async function play(request: Request, url: URL, env: RefportEnv): Promise<Response | null> {
  if (request.method !== "GET") return null;
  if (url.pathname === "/as-new-visitor") return asNewVisitor(url);
  // In production the short link is on a domain of its own (`go.yoursite.com/alice`) that leads to the service; the shop
  // passes it on here, so that one address is all a person needs.
  if (url.pathname.startsWith("/r/")) return askService(env, url.origin, url.pathname);
  return null;
}

/** The fake service's books; `null` from a service that shows none, such as the real one. */
export async function readLedger(url: URL, env: RefportEnv): Promise<LedgerView | null> {
  const response = await askService(env, url.origin, "/__control/ledger");
  return response?.ok ? response.json() : null;
}

function asNewVisitor(url: URL): Response {
  const location = WAYS.get(url.searchParams.get("arrives") ?? "") ?? "/";
  const headers = new Headers({ location, "cache-control": "no-store" });
  headers.append("set-cookie", forgetClick());
  headers.append("set-cookie", sessionCookie(url, newSession()));
  return new Response(null, { status: 303, headers });
}

// `origin` is what the service sees itself called by, and so where a link that leads to "/" leads.
async function askService(env: RefportEnv, origin: string, path: string): Promise<Response | null> {
  if (env.REFPORT) return env.REFPORT.fetch(origin + path, { redirect: "manual" });
  if (env.REFPORT_BASE_URL) return fetch(env.REFPORT_BASE_URL + path, { redirect: "manual" });
  return null;
}
