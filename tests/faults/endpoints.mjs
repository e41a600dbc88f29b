// The endpoints that the fault service has, and what each says when all is well.
//
// In: a path, an event. Out: the answer's status and text, and by which of its fields an event is recognised that comes
// twice, or which endpoint's events it refunds. The answers repeat nothing of the customer, so that whatever is found of one in an error was not found here.

const CUSTOMER = { externalId: "known_to_the_service", email: null, name: null };

const CONVERSIONS = "/api/v1/conversions/postback";

const ENDPOINTS = {
  "/api/track/sale": { idField: "invoiceId", duplicate: "DUPLICATE_INVOICE", status: 200, good: goodSale },
  "/api/track/lead": { status: 200, good: goodLead },
  "/api/embed/token": { status: 200, good: goodToken },
  [CONVERSIONS]: {
    idField: "externalId",
    duplicate: "ALREADY_EXISTS",
    status: 201,
    good: goodConversion,
  },
  "/api/v1/conversions/refund": { refundOf: CONVERSIONS, status: 200, good: goodRefund },
  // A repeat is answered as the first was; of a lead, without its link.
  "/track/sale": { idOf: ({ invoiceId }) => invoiceId, repeat: dubSale, status: 200, good: dubSale },
  "/track/lead": {
    idOf: ({ customerExternalId, eventName }) => `${customerExternalId}:${eventName}`,
    repeat: (event) => dubLead(event, null),
    status: 200,
    good: dubLead,
  },
  "/v2/transactions": { idField: "charge_id", duplicate: "already_exists", status: 201, good: goodTransaction },
};

/** What no client of ours should ask for: a lead, as far as an answer is wanted. */
export const UNKNOWN = { status: 200, good: goodLead };

export const endpointAt = (path) => ENDPOINTS[path] ?? UNKNOWN;

/** An error as the services wrap it. */
export function errorText(code, message) {
  return JSON.stringify({ error: { code, message } });
}

function goodSale({ amount, currency = "usd", invoiceId = null, paymentProcessor = "custom" }) {
  const sale = {
    id: "sale_xyz",
    amount,
    currency,
    commissionAmount: 490,
    status: "pending",
    invoiceId,
    paymentProcessor,
  };
  return JSON.stringify({ eventName: "Purchase", customer: CUSTOMER, sale });
}

function goodLead({ eventName }) {
  const link = { id: "lnk_abc", domain: "go.shop.test", key: "alice", url: "https://shop.test", programId: null };
  return JSON.stringify({ eventName, click: { id: "clk_xyz" }, link, customer: CUSTOMER });
}

function goodToken() {
  return JSON.stringify({ publicToken: "embed_xyz", expires: "2027-01-01T00:00:00.000Z" });
}

function goodConversion({ externalId }) {
  const data = { success: true, conversionId: `cnv_${externalId}`, commissionId: "cmm_xyz", commissionAmount: 499 };
  return JSON.stringify({ success: true, data, meta: { timestamp: "2026-11-21T10:00:00.000Z" } });
}

/** Dub's. */
function dubSale({ amount, currency = "usd", invoiceId = null, paymentProcessor = "custom" }) {
  const customer = { id: "cus_xyz", ...CUSTOMER, avatar: null };
  return JSON.stringify({ eventName: "Purchase", customer, sale: { amount, currency, paymentProcessor, invoiceId, metadata: null } });
}

const DUB_LINK = { id: "link_xyz", domain: "go.shop.test", key: "alice", shortLink: "https://go.shop.test/alice", url: "https://shop.test" };

function dubLead({ clickId }, link = DUB_LINK) {
  return JSON.stringify({ click: { id: clickId ?? "clk_xyz" }, link, customer: { ...CUSTOMER, avatar: null } });
}

/** Tolt's. */
function goodTransaction({ amount, charge_id = null }) {
  const data = { id: "txn_xyz", amount: String(amount), currency: "USD", status: "paid", customer_id: "cus_xyz", charge_id };
  return JSON.stringify({ success: true, message: "OK", data });
}

/** The first refund of a conversion, or one that comes when it is refunded already: both are a success. */
function goodRefund({ externalId }, alreadyRefunded = false) {
  const data = { success: true, conversionId: `cnv_${externalId}`, alreadyRefunded };
  return JSON.stringify({ success: true, data, meta: { timestamp: "2026-11-21T10:00:00.000Z" } });
}
