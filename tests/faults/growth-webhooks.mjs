// Rows of the growth suite: webhooks of any size. See growth.mjs.

import { fill, numbered, PIECES } from "./growth-texts.mjs";

const NOW = 1795255200000;
const TIME = NOW / 1000;
const SECRET = "whsec_3vYwq0nTtJ8kQeXr5LhZ";
const NAME = "x-refcampaign-signature";
const TAG = "0f".repeat(32);

const bytes = (text) => new TextEncoder().encode(text);

/** `size` is of the whole: what is round a payload must not carry it over the limit. */
const payloadOf = (piece, size) => JSON.stringify({ event: "conversion.created", data: fill(piece, size) });

async function sign(secret, payload) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(secret), algorithm, false, ["sign"]);
  const tag = await crypto.subtle.sign("HMAC", key, bytes(`${TIME}.${payload}`));
  const hexadecimal = [...new Uint8Array(tag)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `t=${TIME},v1=${hexadecimal.join("")}`;
}

async function verified(api, from, secret = SECRET) {
  const { valid, reason } = await api.verifyRefCampaignWebhook(from, secret, { nowMs: NOW });
  return valid ? "valid" : reason;
}

const HEADERS = {
  "many signatures": (size) => `t=${TIME},${fill(`v1=${TAG},`, size)}`,
  "many short signatures": (size) => `t=${TIME},${fill("v1=0,", size)}`,
  "many empty signatures": (size) => `t=${TIME},${fill("v1=,", size)}`,
  "one long signature": (size) => `t=${TIME},v1=${fill("0f", size)}`,
  "many times": (size) => fill(`t=${TIME},`, size),
  "a long time": (size) => `t=${fill("9", size)},v1=${TAG}`,
  "many other members": (size) => `${numbered(size, (index) => `v${index + 2}=${TAG},`)}t=${TIME},v1=${TAG}`,
};

/** A payload of any size, signed as it should be, in each form in which it may arrive. */
const FORMS = {
  "payload and header": (payload, header) => ({ payload, header }),
  "payload of bytes and header": (payload, header) => ({ payload: bytes(payload), header }),
  "raw body": (payload, header) => ({ rawBody: payload, headers: { [NAME]: header } }),
};

export const webhookRows = () => [
  ...Object.entries(HEADERS).map(([name, header]) => ({
    name: `webhook header of ${name}`,
    isQuick: true,
    make: (api, size) => {
      const from = { payload: "{}", header: header(size) };
      return () => verified(api, from);
    },
  })),
  ...Object.entries(FORMS).map(([name, form]) => ({
    name: `webhook, ${name}`,
    isQuick: true,
    make: async (api, size) => {
      const payload = payloadOf("a", size);
      const from = form(payload, await sign(SECRET, payload));
      return () => verified(api, from);
    },
  })),
  {
    name: "webhook, a Web Request",
    isQuick: true,
    make: async (api, size) => {
      const payload = payloadOf("a", size);
      const headers = { [NAME]: await sign(SECRET, payload) };
      return () => verified(api, new Request("https://shop.test/", { method: "POST", body: payload, headers }));
    },
  },
  {
    name: "webhook, many other headers",
    isQuick: true,
    make: async (api, size) => {
      const headers = Object.fromEntries(Array.from({ length: size / 16 }, (_, index) => [`x-header-${index}`, "a"]));
      const from = { rawBody: "{}", headers: { ...headers, [NAME]: await sign(SECRET, "{}") } };
      return () => verified(api, from);
    },
  },
  {
    name: "webhook secret that signs",
    isQuick: true,
    make: async (api, size) => {
      const secret = fill("whsec_a", size);
      const from = { payload: "{}", header: await sign(secret, "{}") };
      return () => verified(api, from, secret);
    },
  },
  ...Object.entries(PIECES).flatMap(([name, piece]) => [
    {
      name: `webhook payload of ${name}, unsigned`,
      make: (api, size) => {
        const from = { payload: fill(piece, size), header: `t=${TIME},v1=${TAG}` };
        return () => verified(api, from);
      },
    },
    {
      name: `webhook payload with ${name}, signed`,
      make: async (api, size) => {
        const payload = payloadOf(piece, size);
        const from = { payload, header: await sign(SECRET, payload) };
        return () => verified(api, from);
      },
    },
    {
      name: `webhook header of ${name}`,
      make: (api, size) => {
        const from = { payload: "{}", header: fill(piece, size) };
        return () => verified(api, from);
      },
    },
    {
      name: `webhook signature of ${name}`,
      make: (api, size) => {
        const from = { payload: "{}", header: `t=${TIME},v1=${fill(piece, size)}` };
        return () => verified(api, from);
      },
    },
    {
      name: `webhook secret of ${name}`,
      make: (api, size) => {
        const secret = fill(piece, size);
        return () => verified(api, { payload: "{}", header: `t=${TIME},v1=${TAG}` }, secret);
      },
    },
  ]),
];
