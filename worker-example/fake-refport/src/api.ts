// The service's API, one request at a time: who asks, is there room, is it well formed, then the ledger's word.
// In: a request under /api/. Out: the documented answer.
// Not its job: what the answers look like (contract.ts), what is recorded (ledger.ts).

import type { Answer } from "../../fake-common/answer.ts";
import { holdsKey, parsed, type Asked } from "../../fake-common/api.ts";
import {
  checkEmbed, checkLead, checkSale, duplicateInvoice, embedAnswer, invalidClickId, leadAnswer, noProgram,
  noSuchEndpoint, rateLimited, saleAnswer, unauthorized,
} from "./contract.ts";
import type { Ledger, Refusal } from "./ledger.ts";

type Books = DurableObjectStub<Ledger>;

const REFUSED: Record<Refusal, Answer> = { unknown_click: invalidClickId, duplicate_invoice: duplicateInvoice };
const ENDPOINTS: Record<string, (body: unknown, ledger: Books) => Promise<Answer>> = {
  "POST /api/track/lead": trackLead,
  "POST /api/track/sale": trackSale,
  "POST /api/embed/token": createEmbedToken,
};

export async function decide({ request, path, text }: Asked, ledger: Books, apiKey: string): Promise<Answer> {
  const endpoint = ENDPOINTS[`${request.method} ${path}`];
  if (!endpoint) return noSuchEndpoint;
  if (!holdsKey(request, apiKey)) return unauthorized;
  const refusal = await ledger.takeRefusal();
  if (refusal) return rateLimited(refusal.retryAfter);
  return endpoint(parsed(text), ledger);
}

async function trackLead(body: unknown, ledger: Books): Promise<Answer> {
  const lead = checkLead(body);
  if (lead.answer) return lead.answer;
  const row = await ledger.recordLead(lead.value);
  return typeof row === "string" ? REFUSED[row] : leadAnswer(row);
}

async function trackSale(body: unknown, ledger: Books): Promise<Answer> {
  const sale = checkSale(body);
  if (sale.answer) return sale.answer;
  const row = await ledger.recordSale(sale.value);
  return typeof row === "string" ? REFUSED[row] : saleAnswer(row);
}

async function createEmbedToken(body: unknown, ledger: Books): Promise<Answer> {
  const wanted = checkEmbed(body);
  if (wanted.answer) return wanted.answer;
  const token = await ledger.embedToken();
  return token === null ? noProgram : embedAnswer(token.publicToken, token.expires);
}
