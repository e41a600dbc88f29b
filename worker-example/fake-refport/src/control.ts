// The stage directions that only this service needs; the others are every service's (fake-common/control.ts).

import type { Directions } from "../../fake-common/control.ts";
import type { LinkRow } from "./contract.ts";
import type { ClickSeed, Ledger, NextIds } from "./ledger.ts";

export const DIRECTIONS: Directions<DurableObjectStub<Ledger>> = {
  /** A partner's link; what is left out takes the default link's values. */
  "POST link": (ledger, body: Partial<LinkRow> & { key: string }) => ledger.addLink(body),
  /** A click as if somebody had followed the link; `link: null` belongs to none. */
  "POST click": (ledger, body: ClickSeed) => ledger.addClick(body),
  /** The IDs the next answers use. */
  "POST next-ids": (ledger, body: NextIds) => ledger.setNextIds(body),
  /** `{ "active": false }`: embed tokens get 404. */
  "POST program": (ledger, body: { active: boolean }) => ledger.setProgram(body.active),
};
