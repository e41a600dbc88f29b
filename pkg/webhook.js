// Whether a webhook comes from RefCampaign.
//
// In: a request as it arrived, or its payload and header. Out: the event, or why it is not to be trusted. Reading is done
// here, and deciding in src/proto/webhook.rs; nothing of the payload is parsed before it is known whose it is.

import { read } from "./request.js";
import { core } from "./start.js";
import { Given } from "./values.js";

const HEADER = "x-refcampaign-signature";

/** No webhook of the service's is nearly as large, and a larger one is not taken into wasm. */
const LONGEST_PAYLOAD = 1024 * 1024;

export async function verifyRefCampaignWebhook(from, secret, options) {
  const tolerance = options?.toleranceSeconds ?? 300;
  const now = options?.nowMs ?? Date.now();
  mustBeTime("toleranceSeconds", tolerance);
  mustBeTime("nowMs", now);
  try {
    if (from.bodyUsed) return refused("body_used");
    const { payload, header } = "payload" in from ? from : await received(from);
    const bytes = bytesOf(payload);
    if (!bytes) return refused("parsed_body");
    if (bytes.length > LONGEST_PAYLOAD) return refused("too_large");
    const why = core.verifyWebhook(new Given([textOf(header), bytes, textOf(secret)]), now, tolerance);
    if (why) return { valid: false, reason: why[0], message: why[1] };
    return parsed(bytes);
  } catch {
    return refused("unreadable");
  }
}

function mustBeTime(name, value) {
  if (!(Number.isFinite(value) && value >= 0)) throw new RangeError(`${name} must be a finite number, 0 or more`);
}

const MESSAGES = {
  parsed_body: "the payload is not text or bytes: pass the body exactly as it arrived, before any JSON parser",
  body_used: "the request's body was read before: verify first, or pass { payload, header } with the text that was read",
  too_large: "the payload is larger than any webhook of RefCampaign's",
  unreadable: "the request or its body could not be read",
  invalid_payload: "the signature is right, but the payload is no JSON",
};

const refused = (reason) => ({ valid: false, reason, message: MESSAGES[reason] });

/** The payload and the header of a request: a Web one, or one of Node's frameworks with its raw body kept. */
async function received(request) {
  const { headers } = request;
  const header = typeof headers.get === "function" ? headers.get(HEADER) : headerOf(headers);
  const isWeb = typeof request.arrayBuffer === "function";
  return { header, payload: isWeb ? await request.arrayBuffer() : (request.rawBody ?? request.body) };
}

function headerOf(headers) {
  const name = Object.keys(headers).find((one) => one.toLowerCase() === HEADER);
  return name && headers[name];
}

const textOf = (value) => (typeof value === "string" ? value : "");

/** The bytes of a payload of whichever realm, or undefined where it is neither text nor bytes. */
function bytesOf(payload) {
  if (typeof payload === "string") return new TextEncoder().encode(payload);
  if (ArrayBuffer.isView(payload)) return new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength);
  return Object.prototype.toString.call(payload) === "[object ArrayBuffer]" ? new Uint8Array(payload) : undefined;
}

/** The event that a trusted payload holds. */
function parsed(bytes) {
  const event = read(() => JSON.parse(new TextDecoder().decode(bytes)));
  return event === undefined ? refused("invalid_payload") : { valid: true, event };
}
