// The documented contract of the RefCampaign API: what a request must hold, and what each answer looks like. Where three
// generations of documentation differ, the newest counts; where all are silent, the comment here says so.
//
// In: a parsed JSON body, or a row of the ledger. Out: `{ value }` or `{ answer }`, and answers that lack only their `meta`.
// Not its job: state (refcampaign-ledger.js), routing and keys (refcampaign.js).

import { isObject, withRetryAfter } from "./answer.js";

const CONVERSION_TYPES = ["SALE", "LEAD", "TRIAL", "CUSTOM"];

// A rule answers what is wrong with a value, in the words of Zod: the documentation shows its issues.
const ID = text(1, 255);
const SOME_TEXT = text(1, Infinity);
// The server says no more of a hash than that it is SHA-256 in hexadecimal; whether its case matters is unknown.
const EMAIL_HASH = (value) => (isText(value) && /^[0-9a-f]{64}$/i.test(value) ? null : "Invalid SHA-256 hex");
const AMOUNT = (value) => {
  if (typeof value !== "number") return "Expected number";
  if (value <= 0) return "Number must be greater than 0";
  return Number.isSafeInteger(value) ? null : "Expected integer, in minor units";
};
const CURRENCY = (value) => (isText(value) && /^[a-z]{3}$/i.test(value) ? null : "Invalid ISO 4217 code");
const CONVERSION_TYPE = (value) => (CONVERSION_TYPES.includes(value) ? null : `Expected ${CONVERSION_TYPES.join(" | ")}`);

const POSTBACK = {
  externalId: { rule: ID, required: true },
  conversionType: { rule: CONVERSION_TYPE, required: true },
  amount: { rule: AMOUNT, required: true },
  currency: { rule: CURRENCY, required: true },
  sessionId: { rule: SOME_TEXT },
  rcsid: { rule: SOME_TEXT },
  clickId: { rule: SOME_TEXT },
  cid: { rule: SOME_TEXT },
  customerEmailHash: { rule: EMAIL_HASH },
  customerEmail: { rule: SOME_TEXT },
  affiliateCode: { rule: SOME_TEXT },
  customerId: { rule: SOME_TEXT },
  metadata: { rule: (value) => (isObject(value) ? null : "Expected object") },
};
const REFUND = {
  externalId: { rule: ID, required: true },
  amount: { rule: AMOUNT },
  reason: { rule: text(1, 500) },
};

/** The names of the two ways to identify a session: the generated reference's, and the browser SDK's. */
export const REFERENCE_NAMES = { sessionId: "session_id", customerEmailHash: "customer_email_hash" };
export const BROWSER_NAMES = { sessionId: "sessionId", customerEmailHash: "emailHash" };

/** `POST /api/v1/conversions/postback`. An amount with decimals: 422; else malformed: 400. */
export function checkPostback(body) {
  const issues = issuesOf(body, POSTBACK);
  if (!isObject(body) || issues.length > 0) return refusedFor(body, issues);
  const { externalId, conversionType, amount, currency, customerId } = body;
  const identifiers = identifiersOf(body);
  if (Object.keys(identifiers).length === 0) return refusedFor(body, [UNIDENTIFIED]);
  const value = { externalId, conversionType, amount, currency: currency.toUpperCase(), ...identifiers };
  return { value: customerId === undefined ? value : { ...value, customerId }, answer: null };
}

/** `POST /api/v1/conversions/refund`. */
export function checkRefund(body) {
  const issues = issuesOf(body, REFUND);
  return issues.length > 0 ? refusedFor(body, issues) : { value: body, answer: null };
}

