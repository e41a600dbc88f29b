// A shop's Worker: one event a request. In: `{ call, params, config, killMs? }`. Out: what became of it, as plain data, or
// nothing where the request is to be killed after so many milliseconds.

import * as api from "refport-edge";
import { convert } from "./conversion-call.mjs";

export default {
  async fetch(request, env, ctx) {
    const { killMs, ...job } = await request.json();
    if (killMs !== undefined) setTimeout(() => ctx.abort("a kill on purpose"), killMs);
    const { outcome, attempts, externalId, error } = await made(job);
    const { kind, retryable, maybeRecorded, retryAfterMs } = error ?? {};
    return Response.json({ outcome, attempts, externalId, kind, retryable, maybeRecorded, retryAfterMs });
  },
};

function made({ call, params, config }) {
  const [group, method] = call.split(".");
  if (group === "conversions") return convert(api, method, params, config);
  const shopper = new Request("https://shop.test/checkout", { headers: { cookie: "theme=dark; refp_id=abc123" } });
  return api[call](shopper, params, config);
}
