// Requests in which a click ID is, in one of the shapes of the golden vectors, among hostile members.
//
// In: a Random and the vectors. Out: `{ request, cookieName, expected }`: the ID must be found in it. Nothing that is put
// around it stands in the place of what holds the ID, or hides it: a request that denies its own URL has none.

import { requestLike, requestOf } from "../runtimes/contract/requests.mjs";
import { decode } from "../runtimes/contract/values.mjs";
import { anything, members } from "./random-things.mjs";

/** Where frameworks keep a request: each makes of one another that holds it. */
const WRAPS = [
  (request) => ({ request }),
  (request) => ({ req: request }),
  (request) => ({ raw: request }),
  (request) => ({ event: request }),
  (request) => ({ nativeEvent: request }),
  (request) => ({ node: { req: request } }),
  (request) => ({ web: { request } }),
  (request) => Object.create({ request }),
  (request) => ({ get request() { return request; } }),
];

/** No reader looks for these. */
const OTHERS = "app ctx env user body params session locals waitUntil constructor valueOf toJSON length".split(" ");

/** What a reader looks for, and would find there. Beside a request, they may hold anything. */
const BESIDE = "cookies path query rawQueryString multiValueHeaders queryStringParameters rawUrl href req raw".split(" ");

/** Shapes that are known by what they lack: they are no part of anything. */
const isBare = ({ kind, name }) =>
  kind === "headers" || kind === "bareStore" || /alone|as a text|a URL object|parameters of a query|parser made/.test(name);

/** The shapes that hold an ID. */
export function shapesOf({ requestLikes, clickIds }) {
  const shapes = requestLikes.filter(({ expected }) => expected !== null);
  const parts = clickIds.filter(({ expected, request }) => expected !== null && request);
  return [
    ...shapes.map((vector) => ({ ...vector, isBare: isBare(vector), make: () => requestLike(vector) })),
    ...parts.map((vector) => ({ ...vector, isBare: false, make: () => requestOf(vector.request, vector.cookieName) })),
  ];
}

export function hidden(random, shapes) {
  const shape = random.pick(shapes);
  let request = shape.make();
  const isText = typeof request === "string";
  if (!isText) surround(random, request, shape.isBare ? OTHERS : [...OTHERS, ...BESIDE]);
  if (!shape.isBare) {
    for (let depth = Math.floor(random.next() * 3); depth > 0; depth -= 1) {
      request = surround(random, random.pick(WRAPS)(request), [...OTHERS, ...BESIDE]);
    }
  }
  return { request, cookieName: decode(shape.cookieName), expected: shape.expected, what: shape.name };
}

/** Adds members that are not there yet. */
function surround(random, object, names) {
  const free = names.filter((name) => !(name in object) || (Object.hasOwn(Object.prototype, name) && !Object.hasOwn(object, name)));
  return members(random, () => anything(random, 2), object, free);
}
