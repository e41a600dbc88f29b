// The service's API, one request at a time: who asks, is there room, is it well formed, then the ledger's word.
// In: a request under /api/. Out: the documented answer.
// Not its job: what the answers look like (contract.ts), what is recorded (ledger.ts).

import type { Answer } from "../../fake-common/answer.ts";
import { holdsKey, parsed, type Asked } from "../../fake-common/api.ts";
import { now, randomId } from "../../fake-common/books.ts";
import {
  alreadyExists, BROWSER_NAMES, checkIdentify, checkPostback, checkRefund, identified, invalidRequest, nobodyToCredit,
  noSuchEndpoint, notRefundable, pingAnswer, postbackAnswer, quotaExceeded, rateLimited, REFERENCE_NAMES, refundAnswer,
  refundTooHigh, sealed, unauthorized, unknownConversion, unknownSession,
} from "./contract.ts";
import type { Ledger } from "./ledger.ts";

type Books = DurableObjectStub<Ledger>;
/** A public one wants no key, and does not look at one. */
type Endpoint = { isPublic: boolean; answer: (body: unknown, ledger: Books) => Promise<Answer> };

const ENDPOINTS: Record<string, Endpoint> = {
  "POST /api/v1/conversions/postback": { isPublic: false, answer: recordConversion },
  "POST /api/v1/conversions/refund": { isPublic: false, answer: refundConversion },
  "POST /api/v1/track/identify": { isPublic: true, answer: (body, ledger) => identify(body, ledger, REFERENCE_NAMES) },
  "POST /api/track/identify": { isPublic: true, answer: (body, ledger) => identify(body, ledger, BROWSER_NAMES) },
  "GET /api/v1/ping": { isPublic: false, answer: async (_, ledger) => pingAnswer(await ledger.activeCampaigns()) },
};

export async function decide(asked: Asked, ledger: Books, apiKey: string): Promise<Answer> {
  return sealed(await answerOf(asked, ledger, apiKey), now(), randomId("req"));
}

async function answerOf({ request, path, text }: Asked, ledger: Books, apiKey: string): Promise<Answer> {
  const endpoint = ENDPOINTS[`${request.method} ${path}`];
  if (!endpoint) return noSuchEndpoint;
  if (!endpoint.isPublic && !holdsKey(request, apiKey)) return unauthorized;
  const refusal = await ledger.takeRefusal();
  if (refusal) return rateLimited(refusal.retryAfter);
  const body = request.method === "GET" ? null : parsed(text);
  if (body === undefined || (body !== null && !saysJson(request))) return invalidRequest;
  return endpoint.answer(body, ledger);
}

async function recordConversion(body: unknown, ledger: Books): Promise<Answer> {
  if (await ledger.isQuotaUsedUp()) return quotaExceeded;
  const postback = checkPostback(body);
  if (postback.answer) return postback.answer;
  const { customerEmail, ...rest } = postback.value;
  // An e-mail address is hashed as the browser SDK hashes it, and kept nowhere.
  const hash = rest.customerEmailHash ?? (customerEmail === undefined ? undefined : await hashEmail(customerEmail));
  const row = await ledger.recordConversion(hash === undefined ? rest : { ...rest, customerEmailHash: hash });
  if (row === "known") return alreadyExists;
  return row === "unattributed" ? nobodyToCredit : postbackAnswer(row);
}

async function refundConversion(body: unknown, ledger: Books): Promise<Answer> {
  const refund = checkRefund(body);
  if (refund.answer) return refund.answer;
  const row = await ledger.refundConversion(refund.value);
  if (row === null) return unknownConversion;
  if ("status" in row) return notRefundable(row.status);
  return "most" in row ? refundTooHigh(row.most) : refundAnswer(row);
}

async function identify(body: unknown, ledger: Books, names: typeof REFERENCE_NAMES): Promise<Answer> {
  const wanted = checkIdentify(body, names);
  if (wanted.answer) return wanted.answer;
  return (await ledger.identify(wanted.value)) ? identified : unknownSession;
}

function saysJson(request: Request): boolean {
  return /^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "");
}

async function hashEmail(email: string): Promise<string> {
  const bytes = new TextEncoder().encode(email.trim().toLowerCase());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
