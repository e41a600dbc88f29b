// The documented contract of the Refport API: what a request must hold, and what each answer looks like.
// In: a parsed JSON body, or a row the ledger wrote. Out: a checked request, or an `Answer` ready to be sent.
// Not its job: state (ledger.ts), routing and authentication (api.ts), anything the documentation does not name.

import { isObject, withRetryAfter, type Answer, type Checked } from "../../fake-common/answer.ts";

export type LeadRequest = Customer & { eventName: string };
export type SaleRequest = Customer & {
  amount: number;
  currency?: string;
  eventName?: string;
  invoiceId?: string;
  paymentProcessor?: string;
};
export type EmbedRequest = {
  tenantId?: string;
  enrollmentId?: string;
  partner?: { email: string; name?: string };
};

export type LeadRow = { eventName: string; publicClickId: string; link: LinkRow; customer: CustomerRow };
export type SaleRow = {
  id: string;
  eventName: string;
  customer: CustomerRow;
  amount: number;
  currency: string;
  commission: number;
  invoiceId: string | null;
  paymentProcessor: string;
};
export type LinkRow = { id: string; domain: string; key: string; url: string; programId: string | null };
export type CustomerRow = { externalId: string; email: string | null; name: string | null };

type Customer = {
  clickId: string;
  customerExternalId: string;
  customerEmail?: string;
  customerName?: string;
  customerAvatar?: string;
  metadata?: Record<string, unknown>;
};
type Field = { kind: "string" | "number" | "object"; required?: true; oneOf?: readonly string[] };
type Fields = Record<string, Field>;

const CUSTOMER: Fields = {
  clickId: { kind: "string", required: true },
  customerExternalId: { kind: "string", required: true },
  customerEmail: { kind: "string" },
  customerName: { kind: "string" },
  customerAvatar: { kind: "string" },
  metadata: { kind: "object" },
};
const LEAD: Fields = { ...CUSTOMER, eventName: { kind: "string", required: true } };
const SALE: Fields = {
  ...CUSTOMER,
  amount: { kind: "number", required: true },
  currency: { kind: "string" },
  eventName: { kind: "string" },
  invoiceId: { kind: "string" },
  paymentProcessor: { kind: "string", oneOf: ["stripe", "shopify", "polar", "paddle", "revenuecat", "custom"] },
};
const EMBED: Fields = {
  tenantId: { kind: "string" },
  enrollmentId: { kind: "string" },
  partner: { kind: "object" },
};
const PARTNER: Fields = { email: { kind: "string", required: true }, name: { kind: "string" } };

/** `POST /api/track/lead`. Malformed: 400. */
export function checkLead(body: unknown): Checked<LeadRequest> {
  return checked<LeadRequest>(body, problemsOf(body, LEAD), 400);
}

/** `POST /api/track/sale`. Malformed: 400. */
export function checkSale(body: unknown): Checked<SaleRequest> {
  return checked<SaleRequest>(body, problemsOf(body, SALE), 400);
}

/** `POST /api/embed/token`. Malformed: 422, unlike the track endpoints. */
export function checkEmbed(body: unknown): Checked<EmbedRequest> {
  const problems = problemsOf(body, EMBED);
  if (isObject(body)) {
    const named = ["tenantId", "enrollmentId", "partner"].some((field) => body[field] !== undefined);
    if (!named) problems.push("one of tenantId, enrollmentId, partner is required");
    if (isObject(body.partner)) problems.push(...problemsOf(body.partner, PARTNER, "partner."));
  }
  return checked<EmbedRequest>(body, problems, 422);
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
export function rateLimited(retryAfter: string | null): Answer {
  return withRetryAfter(error(429, "RATE_LIMIT_EXCEEDED", "Too many requests, retry after backing off"), retryAfter);
}

/** `null`: the click belongs to no link, so the event was taken and credited to nobody. */
export function leadAnswer(lead: LeadRow | null): Answer {
  if (lead === null) return { status: 200, body: null };
  const { eventName, publicClickId, link, customer } = lead;
  return { status: 200, body: { eventName, click: { id: publicClickId }, link, customer } };
}

/** `null` as for a lead; for a sale the documentation is silent, and a client has to survive it. */
export function saleAnswer(sale: SaleRow | null): Answer {
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

export function embedAnswer(publicToken: string, expires: string): Answer {
  return { status: 200, body: { publicToken, expires } };
}

function error(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

function checked<T>(body: unknown, problems: string[], status: number): Checked<T> {
  if (problems.length > 0) return { value: null, answer: error(status, "VALIDATION_ERROR", problems.join("; ")) };
  return { value: body as T, answer: null };
}

// Every problem at once, each naming its field and never its value. Unknown fields are let through: none is documented
// as refused. `null` is refused, because nothing says that it is accepted.
function problemsOf(body: unknown, fields: Fields, prefix = ""): string[] {
  if (!isObject(body)) return ["the body must be a JSON object"];
  const problems: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = body[name];
    if (value === undefined || value === "") {
      if (field.required) problems.push(`${prefix}${name} is required`);
    } else if (field.kind === "object" ? !isObject(value) : typeof value !== field.kind) {
      problems.push(`${prefix}${name} must be ${field.kind === "object" ? "an object" : `a ${field.kind}`}`);
    } else if (field.oneOf && !field.oneOf.includes(value as string)) {
      problems.push(`${prefix}${name} must be one of ${field.oneOf.join(", ")}`);
    }
  }
  return problems;
}
