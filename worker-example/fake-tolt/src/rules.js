// The documented rules of Tolt's API, version 2 (docs.tolt.com, api-reference): what a request must hold, what each is answered,
// and the books. Where the documentation is silent, the comment here says so.
//
// In: requests, as data. Out: answers, as data. No I/O, no clock and no dice of its own.

import { isObject, parsed } from "../../fake-common/rules-worker.js";

/** The links that there are: a parameter and its value, and whose it is. */
const LINKS = [{ id: "lnk_1", param: "ref", value: "sam", partner_id: "part_8fKq", program_id: "prg_2wXc" }];

export function toltRules({ apiKey, now }) {
  let books;
  const reset = () => void (books = { clicks: [], customers: [], transactions: [] });
  reset();
  const made = (book, prefix, row) => {
    const at = now();
    const whole = { id: `${prefix}_${books[book].length + 1}`, ...row, created_at: at, updated_at: at };
    books[book].push(whole);
    return success(201, whole);
  };

  function click(body) {
    const { param, value, link_id, partner_id } = body;
    const link = LINKS.find((one) => (link_id ? one.id === link_id : partner_id ? one.partner_id === partner_id : one.param === param && one.value === value));
    if (!link) return failure(400, "invalid_reference", "no such link or partner", ["link_id"]);
    const { page = null, referrer = null, country = null, device = null } = body;
    return made("clicks", "clk", { page, referrer, country, device, link_id: link.id, partner_id: link.partner_id, program_id: link.program_id });
  }

  function customer(body) {
    const { email, customer_id = null, partner_id, link_id, click_id = null, status = "lead" } = body;
    const link = LINKS.find((one) => (link_id ? one.id === link_id : one.partner_id === partner_id));
    if (!link) return failure(400, partner_id || link_id ? "invalid_reference" : "validation_error", "provide partner_id or link_id", ["partner_id"]);
    if (!email && !customer_id) return failure(400, "validation_error", "provide email or customer_id", ["email"]);
    // What it says of a click that nobody made is documented of partners alone.
    if (click_id && !books.clicks.some((one) => one.id === click_id)) return failure(400, "invalid_reference", "click_id: no such click", ["click_id"]);
    const address = email?.toLowerCase() ?? null;
    const isKnown = (one) => (address && one.email === address) || (customer_id && one.customer_id === customer_id);
    if (books.customers.some(isKnown)) return failure(409, "already_exists", "the customer exists");
    return made("customers", "cus", { email: address, customer_id, partner_id: link.partner_id, link_id: link.id, program_id: link.program_id, click_id, status });
  }

  function transaction(body) {
    const { amount, customer_id, charge_id, click_id = null, source = "api", billing_type = null, interval = null } = body;
    const wrong = [!(Number.isSafeInteger(amount) && amount >= 0) && "amount", !customer_id && "customer_id"].filter(Boolean);
    if (wrong.length > 0) return failure(400, "validation_error", "the request is not valid", wrong);
    const payer = books.customers.find((one) => one.id === customer_id);
    if (!payer) return failure(400, "invalid_reference", "no such customer", ["customer_id"]);
    const charge = charge_id?.trim() ? charge_id : null;
    if (charge !== null && books.transactions.some((one) => one.customer_id === customer_id && one.charge_id === charge)) {
      return failure(409, "already_exists", "a transaction with this charge_id exists");
    }
    payer.status = "active";
    // Money comes back as text.
    return made("transactions", "txn", { amount: String(amount), currency: "USD", status: "paid", customer_id, charge_id: charge, click_id, source, billing_type, interval, partner_id: payer.partner_id });
  }

  function refund(id) {
    const found = books.transactions.find((one) => one.id === id);
    if (!found) return failure(404, "not_found", "no such transaction");
    // That a second refund is refused is not documented, but that a refunded transaction cannot be modified is.
    if (found.status === "refunded") return failure(409, "transaction_refunded", "the transaction is refunded");
    Object.assign(found, { status: "refunded", updated_at: now() });
    return success(200, found);
  }

  const ROUTES = { "/v2/clicks": click, "/v2/customers": customer, "/v2/transactions": transaction };

  function decide({ method, path, headers, text }, limit) {
    if (headers.get("authorization") !== `Bearer ${apiKey}`) return failure(401, "unauthorized", "the key is not valid");
    if (limit) return limited(limit);
    const [, id] = /^\/v2\/transactions\/([^/]+)\/refund$/.exec(path) ?? [];
    if (method === "POST" && id) return refund(decodeURIComponent(id));
    const route = method === "POST" ? ROUTES[path] : undefined;
    if (!route) return failure(404, "not_found", "no such endpoint");
    const body = parsed(text);
    return isObject(body) ? route(body) : failure(400, "bad_request", "the body is no JSON object");
  }

  return { decide, reset, directions: {}, view: () => structuredClone(books) };
}

const success = (status, data) => ({ status, body: { success: true, message: "OK", data: { ...data } } });

function failure(status, code, message, fields = []) {
  const errors = fields.length > 0 ? { errors: fields.map((field) => ({ field, message })) } : {};
  return { status, body: { success: false, message, code, doc_url: `https://docs.tolt.com/errors#${code}`, ...errors } };
}

/** `Retry-After` is in seconds, and on a 429 alone; `X-RateLimit-Reset` in seconds since 1970. */
function limited({ retryAfter }) {
  const headers = { "x-ratelimit-reset": "1795255201", ...(retryAfter === null ? {} : { "retry-after": retryAfter }) };
  return { ...failure(429, "rate_limited", "too many requests"), headers };
}
