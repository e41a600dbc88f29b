// The documented rules of Dub's API (dub.co/docs, api-reference), and what is known of its server: what a request must hold, what
// each is answered, and the books.
//
// In: requests, as data. Out: answers, as data. No I/O and no dice of its own.

import { isObject, parsed } from "../../fake-common/rules-worker.js";

const PROCESSORS = ["stripe", "shopify", "polar", "paddle", "apple", "revenuecat", "dub", "custom"];
const LINK = {
  id: "link_1", domain: "acme.link", key: "alice", shortLink: "https://acme.link/alice", url: "https://acme.com",
  partnerId: "pn_1", programId: "prog_1", tenantId: null, externalId: null,
};
/** Of these currencies there is a rate: a sale is answered, and booked, in US dollars. */
const DOLLARS = { jpy: 0.63 };

export function dubRules({ apiKey, now }) {
  let books;
  const reset = () => {
    books = { clicks: [], customers: [], leads: [], sales: [], commissions: [], notedLeads: [], answeredInvoices: {} };
  };
  reset();
  const customerOf = (externalId) => books.customers.find((one) => one.externalId === externalId);
  const isClick = (id) => books.clicks.includes(id);

  function noteCustomer({ customerExternalId, customerName = null, customerEmail = null, customerAvatar = null }, clickId) {
    const known = customerOf(customerExternalId);
    if (known) return known;
    const id = `cus_${books.customers.length + 1}`;
    const customer = { id, externalId: customerExternalId, name: customerName, email: customerEmail, avatar: customerAvatar, clickId };
    books.customers.push(customer);
    return customer;
  }

  function lead(body) {
    const wrong = wrongIn(body, { eventName: 255, customerExternalId: 100 }, { customerName: 100, customerEmail: 100 });
    if (wrong) return unprocessable(wrong);
    const { eventName, customerExternalId, mode = "async", eventQuantity = 1 } = body;
    if (!["async", "wait", "deferred"].includes(mode)) return unprocessable("mode: Invalid enum value");
    const clickId = body.clickId?.trim() || customerOf(customerExternalId)?.clickId;
    if (!clickId) return failure(400, "bad_request", "No clickId was given, and no customer is known.");
    const key = `${customerExternalId}:${eventName.toLowerCase().replaceAll(" ", "-")}`;
    const isRepeat = mode !== "deferred" && books.notedLeads.includes(key);
    // The note is made before the click is looked up: it stays where that fails.
    if (mode !== "deferred" && !isRepeat) books.notedLeads.push(key);
    if (!isRepeat && !isClick(clickId)) return failure(404, "not_found", `Click event not found for clickId: ${clickId}`);
    const customer = isRepeat ? customerOf(customerExternalId) : noteCustomer(body, clickId);
    if (!isRepeat && mode !== "deferred") books.leads.push({ customerExternalId, eventName, clickId, eventQuantity, at: now() });
    return { status: 200, body: { click: { id: clickId }, link: isRepeat ? null : LINK, customer: shownLead(customer) } };
  }

  function sale(body) {
    const wrong = wrongIn(body, { customerExternalId: 100 }, { eventName: 255, customerName: 100, customerEmail: 100 });
    if (wrong) return unprocessable(wrong);
    const { customerExternalId, amount, currency = "usd", eventName = "Purchase", paymentProcessor = "custom", invoiceId = null, clickId, leadEventName, metadata = null } = body;
    if (!(Number.isSafeInteger(amount) && amount >= 0)) return unprocessable("amount: Expected integer");
    if (!PROCESSORS.includes(paymentProcessor)) return unprocessable("paymentProcessor: Invalid enum value");
    // The answer to the first, to the letter, whatever is in the repeat.
    if (invoiceId !== null && books.answeredInvoices[invoiceId]) return { status: 200, body: books.answeredInvoices[invoiceId] };
    const known = customerOf(customerExternalId);
    if ((!known && !clickId) || amount === 0) return { status: 200, body: { eventName, customer: null, sale: null } };
    if (!known && !isClick(clickId)) return failure(404, "not_found", `Click event not found for clickId: ${clickId}`);
    const hasLead = (one) => one.customerExternalId === customerExternalId && (!leadEventName || one.eventName === leadEventName);
    if (known && !books.leads.some(hasLead)) {
      return failure(404, "not_found", `Lead event not found for externalId: ${customerExternalId} and leadEventName: ${leadEventName}`);
    }
    const customer = known ?? noteCustomer(body, clickId);
    const rate = DOLLARS[currency.toLowerCase()];
    const sold = rate ? { amount: Math.round(amount * rate), currency: "usd" } : { amount, currency: currency.toLowerCase() };
    const answer = { eventName, customer: shown(customer), sale: { ...sold, paymentProcessor, invoiceId, metadata } };
    books.sales.push({ customerExternalId, invoiceId, ...sold, at: now() });
    books.commissions.push({ id: `cm_${books.commissions.length + 1}`, invoiceId, status: "pending", earnings: Math.round(sold.amount / 10) });
    if (invoiceId !== null) books.answeredInvoices[invoiceId] = answer;
    return { status: 200, body: answer };
  }

  function open({ deepLink, dubDomain }) {
    if (!deepLink && !dubDomain) return unprocessable("deepLink: Required");
    const [clickId] = books.clicks.slice(-1);
    const isOurs = String(deepLink).startsWith(LINK.shortLink) && clickId;
    const { id, domain, key, url } = LINK;
    return { status: 200, body: isOurs ? { clickId, link: { id, domain, key, url } } : { clickId: null, link: null } };
  }

  function mark(id, { status }) {
    const commission = books.commissions.find((one) => one.id === id);
    if (!commission) return failure(404, "not_found", "Commission not found.");
    if (commission.status === "paid") return failure(400, "bad_request", "A paid commission cannot be refunded.");
    commission.status = status;
    return { status: 200, body: commission };
  }

  const PUBLIC = { "POST /track/open": open };
  const ROUTES = { "POST /track/lead": lead, "POST /track/sale": sale };

  function decide({ method, path, searchParams, headers, text }, limit) {
    const key = headers.get("authorization");
    const open = PUBLIC[`${method} ${path}`];
    const isCommissions = path.startsWith("/commissions");
    const route = open ?? ROUTES[`${method} ${path}`];
    if (!open && key === null) return failure(401, "unauthorized", "Missing Authorization header.");
    if (!open && key !== `Bearer ${apiKey}`) return failure(401, "unauthorized", "Unauthorized: Invalid API key.");
    if (limit) return limited(limit);
    if (isCommissions && method === "GET") {
      const of = ({ invoiceId }) => !searchParams.has("invoiceId") || invoiceId === searchParams.get("invoiceId");
      return { status: 200, body: books.commissions.filter(of) };
    }
    const body = parsed(text);
    if (!isObject(body)) return failure(400, "bad_request", "Invalid JSON.");
    const [, id] = /^\/commissions\/([^/]+)$/.exec(path) ?? [];
    const answer = id && method === "PATCH" ? mark(decodeURIComponent(id), body) : route?.(body);
    return answer ?? failure(404, "not_found", "No such endpoint.");
  }

  const directions = {
    /** `{ "id": "…" }`: somebody has followed the link. */
    "POST click": ({ id }) => void books.clicks.push(id),
    /** `{ "invoiceId": "…" }`: one more partner gets something for the invoice. */
    "POST commission": ({ invoiceId }) => void books.commissions.push({ id: `cm_${books.commissions.length + 1}`, invoiceId, status: "pending", earnings: 1 }),
    /** `{ "id": "cm_1" }`: the commission is paid out. */
    "POST pay": ({ id }) => void (books.commissions.find((one) => one.id === id).status = "paid"),
  };
  return { decide, reset, directions, view: () => structuredClone(books) };
}

