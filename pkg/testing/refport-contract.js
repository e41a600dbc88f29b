// The documented contract of the Refport API: what a request must hold, and what each answer looks like.
//
// In: a parsed JSON body, or a row of the ledger. Out: `{ value }` or `{ answer }`, and answers ready to be sent.
// Not its job: state (refport-ledger.js), routing and keys (refport.js), anything the documentation does not name.

import { isObject, withRetryAfter } from "./answer.js";

const CUSTOMER = {
  clickId: { kind: "string", required: true },
  customerExternalId: { kind: "string", required: true },
  customerEmail: { kind: "string" },
  customerName: { kind: "string" },
  customerAvatar: { kind: "string" },
  metadata: { kind: "object" },
};
const LEAD = { ...CUSTOMER, eventName: { kind: "string", required: true } };
const SALE = {
  ...CUSTOMER,
  amount: { kind: "number", required: true },
  currency: { kind: "string" },
  eventName: { kind: "string" },
  invoiceId: { kind: "string" },
  paymentProcessor: { kind: "string", oneOf: ["stripe", "shopify", "polar", "paddle", "revenuecat", "custom"] },
};
const EMBED = { tenantId: { kind: "string" }, enrollmentId: { kind: "string" }, partner: { kind: "object" } };
const PARTNER = { email: { kind: "string", required: true }, name: { kind: "string" } };

/** `POST /api/track/lead`. Malformed: 400. */
export const checkLead = (body) => checked(body, problemsOf(body, LEAD), 400);

/** `POST /api/track/sale`. Malformed: 400. */
export const checkSale = (body) => checked(body, problemsOf(body, SALE), 400);

/** `POST /api/embed/token`. Malformed: 422, unlike the track endpoints. */
export function checkEmbed(body) {
  const problems = problemsOf(body, EMBED);
  if (isObject(body)) {
    const named = ["tenantId", "enrollmentId", "partner"].some((field) => body[field] !== undefined);
    if (!named) problems.push("one of tenantId, enrollmentId, partner is required");
    if (isObject(body.partner)) problems.push(...problemsOf(body.partner, PARTNER, "partner."));
  }
  return checked(body, problems, 422);
}

/** The only error body the documentation prints in full. */
export const unauthorized = error(401, "UNAUTHORIZED", "Invalid or missing API key");
// The texts below are the descriptions in the documentation's error tables.
export const invalidClickId = error(400, "INVALID_CLICK_ID", "The clickId does not match any recorded click");
export const duplicateInvoice = error(409, "DUPLICATE_INVOICE", "A sale with this invoiceId was already recorded");
export const noProgram = error(404, "NOT_FOUND", "No active referral program for this organization");
// Paths and methods nobody documents; the code follows the documented 404.
export const noSuchEndpoint = error(404, "NOT_FOUND", "No such endpoint");

/** The documentation names no Retry-After header. */
export const rateLimited = (retryAfter) =>
  withRetryAfter(error(429, "RATE_LIMIT_EXCEEDED", "Too many requests, retry after backing off"), retryAfter);

// By status, where a test asks for one. Of 403 and 5xx the documentation says nothing: these codes are the fake's own.
const BY_STATUS = {
  400: error(400, "VALIDATION_ERROR", "The request is not valid"),
  401: unauthorized,
  403: error(403, "FORBIDDEN", "Not allowed"),
  404: noProgram,
  409: duplicateInvoice,
  422: error(422, "VALIDATION_ERROR", "The request is not valid"),
  429: rateLimited(null),
};

/** What the service would say with this status, or to this end. */
export function refused(status) {
  if (status === "duplicate") return duplicateInvoice;
  if (status === "unattributed") return { status: 200, body: null };
  if (status < 400) return { status, body: {} };
  return BY_STATUS[status] ?? error(status, status < 500 ? "REJECTED" : "SERVER_ERROR", "Something went wrong");
}

/** `null`: the click belongs to no link, so the event was taken and credited to nobody. */
export function leadAnswer(lead) {
  if (lead === null) return { status: 200, body: null };
  const { eventName, publicClickId, link, customer } = lead;
  return { status: 200, body: { eventName, click: { id: publicClickId }, link, customer } };
}

/** `null` as for a lead; for a sale the documentation is silent, and a client has to survive it. */
export function saleAnswer(sale) {
  if (sale === null) return { status: 200, body: null };
  const { id, amount, currency, commission, invoiceId, paymentProcessor } = sale;
  return {
    status: 200,
    body: {
      eventName: sale.eventName,
      customer: sale.customer,
      sale: { id, amount, currency, commissionAmount: commission, status: "pending", invoiceId, paymentProcessor },
    },
  };
}

export const embedAnswer = (publicToken, expires) => ({ status: 200, body: { publicToken, expires } });

function error(status, code, message) {
  return { status, body: { error: { code, message } } };
}

function checked(body, problems, status) {
  if (problems.length > 0) return { value: null, answer: error(status, "VALIDATION_ERROR", problems.join("; ")) };
  return { value: body, answer: null };
}

// Every problem at once, each naming its field and never its value. Unknown fields are let through: none is documented
// as refused. `null` is refused, because nothing says that it is accepted.
function problemsOf(body, fields, prefix = "") {
  if (!isObject(body)) return ["the body must be a JSON object"];
  const problems = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = body[name];
    if (value === undefined || value === "") {
      if (field.required) problems.push(`${prefix}${name} is required`);
    } else if (field.kind === "object" ? !isObject(value) : typeof value !== field.kind) {
      problems.push(`${prefix}${name} must be ${field.kind === "object" ? "an object" : `a ${field.kind}`}`);
    } else if (field.oneOf && !field.oneOf.includes(value)) {
      problems.push(`${prefix}${name} must be one of ${field.oneOf.join(", ")}`);
    }
  }
  return problems;
}
