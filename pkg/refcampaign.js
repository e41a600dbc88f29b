// RefCampaign: the client of its SDK guide.
//
// In: the caller's values. Out: the service's own data; what fails rejects with a RefCampaignError, as the guide has it.
// Each export is a function of the core that decides; the files in entries/ say which core that is.

import { sender } from "./client.js";
import { IDENTIFY, PING, POSTBACK, REFCAMPAIGN, REFUND, TRACK } from "./dist/services/refcampaign.js";
import { ConversionError, plain } from "./errors.js";
import { isObject, isText, ownOf, read } from "./read.js";
import { hashEmail as hashOf, scrub } from "./steps.js";

export class RefCampaignError extends ConversionError {
  static name = "RefCampaignError";
  details = null;
  externalId = null;
}

const byOf = (core) => ({ core, service: REFCAMPAIGN, classOf: () => RefCampaignError, finish: asAnswered });

/** What the service would have answered: its guide has callers look there. */
function asAnswered(error) {
  if (error.issues.length === 0) return;
  error.code = "VALIDATION_FAILED";
  error.details = error.issues.map(({ field, message }) => ({ path: field.split("."), message }));
}

export const hashEmailWith = (core) =>
  function hashEmail(email) {
    // The browser script's own functions: what they make of an address is what the service knows it by.
    const hash = isText(email) && hashOf(core, email.trim().toLowerCase());
    if (!hash) throw new TypeError("email must be a string, not empty");
    return hash;
  };

export const RefCampaignWith = (core) =>
  class RefCampaign {
    conversions;
    tracking;
    ping;

    constructor(config) {
      const deliver = sender(byOf(core), config);
      const call = (endpoint) => async (params, options) => dataOrThrow(core, await deliver(endpoint, params, options, endpoint === PING));
      this.conversions = { track: call(TRACK), postback: call(POSTBACK), refund: call(REFUND) };
      this.tracking = {
        async identify(params, options) {
          const { error, outcome } = withDetails(core, await deliver(IDENTIFY, params, options));
          // What is wrong with the values is the caller's to mend; anything else must not stop a checkout.
          if (error?.issues.length > 0) throw error;
          return { identified: outcome === "pending" ? null : error === null, error };
        },
      };
      this.ping = (options) => call(PING)(undefined, options);
    }
  };

/** How a call ended, with what only RefCampaign's have: the ID that the event has on the books, and details of an error. */
function withDetails(core, { outcome, body, error, sent, privateValues }) {
  const externalId = (sent && ownOf(JSON.parse(sent), "externalId")) ?? null;
  if (error) Object.assign(error, { details: error.details ?? detailsOf(core, body, privateValues), externalId });
  return { outcome, body, error, externalId };
}

/** What a call resolves: the service's data, with what became of the event, and its ID. */
function dataOrThrow(core, ended) {
  const { outcome, body, error, externalId } = withDetails(core, ended);
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
function detailsOf(core, body, privateValues) {
  const details = ownOf(ownOf(body, "error"), "details");
  const text = isWithin(details, DEEPEST) && read(JSON.stringify, details);
  if (!(text?.length <= LONGEST)) return null;
  return read(JSON.parse, scrub(core, withoutControls(text), privateValues)) ?? null;
}

const isWithin = (value, depth) =>
  !isObject(value) || (depth > 0 && Object.values(value).every((one) => isWithin(one, depth - 1)));

/** In JSON, the control characters below the blank are escaped. */
const withoutControls = (text) =>
  plain(text.replace(/\\(?:\\|[bfnrt]|u00[01].)/g, (found) => (found === "\\\\" ? found : " ")));
