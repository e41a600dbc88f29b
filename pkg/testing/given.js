// What a test gives to a fake, checked. A slip that goes unseen makes a test pass for the wrong reason.
//
// In: a value, and the rules of its members. Out: the value, or a TypeError that names the member.

/** A rule answers what is wrong with a value, or null. */
export const RULES = {
  text: (value) => (typeof value === "string" && value !== "" ? null : "must be a text that is not empty"),
  textOrNull: (value) => (value === null ? null : RULES.text(value) && "must be a text that is not empty, or null"),
  flag: (value) => (typeof value === "boolean" ? null : "must be true or false"),
  count: (value) => (Number.isInteger(value) && value >= 0 ? null : "must be a whole number, 0 or more"),
  ms: (value) => (Number.isFinite(value) && value >= 0 ? null : "must be milliseconds, 0 or more"),
  time: (value) => (Number.isFinite(value) ? null : "must be milliseconds since 1970"),
  headers: (value) => (isPlain(value) && isHeaders(value) ? null : "must be an object of names and values that a header can have"),
  data: (value) => (isPlain(value) ? null : "must be an object"),
  store: (value) => (typeof value?.load === "function" && typeof value.save === "function" ? null : "must be an object with load and save"),
  anything: () => null,
  /** A list whose items are texts, or objects. `read` throws where an object is wrong. */
  list: (read) => (value) => {
    if (!Array.isArray(value)) return "must be a list";
    for (const item of value) if (RULES.text(item) !== null) read(item);
    return null;
  },
  oneOf: (...texts) => (value) => (texts.includes(value) ? null : `must be ${texts.map((text) => `"${text}"`).join(" or ")}`),
};

/**
 * The object itself. A member that is undefined counts as absent.
 * @throws {TypeError} where it is no object, a member is none of `rules`, or one is wrong.
 */
export function known(given, rules, what) {
  if (!isPlain(given)) throw new TypeError(`${what} must be an object with ${Object.keys(rules).join(", ")}, and is ${shown(given)}`);
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(rules, name)) throw new TypeError(`${name} is no option: there are ${Object.keys(rules).join(", ")} (${what})`);
    if (value !== undefined) right(name, value, rules[name]);
  }
  return given;
}

/** @throws {TypeError} where the value is wrong. */
export function right(name, value, rule) {
  const problem = rule(value);
  if (problem !== null) throw new TypeError(`${name} ${problem}, and is ${shown(value)}`);
  return value;
}

/** An object of any realm that is nothing else: no list, no Response, no Promise. */
export const isPlain = (value) => Object.prototype.toString.call(value) === "[object Object]";

function isHeaders(value) {
  try {
    return new Headers(value) !== null;
  } catch {
    return false;
  }
}

/** A value in few characters. */
export function shown(value) {
  if (typeof value === "string") return `"${value.slice(0, 60)}"`;
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : `an ${Object.prototype.toString.call(value).slice(8, -1)}`;
  return typeof value === "function" ? "a function" : String(value);
}
