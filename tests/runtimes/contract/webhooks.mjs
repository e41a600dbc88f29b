// The forms in which a webhook arrives, and a thousand that somebody tampered with.
//
// In: the API. Out: checks by suite, as check.mjs runs them. The signatures are the runtime's own, by `crypto.subtle`.
// Not its job: what a header may look like (golden/webhook.json).

import { must, same } from "./check.mjs";
import { mustBeRefusal } from "./refcampaign.mjs";

const NOW = 1795255200000;
const SECRET = "whsec_3vYwq0nTtJ8kQeXr5LhZ";
const OLD_SECRET = "whsec_before_the_rotation";
const NAME = "X-RefCampaign-Signature";
const EVENT = {
  event: "conversion.created",
  data: { conversionId: "conv_abc", amount: 4990, currency: "EUR" },
  timestamp: "2026-11-21T10:00:00.000Z",
  idempotencyKey: "conversion.created:conversion:conv_abc",
};
const PAYLOAD = JSON.stringify(EVENT);

const bytes = (text) => new TextEncoder().encode(text);

async function sign(secret, time, payload) {
  const key = await crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const tag = await crypto.subtle.sign("HMAC", key, bytes(`${time}.${payload}`));
  return [...new Uint8Array(tag)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const headerOf = async (payload = PAYLOAD) => `t=${NOW / 1000},v1=${await sign(SECRET, NOW / 1000, payload)}`;

export function webhookChecks(api) {
  const verify = (from, options = { nowMs: NOW }, secret = SECRET) => api.verifyRefCampaignWebhook(from, secret, options);
  const accepts = async (from, event = EVENT) => same(await verify(from), { valid: true, event });
  const refuses = async (from, reason, options) => mustBeRefusal(await verify(from, options), reason, SECRET);
  return {
    "webhook requests": requests(accepts, refuses, verify),
    "webhook payloads": payloads(accepts, refuses),
    "webhook options": options(verify),
    "webhook mutations": { "of 1,000 none is accepted, with either secret of a rotation": () => tamper(verify) },
  };
}

const headersOf = async () => ({ [NAME.toLowerCase()]: await headerOf() });

/** What Node.js gives a handler: headers, and a stream of pieces. */
const streamed = (headers, ...pieces) => ({
  headers,
  readable: true,
  async *[Symbol.asyncIterator]() {
    for (const piece of pieces) yield typeof piece === "number" ? Uint8Array.of(piece) : piece;
  },
});

/** What frameworks put around a request. */
const CONTEXTS = [
  (request) => ({ request, params: {} }),
  (req) => ({ req, res: {} }),
  (req) => ({ node: { req }, path: "/" }),
  (raw) => ({ req: { raw } }),
];

const posted = async (body = PAYLOAD) =>
  new Request("https://shop.test/webhook", { method: "POST", body, headers: { [NAME]: await headerOf() } });

const requests = (accepts, refuses, verify) => ({
  "a Web Request": async () => accepts(await posted()),
  "a Web Request with bytes": async () => accepts(await posted(bytes(PAYLOAD))),
  "a Web Request without a header": async () => {
    await refuses(new Request("https://shop.test/", { method: "POST", body: PAYLOAD }), "missing_header");
  },
  "a Web Request without a body": async () => {
    await refuses(new Request("https://shop.test/", { headers: { [NAME]: await headerOf() } }), "signature_mismatch");
  },
  "a Web Request that was read before": async () => {
    const used = await posted();
    await used.text();
    await refuses(used, "body_used");
  },
  "a Web Request whose body fails": async () => {
    const arrayBuffer = () => Promise.reject(new Error(SECRET));
    await refuses({ headers: new Headers({ [NAME]: await headerOf() }), arrayBuffer }, "unreadable");
  },
  "a framework's, with its raw body kept": async () => {
    for (const name of [NAME, NAME.toLowerCase(), NAME.toUpperCase()]) {
      const headers = { host: "shop.test", [name]: await headerOf() };
      await accepts({ headers, rawBody: bytes(PAYLOAD), body: EVENT });
      await accepts({ headers, rawBody: PAYLOAD });
      await accepts({ headers, body: PAYLOAD });
      await accepts({ headers, body: bytes(PAYLOAD) });
    }
  },
  "a framework's, with its body parsed": async () => {
    const headers = { [NAME]: await headerOf() };
    await refuses({ headers, body: EVENT }, "parsed_body");
    await refuses({ headers }, "parsed_body");
  },
  "a framework's, without the header": async () => refuses({ headers: {}, rawBody: PAYLOAD }, "missing_header"),
  "an unread stream of Node.js": async () => accepts(streamed(await headersOf(), bytes(PAYLOAD))),
  "an unread stream that comes in pieces of one byte": async () => {
    await accepts(streamed(await headersOf(), ...bytes(PAYLOAD).map((byte) => byte)));
  },
  "a stream that was read to its end": async () => {
    await refuses({ ...streamed(await headersOf()), readableEnded: true }, "body_used");
  },
  "contexts with a Web Request inside": async () => {
    for (const wrap of CONTEXTS) await accepts(wrap(await posted()));
  },
  "contexts with a Node.js request inside": async () => {
    for (const wrap of CONTEXTS) await accepts(wrap(streamed(await headersOf(), bytes(PAYLOAD))));
  },
  "a body that a framework keeps, and gives again": async () => {
    const raw = await posted();
    const text = await raw.text();
    await accepts({ raw, arrayBuffer: async () => bytes(text).buffer });
  },
  "a Koa context, whose own body is the answer's": async () => {
    const headers = await headersOf();
    await accepts({ body: "the answer", headers, request: { headers, rawBody: PAYLOAD }, response: {} });
  },
  "Hapi's request, which has a payload of its own": async () => accepts({ headers: await headersOf(), payload: PAYLOAD }),
  "an event of a gateway": async () => {
    const headers = await headersOf();
    const several = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    const encoded = btoa(PAYLOAD);
    await accepts({ headers, body: PAYLOAD, isBase64Encoded: false });
    await accepts({ headers, body: encoded, isBase64Encoded: true });
    await accepts({ multiValueHeaders: several, body: encoded, isBase64Encoded: true });
    await accepts({ headers: several, body: PAYLOAD });
    await refuses({ headers, body: "%%%", isBase64Encoded: true }, "parsed_body");
  },
  "a body larger than 1 MiB is not read": async () => {
    const headers = await headersOf();
    let pieces = 0;
    const endless = async function* () {
      for (;;) {
        pieces += 1;
        yield new Uint8Array(65_536);
      }
    };
    await refuses({ headers, [Symbol.asyncIterator]: endless }, "too_large");
    must(pieces <= 17, `${pieces} pieces were read`);
    await refuses({ headers: { ...headers, "content-length": "1048577" }, [Symbol.asyncIterator]: endless }, "too_large");
    must(pieces <= 17, `${pieces} pieces were read, of a body that says how large it is`);
  },
  "what cannot be right is refused before its body is read": async () => {
    const unread = (headers) => ({ headers, [Symbol.asyncIterator]: () => must(false, "the body was read") });
    await refuses(unread({}), "missing_header");
    await refuses(unread({ [NAME]: "v1" }), "malformed_header");
    await refuses(unread(await headersOf()), "timestamp_outside_tolerance", { nowMs: NOW + 301_000 });
  },
  "what is no request at all": async () => {
    for (const from of [null, undefined, 42, "text", {}, { headers: null }]) {
      await refuses(from, "unreadable");
      // As other verifiers have it: the body first, then the header, then the secret.
      const { message } = await verify(from);
      must(/pass the request itself, or \{ payload, header \}/.test(message), message);
    }
  },
});

const payloads = (accepts, refuses) => ({
  "a text": async () => accepts({ payload: PAYLOAD, header: await headerOf() }),
  "an ArrayBuffer": async () => accepts({ payload: bytes(PAYLOAD).buffer, header: await headerOf() }),
  "a Uint8Array": async () => accepts({ payload: bytes(PAYLOAD), header: await headerOf() }),
  "a view of a part of a buffer": async () => {
    const padded = bytes(`xx${PAYLOAD}xx`);
    await accepts({ payload: padded.subarray(2, padded.length - 2), header: await headerOf() });
    await accepts({ payload: new DataView(padded.buffer, 2, padded.length - 4), header: await headerOf() });
  },
  "a Buffer, where there is such a thing": async () => {
    const payload = globalThis.Buffer?.from(PAYLOAD) ?? PAYLOAD;
    await accepts({ payload, header: await headerOf() });
  },
  "a header that is none": async () => {
    for (const header of [undefined, null, "", 42, [], [42]]) await refuses({ payload: PAYLOAD, header }, "missing_header");
  },
  "a body that was parsed": async () => {
    const header = await headerOf();
    for (const payload of [EVENT, null, undefined, 42, [1, 2]]) await refuses({ payload, header }, "parsed_body");
  },
  "1 MiB is taken, and one byte more is not": async () => {
    const event = { ...EVENT, padding: "x".repeat(1024 * 1024 - JSON.stringify({ ...EVENT, padding: "" }).length) };
    const payload = JSON.stringify(event);
    same(payload.length, 1024 * 1024, "the length");
    await accepts({ payload, header: await headerOf(payload) }, event);
    await refuses({ payload: `${payload} `, header: await headerOf(`${payload} `) }, "too_large");
    await refuses(await posted(`${payload} `), "too_large");
  },
  "one that is signed and no JSON": async () => refuses({ payload: "{", header: await headerOf("{") }, "invalid_payload"),
  "members that the service adds later are kept": async () => {
    const event = { ...EVENT, data: { ...EVENT.data, later: [1, null] }, version: 2 };
    const payload = JSON.stringify(event);
    await accepts({ payload, header: await headerOf(payload) }, event);
  },
});

const options = (verify) => ({
  "without any, it is now": async () => {
    const time = Math.floor(Date.now() / 1000);
    const from = { payload: PAYLOAD, header: `t=${time},v1=${await sign(SECRET, time, PAYLOAD)}` };
    same((await verify(from, null)).valid, true);
    mustBeRefusal(await verify({ payload: PAYLOAD, header: await headerOf() }, { nowMs: NOW + 301_000 }), "timestamp_outside_tolerance");
  },
  "a time that is none is a programming error": async () => {
    const from = { payload: PAYLOAD, header: await headerOf() };
    for (const option of ["toleranceSeconds", "nowMs"]) {
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, "300", true, {}]) {
        const error = await verify(from, { nowMs: NOW, [option]: value }).then(() => null, (reason) => reason);
        must(error instanceof RangeError && error.message.startsWith(option), `${option} of ${value}: ${error}`);
      }
    }
  },
  "a header in a list": async () => {
    same((await verify({ payload: PAYLOAD, header: [await headerOf()] })).valid, true);
  },
  "a secret with a line break behind": async () => {
    mustBeRefusal(await verify({ payload: PAYLOAD, header: await headerOf() }, { nowMs: NOW }, `${SECRET}\n`), "invalid_secret");
  },
  "options that everything inherits are none": async () => {
    Object.prototype.toleranceSeconds = 1e9;
    try {
      const late = { nowMs: NOW + 301_000 };
      mustBeRefusal(await verify({ payload: PAYLOAD, header: await headerOf() }, late), "timestamp_outside_tolerance");
    } finally {
      delete Object.prototype.toleranceSeconds;
    }
  },
  "a secret that is none": async () => {
    const from = { payload: PAYLOAD, header: await headerOf() };
    for (const secret of [undefined, null, "", " ", 42, {}]) {
      mustBeRefusal(await verify(from, { nowMs: NOW }, secret ?? null), "missing_secret");
    }
  },
});