/** `POST /api/v1/track/identify` or `POST /api/track/identify`, which name their fields differently. */
export function checkIdentify(body, { sessionId, customerEmailHash }) {
  const issues = issuesOf(body, {
    [sessionId]: { rule: SOME_TEXT, required: true },
    [customerEmailHash]: { rule: EMAIL_HASH, required: true },
  });
  if (!isObject(body) || issues.length > 0) return refusedFor(body, issues);
  const value = { sessionId: body[sessionId], customerEmailHash: body[customerEmailHash].toLowerCase() };
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

export const rateLimited = (retryAfter) =>
  withRetryAfter(failure(429, "RATE_LIMIT_EXCEEDED", "Too many requests."), retryAfter);

// By status, where a test asks for one. Which code a 422 has is not documented.
const BY_STATUS = {
  400: failure(400, "VALIDATION_FAILED", "Validation failed."),
  401: unauthorized,
  403: failure(403, "PERMISSION_DENIED", "Not allowed."),
  404: unknownConversion,
  409: alreadyExists,
  422: failure(422, "VALIDATION_FAILED", "Validation failed."),
  429: rateLimited(null),
  503: failure(503, "SERVICE_UNAVAILABLE", "Try again later."),
};

/** What the service would say with this status, or to this end. */
export function refused(status) {
  if (status === "duplicate") return alreadyExists;
  if (status === "unattributed") return nobodyToCredit;
  if (status < 400) return { status, body: {} };
  return BY_STATUS[status] ?? failure(status, status < 500 ? "REJECTED" : "SERVER_ERROR", "Something went wrong.");
}

export const postbackAnswer = ({ conversionId, commissionId, commission }) =>
  success(201, { success: true, conversionId, commissionId, commissionAmount: commission });

export function refundAnswer({ conversionId, alreadyRefunded }) {
  const data = { success: true, conversionId, alreadyRefunded };
  return success(200, alreadyRefunded ? { ...data, message: "Conversion already refunded" } : data);
}

/** The words are those of the SDK's tests; the code is not documented. */
export const notRefundable = (status) => failure(409, "CONFLICT", `not refundable (status: ${status})`);

export const refundTooHigh = (most) =>
  validationFailed(400, [{ path: ["amount"], message: `Number must be less than or equal to ${most}` }]);

export function pingAnswer(activeCampaigns) {
  const stripe = { connected: false, mode: "unknown" };
  return success(200, { valid: true, merchant: "Northbound", activeCampaigns, stripe });
}

/** Every answer says when it was given, an error also which one it is. */
export function sealed({ status, body, headers }, timestamp, requestId) {
  const meta = status < 400 ? { timestamp } : { timestamp, requestId };
  return { status, body: { ...body, meta }, headers: { ...headers, "x-request-id": requestId } };
}

const UNIDENTIFIED = {
  path: [],
  message: "One of sessionId, clickId, customerEmailHash, customerEmail, affiliateCode is required",
};

function success(status, data) {
  return { status, body: { success: true, data } };
}

function failure(status, code, message, details = null) {
  return { status, body: { success: false, error: { code, message, details } } };
}

function validationFailed(status, issues) {
  return failure(status, "VALIDATION_FAILED", "Validation failed.", issues);
}

function refusedFor(body, issues) {
  const decimals = isObject(body) && typeof body.amount === "number" && !Number.isInteger(body.amount);
  return { value: null, answer: validationFailed(decimals ? 422 : 400, issues) };
}

// Every issue at once, each naming its field and never its value. Unknown fields are let through: none is documented as
// refused. `null` is refused, because nothing says that it is accepted.
function issuesOf(body, fields) {
  if (!isObject(body)) return [{ path: [], message: "Expected object" }];
  return Object.entries(fields).flatMap(([name, { rule, required }]) => {
    const value = body[name];
    if (value === undefined) return required ? [{ path: [name], message: "Required" }] : [];
    const message = rule(value);
    return message === null ? [] : [{ path: [name], message }];
  });
}

// Without the aliases, and a hash always in lower case.
function identifiersOf(body) {
  const { sessionId = body.rcsid, clickId = body.cid, customerEmailHash, customerEmail, affiliateCode } = body;
  const all = { sessionId, clickId, customerEmailHash: customerEmailHash?.toLowerCase(), customerEmail, affiliateCode };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function text(shortest, longest) {
  return (value) => {
    if (!isText(value)) return "Expected string";
    if (value.length < shortest) return `String must contain at least ${shortest} character(s)`;
    return value.length > longest ? `String must contain at most ${longest} character(s)` : null;
  };
}

function isText(value) {
  return typeof value === "string";
}
