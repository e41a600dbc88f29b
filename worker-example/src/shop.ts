// The shop: one page, one product, and the moments the services want to hear of: a sign-up and a purchase.
// In: a visitor's request. Out: the page, a redirect to it, or the same facts as JSON for `Accept: application/json`.
// Not its job: how things look (page/), what is remembered (books.ts), how the services are reached (refport.ts,
// refcampaign.ts).

import { getClickIdFromRequest, getSessionIdFromRequest, RefCampaign, track_lead, track_sale } from "refport-edge";
import { arrival } from "./arrival.ts";
import type { Books, Visitor } from "./books.ts";
import { campaignEntryOf, entryOf, type Entry } from "./entry.ts";
import { renderPage } from "./page/page.ts";
import { play, readLedgers, type PlayEnv } from "./play.ts";
import { PRODUCT } from "./product.ts";
import { refcampaign } from "./refcampaign.ts";
import { refport } from "./refport.ts";
import { newSession, readSession, sessionCookie } from "./session.ts";

export { Books } from "./books.ts";

type Env = PlayEnv & { BOOKS: DurableObjectNamespace<Books> };
type Visit = { request: Request; url: URL; env: Env; books: DurableObjectStub<Books>; session: string };

const ROUTES: Record<string, (visit: Visit) => Promise<Response>> = {
  "GET /": landing,
  "POST /sign-up": signUp,
  "POST /checkout": checkout,
};

export default {
  async fetch(request, env): Promise<Response> {
    const url = new URL(request.url);
    const route = ROUTES[`${request.method} ${url.pathname}`];
    if (!route) return (await play(request, url, env)) ?? new Response("There is no such page\n", { status: 404 });
    const known = readSession(request);
    const session = known ?? newSession();
    const response = await route({ request, url, env, session, books: env.BOOKS.getByName("books") });
    // Appended, never set: a landing sets the cookies of an arrival beside it.
    if (known === null) response.headers.append("set-cookie", sessionCookie(url, session));
    return response;
  },
} satisfies ExportedHandler<Env>;

// What a link brought goes into the cookies and out of the address: a shared link must not share the click.
async function landing({ request, url, env, books, session }: Visit): Promise<Response> {
  const arrived = arrival(url);
  if (arrived !== null) return redirect(arrived.address, arrived.cookies);
  const facts = {
    visitor: await books.visitor(session),
    clickId: getClickIdFromRequest(request),
    sessionId: getSessionIdFromRequest(request),
    ledgers: await readLedgers(url, env),
    entries: await books.entries(),
  };
  return wantsJson(request) ? Response.json(facts) : renderPage(facts);
}

async function signUp({ request, env, books, session }: Visit): Promise<Response> {
  const form = await formOf(request);
  const visitor = await books.signUp(session, field(form, "name") ?? "Guest", field(form, "email"));
  const statuses: (number | null)[] = [];
  const result = await track_lead(
    request,
    {
      eventName: "Sign Up",
      customerExternalId: visitor.customerId,
      customerName: visitor.name,
      customerEmail: visitor.email,
    },
    { ...refport(env), onAttempt: ({ status }) => statuses.push(status) },
  );
  return tell(request, books, [entryOf({ event: "Sign Up", invoiceId: null }, result, statuses)]);
}

// Both services hear of it at once: the visitor waits for the slower one, not for one after the other.
async function checkout(visit: Visit): Promise<Response> {
  const { request, books, session } = visit;
  const visitor = await books.order(session);
  const entries = await Promise.all([reportSale(visit, visitor), reportConversion(visit, visitor)]);
  return tell(request, books, entries.filter((entry) => entry !== null));
}

// Reloading or resubmitting sends the same invoice ID: the visitor's order was given one, once (books.ts).
async function reportSale({ request, env }: Visit, visitor: Visitor): Promise<Entry> {
  const statuses: (number | null)[] = [];
  const result = await track_sale(
    request,
    {
      customerExternalId: visitor.customerId,
      amount: PRODUCT.amount,
      currency: PRODUCT.currency,
      invoiceId: visitor.invoiceId,
      paymentProcessor: "custom",
      customerName: visitor.name,
      customerEmail: visitor.email,
    },
    { ...refport(env), onAttempt: ({ status }) => statuses.push(status) },
  );
  return entryOf({ event: "Purchase", invoiceId: visitor.invoiceId }, result, statuses);
}

// Only for a visitor who came through a RefCampaign link. The order ID, once more the invoice ID, is what it counts once.
async function reportConversion({ request, env }: Visit, visitor: Visitor): Promise<Entry | null> {
  const sessionId = getSessionIdFromRequest(request);
  const config = refcampaign(env);
  if (sessionId === null || config === null) return null;
  const statuses: (number | null)[] = [];
  const client = new RefCampaign({ ...config, onAttempt: ({ status }) => statuses.push(status) });
  const call = client.conversions.track({
    sessionId,
    amount: PRODUCT.price,
    currency: PRODUCT.currency,
    metadata: { orderId: visitor.invoiceId },
  });
  return campaignEntryOf({ event: "Purchase", invoiceId: visitor.invoiceId }, call, statuses);
}

// The visitor is served whatever the outcome was: tracking never decides whether somebody may buy.
async function tell(request: Request, books: Visit["books"], entries: Entry[]): Promise<Response> {
  for (const entry of entries) await books.enter(entry);
  return wantsJson(request) ? Response.json(entries) : redirect("/");
}

async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    return new FormData(); // no form: everything in it is optional
  }
}

function field(form: FormData, name: string): string | null {
  const value = form.get(name);
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 200) : null;
}

function wantsJson(request: Request): boolean {
  return request.headers.get("accept")?.includes("application/json") ?? false;
}

function redirect(location: string, cookies: string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}
