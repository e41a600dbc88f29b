// The documented contract of the RefCampaign API: what a request must hold, and what each answer looks like. Where three
// generations of documentation differ, the newest counts; where all are silent, the comment here says so.
// In: a parsed JSON body, or a row the ledger wrote. Out: a checked request, or an `Answer` that lacks only its `meta`.
// Not its job: state (ledger.ts), routing and authentication (api.ts).

import { isObject, withRetryAfter, type Answer, type Checked } from "../../fake-common/answer.ts";

export const CONVERSION_TYPES = ["SALE", "LEAD", "TRIAL", "CUSTOM"] as const;

export type PostbackRequest = {
  externalId: string;
  conversionType: (typeof CONVERSION_TYPES)[number];
  /** In the smallest unit of `currency`. */
  amount: number;
  currency: string;
  customerId?: string;
} & Identifiers;
/** Whom a conversion may be credited to; at least one is there. */
export type Identifiers = {
  sessionId?: string;
  clickId?: string;
  customerEmailHash?: string;
  customerEmail?: string;
  affiliateCode?: string;
};
export type RefundRequest = { externalId: string; amount?: number; reason?: string };
export type IdentifyRequest = { sessionId: string; customerEmailHash: string };

export type ConversionRow = { conversionId: string; commissionId: string; commission: number };
export type RefundRow = { conversionId: string; alreadyRefunded: boolean };

type Issue = { path: string[]; message: string };
/** What is wrong with a value that is there, in the words of Zod, whose issues the documentation shows. */
type Rule = (value: unknown) => string | null;
type Fields = Record<string, { rule: Rule; required?: true }>;

const ID = text(1, 255);
const SOME_TEXT = text(1, Infinity);
// The server says no more of a hash than that it is SHA-256 in hexadecimal; whether its case matters is unknown.
const EMAIL_HASH: Rule = (value) => (isText(value) && /^[0-9a-f]{64}$/i.test(value) ? null : "Invalid SHA-256 hex");
const AMOUNT: Rule = (value) => {
  if (typeof value !== "number") return "Expected number";
  if (value <= 0) return "Number must be greater than 0";
  return Number.isSafeInteger(value) ? null : "Expected integer, in minor units";
};
const CURRENCY: Rule = (value) => (isText(value) && /^[a-z]{3}$/i.test(value) ? null : "Invalid ISO 4217 code");
const CONVERSION_TYPE: Rule = (value) =>
  CONVERSION_TYPES.some((one) => one === value) ? null : `Expected ${CONVERSION_TYPES.join(" | ")}`;

const IDENTIFIERS: Fields = {
  sessionId: { rule: SOME_TEXT },
  rcsid: { rule: SOME_TEXT },
  clickId: { rule: SOME_TEXT },
  cid: { rule: SOME_TEXT },
  customerEmailHash: { rule: EMAIL_HASH },
  customerEmail: { rule: SOME_TEXT },
  affiliateCode: { rule: SOME_TEXT },
};
const POSTBACK: Fields = {
  externalId: { rule: ID, required: true },
  conversionType: { rule: CONVERSION_TYPE, required: true },
  amount: { rule: AMOUNT, required: true },
  currency: { rule: CURRENCY, required: true },
  ...IDENTIFIERS,
  customerId: { rule: SOME_TEXT },
  metadata: { rule: (value) => (isObject(value) ? null : "Expected object") },
};
const REFUND: Fields = {
  externalId: { rule: ID, required: true },
  amount: { rule: AMOUNT },
  reason: { rule: text(1, 500) },
};

/** The names of the two ways to identify a session: the generated reference's, and the browser SDK's. */
export const REFERENCE_NAMES = { sessionId: "session_id", customerEmailHash: "customer_email_hash" };
export const BROWSER_NAMES = { sessionId: "sessionId", customerEmailHash: "emailHash" };

/** `POST /api/v1/conversions/postback`. An amount with decimals: 422; else malformed: 400. */
export function checkPostback(body: unknown): Checked<PostbackRequest> {
  const issues = issuesOf(body, POSTBACK);
  if (!isObject(body) || issues.length > 0) return refused(body, issues);
  const { externalId, conversionType, amount, currency, customerId } = body as PostbackRequest;
  const identifiers = identifiersOf(body);
  if (Object.keys(identifiers).length === 0) return refused(body, [UNIDENTIFIED]);
  const value = { externalId, conversionType, amount, currency: currency.toUpperCase(), ...identifiers };
  return { value: customerId === undefined ? value : { ...value, customerId }, answer: null };
}

/** `POST /api/v1/conversions/refund`. */
export function checkRefund(body: unknown): Checked<RefundRequest> {
  const issues = issuesOf(body, REFUND);
  return issues.length > 0 ? refused(body, issues) : { value: body as RefundRequest, answer: null };
}

/** `POST /api/v1/track/identify` or `POST /api/track/identify`, which name their fields differently. */
export function checkIdentify(body: unknown, names: typeof REFERENCE_NAMES): Checked<IdentifyRequest> {
  const { sessionId, customerEmailHash } = names;
  const issues = issuesOf(body, {
    [sessionId]: { rule: SOME_TEXT, required: true },
    [customerEmailHash]: { rule: EMAIL_HASH, required: true },
  });
  if (!isObject(body) || issues.length > 0) return refused(body, issues);
  const value = { sessionId: String(body[sessionId]), customerEmailHash: hashOf(body[customerEmailHash]) };
  return { value, answer: null };
}

