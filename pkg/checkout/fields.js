// Members of a payment vendor's payload.
//
// In: an event that the vendor's own library has verified, as JSON or as that library's object. Out: what is asked for, or
// undefined. A payload writes its names with `_`, and some libraries in camelCase: both are read.

import { isList, isObject, isText, itemsOf, ownOf, read } from "../read.js";

/** The value at a path such as `data.custom_data`, each part an object's own member. */
export function at(object, path) {
  let value = object;
  for (const name of path.split(".")) {
    value = read(ownOf, value, name) ?? read(ownOf, value, camel(name));
    if (value === undefined || value === null) return undefined;
  }
  return value;
}

const camel = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

/** The first of the paths at which there is a text that is not blank. */
export function textAt(object, ...paths) {
  return paths.map((path) => at(object, path)).find((value) => isText(value) && value.trim() !== "");
}

/** The same of an ID, which may be a number, or an object that has been expanded. */
export function idAt(object, ...paths) {
  for (const path of paths) {
    const value = at(object, path);
    const id = isObject(value) ? read(ownOf, value, "id") : value;
    if (isText(id) && id.trim() !== "") return id;
    if (Number.isSafeInteger(id)) return String(id);
  }
  return undefined;
}

/** A whole number of the smallest unit; vendors write it as a number or as a text. */
export function wholeAt(object, ...paths) {
  const value = paths.map((path) => at(object, path)).find((one) => one !== undefined);
  if (Number.isSafeInteger(value)) return value;
  const number = isText(value) && /^-?\d{1,16}$/.test(value) ? Number(value) : undefined;
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The objects of a list; none where there is no list. */
export const listAt = (object, path) => (isList(at(object, path)) ? itemsOf(at(object, path)).filter(isObject) : []);
