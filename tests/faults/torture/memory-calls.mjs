// The calls of the memory part. In: nothing. Out: what transports do, each with the outcome it must lead to.

const raises = (what) => () => {
  throw new TypeError(what);
};
const json = (status, body, headers) => async () => Response.json(body, { status, headers });
const error = (code, message) => ({ error: { code, message } });

export const throws = raises("the transport throws");

/** They answer in some way: `{ outcome, fetch, params? }`. */
export const COMPLETED = [
  { outcome: "recorded", fetch: json(200, { eventName: "Purchase", sale: { id: "sale_xyz", amount: 4900 } }) },
  { outcome: "duplicate", fetch: json(409, error("DUPLICATE_INVOICE", "again")) },
  { outcome: "failed", fetch: json(400, error("INVALID_CLICK_ID", "user_1 has no such click")) },
  { outcome: "failed", fetch: json(429, {}, { "retry-after": "3600" }) },
  { outcome: "failed", fetch: async () => new Response("<h1>502</h1>", { status: 502 }) },
  { outcome: "failed", fetch: throws },
  { outcome: "failed", fetch: async () => throws() },
  { outcome: "failed", fetch: async () => Object.defineProperty({ status: 200 }, "headers", { get: throws }) },
  { outcome: "failed", fetch: async () => undefined },
  { outcome: "unattributed", fetch: async () => new Response(null, { status: 204 }) },
  { outcome: "failed", fetch: json(200, {}), params: { amount: { value: 4.5 } } },
  { outcome: "failed", fetch: json(200, {}), params: { amount: { get: raises("a getter"), enumerable: true } } },
  {
    outcome: "recorded",
    fetch: json(200, { sale: { id: "sale_xyz" } }),
    params: { metadata: { value: { note: "Zürich 😀".repeat(200) }, enumerable: true } },
  },
];

const aborted = (when) => () => {
  const controller = new AbortController();
  return { options: { signal: controller.signal }, [when]: () => controller.abort() };
};

/**
 * How a call is given up whose transport never answers: by its timeout, by its caller (`end`), or by nobody as long as
 * the memory is looked at (`endLast`).
 */
export const ABANDONED = [() => ({ options: { timeoutMs: 5 } }), aborted("end"), aborted("endLast")];

export const never = () => new Promise(() => {});
