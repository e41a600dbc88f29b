// The stage directions that only this service needs; the others are every service's (fake-common/control.ts).

import type { Directions } from "../../fake-common/control.ts";
import type { ClickSeed, Ledger, Link, NextIds } from "./ledger.ts";

export const DIRECTIONS: Directions<DurableObjectStub<Ledger>> = {
  /** An affiliate's link; `url` is where it leads, "/" if left out. */
  "POST link": (ledger, body: Partial<Link> & { code: string }) => ledger.addLink(body),
  /** A click as if somebody had followed the link, with its session. */
  "POST click": (ledger, body: ClickSeed) => ledger.addClick(body),
  /** `{ "externalId": "ord_42" }`: a pending conversion is approved, and can be refunded from then on. */
  "POST approve": async (ledger, body: { externalId: string }) => ({ approved: await ledger.approve(body.externalId) }),
  /** The IDs the next answers use. */
  "POST next-ids": (ledger, body: NextIds) => ledger.setNextIds(body),
  /** What a repeated external ID is answered: `{ "answer": "conflict" }`, 409, or `"first"`, the first answer again. */
  "POST repeats": (ledger, body: { answer: "conflict" | "first" }) => ledger.setRepeats(body.answer),
  /** `{ "usedUp": true }`: every conversion gets 429 LIMIT_EXCEEDED. */
  "POST quota": (ledger, body: { usedUp: boolean }) => ledger.setQuota(body.usedUp),
};