/** Numbers that look random and are the same every time (mulberry32). */
function diceOf(seed) {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

const replaced = (text, at, by) => text.slice(0, at) + by + text.slice(at + 1);
const HEX = "0123456789abcdef";

/** One change to a webhook that makes it another's. */
const CHANGES = [
  (webhook, dice) => {
    const at = dice(webhook.payload.length);
    const by = String.fromCharCode((webhook.payload.charCodeAt(at) ^ (1 + dice(31))) & 0x7f);
    return { ...webhook, payload: replaced(webhook.payload, at, by) };
  },
  (webhook, dice) => ({ ...webhook, payload: webhook.payload.slice(0, dice(webhook.payload.length)) }),
  (webhook, dice) => ({ ...webhook, payload: webhook.payload + " \n\t{}"[dice(5)] }),
  (webhook, dice) => {
    const at = dice(webhook.payload.length);
    return { ...webhook, payload: `${webhook.payload.slice(0, at)}0${webhook.payload.slice(at)}` };
  },
  (webhook, dice) => ({ ...webhook, time: webhook.time + (dice(2) ? 1 : -1) * (1 + dice(300)) }),
  (webhook, dice) => {
    const at = dice(64);
    const other = (digit) => HEX[(HEX.indexOf(digit) + 1 + dice(15)) % 16];
    return { ...webhook, signatures: webhook.signatures.map((one) => replaced(one, at, other(one[at]))) };
  },
  (webhook, dice) => ({ ...webhook, signatures: webhook.signatures.map((one) => one.slice(0, dice(64))) }),
  (webhook) => ({ ...webhook, signatures: webhook.signatures.map((one) => [...one].reverse().join("")) }),
  (webhook) => ({ ...webhook, signatures: [] }),
  (webhook) => ({ ...webhook, scheme: "v2" }),
  (webhook, dice) => ({ ...webhook, now: webhook.now + (dice(2) ? 1 : -1) * (302_000 + dice(1_000_000_000)) }),
  (webhook, dice) => ({ ...webhook, secret: replaced(webhook.secret, dice(webhook.secret.length), "~") }),
];

async function tamper(verify) {
  const dice = diceOf(20261121);
  const accepted = [];
  for (let count = 0; count < 1000; count += 1) {
    const time = NOW / 1000 + dice(1_000_000);
    const payload = JSON.stringify({ ...EVENT, data: { ...EVENT.data, amount: 1 + dice(1_000_000) } });
    const signatures = [await sign(SECRET, time, payload), await sign(OLD_SECRET, time, payload)];
    for (const secret of [SECRET, OLD_SECRET]) {
      const webhook = { time, payload, signatures, secret, scheme: "v1", now: time * 1000 };
      same((await judged(verify, webhook)).valid, true, `webhook ${count}, as it was signed`);
      const change = dice(CHANGES.length);
      const changed = CHANGES[change](webhook, dice);
      if ((await judged(verify, changed)).valid) accepted.push({ change, webhook, changed });
    }
  }
  same(accepted, [], "those that were accepted");
}

function judged(verify, { time, payload, signatures, secret, scheme, now }) {
  const header = [`t=${time}`, ...signatures.map((one) => `${scheme}=${one}`)].join(",");
  return verify({ payload, header }, { nowMs: now }, secret);
}