export const invalidRequest = failure(400, "INVALID_REQUEST", "The request body is not valid JSON.");
export const unauthorized = failure(401, "UNAUTHORIZED", "Invalid or expired API key");
export const noSuchEndpoint = failure(404, "NOT_FOUND", "No such endpoint.");
export const quotaExceeded = failure(429, "LIMIT_EXCEEDED", "The plan's monthly conversions are used up.");
/** The reference says that a repeat never counts twice, and not what it is answered; this is its code for duplicates. */
export const alreadyExists = failure(409, "ALREADY_EXISTS", "A conversion with this externalId already exists.");
export const unknownConversion = failure(404, "NOT_FOUND", "No conversion with this externalId.");
/** Whether a session nobody started is an error is not documented. */
export const unknownSession = failure(404, "NOT_FOUND", "No click with this session.");
/** Not documented either: the SDK's types have an inner `success: false` with a text, and this is the likeliest use. */
export const nobodyToCredit = success(200, { success: false, error: "No attribution found" });
/** The body of an identify is not documented, and the browser SDK ignores it. */
export const identified = success(200, { success: true });

export function rateLimited(retryAfter: string | null): Answer {
  return withRetryAfter(failure(429, "RATE_LIMIT_EXCEEDED", "Too many requests."), retryAfter);
}

export function postbackAnswer({ conversionId, commissionId, commission }: ConversionRow): Answer {
  return success(201, { success: true, conversionId, commissionId, commissionAmount: commission });
}

export function refundAnswer({ conversionId, alreadyRefunded }: RefundRow): Answer {
  const data = { success: true, conversionId, alreadyRefunded };
  return success(200, alreadyRefunded ? { ...data, message: "Conversion already refunded" } : data);
}

/** The words are those of the SDK's tests; the code is not documented. */
export function notRefundable(status: string): Answer {
  return failure(409, "CONFLICT", `not refundable (status: ${status})`);
}

export function refundTooHigh(most: number): Answer {
  return validationFailed(400, [{ path: ["amount"], message: `Number must be less than or equal to ${most}` }]);
}

export function pingAnswer(activeCampaigns: number): Answer {
  const stripe = { connected: false, mode: "unknown" };
  return success(200, { valid: true, merchant: "Northbound", activeCampaigns, stripe });
}

/** Every answer says when it was given, an error also which one it is. */
export function sealed({ status, body, headers }: Answer, timestamp: string, requestId: string): Answer {
  const meta = status < 400 ? { timestamp } : { timestamp, requestId };
  return { status, body: { ...(body as object), meta }, headers: { ...headers, "x-request-id": requestId } };
}

const UNIDENTIFIED: Issue = {
  path: [],
  message: "One of sessionId, clickId, customerEmailHash, customerEmail, affiliateCode is required",
};

function success(status: number, data: object): Answer {
  return { status, body: { success: true, data } };
}

function failure(status: number, code: string, message: string, details: Issue[] | null = null): Answer {
  return { status, body: { success: false, error: { code, message, details } } };
}

// Which code a 422 has is not documented.
function validationFailed(status: 400 | 422, issues: Issue[]): Answer {
  return failure(status, "VALIDATION_FAILED", "Validation failed.", issues);
}

function refused(body: unknown, issues: Issue[]): { value: null; answer: Answer } {
  const decimals = isObject(body) && typeof body.amount === "number" && !Number.isInteger(body.amount);
  return { value: null, answer: validationFailed(decimals ? 422 : 400, issues) };
}

// Every issue at once, each naming its field and never its value. Unknown fields are let through: none is documented as
// refused. `null` is refused, because nothing says that it is accepted.
function issuesOf(body: unknown, fields: Fields): Issue[] {
  if (!isObject(body)) return [{ path: [], message: "Expected object" }];
  return Object.entries(fields).flatMap(([name, { rule, required }]) => {
    const value = body[name];
    if (value === undefined) return required ? [{ path: [name], message: "Required" }] : [];
    const message = rule(value);
    return message === null ? [] : [{ path: [name], message }];
  });
}

// Without the aliases, and a hash always in lower case.
function identifiersOf(body: Record<string, unknown>): Identifiers {
  const { sessionId = body.rcsid, clickId = body.cid, customerEmailHash, customerEmail, affiliateCode } = body;
  const hash = customerEmailHash === undefined ? undefined : hashOf(customerEmailHash);
  const all = { sessionId, clickId, customerEmailHash: hash, customerEmail, affiliateCode };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function hashOf(value: unknown): string {
  return String(value).toLowerCase();
}

function text(shortest: number, longest: number): Rule {
  return (value) => {
    if (!isText(value)) return "Expected string";
    if (value.length < shortest) return `String must contain at least ${shortest} character(s)`;
    return value.length > longest ? `String must contain at most ${longest} character(s)` : null;
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
