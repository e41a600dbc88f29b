// Rows of the growth suite: answers of any size. See growth.mjs.

import { call } from "./hostile-calls.mjs";
import { FEW_PIECES, fill, numbered, PIECES, whole } from "./growth-texts.mjs";

const NAMES = ["track.sale", "conversions.track"];
const STATUSES = [200, 400, 503];
const PIECE_OF_BODY = 64;

/** What a service might say in so many characters. */
const BODIES = {
  "a long message": (size) => error({ message: fill("a", size) }),
  "a long code": (size) => error({ code: fill("A", size) }),
  "a long text for an error": (size) => JSON.stringify({ error: fill("a", size) }),
  "a message of escapes": (size) => `{"error":{"code":"NO","message":"${whole("\\u0061", size)}"}}`,
  "details of one long text": (size) => error({ details: fill("a", size) }),
  "details of many texts": (size) => `{"error":{"code":"NO","details":[${whole('"a",', size)}"a"]}}`,
  "details of many members": (size) => `{"error":{"code":"NO","details":{${numbered(size, (i) => `"m${i}":"a",`)}"z":1}}}`,
  "details of many issues": (size) =>
    `{"error":{"code":"NO","details":[${whole('{"path":["amount"],"message":"no"},', size)}1]}}`,
  "details of the same name again and again": (size) => `{"error":{"code":"NO","details":{${whole('"a":1,', size)}"a":1}}}`,
  "details of a deep list": (size) => `{"error":{"code":"NO","details":${nest("[", "]", size)}}}`,
  "details of a deep object": (size) => `{"error":{"code":"NO","details":${nest('{"a":', "}", size, "1")}}}`,
  "details of a long number": (size) => `{"error":{"code":"NO","details":${fill("9", size)}}}`,
  "many members": (size) => `{${numbered(size, (i) => `"m${i}":1,`)}"error":{"code":"NO"}}`,
  "many members named __proto__": (size) => `{${whole('"__proto__":1,', size)}"error":{"code":"NO"}}`,
  "a deep list": (size) => nest("[", "]", size),
  "a list that never ends": (size) => fill("[", size),
  "a page of HTML": (size) => fill("<p>502</p>", size),
  "a good answer and much beside it": (size) =>
    JSON.stringify({ sale: { id: "sale_xyz" }, success: true, conversionId: "cnv_xyz", note: fill("a", size) }),
  "a good answer with a long ID": (size) =>
    JSON.stringify({ sale: { id: fill("s", size / 2) }, success: true, conversionId: fill("c", size / 2) }),
};

const error = (members) => JSON.stringify({ success: false, error: { code: "NO", ...members } });
const nest = (open, close, size, inside = "") => {
  const levels = Math.floor(size / (open.length + close.length));
  return `${open.repeat(levels)}${inside}${close.repeat(levels)}`;
};

/** Headers that are read, and what may stand in them beside any text. */
const HEADERS = ["retry-after", "retry-after-ms", "x-request-id", "request-id", "content-length", "content-encoding", "location"];
const DATE = "Sun, 06 Nov 2039 08:49:37 GMT";
const VALUES = {
  ...PIECES,
  points: ".",
  "minus signs": "-",
  "seconds in a list": "1, ",
  "dates in a list": `${DATE}, `,
  colons: ":",
};

const told = ({ outcome, error }) => [outcome, error?.kind, error?.code?.slice(0, 20)].filter(Boolean).join(" ");

const making = (api, name, transport) => async () => {
  const result = await call({ api, transport }, name);
  // What logs do with an error.
  return `${told(result)} ${JSON.stringify(result.error)?.length > 0}`;
};

export const answerRows = () => [...bodyRows(), ...messageRows(), ...headerRows(), ...streamRows()];

const bodyRows = () =>
  NAMES.flatMap((name) =>
    Object.entries(BODIES).flatMap(([what, bodyOf]) =>
      STATUSES.map((status) => ({
        name: `${name}: ${status} with ${what}`,
        isQuick: status === (what.startsWith("a good answer") ? 200 : 400),
        make: (api, size) => {
          const text = bodyOf(size);
          return making(api, name, async () => new Response(text, { status }));
        },
      })),
    ),
  );

const messageRows = () =>
  NAMES.flatMap((name) =>
    Object.entries(FEW_PIECES).flatMap(([pieces, piece]) =>
      ["message", "code", "details"].map((member) => ({
        name: `${name}: ${member} of ${pieces}`,
        make: (api, size) => {
          const text = error({ [member]: fill(piece, size) });
          return making(api, name, async () => new Response(text, { status: 422 }));
        },
      })),
    ),
  );

/** A double, since a Response refuses some of the values; a service binding's answer need not. */
const headerRows = () =>
  HEADERS.flatMap((header) =>
    Object.entries(VALUES).map(([pieces, piece]) => ({
      name: `header ${header} of ${pieces}`,
      isQuick: ["7", " ", `${DATE}, `].includes(piece),
      make: (api, size) => {
        const value = fill(piece, size);
        const headers = { get: (asked) => (asked === header ? value : null) };
        return making(api, NAMES[0], async () => ({ status: 429, headers, text: async () => "" }));
      },
    })),
  );

const streamRows = () =>
  NAMES.map((name) => ({
    name: `${name}: a body in many pieces`,
    isQuick: true,
    make: (api, size) => {
      const bytes = new TextEncoder().encode(error({ message: fill("é", size / 2) }));
      return making(api, name, async () => new Response(piecemeal(bytes), { status: 400 }));
    },
  }));

function piecemeal(bytes) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + PIECE_OF_BODY));
      at += PIECE_OF_BODY;
    },
  });
}
