// The shop: one page, one product, and the two moments Refport wants to hear of, a sign-up and a purchase.
// In: a visitor's request. Out: the page, a redirect to it, or the same facts as JSON for `Accept: application/json`.
// Not its job: how things look (page/), what is remembered (books.ts), how the service is reached (refport.ts).

import { getClickIdFromRequest, track_lead, track_sale } from "refport-edge";
import type { Books } from "./books.ts";
import { clickCookie } from "./click-cookie.ts";
import { entryOf, type Entry } from "./entry.ts";
import { renderPage } from "./page/page.ts";
import { play, readLedger } from "./play.ts";
import { PRODUCT } from "./product.ts";
import { refport, type RefportEnv } from "./refport.ts";
import { newSession, readSession, sessionCookie } from "./session.ts";

export { Books } from "./books.ts";

type Env = RefportEnv & { BOOKS: DurableObjectNamespace<Books> };
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
    // Appended, never set: a landing sets the click cookie beside it.
    if (known === null) response.headers.append("set-cookie", sessionCookie(url, session));
    return response;
  },
} satisfies ExportedHandler<Env>;

// A click ID in the address goes into the cookie and out of the address: a shared link must not share the click.
async function landing({ request, url, env, books, session }: Visit): Promise<Response> {
  const cookie = clickCookie(url);
  if (cookie !== null) {
    url.searchParams.delete("refp_id");
    return redirect(url.pathname + url.search, cookie);
  }
  const facts = {
    visitor: await books.visitor(session),
    clickId: getClickIdFromRequest(request),
    ledger: await readLedger(url, env),
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
  return tell(request, books, entryOf("Sign Up", null, result, statuses));
}

// Reloading or resubmitting sends the same invoice ID: the visitor's order was given one, once (books.ts).
async function checkout({ request, env, books, session }: Visit): Promise<Response> {
  const visitor = await books.order(session);
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
  return tell(request, books, entryOf("Purchase", visitor.invoiceId, result, statuses));
}

// The visitor is served whatever the outcome was: tracking never decides whether somebody may buy.
async function tell(request: Request, books: Visit["books"], entry: Entry): Promise<Response> {
  await books.enter(entry);
  return wantsJson(request) ? Response.json(entry) : redirect("/");
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

function redirect(location: string, cookie?: string): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  if (cookie !== undefined) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}
