// The service's API, one request at a time: who asks, is there room, is it well formed, then the ledger's word.
// In: a Request under /api/. Out: the documented answer, which the ledger has noted.
// Not its job: what the answers look like (contract.ts), what is recorded (ledger.ts).

import {
  checkEmbed, checkLead, checkSale, duplicateInvoice, embedAnswer, invalidClickId, leadAnswer, noProgram,
  noSuchEndpoint, rateLimited, saleAnswer, unauthorized, type Answer,
} from "./contract.ts";
import type { Ledger, Refusal } from "./ledger.ts";

type Books = DurableObjectStub<Ledger>;

const BODY_NOTED = 4_096;
const REFUSED: Record<Refusal, Answer> = { unknown_click: invalidClickId, duplicate_invoice: duplicateInvoice };
const ENDPOINTS: Record<string, (body: unknown, ledger: Books) => Promise<Answer>> = {
  "POST /api/track/lead": trackLead,
  "POST /api/track/sale": trackSale,
  "POST /api/embed/token": createEmbedToken,
};

export async function answerApi(request: Request, ledger: Books, apiKey: string): Promise<Response> {
  const { pathname: path } = new URL(request.url);
  const text = await request.text();
  const answer = await decide(request, path, text, ledger, apiKey);
  await ledger.note({
    method: request.method,
    path,
    status: answer.status,
    code: codeOf(answer.body),
    body: text.slice(0, BODY_NOTED),
  });
  return Response.json(answer.body, { status: answer.status, headers: answer.headers ?? {} });
}

async function decide(request: Request, path: string, text: string, ledger: Books, apiKey: string): Promise<Answer> {
  const endpoint = ENDPOINTS[`${request.method} ${path}`];
  if (!endpoint) return noSuchEndpoint;
  if (request.headers.get("authorization") !== `Bearer ${apiKey}`) return unauthorized;
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

// Text that is not JSON reads as `undefined`, which no endpoint takes for an object.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(body: unknown): string | null {
  return (body as { error?: { code: string } } | null)?.error?.code ?? null;
}
