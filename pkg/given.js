// What the core is handed.
//
// In: values that were read, none of them an object of the caller's. Out: what the core asks of them (`Given` in
// src/wasm/convert.rs), by place. What stands where is told by those who make the lists.

import { ifText, isBoolean, isText, ownOf } from "./read.js";

/** In bytes. A longer one is no answer of a service's and no webhook: it is not read to its end, and never reaches the core. */
export const LONGEST_BODY = 2 ** 20;

/** More than any text of a service's is told of. */
const LONGEST_TEXT = 2 ** 13;

export class Given {
  // Declared, so that they are its own, whatever `Object.prototype` has of these names.
  values;
  body;

  /** A list of primitives, bytes, and JSON texts, each of them in a list of its own; and the body of an answer. */
  constructor(values, body) {
    this.values = values;
    this.body = body;
  }

  kind(index) {
    const value = this.values[index];
    if (value === undefined || value === null) return 0;
    if (typeof value === "number") return 3;
    if (isBoolean(value)) return value ? 6 : 5;
    if (Array.isArray(value)) return 4;
    if (!isText(value)) return 7;
    return value.isWellFormed() ? 1 : 2;
  }

  text(index) {
    return String(this.values[index] ?? "");
  }

  value(index) {
    return this.values[index];
  }

  set(index, number) {
    this.values[index] = number;
  }

  /** The text at a path in the body, such as `error.code`, or an empty one; of a long one the beginning. */
  textAt(path) {
    return ifText(this.at(path))?.slice(0, LONGEST_TEXT) ?? "";
  }

  /** 0 for neither a boolean nor a date, 1 for false, 2 for true, 3 for the text of a date. */
  flagAt(path) {
    const value = this.at(path);
    if (isBoolean(value)) return value ? 2 : 1;
    return isText(value) && Number.isFinite(Date.parse(value)) ? 3 : 0;
  }

  /** The value at a path, and at an empty one the body itself. It is plain JSON: nothing throws. */
  at(path) {
    let value = this.body;
    for (const name of path.split(".")) if (name) value = ownOf(value, name);
    return value;
  }
}
