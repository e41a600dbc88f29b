// Everything that the two services and their own clients document, item by item: the list that docs/parity.md is made of.
//
// In: nothing. Out: the endpoints, with the fields, answers and failures of each (checks.mjs tries every one of them), the
// options, and the facts that are no field, each with the tests that show it or the reason why it is left out.
// Not its job: trying anything (checks.mjs, samples.mjs, the golden vectors), or writing the table (table.mjs).
//
// A test is named as its suite and its name are printed: `encode.json: the smallest sale` is that vector.

const text = (more = {}) => ({ type: "string", wrong: 42, ...more });
const needed = (more = {}) => text({ required: true, ...more });
const object = (more = {}) => ({ type: "object", wrong: "text", ...more });

const FROM_REQUEST = {
  note: "the functions read it from the request",
  also: ["encode.json: the click ID is taken from the request's URL", "encode.json: the click ID is taken from the request's cookies"],
};
const CUSTOMER = {
  customerEmail: text(),
  customerName: text(),
  customerAvatar: text(),
  metadata: object(),
};
const EVERY_REFPORT_FAILURE = [
  [401, "UNAUTHORIZED", "auth"],
  [429, "RATE_LIMIT_EXCEEDED", "rate_limit"],
];

const IDENTIFIERS = {
  sessionId: text({ one: true, note: "8 or more of `A-Z a-z 0-9 _ -`; the value of the cookie `_rc_sid`" }),
  rcsid: text({ one: true, give: "rcs_7fKj2", note: "alias of `sessionId`" }),
  clickId: text({ one: true }),
  cid: text({ one: true, give: "clk_1", note: "alias of `clickId`" }),
  customerEmailHash: text({ one: true, note: "SHA-256 in hexadecimal" }),
  customerEmail: text({ one: true, note: "hashed by the service" }),
  affiliateCode: text({ one: true }),
};
const CONVERSION = {
  conversionType: { type: "string", each: ["SALE", "LEAD", "TRIAL", "CUSTOM"], wrong: "sale", byDefault: "SALE" },
  currency: needed({ give: "eur", sent: "EUR", wrong: "EURO", note: "ISO 4217; upper-cased" }),
  ...IDENTIFIERS,
  customerId: text(),
  metadata: object(),
};
const FULL_CONVERSION = {
  externalId: "ord_42", conversionType: "SALE", currency: "eur", sessionId: "rcs_7fKj2", clickId: "clk_1",
  customerEmailHash: "a".repeat(64), customerEmail: "alice@example.com", affiliateCode: "PARTNER10", customerId: "user_001",
  metadata: { plan: "pro" },
};
const REFCAMPAIGN_FAILURES = [
  [400, "VALIDATION_FAILED", "validation"],
  [400, "INVALID_REQUEST", "validation"],
  [401, "UNAUTHORIZED", "auth"],
  [403, "PERMISSION_DENIED", "auth"],
  [404, "NOT_FOUND", "not_found"],
  [409, "ALREADY_EXISTS", "rejected"],
  [422, null, "validation"],
  [422, "VALIDATION_FAILED", "validation"],
  [429, "RATE_LIMIT_EXCEEDED", "rate_limit"],
  [429, "LIMIT_EXCEEDED", "rate_limit"],
  [500, "SERVER_ERROR", "unavailable"],
  [503, "SERVICE_UNAVAILABLE", "unavailable"],
];
const CONVERSION_FAILURES = REFCAMPAIGN_FAILURES.map((failure) => (failure[0] === 409 ? [409, "ALREADY_EXISTS", "duplicate"] : failure));
const ENVELOPE = { meta: { timestamp: "2026-05-02T14:32:11Z" } };
const RECORDED = {
  success: true,
  data: { success: true, conversionId: "cnv_3F7m2", commissionId: "cmm_9NkP1", commissionAmount: 499 },
  ...ENVELOPE,
};

/**
 * The endpoints that are called. `event` is the call's name in the vectors and `number` its place in the core. Of a field,
 * `give` is given (else what `full` has) and `sent` is on the wire; `one` means that one of these is needed, `each` that these are its
 * values, `also` names further tests. Of an answer,
 * each member is a path and its type, with a `?` where it may be missing and `| null` where it may be null.
 */