const shown = ({ id, name, email, avatar, externalId }) => ({ id, name, email, avatar, externalId });

/** Of a lead that was lost there is no customer either. */
const shownLead = (customer) => {
  const { name = null, email = null, avatar = null, externalId = null } = customer ?? {};
  return { name, email, avatar, externalId };
};

/** What is wrong with the texts that are needed and with those that may be there, each with its longest. */
function wrongIn(body, needed, optional) {
  for (const [name, longest] of Object.entries({ ...needed, ...optional })) {
    const value = body[name] ?? undefined;
    if (value === undefined && !(name in needed)) continue;
    if (typeof value !== "string" || value.trim() === "") return `${name}: Required`;
    if (value.trim().length > longest) return `${name}: String must contain at most ${longest} character(s)`;
  }
  return undefined;
}

const unprocessable = (message) => failure(422, "unprocessable_entity", message);

/** Every error has a `Retry-After`, which is the limiter's reset in milliseconds since 1970, whatever the error is about. */
function failure(status, code, message) {
  const headers = { "retry-after": String(Date.now() + 60_000) };
  return { status, body: { error: { code, message, doc_url: `https://dub.co/docs/api-reference/errors#${code}` } }, headers };
}

function limited({ retryAfter }) {
  const answer = failure(429, "rate_limit_exceeded", "Too many requests.");
  return retryAfter === null ? answer : { ...answer, headers: { "retry-after": String(Date.now() + Number(retryAfter) * 1000) } };
}
