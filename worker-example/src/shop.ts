// The shop: one page, one product, and the moments the services want to hear of: a click, a sign-up and a purchase.
// In: a visitor's request; what the queue delivers. Out: the page, a redirect to it, or the same facts as JSON for
// `Accept: application/json`.
// Not its job: how things look (page/), what is remembered (books.ts), how the services are reached (refport.ts,
// refcampaign.ts), what becomes of a message (outbox.ts).

import { getClickIdFromRequest, getSessionIdFromRequest, track_lead } from "refport-edge";
import { captureClick } from "refport-edge/capture";
import type { Books, Visitor } from "./books.ts";
import { endOf, pendingEntry, type Entry } from "./entry.ts";
import type { Env } from "./env.ts";
import { field, formOf } from "./form.ts";
import { consume, queueEvent } from "./outbox.ts";
import { renderPage } from "./page/page.ts";
import { play, readLedgers, readServices } from "./play.ts";
import { PRODUCT } from "./product.ts";
import { Recorder } from "./recorder.ts";
import { refcampaign } from "./refcampaign.ts";
import { refport } from "./refport.ts";
import { newSession, readSession, sessionCookie } from "./session.ts";

export { Books } from "./books.ts";

type Visit = {
  request: Request;
  url: URL;
  env: Env;
  ctx: ExecutionContext;
  books: DurableObjectStub<Books>;
  session: string;
};

const ROUTES: Record<string, (visit: Visit) => Promise<Response>> = {
  "GET /": landing,
  "POST /sign-up": signUp,
  "POST /checkout": checkout,
  "POST /checkout-another": checkoutAnother,
};

export default {
  async fetch(request, env, ctx): Promise<Response> {
    const url = new URL(request.url);
    const route = ROUTES[`${request.method} ${url.pathname}`];
    if (!route) return (await play(request, url, env, booksOf(env))) ?? nothingHere();
    const known = readSession(request);
    const session = known ?? newSession();
    const response = await route({ request, url, env, ctx, session, books: booksOf(env) });
    if (known === null) response.headers.append("set-cookie", sessionCookie(url, session));
    // What a link brought goes into a cookie and out of the address: a shared link must not share the click.
    return captureClick(request, response, { cleanUrl: true });
  },

  async queue(batch, env): Promise<void> {
    await consume(batch, env, booksOf(env));
  },
} satisfies ExportedHandler<Env>;

async function landing({ request, url, env, books, session }: Visit): Promise<Response> {
  const ledgers = await readLedgers(url, env);
  const facts = {
    visitor: await books.visitor(session),
    clickId: getClickIdFromRequest(request),
    sessionId: getSessionIdFromRequest(request),
    ledgers,
    entries: await books.entries(),
    backlog: await books.backlog(),
    services: await readServices(ledgers, books),
  };
  return wantsJson(request) ? Response.json(facts) : renderPage(facts);
}

// After the response, and not by the queue: a lead is sent once at most, so a queue would have nothing to try again.
async function signUp({ request, env, ctx, books, session }: Visit): Promise<Response> {
  const form = await formOf(request);
  const visitor = await books.signUp(session, field(form, "name") ?? "Guest", field(form, "email"));
  const { customerId, name, email } = visitor;
  const lead = { eventName: "Sign Up", customerExternalId: customerId, customerName: name, customerEmail: email };
  const call = `track_lead(request, ${JSON.stringify(lead, null, 2)}, { ...config, waitUntil: ctx, onResult })`;
  const id = crypto.randomUUID();
  const entry = pendingEntry({ id, service: "Refport", event: "Sign Up", invoiceId: null, customerId, call });
  await books.enter(entry);
  const [config, recorder] = [refport(env), new Recorder()];
  await track_lead(request, lead, {
    ...config,
    fetch: recorder.through(config.fetch),
    waitUntil: ctx,
    onResult: (end) => books.note(id, endOf(entry, end, recorder.take())),
  });
  return tell(request, "/#sign-up", [entry]);
}

// Reloading or resubmitting sends the same invoice ID: the visitor's order was given one, once (books.ts).
async function checkout(visit: Visit): Promise<Response> {
  return report(visit, await visit.books.order(visit.session));
}

async function checkoutAnother(visit: Visit): Promise<Response> {
  return report(visit, await visit.books.orderAnother(visit.session));
}

async function report(visit: Visit, visitor: Visitor): Promise<Response> {
  const entries = [await reportSale(visit, visitor), await reportConversion(visit, visitor)];
  return tell(visit.request, "/#check-out", entries.filter((entry) => entry !== null));
}

function reportSale({ request, env, books }: Visit, visitor: Visitor): Promise<Entry> {
  const sale = {
    customerExternalId: visitor.customerId,
    amount: PRODUCT.amount,
    currency: PRODUCT.currency,
    invoiceId: visitor.invoiceId,
    paymentProcessor: "custom",
    customerName: visitor.name,
    customerEmail: visitor.email,
  };
  return queueEvent(request, { sale }, aboutOrder("Refport", visitor), env, books);
}

// Only for a visitor who came through a RefCampaign link. The order ID, once more the invoice ID, is what it counts once.
async function reportConversion({ request, env, books }: Visit, visitor: Visitor): Promise<Entry | null> {
  if (getSessionIdFromRequest(request) === null || refcampaign(env) === null) return null;
  const conversion = {
    amount: PRODUCT.price,
    currency: PRODUCT.currency,
    metadata: { orderId: visitor.invoiceId },
  };
  return queueEvent(request, { conversion }, aboutOrder("RefCampaign", visitor), env, books);
}

function aboutOrder(service: Entry["service"], { invoiceId, customerId }: Visitor) {
  return { service, event: "Purchase", invoiceId, customerId } as const;
}

// The visitor is served whatever the outcome was: tracking never decides whether somebody may buy.
function tell(request: Request, location: string, entries: Entry[]): Response {
  if (wantsJson(request)) return Response.json(entries);
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}

function nothingHere(): Response {
  return new Response("There is no such page\n", { status: 404 });
}

function booksOf(env: Env): DurableObjectStub<Books> {
  return env.BOOKS.getByName("books");
}

function wantsJson(request: Request): boolean {
  return request.headers.get("accept")?.includes("application/json") ?? false;
}