export const ENDPOINTS = [
  {
    provider: "Refport", method: "POST", path: "/api/track/lead", event: "lead", constant: "LEAD",
    calls: ["track_lead", "trackLead", "Refport.track.lead"], params: "LeadParams", answerType: "TrackLeadResponse",
    page: "api-reference/track/lead",
    full: {
      clickId: "abc123", eventName: "Sign Up", customerExternalId: "user_001", customerEmail: "alice@example.com",
      customerName: "Alice", customerAvatar: "https://example.com/avatar.png", metadata: { plan: "free" },
    },
    fields: { clickId: needed(FROM_REQUEST), eventName: needed(), customerExternalId: needed(), ...CUSTOMER },
    answer: {
      eventName: "Sign Up", click: { id: "clk_xyz" },
      link: { id: "lnk_abc", domain: "go.yoursite.com", key: "alice", url: "https://yoursite.com", programId: "prog_001" },
      customer: { externalId: "user_001", email: "alice@example.com", name: "Alice" },
    },
    members: {
      eventName: "string", "click.id": "string", "link.id": "string", "link.domain": "string", "link.key": "string",
      "link.url": "string", "link.programId": "string | null", "customer.externalId": "string",
      "customer.email": "string | null", "customer.name": "string | null",
    },
    failures: [[400, "INVALID_CLICK_ID", "invalid_click_id"], [400, "VALIDATION_ERROR", "validation"], ...EVERY_REFPORT_FAILURE],
  },
  {
    provider: "Refport", method: "POST", path: "/api/track/sale", event: "sale", constant: "SALE",
    calls: ["track_sale", "trackSale", "Refport.track.sale"], params: "SaleParams", answerType: "TrackSaleResponse",
    page: "api-reference/track/sale",
    full: {
      clickId: "abc123", customerExternalId: "user_001", amount: 4900, currency: "usd", eventName: "Purchase",
      invoiceId: "inv_001", paymentProcessor: "stripe", customerEmail: "alice@example.com", customerName: "Alice",
      customerAvatar: "https://example.com/avatar.png", metadata: { plan: "pro" },
    },
    fields: {
      clickId: needed(FROM_REQUEST),
      customerExternalId: needed(),
      amount: { type: "number", required: true, wrong: 49.9, note: "whole, in the smallest currency unit" },
      currency: text({ byService: "usd", wrong: "dollar", also: ["wire.json: sale: the documented defaults of currency and event name"] }),
      eventName: text({ byService: "Purchase", also: ["wire.json: sale: the documented defaults of currency and event name"] }),
      invoiceId: text({ note: "by which a repeat is recognised", also: ["wire.json: sale: the invoice is on the books already"] }),
      paymentProcessor: text({
        each: ["stripe", "shopify", "polar", "paddle", "revenuecat", "custom"],
        note: "or one not listed yet",
        also: ["encode.json: a processor that is not listed is passed through"],
      }),
      ...CUSTOMER,
    },
    answer: {
      eventName: "Purchase", customer: { externalId: "user_001", email: "alice@example.com", name: "Alice" },
      sale: {
        id: "sale_xyz", amount: 4900, currency: "usd", commissionAmount: 490, status: "pending", invoiceId: "inv_001",
        paymentProcessor: "stripe",
      },
    },
    members: {
      eventName: "string", "customer.externalId": "string", "customer.email": "string | null", "customer.name": "string | null",
      "sale.id": "string", "sale.amount": "number", "sale.currency": "string", "sale.commissionAmount": "number",
      "sale.status": "string", "sale.invoiceId": "string | null", "sale.paymentProcessor": "string",
    },
    failures: [
      [400, "INVALID_CLICK_ID", "invalid_click_id"], [400, "VALIDATION_ERROR", "validation"], ...EVERY_REFPORT_FAILURE,
      [409, "DUPLICATE_INVOICE", "duplicate"],
    ],
  },
  {
    provider: "Refport", method: "POST", path: "/api/embed/token", event: "embed token", constant: "EMBED_TOKEN",
    calls: ["Refport.embedTokens.create"], params: "EmbedTokenParams", answerType: "EmbedTokenResponse",
    page: "api-reference/embed-tokens/create",
    full: { tenantId: "org_001", enrollmentId: "enr_001", partner: { email: "alice@example.com", name: "Alice" } },
    fields: {
      tenantId: text({ one: true }), enrollmentId: text({ one: true }), partner: object({ one: true }),
      "partner.email": needed({ note: "where there is a `partner`" }), "partner.name": text(),
    },
    answer: { publicToken: "pt_abc123...", expires: "2024-01-15T12:30:00.000Z" },
    members: { publicToken: "string", expires: "Date" },
    failures: [...EVERY_REFPORT_FAILURE, [404, "NOT_FOUND", "not_found"], [422, "VALIDATION_ERROR", "validation"]],
  },
  {
    provider: "RefCampaign", method: "POST", path: "/api/v1/conversions/postback", event: "track", constant: "TRACK",
    calls: ["RefCampaign.conversions.track"], params: "TrackParams", answerType: "ConversionResult", page: "integration/sdk",
    full: { ...FULL_CONVERSION, amount: 49.9 },
    fields: {
      externalId: text({ note: "else `metadata.orderId`, else one made for the call" }),
      "metadata.orderId": { type: "string or whole number", note: "stands for a missing `externalId`" },
      amount: { type: "number or decimal text", required: true, sent: 4990, wrong: 49.999, note: "in major units; sent in minor ones, exactly" },
      ...CONVERSION,
    },
    answer: RECORDED,
    members: {
      "data.success": "boolean?", "data.conversionId": "string?", "data.commissionId": "string?", "data.commissionAmount": "number?",
    },
    failures: CONVERSION_FAILURES,
  },
  {
    provider: "RefCampaign", method: "POST", path: "/api/v1/conversions/postback", event: "postback", constant: "POSTBACK",
    calls: ["RefCampaign.conversions.postback"], params: "PostbackParams", answerType: "ConversionResult",
    page: "api/reference/conversions/postConversionsPostback",
    full: { ...FULL_CONVERSION, amount: 4990 },
    fields: {
      externalId: needed({
        note: "1 to 255 characters",
        also: ["validation.json: track: an external ID of 255 characters", "validation.json: track: an external ID of 256 characters"],
      }),
      amount: { type: "number", required: true, wrong: 49.9, note: "whole, in minor units, more than 0" },
      ...CONVERSION,
    },
    answer: RECORDED,
    members: {
      "data.success": "boolean?", "data.conversionId": "string?", "data.commissionId": "string?", "data.commissionAmount": "number?",
    },
    failures: CONVERSION_FAILURES,
  },
  {
    provider: "RefCampaign", method: "POST", path: "/api/v1/conversions/refund", event: "refund", constant: "REFUND",
    calls: ["RefCampaign.conversions.refund"], params: "RefundParams", answerType: "RefundResult",
    page: "api/reference/conversions/postConversionsRefund",
    full: { externalId: "ord_42", amount: 990, reason: "a scratch" },
    fields: {
      externalId: needed(),
      amount: { type: "number", wrong: 9.9, note: "whole, in minor units; the whole conversion when absent" },
      reason: text({
        note: "1 to 500 characters",
        also: ["validation.json: refund: a reason of 500 characters", "validation.json: refund: a reason of 501 characters"],
      }),
    },
    answer: {
      success: true,
      data: { success: true, conversionId: "cnv_3F7m2", alreadyRefunded: true, message: "Conversion already refunded" },
      ...ENVELOPE,
    },
    members: {
      "data.success": "boolean?", "data.conversionId": "string?", "data.alreadyRefunded": "boolean?", "data.message": "string?",
    },
    failures: [...REFCAMPAIGN_FAILURES, [409, "CONFLICT", "rejected"]],
  },
  {
    provider: "RefCampaign", method: "POST", path: "/api/v1/track/identify", event: "identify", constant: "IDENTIFY", isPublic: true,
    calls: ["RefCampaign.tracking.identify"], params: "IdentifyParams", answerType: "IdentifyResult",
    page: "api-reference/tracking/identify",
    full: { sessionId: "rcs_7fKj2", customerEmailHash: "a".repeat(64) },
    fields: {
      sessionId: needed({ wire: "session_id", note: "sent as `session_id`" }),
      customerEmailHash: needed({ wire: "customer_email_hash", note: "sent as `customer_email_hash`" }),
    },
    answer: { success: true, data: { success: true }, ...ENVELOPE },
    members: {},
    failures: REFCAMPAIGN_FAILURES,
  },
  {
    provider: "RefCampaign", method: "GET", path: "/api/v1/ping", event: "ping", constant: "PING",
    calls: ["RefCampaign.ping"], params: null, answerType: "PingResult", page: "api/reference/ping/getPing",
    full: {},
    fields: {},
    answer: {
      success: true,
      data: { valid: true, merchant: "Northbound", activeCampaigns: 2, stripe: { connected: true, mode: "live" } },
      ...ENVELOPE,
    },
    members: {
      "data.valid": "boolean?", "data.merchant": "unknown?", "data.activeCampaigns": "number?",
      "data.stripe.connected": "boolean", "data.stripe.mode": "`live` `test` `unknown`",
    },
    failures: REFCAMPAIGN_FAILURES,
  },
];

