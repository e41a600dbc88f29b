// Questions about values that may be anybody's.
//
// In: anything. Out: what is asked for, or undefined; nothing here throws.

export const isBoolean = (value) => typeof value === "boolean";
export const isFunction = (value) => typeof value === "function";
export const isObject = (value) => typeof value === "object" && value !== null;
export const isText = (value) => typeof value === "string";

/** A text that can be a cookie's name. */
export const isName = (value) => isText(value) && value !== "";

/** The value where it is a text. */
export const ifText = (value) => (isText(value) ? value : undefined);

/** What an object has by a name of its own: those that every object inherits, such as `toString`, are nobody's. */
export const ownOf = (object, name) =>
  isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;

/** What `part` answers when it is called with the rest, or undefined where it throws. */
export function read(part, first, second, third) {
  try {
    return part(first, second, third);
  } catch {
    return undefined;
  }
}
