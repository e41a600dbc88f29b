// The calls of the package, all in one form.
//
// In: the API, an event's name in the vectors, and what a caller gives. Out: `{ outcome, data, error, attempts, requestId }`
// for each, whichever way its client tells of it.
// Not its job: what should have come of it.

import { must } from "./check.mjs";

/** Parameters that a call takes, for vectors about something else; `standard` in tests/golden.rs. */
export const STANDARD = {
  lead: { clickId: "abc123", eventName: "Sign Up", customerExternalId: "user_001" },
  sale: { clickId: "abc123", customerExternalId: "user_001", amount: 4900 },
  "embed token": { tenantId: "org_001" },
  track: { externalId: "ord_42", sessionId: "rcs_7fKj2", amount: 49.9, currency: "EUR" },
  postback: { externalId: "ord_42", sessionId: "rcs_7fKj2", amount: 4990, currency: "EUR" },
  refund: { externalId: "ord_42" },
  identify: { sessionId: "rcs_7fKj2", customerEmailHash: "a".repeat(64) },
  ping: {},
  "dub lead": { clickId: "rLnWe1uz9t282v7g", eventName: "Sign up", customerExternalId: "user_1" },
  "dub sale": { customerExternalId: "user_1", amount: 4900 },
  "dub open": { deepLink: "https://acme.link/x" },
  "tolt click": { param: "ref", value: "sam" },
  "tolt customer": { partner_id: "part_8fKq", email: "jane@example.com" },
  "tolt transaction": { customer_id: "cus_Q7wR", amount: 4900 },
  "tolt refund": { id: "txn_Hc5d" },
};

/**
 * The services that have an entry of their own and nothing in the root: what their class and their error are called, what each
 * event's method is, and the functions that report it with a request.
 */
const OTHERS = {
  tolt: {
    client: "Tolt",
    error: "ToltError",
    methods: {
      "tolt click": (client) => client.clicks.create,
      "tolt customer": (client) => client.customers.create,
      "tolt transaction": (client) => client.transactions.create,
      "tolt refund": (client) => client.transactions.refund,
    },
    functions: { "tolt customer": "trackLead", "tolt transaction": "trackSale", "tolt landing": "trackClick" },
  },
  dub: {
    client: "Dub",
    error: "DubError",
    methods: {
      "dub lead": (client) => client.track.lead,
      "dub sale": (client) => client.track.sale,
      "dub open": (client) => client.track.open,
    },
    functions: { "dub lead": "trackLead", "dub sale": "trackSale" },
  },
};

/** The names of those services, their entries' and their files' of vectors. */
export const SERVICES = Object.keys(OTHERS);

/** The service of an event, where it is one of those: `{ name, client, error, … }`. */
export function otherOf(event = "") {
  const name = SERVICES.find((service) => event.startsWith(`${service} `));
  return name && { name, ...OTHERS[name] };
}

const REFPORT = {
  sale: (client) => client.track.sale,
  lead: (client) => client.track.lead,
  "embed token": (client) => client.embedTokens.create,
};

const REFCAMPAIGN = {
  track: (client) => client.conversions.track,
  postback: (client) => client.conversions.postback,
  refund: (client) => client.conversions.refund,
  identify: (client) => client.tracking.identify,
  ping: (client) => (_, options) => client.ping(options),
};

export const isRefCampaign = (event) => Object.hasOwn(REFCAMPAIGN, event);

/** Events that the functions with a request report; `client: true` in a vector asks for the client's method all the same. */
const FUNCTIONS = { sale: "track_sale", lead: "track_lead" };

/** Calls `event` with `params` and `config`. A `request` is for the functions that take one. */
export async function call(api, { event, client = false }, params, config, request = null) {
  if (!client && event in FUNCTIONS) return api[FUNCTIONS[event]](request, params, config);
  const other = otherOf(event);
  if (other) return callOther(api[other.name], other, { event, client }, params, config, request);
  if (isRefCampaign(event)) return inOneForm(api, event, params, config);
  let refport;
  try {
    refport = new api.Refport(config);
  } catch (error) {
    return failed(error);
  }
  return REFPORT[event](refport)(params);
}

/** Their key is called `token`. */
async function callOther(api, { client: name, methods, functions }, { event, client }, params, config, request) {
  const { apiKey, ...rest } = config ?? {};
  const options = apiKey === undefined ? config : Object.defineProperties({ ...rest, token: apiKey }, hidden(config));
  if (!client && event in functions) return api[functions[event]](request, params, options);
  let made;
  try {
    made = new api[name](options);
  } catch (error) {
    return failed(error);
  }
  return methods[event](made)(params);
}

/** What a copy leaves out: the transport of golden.mjs. */
const hidden = (config) => ("fetch" in config ? { fetch: { value: config.fetch } } : {});

const failed = (error) => ({ outcome: "failed", data: null, error, attempts: error.attempts, requestId: error.requestId });

async function inOneForm(api, event, params, config) {
  let attempts = 0;
  const count = (report) => {
    attempts += 1;
    config.onAttempt?.(report);
  };
  try {
    const client = new api.RefCampaign(config);
    const settled = await REFCAMPAIGN[event](client)(params, { onAttempt: count });
    // It says nothing of requests: there is nothing to tell apart.
    if (event !== "identify") return { outcome: settled.outcome, data: settled, error: null, attempts, requestId: null };
    must(settled.identified === (settled.error === null), "identified, and an error all the same");
    return settled.error ? failed(settled.error) : { outcome: "recorded", data: settled, error: null, attempts, requestId: null };
  } catch (error) {
    return failed(error);
  }
}
