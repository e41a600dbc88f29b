// What the hostile cases are made of. No import: it runs everywhere.
//
// A case is `{ name, act, expect }`: `act(tools)` gives a result (or a click ID), `expect(result, tools)` gives what is
// wrong with it, in words, or undefined. `mayRecycle` marks the giants: they may cost the core its instance.

export const KEY = "rk_hostile";
export const SALE = { clickId: "abc123", customerExternalId: "user_001", amount: 4900, invoiceId: "inv_001" };

/** What every endpoint takes for a success. */
export const GOOD_TEXT = JSON.stringify({
  eventName: "Purchase",
  customer: { externalId: "user_001" },
  sale: { id: "sale_xyz" },
  click: { id: "clk_xyz" },
  publicToken: "embed_xyz",
  expires: "2027-01-01T00:00:00Z",
  success: true,
  conversionId: "cnv_xyz",
});

/** A good answer, fresh: a Response can be read once. */
export const good = () => new Response(GOOD_TEXT, { headers: { "content-type": "application/json" } });

/** A good answer as a test double may be: `status` and `text` alone, or with what is given. */
export const double = (members = {}) => ({ status: 200, text: async () => GOOD_TEXT, ...members });

export const NO_RETRY = { maxAttempts: 1, timeoutMs: 2000 };

/** Something of which every use throws. */
export const thrower = (message = "no") => {
  const refuse = () => {
    throw new Error(message);
  };
  const traps = ["get", "has", "ownKeys", "getOwnPropertyDescriptor", "getPrototypeOf", "apply", "construct"];
  return new Proxy(function () {}, Object.fromEntries(traps.map((trap) => [trap, refuse])));
};

/** A value in few characters, for a case's name. */
export function shown(value) {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "symbol" || typeof value === "function") return `a ${typeof value}`;
  return Object.is(value, -0)
    ? "-0"
    : typeof value === "number"
      ? String(value)
      : (JSON.stringify(value) ?? String(value));
}

export function revoked(target = {}) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** An object whose getter `name` throws. */
export const bad = (name, rest = {}) =>
  Object.defineProperty({ ...rest }, name, {
    enumerable: true,
    get() {
      throw new Error("no");
    },
  });

export function nested(depth) {
  const root = {};
  let node = root;
  for (let level = 1; level < depth; level += 1) node = node.a = {};
  return root;
}

export function cyclic() {
  const root = {};
  root.root = root;
  return root;
}

/** Reports the plain sale with something changed: its parameters, its options. */
export function sell(tools, { sale = {}, config = {}, request } = {}) {
  return tools.api.track_sale(
    request,
    { ...SALE, ...sale },
    { apiKey: KEY, fetch: tools.transport, ...NO_RETRY, ...config },
  );
}

export const through =
  (fetch, config = {}) =>
  (tools) =>
    sell(tools, { config: { fetch, ...config } });

const told = (result) => {
  const { outcome, error } = result ?? {};
  return outcome === undefined ? String(result) : [outcome, error?.kind, error?.message].filter(Boolean).join(", ");
};

export const is =
  (...outcomes) =>
  (result) =>
    outcomes.includes(result?.outcome) ? undefined : `expected ${outcomes.join(" or ")}, got ${told(result)}`;

export const fails = (kind) => (result) =>
  result?.outcome === "failed" && result.error.kind === kind
    ? undefined
    : `expected to fail with ${kind}, got ${told(result)}`;

/** Refused before anything is sent, with an issue on `field` that has words. */
export const refuses =
  (field) =>
  (result, { sent }) => {
    const issue = result?.error?.issues?.find((one) => one.field === field);
    if (sent.length > 0) return `expected nothing to be sent, got ${sent.length} requests`;
    return issue && issue.message.includes(field) ? undefined : `expected an issue on ${field}, got ${told(result)}`;
  };

/** Refused before anything is sent, whatever the issue is about. */
export const isRefused = (result, { sent }) => (sent.length > 0 ? "something was sent" : fails("validation")(result));

export const finds = (clickId) => (result) =>
  result === clickId ? undefined : `expected ${clickId}, got ${String(result)}`;

/** A result that says what became of the call, whatever it is, but not that this package has a defect. */
export const isClear = (result) =>
  typeof result?.outcome === "string" && result.error?.kind !== "internal"
    ? undefined
    : `expected a clear result, got ${told(result)}`;

/** Recorded, and the JSON that was sent passes `check`. */
export const sends =
  (check) =>
  (result, { sent }) => {
    const wrong = is("recorded")(result);
    if (wrong) return wrong;
    const body = JSON.parse(sent.at(-1).body);
    return check(body, sent.at(-1).body) ? undefined : `sent ${sent.at(-1).body.slice(0, 200)}`;
  };
