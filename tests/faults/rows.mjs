// Plays the rows of the fault matrix with the package, in whatever runtime this is. No import: it runs everywhere.
//
// In: the package, and rows `{ id, event, options, baseUrl, again }`; at `again`, where there is one, the same call is made
// once more, as a payment webhook does that is delivered again. Out: what was seen of each, as plain data.
// Not its job: what should have been seen (judge.mjs).

/** What a call may take beyond its budget, on a machine that is busy with something else. */
const GRACE_MS = 8000;

/** Generous, so that only rows that mean to run out of time do. */
const OPTIONS = { timeoutMs: 3000, budgetMs: 10_000 };

/** Each makes its call: `(api, config, params)`, with the address in `config.baseUrl`; and which parameters. */
const EVENTS = {
  "sale with invoiceId": {
    call: report("track_sale"),
    params: (id, customer) => ({ amount: 4900, currency: "usd", invoiceId: `inv_${id}`, ...customer }),
  },
  "sale without invoiceId": {
    call: report("track_sale"),
    params: (_, customer) => ({ amount: 4900, currency: "usd", ...customer }),
  },
  lead: { call: report("track_lead"), params: (_, customer) => ({ eventName: "Sign Up", ...customer }) },
  "embed token": {
    call: (api, config, params) => new api.Refport(config).embedTokens.create(params),
    params: (_, { customerEmail, customerName }) => ({
      partner: { email: customerEmail ?? "partner@shop.test", name: customerName },
    }),
  },
  "RefCampaign conversion": {
    call: convert,
    params: (id, customer) => ({ externalId: `ord_${id}`, ...conversion(customer) }),
  },
  "Dub sale with invoiceId": {
    of: (api) => api.dub,
    call: reportTo("trackSale", "dub_id", "serverURL"),
    params: (id, customer) => ({ amount: 4900, currency: "usd", invoiceId: `inv_${id}`, ...customer }),
  },
  "Dub sale without invoiceId": {
    of: (api) => api.dub,
    call: reportTo("trackSale", "dub_id", "serverURL"),
    params: (_, customer) => ({ amount: 4900, currency: "usd", ...customer }),
  },
  "Dub lead": {
    of: (api) => api.dub,
    call: reportTo("trackLead", "dub_id", "serverURL"),
    params: (_, customer) => ({ eventName: "Sign Up", ...customer }),
  },
  "Tolt transaction": {
    of: (api) => api.tolt,
    call: reportTo("trackSale", "tolt_referral"),
    params: (id, { customerExternalId }) => ({ amount: 4900, charge_id: `ch_${id}`, customer_id: customerExternalId }),
  },
  "Tolt transaction without charge_id": {
    of: (api) => api.tolt,
    call: reportTo("trackSale", "tolt_referral"),
    params: (_, { customerExternalId }) => ({ amount: 4900, customer_id: customerExternalId }),
  },
  // The package makes an ID for the call, and the error tells it: with that, the call made again is the same.
  "RefCampaign conversion without externalId": {
    call: convert,
    params: (_, customer) => conversion(customer),
    paramsAgain: (params, { externalId }) => ({ ...params, externalId }),
  },
};

function report(name) {
  const request = () =>
    new Request("https://shop.test/checkout", { headers: { cookie: "theme=dark; refp_id=abc123" } });
  return (api, config, params) => api[name](request(), params, config);
}

/** The functions of a service with an entry of its own; its key is called `token`. */
function reportTo(name, cookie, baseUrlName = "baseUrl") {
  const request = () => new Request("https://shop.test/checkout", { headers: { cookie: `theme=dark; ${cookie}=abc123` } });
  return (api, { apiKey, baseUrl, ...config }, params) =>
    api[name](request(), params, { ...config, token: apiKey, [baseUrlName]: baseUrl });
}

const conversion = ({ customerExternalId, customerEmail }) => ({
  amount: "49.90",
  currency: "EUR",
  sessionId: "rcs_7fKj2",
  customerId: customerExternalId,
  customerEmail,
});

/** RefCampaign's client rejects with its own error, and says of success what the service said: here it is a result. */
async function convert(api, { baseUrl, ...config }, params) {
  let attempts = 0;
  const onAttempt = (told) => {
    attempts += 1;
    config.onAttempt(told);
  };
  try {
    const client = new api.RefCampaign({ ...config, apiUrl: baseUrl, onAttempt });
    const data = await client.conversions.track(params);
    const { outcome, externalId } = data;
    return { outcome, data: outcome === "recorded" ? data : null, error: null, attempts, externalId };
  } catch (error) {
    if (!(error instanceof api.RefCampaignError)) throw error;
    return { outcome: "failed", data: null, error, attempts: error.attempts, externalId: error.externalId };
  }
}

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

async function runRow(api, { id, event, options, baseUrl, again }, { apiKey, customer, look }) {
  const reports = [];
  const ends = [];
  const { of = (whole) => whole, call, params, paramsAgain = (first) => first } = EVENTS[event];
  const own = of(api);
  const config = { ...OPTIONS, ...options, apiKey, baseUrl, onAttempt: (report) => reports.push(report) };
  config.onResult = ({ outcome, attempts }) => ends.push(`${outcome} after ${attempts}`);
  const began = Date.now();
  const seen = { id, budgetMs: config.budgetMs, timeoutMs: config.timeoutMs, threw: null, hung: false };
  try {
    const given = params(id, customer);
    const result = await orNever(call(own, config, given), config.budgetMs + GRACE_MS);
    if (result === NEVER) return { ...seen, hung: true };
    look(result, reports);
    const told = { ...seen, durationMs: Date.now() - began, reports, ends, ...describe(own, result) };
    if (again === undefined) return told;
    const later = { ...OPTIONS, apiKey, baseUrl: again, onAttempt: () => {} };
    const repeat = await orNever(call(own, later, paramsAgain(given, result)), OPTIONS.budgetMs + GRACE_MS);
    return repeat === NEVER ? { ...seen, hung: true } : { ...told, repeat: repeat.outcome };
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
