// Whether a webhook comes from RefCampaign.
//
// In: a request as it arrived, or its payload and header. Out: the event, or why it is not to be trusted. Reading is done
// here, and deciding in src/proto/webhook.rs; nothing of the payload is parsed before it is known whose it is.

import { Given, LONGEST_BODY } from "./given.js";
import { ifText, isFunction, isText, read } from "./read.js";
import { valuesOf } from "./request.js";
import { core } from "./start.js";

const HEADER = "x-refcampaign-signature";

export async function verifyRefCampaignWebhook(from, secret, options) {
  const tolerance = options?.toleranceSeconds ?? 300;
  const now = options?.nowMs ?? Date.now();
  mustBeTime("toleranceSeconds", tolerance);
  mustBeTime("nowMs", now);
  try {
    if (from.bodyUsed) return refused("body_used");
    const { payload, header } = "payload" in from ? from : await received(from);
    const bytes = read(bytesOf, payload);
    if (!bytes) return refused("parsed_body");
    if (bytes.length > LONGEST_BODY) return refused("too_large");
    const why = core.verifyWebhook(new Given([ifText(header), bytes, ifText(secret)]), now, tolerance);
    if (why) return refused(...why);
    const event = read(() => JSON.parse(new TextDecoder().decode(bytes)));
    return event === undefined ? refused("invalid_payload") : { valid: true, event };
  } catch {
    return refused("unreadable");
  }
}

function mustBeTime(name, value) {
  if (!(Number.isFinite(value) && value >= 0)) throw new RangeError(`${name} must be a number, 0 or more`);
}

const MESSAGES = {
  parsed_body: "pass the body as it arrived: text or bytes",
  body_used: "the body was read before: verify first, or pass { payload, header }",
  too_large: "the payload is too large",
  unreadable: "the request could not be read",
  invalid_payload: "the payload is signed, but no JSON",
};

const refused = (reason, message = MESSAGES[reason]) => ({ valid: false, reason, message });

/** The payload and the header of a request: a Web one, or one of Node's frameworks with its raw body kept. */
async function received(request) {
  const { headers } = request;
  const header = isFunction(headers.get) ? headers.get(HEADER) : valuesOf(headers, HEADER)[0];
  const payload = isFunction(request.arrayBuffer) ? await request.arrayBuffer() : (request.rawBody ?? request.body);
  return { header, payload };
}

/** The bytes of a payload of whichever realm. It throws where that is neither text nor bytes. */
function bytesOf(payload) {
  if (isText(payload)) return new TextEncoder().encode(payload);
  const { buffer = payload, byteOffset, byteLength } = payload;
  // This is what throws: a list of bytes is made of anything.
  new DataView(buffer);
  return new Uint8Array(buffer, byteOffset, byteLength);
}
