// A message for the core: values, laid out as one text.
//
// In: values that were read, none of them an object of the caller's. Out: the text that src/boundary/message.rs takes apart,
// and the numbers in it. What stands where is named in src/boundary/layout.rs.

import {
  IS_ABSENT,
  IS_DATE,
  IS_FALSE,
  IS_ILL_FORMED,
  IS_JSON,
  IS_NUMBER,
  IS_OTHER,
  IS_TEXT,
  IS_TRUE,
} from "./dist/layout.js";

/** In bytes. A longer one is no answer of a service's and no webhook: it is not read to its end, and never reaches the core. */
export const LONGEST_BODY = 2 ** 20;

/** What stands before each text. */
export const SEPARATOR = "\0";

/** JSON text. */
export class Json {
  text;

  constructor(text) {
    this.text = text;
  }
}

/** The text of a date. */
export class DateText extends Json {}

/** What the core is given for a value that it has no use for but to complain about. */
export const OTHER = Symbol("other");

/**
 * The values as one text: a digit for each, then the text of each that has one. `onNumber` is called with the place of each number, and the
 * number. A value is a primitive, a Json or a DateText.
 */
export function lay(values, onNumber) {
  let digits = "";
  let texts = "";
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place];
    let text;
    if (typeof value === "string") {
      text = value;
      const isWhole = value.isWellFormed() && !value.includes(SEPARATOR);
      digits += isWhole ? IS_TEXT : IS_ILL_FORMED;
      if (!isWhole) text = value.replaceAll(SEPARATOR, "\ufffd");
    } else if (value === undefined || value === null) {
      digits += IS_ABSENT;
    } else if (typeof value === "number") {
      digits += IS_NUMBER;
      text = String(value);
      onNumber(place, value);
    } else if (value instanceof Json) {
      digits += value instanceof DateText ? IS_DATE : IS_JSON;
      text = value.text;
    } else {
      digits += value === true ? IS_TRUE : value === false ? IS_FALSE : IS_OTHER;
    }
    if (text !== undefined) texts += SEPARATOR + text;
  }
  return digits + texts;
}