const SHARED_OPTIONS = [
  ["fetch", "`(url, init)`, or an object with such a method", "the runtime's", ["transports: a binding's fetch is called as its method", "validation.json: a transport that is a number"]],
  ["timeoutMs", "number", "5,000", ["retry.json: a record at once needs one attempt", "validation.json: timeoutMs that is 0"]],
  ["budgetMs", "number", "10,000", ["retry.json: the budget caps an attempt in flight", "validation.json: budgetMs that is 0"]],
  ["maxAttempts", "number", "3", ["retry.json: attempts run out: the last answer is the error", "validation.json: maxAttempts that is 0"]],
  ["signal", "`AbortSignal`", "none", ["retry.json: a signal that has fired before the call: nothing is sent", "validation.json: a signal that is none"]],
  ["onAttempt", "function", "none", ["transports: a callback that throws or rejects harms nobody", "validation.json: a callback that is none"]],
  ["waitUntil", "an object with that method, or a function", "none", ["background: a context holds the call, as the object of its method", "validation.json: a holder that is none"]],
  ["onResult", "function", "none", ["background: onResult is called without waitUntil too, once for all attempts, and before the call resolves", "validation.json: a callback for the end that is none"]],
  ["debug", "boolean", "`false`", ["background: debug prints a line for each attempt, without the key or the customer", "validation.json: debug that is no boolean"]],
  ["retry.replay", "`safe` `always`", "`safe`", ["retry.json: 500: a lead with replay always waits and is sent again", "validation.json: a replay rule nobody knows"]],
  ["dangerouslyAllowHttp", "boolean", "false", ["validation.json: plain http elsewhere, allowed: http://fake:8080", "validation.json: plain http elsewhere: http://fake:8080"]],
  ["dangerouslyAllowBrowser", "boolean", "false", ["options: in a browser the key is refused, and dangerouslyAllowBrowser lifts it"]],
];

