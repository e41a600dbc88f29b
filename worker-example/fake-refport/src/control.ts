// The stage directions of the fake, under /__control/: seed it, read its ledger, make it refuse. The real service has
// nothing of the kind, which is why none of this lives under /api/.
// In: GET ledger, or a POST with a JSON body. Out: JSON.
// Not its job: the contract. It trusts its caller, who is a test or the demo on this machine.

import type { ClickSeed, Ledger, NextIds, RateLimit } from "./ledger.ts";
import type { LinkRow } from "./contract.ts";

export const CONTROL = "/__control/";

type Books = DurableObjectStub<Ledger>;

const DIRECTIONS: Record<string, (ledger: Books, body: any) => Promise<unknown>> = {
  "GET ledger": (ledger) => ledger.view(),
  /** Empty books, the default link `alice`, no limits. */
  "POST reset": (ledger) => ledger.reset(),
  /** A partner's link; what is left out takes the default link's values. */
  "POST link": (ledger, body: Partial<LinkRow> & { key: string }) => ledger.addLink(body),
  /** A click as if somebody had followed the link; `link: null` belongs to none. */
  "POST click": (ledger, body: ClickSeed) => ledger.addClick(body),
  /** The IDs the next answers use. */
  "POST next-ids": (ledger, body: NextIds) => ledger.setNextIds(body),
  /** `{ "refuseNext": 2, "retryAfter": "1" }`: the next two authorised requests get 429. */
  "POST rate-limit": (ledger, body: Partial<RateLimit>) =>
    ledger.setRateLimit({ refuseNext: body.refuseNext ?? 0, retryAfter: body.retryAfter ?? null }),
  /** `{ "active": false }`: embed tokens get 404. */
  "POST program": (ledger, body: { active: boolean }) => ledger.setProgram(body.active),
};

export async function answerControl(request: Request, ledger: Books): Promise<Response> {
  const name = new URL(request.url).pathname.slice(CONTROL.length);
  const direction = DIRECTIONS[`${request.method} ${name}`];
  if (!direction) return Response.json({ directions: Object.keys(DIRECTIONS) }, { status: 404 });
  const text = await request.text();
  const done = await direction(ledger, text === "" ? {} : JSON.parse(text));
  return Response.json(done ?? { done: true });
}
