// Whether a webhook comes from the service that it claims to come from.
//
// In: a request as it arrived, or its payload and header. Out: the event, or why it is not to be trusted. Reading is done
// here, and deciding in src/proto/webhook.rs. Nothing of the payload is read before the rest is right, and nothing of it is
// parsed before its sender is known.

import { LONGEST_BODY } from "./message.js";
import { ifText, isList, isObject, member, ownOf, read } from "./read.js";
import { bytesOf, hasHeaders, headersNamed, payloadOf } from "./payload.js";
import { verifyWebhook } from "./steps.js";

/** The header, and who knows what is in it. */
const REFCAMPAIGN = { header: "X-RefCampaign-Signature", check: verifyWebhook };

export const verifyRefCampaignWebhookWith = (core) =>
  function verifyRefCampaignWebhook(from, secret, options) {
    return verify(core, REFCAMPAIGN, from, secret, options);
  };

/** `scheme` is as REFCAMPAIGN above; a scheme without a time has no options. */
export async function verify(core, { header: name, check }, from, secret, options) {
  const option = (name) => (isObject(options) ? member(options, name) : undefined);
  const tolerance = option("toleranceSeconds") ?? 300;
  const now = option("nowMs") ?? Date.now();
  mustBeTime("toleranceSeconds", tolerance);
  mustBeTime("nowMs", now);
  const refuse = ([reason, message]) => refused(reason, message.replace("{}", name));
  try {
    // Hapi's request has a payload too.
    const isRequest = hasHeaders(from);
    if (!isRequest && !(isObject(from) && Object.hasOwn(from, "payload"))) return refused("unreadable", NO_REQUEST);
    const header = isRequest ? headersNamed(from, name.toLowerCase())[0] : first(member(from, "header"));
    const parts = { header: ifText(header), secret: ifText(secret), now, tolerance };
    // What the body cannot change comes first: nobody is made to wait for a body that does not matter.
    const early = check(core, parts);
    if (early) return refuse(early);
    const received = isRequest ? await payloadOf(from) : { payload: from.payload };
    const reason = ownOf(received, "reason");
    if (reason) return refused(reason);
    const bytes = read(bytesOf, received.payload);
    if (!bytes) return refused("parsed_body");
    if (bytes.length > LONGEST_BODY) return refused("too_large");
    const why = check(core, parts, bytes);
    if (why) return refuse(why);
    const event = read(() => JSON.parse(new TextDecoder().decode(bytes)));
    return event === undefined ? refused("invalid_payload") : { valid: true, event };
  } catch {
    return refused("unreadable");
  }
}

/** A header's value, which may be in a list. */
const first = (value) => (isList(value) ? value[0] : value);

function mustBeTime(name, value) {
  if (!(Number.isFinite(value) && value >= 0)) throw new RangeError(`${name} must be a number, 0 or more`);
}

const MESSAGES = {
  parsed_body: "pass the body as it arrived: text or bytes",
  body_used: "the body was read before: verify first, or pass { payload, header }",
  body_timeout: "the body did not arrive within 10 seconds",
  too_large: "the payload is larger than 1 MiB",
  unreadable: "the request could not be read",
  invalid_payload: "the payload is signed, but no JSON",
};

const NO_REQUEST = "the first argument is no request: pass the request itself, or { payload, header }, and then the secret";

const refused = (reason, message = MESSAGES[reason]) => ({ valid: false, reason, message });
