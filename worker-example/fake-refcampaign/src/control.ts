// The stage directions that only this service needs; the others are every service's (fake-common/control.ts).

import type { FakeRefCampaign, NextRefCampaignIds, RefCampaignClick, RefCampaignLink } from "refport-edge/testing";

import type { Directions } from "../../fake-common/control.ts";

export const DIRECTIONS: Directions<FakeRefCampaign> = {
  /** An affiliate's link; `url` is where it leads, "/" if left out. */
  "POST link": (fake, body: Partial<RefCampaignLink> & { code: string }) => fake.addLink(body),
  /** A click as if somebody had followed the link, with its session. */
  "POST click": (fake, body: RefCampaignClick) => fake.addClick(body),
  /** `{ "externalId": "ord_42" }`: a pending conversion is approved, and can be refunded from then on. */
  "POST approve": (fake, body: { externalId: string }) => ({ approved: fake.approve(body.externalId) }),
  /** The IDs the next answers use. */
  "POST next-ids": (fake, body: NextRefCampaignIds) => fake.setNextIds(body),
  /** What a repeated external ID is answered: `{ "answer": "conflict" }`, 409, or `"first"`, the first answer again. */
  "POST repeats": (fake, body: { answer: "conflict" | "first" }) => fake.setRepeats(body.answer),
  /** `{ "usedUp": true }`: every conversion gets 429 LIMIT_EXCEEDED. */
  "POST quota": (fake, body: { usedUp: boolean }) => fake.setQuota(body.usedUp),
};
