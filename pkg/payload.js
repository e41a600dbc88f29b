// The body of a request, as it arrived.
//
// In: a request of any kind. Out: its bytes or its text, or a reason why there are none: never more than the limit, and never
// later than the deadline. What the bytes say is not its job.

import { PIECES_IN_A_ROW, turn } from "./clock.js";
import { LONGEST_BODY } from "./message.js";
import { isFunction, isObject, isText, member, method, read } from "./read.js";
import { headerValues, headersOf, viewsOf } from "./sources.js";

/** A sender that stalls must not hold a request for ever. */
const DEADLINE_MS = 10_000;

/** The values of a header, in the request and in those inside of it. */
export const headersNamed = (request, name) =>
  viewsOf(request).flatMap((view) => headersOf(view).flatMap((headers) => read(headerValues, headers, name) ?? []));

/** Whether there are any: else it is no request. */
export const hasHeaders = (request) => viewsOf(request).some((view) => headersOf(view).length > 0);

/** `{ payload }` of a request, text or bytes, or `{ reason }`. */
export function payloadOf(request) {
  const views = viewsOf(request);
  const [length] = headersNamed(request, "content-length");
  if (length > LONGEST_BODY) return { reason: "too_large" };
  const stop = { reading: undefined, isOver: false };
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      stop.isOver = true;
      stop.reading?.();
      resolve({ reason: "body_timeout" });
    }, DEADLINE_MS);
    const end = (found) => {
      clearTimeout(timer);
      resolve(found);
    };
    received(views, stop).then(end, () => end({ reason: "unreadable" }));
  });
}

async function received(views, stop) {
  const kept = views.map(keptBody).find((body) => body !== undefined);
  if (kept !== undefined) return { payload: kept };
  const unread = views.find((view) => read(member, view, "bodyUsed") === false);
  if (unread) return readWeb(unread, stop);
  const stream = views.find((view) => method(view, Symbol.asyncIterator) && !isOver(view));
  if (stream) return collect(stream[Symbol.asyncIterator](), stop);
  // Hono keeps a body that was read, and gives it again.
  const cached = views.find((view) => method(view, "arrayBuffer") && read(member, view, "bodyUsed") === undefined);
  if (cached) return { payload: await cached.arrayBuffer() };
  const isUsed = views.some((view) => read(member, view, "bodyUsed") === true || isOver(view));
  const isParsed = views.some((view) => !isContext(view) && !isStream(read(member, view, "body") ?? null));
  return { reason: isUsed && !isParsed ? "body_used" : "parsed_body" };
}

/** A body that is there already: kept raw beside a parsed one, or never parsed. */
function keptBody(view) {
  const raw = read(member, view, "rawBody") ?? read(() => method(view, "raw")?.());
  if (isPayload(raw)) return raw;
  const body = isContext(view) ? undefined : (read(member, view, "body") ?? read(member, view, "payload"));
  if (!isPayload(body)) return undefined;
  return read(member, view, "isBase64Encoded") === true && isText(body) ? read(fromBase64, body) : body;
}

export const isPayload = (value) => isText(value) || (isObject(value) && read(bytesOf, value) !== undefined);

const isStream = (body) => body === null || (isObject(body) && Boolean(method(body, "getReader")));

/** Koa's context: its `body` is the answer's. */
const isContext = (view) => isObject(read(member, view, "request")) && isObject(read(member, view, "response"));

/** A stream of Node.js that was read to its end, or destroyed. */
const isOver = (view) => read(member, view, "readableEnded") === true || read(member, view, "readable") === false;

const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** The bytes of a payload of whichever realm. It throws where that is neither text nor bytes. */
export function bytesOf(payload) {
  if (isText(payload)) return new TextEncoder().encode(payload);
  const buffer = member(payload, "buffer") ?? payload;
  const [byteOffset, byteLength] = ["byteOffset", "byteLength"].map((name) => member(payload, name));
  // This is what throws: a list of bytes is made of anything.
  new DataView(buffer);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function readWeb(request, stop) {
  const body = request.body;
  if (body === null) return { payload: "" };
  if (!isFunction(body?.getReader)) return { payload: await request.arrayBuffer() };
  const reader = body.getReader();
  return collect({ next: () => reader.read(), return: () => reader.cancel() }, stop);
}

/** All pieces of a stream in one, unless they are too many. */
async function collect(iterator, stop) {
  const cancel = () => Promise.resolve(read(() => iterator.return?.())).catch(() => {});
  stop.reading = cancel;
  const pieces = [];
  let length = 0;
  for (let count = 1; !stop.isOver; count += 1) {
    if (count % PIECES_IN_A_ROW === 0) await turn();
    const { done, value } = await iterator.next();
    if (done) break;
    const piece = bytesOf(value);
    length += piece.length;
    if (length > LONGEST_BODY) {
      cancel();
      return { reason: "too_large" };
    }
    pieces.push(piece);
  }
  const payload = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    payload.set(piece, at);
    at += piece.length;
  }
  return { payload };
}
