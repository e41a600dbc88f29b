// Questions about values that may be anybody's.
//
// In: anything. Out: what is asked for, or undefined. Only `member` can throw, where the caller's own code does.

export const isBoolean = (value) => typeof value === "boolean";
export const isFunction = (value) => typeof value === "function";
export const isObject = (value) => typeof value === "object" && value !== null;
export const isText = (value) => typeof value === "string";

/** Whether a text can be a cookie's name: a token (RFC 6265, RFC 9110). */
export const isName = (value) => isText(value) && /^[\w!#$%&'*+.^`|~-]+$/.test(value);

/** The value where it is a text. */
export const ifText = (value) => (isText(value) ? value : undefined);

/** A number from 0 on, which may be a text, as in an environment variable; `otherwise` where it is none. */
export function numberFrom(value, otherwise) {
  const number = isText(value) && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && number >= 0 ? number : otherwise;
}

/** Whether it is a list. A Proxy that was revoked is none. */
export const isList = (value) => read(Array.isArray, value) === true;

/** Own members only: nothing that is inherited, such as `toString`. */
export const ownOf = (object, name) =>
  isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;

/**
 * The items of a list, in a list of our own. A list says of its length what it likes, and has methods and an iterator of its
 * own making: only what is there is asked for.
 */
export const itemsOf = (list) => (read(Object.keys, list) ?? []).map((index) => read(ownOf, list, index));

/** No class of a caller's is derived so often. A Proxy may say that it is, without end. */
const MOST_PROTOTYPES = 32;

/**
 * A member of the object's own, or of its class, and never one of `Object.prototype`. A careless merge elsewhere in an app can
 * put members there, and must not decide where the key goes. `null` counts as absent.
 */
export function member(object, name) {
  const value = object[name] ?? undefined;
  if (value === undefined || Object.hasOwn(object, name)) return value;
  let holder = Object.getPrototypeOf(object);
  for (let left = MOST_PROTOTYPES; holder && left > 0; left--) {
    if (Object.hasOwn(holder, name)) return isRoot(holder) ? undefined : value;
    holder = Object.getPrototypeOf(holder);
  }
  // No prototype has it: it is a Proxy's own answer.
  return value;
}

/** `Object.prototype`, of whichever realm. */
const isRoot = (object) => Object.hasOwn(object, "isPrototypeOf") && Object.getPrototypeOf(object) === null;

/** A method of the object's, to be called as one; undefined where there is none. */
export function method(object, name) {
  const found = read(member, object, name);
  return isFunction(found) ? (...args) => Reflect.apply(found, object, args) : undefined;
}

/** What `part` answers when it is called with the rest, or undefined where it throws. */
export function read(part, first, second, third) {
  try {
    return part(first, second, third);
  } catch {
    return undefined;
  }
}

/** Does what may fail, now or later, and nobody is told of it. */
export const quietly = (does) => (async () => void (await does()))().catch(() => {});
