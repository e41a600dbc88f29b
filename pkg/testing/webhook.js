// A webhook as RefCampaign sends it: its body, and the signature in its header.

import { isPlain, known, RULES, shown } from "./given.js";

const HEADER = "x-refcampaign-signature";

export async function signRefCampaignWebhook(event, secret, options = {}) {
  if (typeof secret !== "string" || secret === "") throw new TypeError("signRefCampaignWebhook takes the event and the secret");
  if (typeof event !== "string" && !isPlain(event)) throw new TypeError(`event must be an object, or the body as text, and is ${shown(event)}`);
  const { nowMs = Date.now() } = known(options, { nowMs: RULES.time }, "signRefCampaignWebhook's options");
  const payload = typeof event === "string" ? event : JSON.stringify(event);
  const seconds = Math.floor(nowMs / 1000);
  const header = `t=${seconds},v1=${await hmac(secret, `${seconds}.${payload}`)}`;
  const headers = { "content-type": "application/json", [HEADER]: header };
  return {
    payload,
    header,
    headers,
    request: (url = "https://shop.example/webhooks/refcampaign") => new Request(url, { method: "POST", headers, body: payload }),
  };
}

async function hmac(secret, text) {
  const bytes = (words) => new TextEncoder().encode(words);
  const key = await crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", key, bytes(text)));
}

export const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
