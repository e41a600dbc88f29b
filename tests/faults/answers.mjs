// What a script can make the fault service answer, and how each answer goes over the wire.
//
// In: one entry of a script (the vocabulary is below) and a request. Out: bytes, or the lack of them, and what the books
// need to know: the status the client could see, and the earliest moment it may come back.
// Not its job: choosing the entry, keeping the books (service.mjs).
//
// An entry is "good" (what the real service would do) or an object of
//   status       the HTTP status
//   body         a name in BODIES; default: a JSON error with `code`, or nothing where there is no code
//   code         the error's code
//   retryAfter   the header as it is, or { form, seconds } for a moment that many seconds away
//   retryAfterMs the header `retry-after-ms` as it is
//   to           "another origin": a Location header there
//   connection   a name in CONNECTIONS: how the answer goes wrong on its way
//   records      true: the event is on the books before any of this happens

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { errorText } from "./endpoints.mjs";

const HTML = "<!doctype html><title>Bad gateway</title><h1>502</h1><p>The edge could not reach the origin.";
const HUGE_BYTES = 10 * 1024 * 1024;
const PIECE = "x".repeat(64 * 1024);
/** Long enough for what was written before it to be read as a piece of its own. */
const PAUSE_MS = 40;

const BODIES = {
  html: { type: "text/html", text: HTML },
  nothing: { text: "" },
  null: { text: "null" },
  array: { text: '["error"]' },
  string: { text: '"error"' },
  "error as text": { text: '{"error":"not today"}' },
  "wrong shape": { text: '{"ok":true,"id":"sale_xyz"}' },
  // RefCampaign has two flags in one answer, and documentations that differ on what is round what.
  "success: false": {
    text: '{"success":false,"error":{"code":"CAMPAIGN_PAUSED","message":"the campaign is paused"}}',
  },
  "success: false inside": { text: '{"success":true,"data":{"success":false,"error":"no campaign"}}' },
  "no envelope": { text: '{"success":true,"conversionId":"cnv_xyz"}' },
  "success alone": { text: '{"success":true}' },
  "success and no data": { text: '{"success":true,"data":null}' },
  // Dub's: an unknown click, a sale that nobody is credited with, a lead that it has seen before.
  "no such click": { text: errorText("not_found", "Click event not found") },
  "nobody credited": { text: '{"eventName":"Purchase","customer":null,"sale":null}' },
  "seen before": { text: '{"click":{"id":"abc123"},"link":null,"customer":{"name":null,"externalId":null}}' },
  "details of an amount": {
    text: '{"success":false,"error":{"code":"VALIDATION_FAILED","message":"no","details":[{"field":"amount"}]}}',
  },
  "truncated JSON": { cut: true },
  "10 MB": { huge: true },
  // What a careless service tells of a request, key and customer included.
  echo: { echo: (said) => errorText("ECHO", said) },
  "echo in details": { echo: (said) => JSON.stringify({ error: { code: "ECHO", details: [{ field: said }, said] } }) },
  "echo in the names of details": {
    echo: (said) => JSON.stringify({ error: { code: "ECHO", details: { [said]: 1 } } }),
  },
  "echo inside a success": { echo: (said) => JSON.stringify({ success: true, data: { success: false, error: said } }) },
  "echo as text": { echo: (said) => JSON.stringify({ error: said }) },
  "echo, percent-encoded": { echo: (said) => errorText("ECHO", encodeURIComponent(said)) },
  "echo, HTML-escaped": { echo: (said) => errorText("ECHO", said.replace(/\W/g, (one) => `&#${one.codePointAt(0)};`)) },
  "echo in the code": { echo: (said) => errorText(said.replace(/^\D*Bearer (\S+).*$/s, "$1"), "no") },
  "echo as HTML": { type: "text/html", echo: (said) => `<pre>${said}</pre>` },
};

/** How an answer goes wrong on its way. `sees` is what a client can know of it: the answer, a lost connection or nothing. */
const CONNECTIONS = {
  "reset before headers": { sees: "loss", put: async ({ socket }) => socket.resetAndDestroy() },
  "reset after headers": { sees: "loss", put: (wire) => cutOff(wire, 0) },
  "reset in the body": { sees: "loss", put: (wire) => cutOff(wire, 0.5) },
  silent: { sees: "silence", put: async () => {} },
  "stalls after headers": { sees: "silence", put: async (wire) => open(wire) },
  "stalls in the body": { sees: "silence", put: async (wire) => open(wire).write(half(wire.text)) },
  slow: { sees: "answer", put: drip },
};

