// RefCampaign: the client of its SDK guide.
//
// In: the caller's values. Out: the service's own data; what fails rejects with a RefCampaignError, as the guide has it.

import { checkedOptions, send } from "./client.js";
import { refCampaignClass } from "./errors.js";
import { readRequest } from "./request.js";
import { core } from "./start.js";
import { Given, IDENTIFY, PING, POSTBACK, REFCAMPAIGN, REFUND, TRACK } from "./values.js";

const isObject = (value) => typeof value === "object" && value !== null;

export function getSessionIdFromRequest(request) {
  try {
    return core.findSessionId(readRequest(request, "_rc_sid", ["_rcid", "rcsid"]));
  } catch {
    return null;
  }
}

export function hashEmail(email) {
  // The browser script's own functions: what they make of an address is what the service knows it by.
  const hash = typeof email === "string" ? core.hashEmail(new Given([email.trim().toLowerCase()])) : null;
  if (hash === null) throw new TypeError("email must be a string, not empty");
  return hash;
}

export class RefCampaign {
  constructor(config) {
    // They stay in this frame, and with them the key: printing a client shows nothing of it.
    const defaults = configured(config);
    const call = (event) => async (params, options) => told(await end({ event, params, options, defaults }));
    this.conversions = Object.freeze({ track: call(TRACK), postback: call(POSTBACK), refund: call(REFUND) });
    this.tracking = Object.freeze({
      async identify(params, options) {
        const { error } = await end({ event: IDENTIFY, params, options, defaults });
        // What is wrong with the values is the caller's to mend; anything else must not stop a checkout.
        if (error?.issues.length > 0) throw error;
        return { identified: error === null, error };
      },
    });
    this.ping = (options) => call(PING)(undefined, options);
    Object.freeze(this);
  }
}

function configured(config) {
  try {
    return checkedOptions(REFCAMPAIGN, config, refCampaignClass);
  } catch (error) {
    throw inItsWords(error);
  }
}

/** What is refused here has the code and the details that the service would have answered: its guide has callers look there. */
function inItsWords(error) {
  if (error.issues.length === 0) return error;
  const details = error.issues.map(({ field, message }) => ({ path: field.split("."), message }));
  return Object.assign(error, { code: "VALIDATION_FAILED", details });
}

async function end(call) {
  const ended = await send({ ...call, provider: REFCAMPAIGN }, refCampaignClass);
  const { error, body, sent, privateValues } = ended;
  if (error) {
    error.details = detailsOf(body, privateValues);
    error.externalId = externalIdOf(sent);
    inItsWords(error);
  }
  return ended;
}

/** What a call resolves: the service's data, with what became of the event, and the ID that it has on the books. */
function told({ outcome, error, body, sent }) {
  if (error) throw error;
  const externalId = externalIdOf(sent);
  return { ...dataOf(body), ...(externalId === null ? {} : { externalId }), outcome };
}

/** Its envelope is `{ success, data, meta }`, or there is none. A duplicate has no data. */
const dataOf = (body) => (isObject(body?.data) ? body.data : body?.success === false ? {} : body);

const externalIdOf = (sent) => (sent && JSON.parse(sent).externalId) ?? null;

/** Deeper than any list of issues goes. */
const DEEPEST = 8;

/** What an error's body says of single fields, without what the caller sent in a customer's. */
function detailsOf(body, privateValues) {
  const details = isObject(body) && isObject(body.error) ? body.error.details : undefined;
  const scrubbed = (value, depth) => {
    if (typeof value === "string") return value && core.scrub(new Given([value, ...privateValues]));
    if (!isObject(value)) return value;
    if (depth === DEEPEST) return null;
    if (Array.isArray(value)) return value.map((one) => scrubbed(one, depth + 1));
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [scrubbed(name, depth), scrubbed(one, depth + 1)]));
  };
  return scrubbed(details ?? null, 0);
}
