// RefCampaign: the client of its SDK guide.
//
// In: the caller's values. Out: the service's own data; what fails rejects with a RefCampaignError, as the guide has it.

import { sender } from "./client.js";
import { findSessionId, hashEmail as hashByCore, scrub } from "./core.js";
import { IDENTIFY, PING, POSTBACK, REFCAMPAIGN, REFUND, TRACK } from "./dist/layout.js";
import { isObject, isText, ownOf, read } from "./read.js";
import { complaintOf, isAnything, readRequest } from "./request.js";
import { warnOnce } from "./warn.js";

export function getSessionIdFromRequest(request) {
  const parts = readRequest(request, "_rc_sid", ["_rcid", "rcsid"]);
  const found = isAnything(parts) ? findSessionId(parts) : null;
  if (found === null && complaintOf(parts)) warnOnce(`getSessionIdFromRequest: the request ${complaintOf(parts)}`);
  return found;
}

export function hashEmail(email) {
  // The browser script's own functions: what they make of an address is what the service knows it by.
  const hash = isText(email) && hashByCore(email.trim().toLowerCase());
  if (!hash) throw new TypeError("email must be a string, not empty");
  return hash;
}

export class RefCampaign {
  conversions;
  tracking;
  ping;

  constructor(config) {
    const deliver = sender(REFCAMPAIGN, config);
    const call = (event) => async (params, options) => told(await deliver(event, params, options));
    this.conversions = { track: call(TRACK), postback: call(POSTBACK), refund: call(REFUND) };
    this.tracking = {
      async identify(params, options) {
        const { error } = withDetails(await deliver(IDENTIFY, params, options));
        // What is wrong with the values is the caller's to mend; anything else must not stop a checkout.
        if (error?.issues.length > 0) throw error;
        return { identified: error === null, error };
      },
    };
    this.ping = (options) => call(PING)(undefined, options);
  }
}

/** How a call ended, with what only RefCampaign's have: the ID that the event has on the books, and details of an error. */
function withDetails({ outcome, body, error, sent, privateValues }) {
  const externalId = (sent && ownOf(JSON.parse(sent), "externalId")) ?? null;
  if (error) Object.assign(error, { details: error.details ?? detailsOf(body, privateValues), externalId });
  return { outcome, body, error, externalId };
}

/** What a call resolves: the service's data, with what became of the event, and its ID. */
function told(ended) {
  const { outcome, body, error, externalId } = withDetails(ended);
  if (error) throw error;
  return { ...(outcome === "recorded" && dataOf(body)), ...(externalId !== null && { externalId }), outcome };
}

/** Its envelope is `{ success, data, meta }`, or there is none. */
function dataOf(body) {
  const data = ownOf(body, "data");
  return isObject(data) ? data : body;
}

/** Details that are deeper, or longer as JSON, are more than anybody reads. */
const DEEPEST = 8;
const LONGEST = 2 ** 16;

/** What an error's body says of single fields, without what the caller sent in a customer's; null where that leaves no JSON. */
function detailsOf(body, privateValues) {
  const details = ownOf(ownOf(body, "error"), "details");
  const text = isWithin(details, DEEPEST) && read(JSON.stringify, details);
  if (!(text?.length <= LONGEST)) return null;
  return read(JSON.parse, scrub(withoutControls(text), privateValues)) ?? null;
}

const isWithin = (value, depth) =>
  !isObject(value) || (depth > 0 && Object.values(value).every((one) => isWithin(one, depth - 1)));

/** In JSON, control characters are escaped, but for those beyond ASCII. */
const withoutControls = (text) =>
  text.replace(/\\(?:\\|[bfnrt]|u00[01].)|[\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, (found) => (found === "\\\\" ? found : " "));
