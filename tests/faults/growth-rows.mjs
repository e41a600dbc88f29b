// The rows of the growth suite, and those by which it is known to work. No import of Node's: it runs everywhere.
//
// In: nothing. Out: rows `{ name, make, isQuick? }`. `make(api, size)` prepares an input of `size` characters, and answers
// (later, if need be) the one call whose time is taken; what that call answers is told beside its time. `isQuick` marks
// the rows of the short form.

import { answerRows } from "./growth-answers.mjs";
import { callRows } from "./growth-calls.mjs";
import { lookupRows } from "./growth-lookups.mjs";
import { fill } from "./growth-texts.mjs";
import { webhookRows } from "./growth-webhooks.mjs";

export const ROWS = [...lookupRows(), ...callRows(), ...answerRows(), ...webhookRows()];

/** How a call must be found to grow: each is known beforehand. */
export const CONTROLS = [
  {
    name: "a search that looks at each character once is fine",
    isFine: true,
    make: (_, size) => {
      const text = fill("ab", size);
      return () => String(text.split("b").length);
    },
  },
  {
    name: "a search that begins again at each place is found",
    isFine: false,
    make: (_, size) => () => String(squared(size / 64)),
  },
  {
    name: "a call that never ends is ended",
    isFine: false,
    limitMs: 2000,
    make: () => () => {
      for (;;);
    },
  },
];

function squared(count) {
  let sum = 0;
  for (let one = 0; one < count; one += 1) for (let other = 0; other < count; other += 1) sum += (one ^ other) & 1;
  return sum;
}

/** Those that are measured by name. */
export const rowNamed = (name) => [...ROWS, ...CONTROLS].find((row) => row.name === name);
