// The stage directions of a fake service, under /__control/: seed it, read its ledger, make it refuse. The real services
// have nothing of the kind, which is why none of this lives under /api/.
// In: GET ledger, or a POST with a JSON body. Out: JSON.
// Not its job: the contract. It trusts its caller, who is a test or the demo on this machine.

import type { FakeService, LastingStep } from "refport-edge/testing";

export const CONTROL = "/__control/";

export type Directions<Fake> = Record<string, (fake: Fake, body: any) => unknown>;

type AnyFake = FakeService & { view(): unknown; reset(): void };

/** The directions that every service understands. */
const COMMON: Directions<AnyFake> = {
  "GET ledger": (fake) => fake.view(),
  /** Empty books, the default link, no limits. */
  "POST reset": (fake) => fake.reset(),
  /** `{ "refuseNext": 2, "retryAfter": "1" }`: the next two requests that would be heard get 429. */
  "POST rate-limit": (fake, body: { refuseNext?: number; retryAfter?: string }) => fake.rateLimit(body),
  /** `{ "step": 503 }`: every request gets that, until `{ "step": null }`. */
  "POST outage": (fake, body: { step: LastingStep | null }) => fake.outage(body.step),
};

export async function answerControl<Fake extends AnyFake>(
  request: Request,
  fake: Fake,
  own: Directions<Fake>,
): Promise<Response> {
  const directions: Directions<Fake> = { ...COMMON, ...own };
  const name = new URL(request.url).pathname.slice(CONTROL.length);
  const direction = directions[`${request.method} ${name}`];
  if (!direction) return Response.json({ directions: Object.keys(directions) }, { status: 404 });
  const text = await request.text();
  const done = direction(fake, text === "" ? {} : JSON.parse(text));
  return Response.json(done ?? { done: true });
}
