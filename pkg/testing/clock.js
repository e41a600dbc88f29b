// The time at a fake service: what its books, its tokens and its webhooks say.
//
// It does not move the waits of the client that is tested; a test runner's fake timers do.

/** Runs along with the machine's until it is set. */
export function fakeClock() {
  let [fixed, ahead] = [null, 0];
  const now = () => (fixed ?? Date.now()) + ahead;
  return {
    now,
    iso: () => new Date(now()).toISOString(),
    set(time) {
      const isTime = ["number", "string"].includes(typeof time) || Object.prototype.toString.call(time) === "[object Date]";
      const at = isTime ? new Date(time).getTime() : NaN;
      if (Number.isNaN(at)) throw new TypeError("clock.set takes a Date, milliseconds since 1970, or a date as text");
      [fixed, ahead] = [at, 0];
    },
    advance(ms) {
      if (!Number.isFinite(ms)) throw new TypeError("clock.advance takes milliseconds");
      ahead += ms;
    },
  };
}