/** Every name a script may use, for whoever checks one. */
export const VOCABULARY = {
  keys: ["status", "body", "code", "retryAfter", "retryAfterMs", "to", "connection", "records"],
  bodies: Object.keys(BODIES),
  connections: [...Object.keys(CONNECTIONS), "refused"],
};

/**
 * How `answer` is given to one request. `good` is what the real service would say, as `{ status, text }`; `said` is the
 * request in words.
 * @returns `{ seen, mayReturn, put }`: the status a client can tell, or null; whether it may be back by now, as a function;
 *   and what does it all.
 */
export function plan(answer, { response, good, elsewhere, said }) {
  const entry = answer === "good" ? good : answer;
  const body = bodyOf(entry, good, said);
  const wait = waitOf(entry);
  const { sees, put } = entry.connection ? CONNECTIONS[entry.connection] : { sees: "answer", put: whole };
  const wire = {
    response,
    socket: response.socket,
    status: entry.status ?? good.status,
    text: body.text,
    huge: body.huge === true,
    headers: {
      "content-type": body.type ?? "application/json",
      ...(wait.header === undefined ? {} : { "retry-after": wait.header }),
      ...(entry.retryAfterMs === undefined ? {} : { "retry-after-ms": entry.retryAfterMs }),
      ...(entry.to === undefined ? {} : { location: elsewhere }),
    },
  };
  const isSeen = sees === "answer";
  return { seen: isSeen ? wire.status : null, mayReturn: isSeen ? wait.mayReturn : () => true, put: () => put(wire) };
}

function bodyOf({ status = 200, body: name, code, text }, good, said) {
  const body = BODIES[name] ?? {};
  if (body.echo) return { type: body.type, text: body.echo(said) };
  if (body.cut) return { text: half(good.text) };
  if (body.text !== undefined || body.huge) return body;
  if (code !== undefined) return { text: errorText(code, "what the service says") };
  return { text: text ?? (status === 200 ? good.text : "") };
}

const half = (text) => text.slice(0, Math.ceil(text.length / 2));

/** The header, and whether the client may be back: by a steady clock for a delay, by the time of day for a date. */
function waitOf({ retryAfter, retryAfterMs }) {
  if (retryAfter !== undefined && typeof retryAfter !== "string") {
    const at = Math.ceil(Date.now() / 1000 + retryAfter.seconds) * 1000;
    return { header: FORMS[retryAfter.form](new Date(at)), mayReturn: () => Date.now() >= at };
  }
  const seconds = (retryAfter ?? "").split(",").map(Number).filter(Number.isFinite);
  const steady = performance.now() + Math.max(0, Number(retryAfterMs ?? 0), ...seconds.map((number) => number * 1000));
  return { header: retryAfter, mayReturn: () => performance.now() >= steady };
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** The forms of RFC 9110 §5.6.7, and the two that services send all the same. */
const FORMS = {
  "IMF-fixdate": (date) => date.toUTCString(),
  "RFC 850": (date) => {
    const [, day, month, year, time] = date.toUTCString().split(" ");
    return `${DAYS[date.getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`;
  },
  asctime: (date) => {
    const [weekday, day, month, year, time] = date.toUTCString().replace(",", "").split(" ");
    return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
  },
  "epoch seconds": (date) => String(date.getTime() / 1000),
  "epoch milliseconds": (date) => String(date.getTime()),
};

async function whole({ response, status, headers, text, huge }) {
  if (huge) {
    response.writeHead(status, { ...headers, "content-length": String(HUGE_BYTES) });
    return pour(response);
  }
  // A 204 has no body and no length.
  response.writeHead(status, status === 204 ? headers : { ...headers, "content-length": Buffer.byteLength(text) });
  response.end(text);
}

/** A client may hang up before the end. */
const pour = (response) => pipeline(Readable.from(pieces(HUGE_BYTES)), response).catch(() => {});

function* pieces(bytes) {
  for (let left = bytes; left > 0; left -= PIECE.length) yield PIECE.slice(0, left);
}

/** Headers that promise more than will come. */
function open({ response, status, headers, text }) {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text) + 1 });
  response.flushHeaders();
  return response;
}

async function cutOff(wire, share) {
  open(wire);
  if (share > 0) wire.response.write(half(wire.text));
  await sleep(PAUSE_MS);
  wire.socket.resetAndDestroy();
}

async function drip({ response, status, headers, text }) {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text) });
  for (const piece of text.match(/[\s\S]{1,64}/g) ?? []) {
    response.write(piece);
    await sleep(PAUSE_MS / 2);
  }
  response.end();
}
