// The stage directions of a fake service, under /__control/: seed it, read its ledger, make it refuse. The real services
// have nothing of the kind, which is why none of this lives under /api/.
// In: GET ledger, or a POST with a JSON body. Out: JSON.
// Not its job: the contract. It trusts its caller, who is a test or the demo on this machine.

import type { RateLimit } from "./books.ts";

export const CONTROL = "/__control/";

export type Directions<Ledger> = Record<string, (ledger: Ledger, body: any) => Promise<unknown>>;

type CommonLedger = {
  view(): Promise<unknown>;
  reset(): Promise<void>;
  setRateLimit(limit: RateLimit): Promise<void>;
};

/** The directions that every service understands. */
const COMMON: Directions<CommonLedger> = {
  "GET ledger": (ledger) => ledger.view(),
  /** Empty books, the default link, no limits. */
  "POST reset": (ledger) => ledger.reset(),
  /** `{ "refuseNext": 2, "retryAfter": "1" }`: the next two requests that would be heard get 429. */
  "POST rate-limit": (ledger, body: Partial<RateLimit>) =>
    ledger.setRateLimit({ refuseNext: body.refuseNext ?? 0, retryAfter: body.retryAfter ?? null }),
};

export async function answerControl<Ledger extends CommonLedger>(
  request: Request,
  ledger: Ledger,
  own: Directions<Ledger>,
): Promise<Response> {
  const directions: Directions<Ledger> = { ...COMMON, ...own };
  const name = new URL(request.url).pathname.slice(CONTROL.length);
  const direction = directions[`${request.method} ${name}`];
  if (!direction) return Response.json({ directions: Object.keys(directions) }, { status: 404 });
  const text = await request.text();
  const done = await direction(ledger, text === "" ? {} : JSON.parse(text));
  return Response.json(done ?? { done: true });
}
