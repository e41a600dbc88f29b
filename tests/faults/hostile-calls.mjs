// The methods of the clients of both services, all called in one form. No import but the tools: it runs everywhere.
//
// Refport's methods resolve, whatever they are given; RefCampaign's reject with a RefCampaignError and nothing else, and
// `identify` with that only where the values are wrong. `calling` tells it of all as one result, or throws.

import { KEY, NO_RETRY, SALE } from "./hostile-tools.mjs";

export const HASH = "a".repeat(64);
const SESSION = "rcs_7fKj2";

/** Every method: whose it is, where it is, what it takes, and which of these fields it must have. */
export const METHODS = {
  "track.sale": {
    owner: "Refport",
    method: (client) => client.track.sale,
    params: SALE,
    required: ["customerExternalId", "amount"],
  },
  "track.lead": {
    owner: "Refport",
    method: (client) => client.track.lead,
    params: { clickId: "abc123", eventName: "Sign Up", customerExternalId: "user_001" },
    required: ["clickId", "eventName", "customerExternalId"],
  },
  "embedTokens.create": {
    owner: "Refport",
    method: (client) => client.embedTokens.create,
    params: { partner: { email: "partner@shop.test", name: "Robin" } },
    required: ["tenantId"],
  },
  "conversions.track": {
    owner: "RefCampaign",
    method: (client) => client.conversions.track,
    params: {
      externalId: "ord_42",
      amount: 49.9,
      currency: "EUR",
      sessionId: SESSION,
      metadata: { orderId: "ord_42" },
    },
    required: ["amount", "currency", "sessionId"],
  },
  "conversions.postback": {
    owner: "RefCampaign",
    method: (client) => client.conversions.postback,
    params: { externalId: "ord_42", amount: 4990, currency: "EUR", sessionId: SESSION },
    required: ["externalId", "amount", "currency", "sessionId"],
  },
  "conversions.refund": {
    owner: "RefCampaign",
    method: (client) => client.conversions.refund,
    params: { externalId: "ord_42" },
    required: ["externalId"],
  },
  "tracking.identify": {
    owner: "RefCampaign",
    method: (client) => client.tracking.identify,
    params: { sessionId: SESSION, customerEmailHash: HASH },
    required: ["sessionId", "customerEmailHash"],
  },
  ping: { owner: "RefCampaign", method: (client) => (_, options) => client.ping(options), required: [] },
};
export const NAMES = Object.keys(METHODS);
/** Those that take parameters. */
export const WITH_PARAMS = NAMES.filter((name) => METHODS[name].params !== undefined);

export const clientOf = ({ api, transport }, name, config = {}) =>
  new api[METHODS[name].owner]({ apiKey: KEY, fetch: transport, ...NO_RETRY, ...config });

/** How a call ended, in one form for all; throws where it ended as it must not. */
export async function calling({ api }, name, pending) {
  let value;
  try {
    value = await pending;
  } catch (error) {
    const isRight = METHODS[name].owner === "RefCampaign" && error instanceof api.RefCampaignError;
    if (!isRight) throw new Error(`rejected with ${String(error?.stack ?? error)}`);
    if (name === "tracking.identify" && error.issues.length === 0) throw new Error(`identify rejected: ${error.kind}`);
    return { outcome: "failed", error, attempts: error.attempts };
  }
  if (name === "tracking.identify") {
    const { identified, error } = value;
    if (identified !== (error === null)) throw new Error("identified, and an error all the same");
    return { outcome: identified ? "recorded" : "failed", error, attempts: error?.attempts };
  }
  return { error: null, ...value };
}

/** A call with the client and the parameters as they should be, but for what is given. */
export const call = (tools, name, { params = METHODS[name].params, options, config } = {}) =>
  calling(tools, name, METHODS[name].method(clientOf(tools, name, config))(params, options));
