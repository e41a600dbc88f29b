// The stage directions that only this service needs; the others are every service's (fake-common/control.ts).

import type { FakeRefport, NextRefportIds, RefportClick, RefportLink } from "refport-edge/testing";

import type { Directions } from "../../fake-common/control.ts";

export const DIRECTIONS: Directions<FakeRefport> = {
  /** A partner's link; what is left out takes the default link's values. */
  "POST link": (fake, body: Partial<RefportLink> & { key: string }) => fake.addLink(body),
  /** A click as if somebody had followed the link; `link: null` belongs to none. */
  "POST click": (fake, body: RefportClick) => fake.addClick(body),
  /** The IDs the next answers use. */
  "POST next-ids": (fake, body: NextRefportIds) => fake.setNextIds(body),
  /** `{ "active": false }`: embed tokens get 404. */
  "POST program": (fake, body: { active: boolean }) => fake.setProgram(body.active),
};
