// Values of the caller's as JSON text.
//
// In: any value. Out: its JSON text, or the path of the member that has none, and why. `JSON.stringify` does the work; what
// it would lose without a word (a Map becomes `{}`) is refused.

import { LONGEST_BODY } from "./message.js";
import { isFunction, isList, isObject, isText, member, read } from "./read.js";

/** In a path. Nobody reads more, and a name may be somebody's data. */
const LONGEST_NAME = 40;

/** Beyond it, the search for the member at fault ends. */
const MOST_MEMBERS = 10_000;

/** Levels of lists and objects in each other. JavaScriptCore looks for cycles at each level: its time grows with the square of the depth. */
const DEEPEST = 200;

/**
 * `{ text, path, message }` of a value: its text, or else what is wrong, and with which member. `path` begins with `name`. Half
 * of a surrogate pair is written as its escape by `JSON.stringify`, and strict parsers refuse that: it is mended, as in other
 * texts.
 */
export function toJson(value, name, withNulls = true) {
  // A value may be without end, and one that holds another many times is as long as if it were copied.
  let left = LONGEST_BODY;
  let tooMuch;
  const above = [];
  const refuse = (why) => {
    tooMuch = why;
    throw new RangeError(why);
  };
  const replace = function (_, inner) {
    while (above.length > 0 && above.at(-1) !== this) above.pop();
    if (isObject(inner) && above.push(inner) > DEEPEST) refuse(WRONG.deep);
    // A hole of a list is undefined, and becomes `null`.
    left -= isText(inner) ? inner.length + 1 : 1;
    // A list may say that it has billions of items: to count them takes seconds in some engines.
    if (left < 0 || (isList(inner) && inner.length > left)) refuse(TOO_LONG);
    return inner === null && !withNulls ? undefined : checked(inner);
  };
  const text = read(() => JSON.stringify(value, replace)?.replace(LONE_SURROGATE, (all, lone) => (lone ? "\\ufffd" : all)));
  if (text !== undefined) return { text, path: name, message: undefined };
  if (tooMuch) return fault(name, tooMuch);
  return culprit(value, name, [], { left: MOST_MEMBERS }) ?? fault(name, WRONG.other);
}

export const TOO_LONG = "is too long: a request has at most 1 MiB of JSON";

const fault = (path, message) => ({ text: undefined, path, message });

const LONE_SURROGATE = /\\(?:\\|u(d[89a-f]..))/g;

/** What is said of a value that JSON cannot hold, or would hold as something else. */
const WRONG = {
  other: "must be a JSON value",
  bigint: "is a BigInt beyond 2^53 - 1: pass a string",
  cyclic: "is part of a cycle",
  deep: `is nested more than ${DEEPEST} levels deep`,
  lossy: "would become {} in JSON: pass a plain object, a list or a string",
  thrown: "could not be read",
};

/** The value, a BigInt as the number it is; throws where JSON has none for it. */
function checked(value) {
  const wrong = wrongOf(value);
  if (wrong) throw new TypeError(wrong);
  return typeof value === "bigint" ? Number(value) : value;
}

function wrongOf(value) {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? undefined : WRONG.bigint;
  return isObject(value) && !isList(value) && isLossy(value) ? WRONG.lossy : undefined;
}

/** What is an object of a class, without members or known for what it hides: a Map, a Set, an Error, a Promise, a Request. */
function isLossy(value) {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return false;
  return HIDING.test(Object.prototype.toString.call(value)) || Object.keys(value).length === 0;
}

const HIDING = /^\[object (?:Weak)?(?:Map|Set|Error)\]$/;

/** The first member that JSON has no place for. The caller's code runs here once more, so anything may throw. */
function culprit(given, path, above, count) {
  if (above.length > DEEPEST) count.left = 0;
  if ((count.left -= 1) < 0) return undefined;
  const wrong = (message) => fault(path, message);
  let value = given;
  try {
    if (isObject(value) && isFunction(member(value, "toJSON"))) value = value.toJSON("");
  } catch {
    return wrong(WRONG.thrown);
  }
  if (above.includes(value)) return wrong(WRONG.cyclic);
  const found = read(() => wrongOf(value) ?? null);
  if (found !== null) return wrong(found ?? WRONG.thrown);
  if (!isObject(value)) return undefined;
  const names = read(Object.keys, value);
  if (!names) return wrong(WRONG.thrown);
  for (const name of names) {
    const inside = `${path}.${shown(name)}`;
    let inner;
    try {
      inner = value[name];
    } catch {
      return fault(inside, WRONG.thrown);
    }
    const at = culprit(inner, inside, [...above, value], count);
    if (at) return at;
  }
  return undefined;
}

/** A name as far as it is shown: without control characters. */
const shown = (name) => name.slice(0, LONGEST_NAME).replace(/[^\x20-\x7e\u00a0-\uffff]/g, " ");
