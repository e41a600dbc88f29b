// A shop's Worker: one event a request. In: `{ call, params, config }`. Out: what became of it, as plain data.

import * as api from "refport-edge";

export default {
  async fetch(request) {
    const { call, params, config } = await request.json();
    const shopper = new Request("https://shop.test/checkout", { headers: { cookie: "theme=dark; refp_id=abc123" } });
    const { outcome, attempts, error } = await api[call](shopper, params, config);
    const { kind, retryable, maybeRecorded, retryAfterMs } = error ?? {};
    return Response.json({ outcome, attempts, kind, retryable, maybeRecorded, retryAfterMs });
  },
};
