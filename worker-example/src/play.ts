// What only the demo has, and a real shop does not: the partners' links, changing who the visitor is, a look at the
// services' books, a switch that takes a service down. All of it needs the fake services.
// In: a request for one of these. Out: the answer, or null when the request is not for here.
// Not its job: the shop (shop.ts).

import { clearClick } from "refport-edge/capture";
import type { RefCampaignView, RefportView } from "refport-edge/testing";
import type { Books } from "./books.ts";
import { field, formOf } from "./form.ts";
import type { ServiceState } from "./page/queue.ts";
import type { RefCampaignEnv } from "./refcampaign.ts";
import type { RefportEnv } from "./refport.ts";
import { newSession, sessionCookie } from "./session.ts";

export type PlayEnv = RefportEnv & RefCampaignEnv;
/** The books of both services; `null` for one that shows none, such as a real one. */
export type Ledgers = { refport: RefportView | null; refcampaign: RefCampaignView | null };

/** A fake service, by its binding or by its address. */
type Service = { binding: Fetcher | undefined; address: string | undefined };

/** How a new visitor can arrive, and where that way begins. */
const WAYS = new Map([
  ["link", "/r/alice"],
  ["campaign", "/rc/bob"],
  ["alone", "/"],
  ["forged", "/?refp_id=made-up-by-the-visitor"],
]);
const LINK = /^\/(r|rc)\/([^/]+)$/;

export async function play(
  request: Request,
  url: URL,
  env: PlayEnv,
  books: DurableObjectStub<Books>,
): Promise<Response | null> {
  if (request.method === "POST" && url.pathname === "/service") return switchService(request, url, env, books);
  if (request.method !== "GET") return null;
  if (url.pathname === "/as-new-visitor") return asNewVisitor(url);
  // In production a short link is on a domain of its own (`go.yoursite.com/alice`, `track.refcampaign.com/bob`) that
  // leads to the service; the shop passes it on here, so that one address is all a person needs.
  const [, service, name] = LINK.exec(url.pathname) ?? [];
  if (!service) return null;
  return ask(service === "r" ? refport(env) : refcampaign(env), url.origin, `/r/${name}`);
}

export async function readLedgers(url: URL, env: PlayEnv): Promise<Ledgers> {
  const read = async <View>(service: Service): Promise<View | null> => {
    const response = await ask(service, url.origin, "/__control/ledger");
    return response?.ok ? response.json() : null;
  };
  return { refport: await read(refport(env)), refcampaign: await read(refcampaign(env)) };
}

/** The services that can be taken down: those that show their books. */
export async function readServices(ledgers: Ledgers, books: DurableObjectStub<Books>): Promise<ServiceState[]> {
  const down = await books.down();
  const all = [["Refport", ledgers.refport], ["RefCampaign", ledgers.refcampaign]] as const;
  return all.filter(([, ledger]) => ledger !== null).map(([name]) => ({ name, isDown: down.includes(name) }));
}

/** What a service that is down answers to each request. */
const OUTAGE = 503;

async function switchService(
  request: Request,
  url: URL,
  env: PlayEnv,
  books: DurableObjectStub<Books>,
): Promise<Response> {
  const form = await formOf(request);
  const name = field(form, "service") === "RefCampaign" ? "RefCampaign" : "Refport";
  const isDown = field(form, "down") === "yes";
  const service = name === "Refport" ? refport(env) : refcampaign(env);
  const body = JSON.stringify({ step: isDown ? OUTAGE : null });
  const response = await ask(service, url.origin, "/__control/outage", { method: "POST", body });
  if (response?.ok) await books.setDown(name, isDown);
  return new Response(null, { status: 303, headers: { location: "/#queue-title", "cache-control": "no-store" } });
}

function asNewVisitor(url: URL): Response {
  const location = WAYS.get(url.searchParams.get("arrives") ?? "") ?? "/";
  const headers = new Headers({ location, "cache-control": "no-store" });
  headers.append("set-cookie", sessionCookie(url, newSession()));
  // Forgets every link the visitor ever came through.
  const response = new Response(null, { status: 303, headers });
  return clearClick(clearClick(response, { service: "refport" }), { service: "refcampaign" });
}

function refport(env: PlayEnv): Service {
  return { binding: env.REFPORT, address: env.REFPORT_BASE_URL };
}

function refcampaign(env: PlayEnv): Service {
  return { binding: env.REFCAMPAIGN, address: env.REFCAMPAIGN_API_URL };
}

// `origin` is what the service sees itself called by, and so where a link that leads to "/" leads.
async function ask({ binding, address }: Service, origin: string, path: string, init: RequestInit = {}) {
  if (binding) return binding.fetch(origin + path, { redirect: "manual", ...init });
  return address ? fetch(address + path, { redirect: "manual", ...init }) : null;
}
