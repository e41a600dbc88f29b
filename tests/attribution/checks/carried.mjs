// tests/golden/checkout.json, played through the public functions.
//
// In: the entry and the vectors. Out: checks for check.mjs, one for each vector.

import { must, same } from "../../runtimes/contract/check.mjs";
import { decode } from "../../runtimes/contract/values.mjs";

export const carriedChecks = (checkout, vectors) => vectors.map((vector) => [vector.name, () => check(checkout, vector)]);

function check(checkout, { call, request, given, event, options, expected }) {
  const isCarrier = call.startsWith("to");
  const first = isCarrier ? requestOf(request, given) : decode(event);
  const called = () => (options === undefined ? checkout[call](first) : checkout[call](first, decode(options)));
  if (expected.throws) {
    try {
      called();
    } catch (error) {
      must(error instanceof TypeError && (error.message.startsWith(`${expected.throws} `) || error.message.includes(`mean ${expected.throws}?`)), error.message);
      return;
    }
    throw new Error("it should throw");
  }
  const result = called();
  if (isCarrier) return same(result, expected, "what is carried");
  const { message, ...told } = result;
  must(told.reason === null ? message === null : message?.length > 10, "a reason has a message, and a sale has none");
  const nothing = "refund" in result ? { refund: null } : { sale: null, conversion: null };
  same(plain(told), { ...nothing, reason: null, ...expected }, "the reading");
}

/** Members that are undefined are not on the wire. */
const plain = (value) => JSON.parse(JSON.stringify(value));

const requestOf = (request, given) => (request ? new Request(request.url, { headers: request.headers ?? [] }) : decode(given));
