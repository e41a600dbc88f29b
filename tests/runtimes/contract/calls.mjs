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
};

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
  if (isRefCampaign(event)) return inOneForm(api, event, params, config);
  let refport;
  try {
    refport = new api.Refport(config);
  } catch (error) {
    return failed(error);
  }
  return REFPORT[event](refport)(params);
}

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
