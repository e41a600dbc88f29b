// Plays the rows of the fault matrix with the package, in whatever runtime this is. No import: it runs everywhere.
//
// In: the package, and rows `{ id, event, options, baseUrl }`. Out: what was seen of each, as plain data.
// Not its job: what should have been seen (judge.mjs).

/** What a call may take beyond its budget, on a machine that is busy with something else. */
const GRACE_MS = 8000;

/** Generous, so that only rows that mean to run out of time do. */
const OPTIONS = { timeoutMs: 3000, budgetMs: 10_000 };

const EVENTS = {
  "sale with invoiceId": {
    call: "track_sale",
    params: (id) => ({ amount: 4900, currency: "usd", invoiceId: `inv_${id}` }),
  },
  "sale without invoiceId": { call: "track_sale", params: () => ({ amount: 4900, currency: "usd" }) },
  lead: { call: "track_lead", params: () => ({ eventName: "Sign Up" }) },
};

/**
 * Plays the rows, so many at a time.
 * @param job `{ rows, concurrency, apiKey, customer }`; `customer` are the customer's fields, the same in every row.
 * @param look Is shown each call's result and reports, or what it threw, before they become plain data.
 */
export async function runRows(api, { rows, concurrency, apiKey, customer }, look = () => {}) {
  const seen = [];
  const queue = rows.values();
  const lane = async () => {
    for (const row of queue) seen.push(await runRow(api, row, { apiKey, customer, look }));
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return seen;
}

async function runRow(api, { id, event, options, baseUrl }, { apiKey, customer, look }) {
  const reports = [];
  const { call, params } = EVENTS[event];
  const config = { ...OPTIONS, ...options, apiKey, baseUrl, onAttempt: (report) => reports.push(report) };
  const request = new Request("https://shop.test/checkout", { headers: { cookie: "theme=dark; refp_id=abc123" } });
  const began = Date.now();
  const seen = { id, budgetMs: config.budgetMs, timeoutMs: config.timeoutMs, threw: null, hung: false };
  try {
    const pending = api[call](request, { ...params(id), ...customer }, config);
    const result = await orNever(pending, config.budgetMs + GRACE_MS);
    if (result === NEVER) return { ...seen, hung: true };
    look(result, reports);
    return { ...seen, durationMs: Date.now() - began, reports, ...describe(api, result) };
  } catch (error) {
    look(error, reports);
    return { ...seen, threw: String(error?.stack ?? error) };
  }
}

const NEVER = Symbol("never");

/** What `pending` comes to, or NEVER when that takes too long. */
export function orNever(pending, milliseconds) {
  let timer;
  const deadline = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds, NEVER);
  });
  return Promise.race([pending, deadline]).finally(() => clearTimeout(timer));
}

export const isNever = (result) => result === NEVER;

function describe(api, { outcome, data, attempts, error }) {
  return {
    outcome,
    attempts,
    hasData: data !== null && typeof data === "object",
    errorClass: classOf(api, error),
    ...pick(error, "kind", "status", "code", "retryable", "maybeRecorded", "retryAfterMs"),
    errorAttempts: error?.attempts ?? null,
  };
}

/** The class an error says it has, if `instanceof` agrees. */
function classOf(api, error) {
  if (error === null) return null;
  const isIt = error instanceof api[error.name] && error instanceof api.ConversionError && error instanceof Error;
  return isIt ? error.name : `not a ${error?.name}`;
}

function pick(object, ...names) {
  return Object.fromEntries(names.map((name) => [name, object?.[name] ?? null]));
}
