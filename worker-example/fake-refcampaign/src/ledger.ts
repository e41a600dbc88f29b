// The service itself: the fake of refport-edge/testing in a Durable Object, of which there is one.
// In: requests. Out: its answers.
// Not its job: any rule of the service's; the fake has them all.

import { DurableObject } from "cloudflare:workers";
import { fakeRefCampaign } from "refport-edge/testing";

import { answerControl, CONTROL } from "../../fake-common/control.ts";
import { storeIn } from "../../fake-common/store.ts";
import { DIRECTIONS } from "./control.ts";

export type Env = { LEDGER: DurableObjectNamespace<Ledger>; API_KEY: string };

export class Ledger extends DurableObject<Env> {
  readonly #fake = fakeRefCampaign({ apiKey: this.env.API_KEY, sessions: [], store: storeIn(this.ctx.storage) });

  override fetch(request: Request): Promise<Response> {
    const isDirection = new URL(request.url).pathname.startsWith(CONTROL);
    return isDirection ? answerControl(request, this.#fake, DIRECTIONS) : this.#fake.fetch(request);
  }
}
