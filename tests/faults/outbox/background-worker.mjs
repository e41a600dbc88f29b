// A shop's Worker that answers first, and reports the sale afterwards.
//
// In: a job `{ id, holder, isAwaited, baseUrl }`. Out: `{ outcome }` of the call, or nothing where it was not awaited; `{ stats: true }`
// asks for what onResult was told.

import { waitUntil } from "cloudflare:workers";
import * as api from "refport-edge";

/** What is passed as `waitUntil`. */
const HOLDERS = {
  "the context": (ctx) => ctx,
  "a bound function": (ctx) => ctx.waitUntil.bind(ctx),
  "a function of one's own": (ctx) => (promise) => ctx.waitUntil(promise),
  "the function of cloudflare:workers": () => waitUntil,
  "an object like EdgeRuntime": (ctx) => ({ waitUntil: (promise) => ctx.waitUntil(promise) }),
  "a detached ctx.waitUntil": (ctx) => ctx.waitUntil,
  nothing: () => undefined,
};

/** How often each call has ended, by its ID. */
const ends = new Map();

export default {
  async fetch(request, env, ctx) {
    const { id, holder, isAwaited, baseUrl, stats } = await request.json();
    if (stats) return Response.json([...ends]);
    const onResult = ({ outcome, error }) => ends.set(id, [...(ends.get(id) ?? []), error?.kind ?? outcome]);
    const visit = new Request("https://shop.test/checkout", { headers: { cookie: `refp_id=click_${id}` } });
    const sale = { customerExternalId: `user_${id}`, amount: 4900, invoiceId: id };
    const options = { apiKey: "rk_background", baseUrl, onResult, waitUntil: HOLDERS[holder](ctx), timeoutMs: 10_000, budgetMs: 20_000 };
    const call = api.track_sale(visit, sale, options);
    return Response.json(isAwaited ? { outcome: (await call).outcome } : {});
  },
};