/** Per provider: the options, `[name, type, default, tests]`. */
export const OPTIONS = {
  Refport: {
    constant: "REFPORT",
    types: ["RefportConfig", "DeliveryOptions"],
    options: [
      ["apiKey", "string", "required", ["validation.json: a key that is missing", "encode.json: the key is sent as it is"]],
      ["baseUrl", "string", "`https://app.refport.co`", ["encode.json: a base URL", "encode.json: slashes at the end of the base URL are dropped", "encode.json: a base URL that is undefined is the default one"]],
      ["cookieName", "string", "`refp_id`", ["click_id.json: another name leaves the default one alone", "validation.json: a cookie name that is empty"]],
      ...SHARED_OPTIONS,
    ],
  },
  RefCampaign: {
    constant: "REFCAMPAIGN",
    types: ["RefCampaignConfig", "DeliveryOptions"],
    options: [
      ["apiKey", "string", "required", ["validation.json: RefCampaign: no key"]],
      ["apiUrl", "string", "`https://app.refcampaign.com`", ["samples: RefCampaign's guide: where the client sends to by default, and on staging", "validation.json: RefCampaign: a wrong address is named as its guide calls it"]],
      ["identify.path", "string", "`/api/v1/track/identify`", ["encode.json: identify: as the browser script does", "validation.json: RefCampaign: a path that is none"]],
      ["identify.sessionIdField", "string", "`session_id`", ["encode.json: identify: as the browser script does", "validation.json: RefCampaign: names that are none"]],
      ["identify.customerEmailHashField", "string", "`customer_email_hash`", ["encode.json: identify: as the browser script does", "validation.json: RefCampaign: names that are none"]],
      ...SHARED_OPTIONS,
    ],
  },
};
