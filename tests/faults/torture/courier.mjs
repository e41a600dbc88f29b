// A shop's Worker: one event a request. In: `{ call, params, config, killMs? }`. Out: what became of it, as plain data, or
// nothing where the request is to be killed after so many milliseconds.

import { api } from "../package.mjs";
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
  const cookie = "theme=dark; refp_id=abc123; tolt_referral=abc123; dub_id=abc123";
  const shopper = new Request("https://shop.test/checkout", { headers: { cookie } });
  if (!method) return api[call](shopper, params, config);
  // A service with an entry of its own.
  const { apiKey, baseUrl, ...rest } = config;
  const address = group === "dub" ? { serverURL: baseUrl } : { baseUrl };
  return api[group][method](shopper, params, { ...rest, ...address, token: apiKey });
}
