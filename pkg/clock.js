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

export class Stopwatch {
  #least = 0;
  /** The one that never goes back first; `Date` may. */
  #clocks = [() => performance.now(), () => Date.now()].map((clock) => ({ clock, began: read(clock), last: 0 }));

  elapsed() {
    while (this.#clocks.length > 0) {
      const [one] = this.#clocks;
      const since = read(() => one.clock() - one.began);
      if (Number.isFinite(since) && since >= one.last) {
        one.last = since;
        return this.atLeast(since);
      }
      // It is broken. Once there is none left, the timers alone are counted.
      this.#clocks.shift();
    }
    return this.#least;
  }

  /** A timer may fire a little early, and a test's clock may stand still: what a timer ended has taken its time. */
  atLeast(milliseconds) {
    this.#least = Math.min(Math.max(this.#least, milliseconds), LONGEST);
    return this.#least;
  }
}
