// How long a call has taken, and a turn for the timers.
//
// In: the runtime's clocks, which may be replaced, stand still, go back, answer NaN or throw. Out: milliseconds, never fewer
// than before. What the clock says of the time of day is not its job.

import { read } from "./read.js";

/** The longest that the core can count. */
const LONGEST = 2 ** 32 - 1;

/** So many pieces in a row may be there at once. More of them would keep every timer waiting, the deadline's too. */
export const PIECES_IN_A_ROW = 256;

/** Lets the timers have their turn. */
export const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

/** The one that never goes back first; `Date` may. */
const CLOCKS = [() => performance.now(), () => Date.now()];

const sinceBy = (clock, began) => clock() - began;

export class Stopwatch {
  #least = 0;
  /** What each clock said at the beginning. */
  #began = CLOCKS.map((clock) => read(clock));
  /** The clock that is asked, and what it said last. */
  #place = 0;
  #last = 0;

  elapsed() {
    while (this.#place < CLOCKS.length) {
      const since = read(sinceBy, CLOCKS[this.#place], this.#began[this.#place]);
      if (Number.isFinite(since) && since >= this.#last) {
        this.#last = since;
        return this.atLeast(since);
      }
      // It is broken. Once there is none left, the timers alone are counted.
      this.#place += 1;
      this.#last = 0;
    }
    return this.#least;
  }

  /** A timer may fire a little early, and a test's clock may stand still: what a timer ended has taken its time. */
  atLeast(milliseconds) {
    this.#least = Math.min(Math.max(this.#least, milliseconds), LONGEST);
    return this.#least;
  }
}
