// Whether a call's time grows no faster than its input.
//
// In: a row, and ways to measure it. Out: `{ isFine, why, times, told }`.
// Of inputs each four times as long as the last: a linear call takes four times as long, a quadratic one sixteen times.
// A glance by the clock lets pass what is surely linear. A busy machine makes more than that look slow: what is over is
// measured by processor time, twice if need be, before it counts.

/** For one step of size. The second is halfway between linear and quadratic: caches may be too small for the larger input. */
const MOST_AT_A_GLANCE = 6;
const MOST = 8;
const ROUNDS = 2;

/** `floorMs` is what the machine may add to any time. `measure(row, sizes, isExact)` resolves `{ times, told }`. */
export async function judgeRow(row, sizes, floorMs, measure) {
  const times = new Map();
  let told;
  const look = async (...sizes) => {
    const one = await measure(row, sizes, sizes.length > 1);
    if (one.threw) throw new Error(one.threw);
    told = one.told ?? told;
    return one.times;
  };
  const glanceAt = async (size) => {
    const [time] = await look(size);
    times.set(size, Math.min(time, times.get(size) ?? Infinity));
  };
  const grows = (before, after, most) => after > most * before + floorMs;
  const verdict = (isFine, why) => ({ isFine, why, told, times: [...times].sort(([one], [other]) => one - other) });
  try {
    await glanceAt(sizes[0]);
    for (const [index, size] of sizes.slice(1).entries()) {
      const before = sizes[index];
      await glanceAt(size);
      // Once more, now that the engine knows the code: it may have been slow only because it was cold.
      await glanceAt(before);
      if (!grows(times.get(before), times.get(size), MOST_AT_A_GLANCE)) continue;
      let isOver = true;
      for (let round = 0; round < ROUNDS && isOver; round += 1) {
        const [least, most] = await look(before, size);
        times.set(before, least).set(size, most);
        isOver = grows(least, most, MOST);
      }
      if (isOver) return verdict(false, "it grows faster than its input");
    }
    return verdict(true);
  } catch (error) {
    return verdict(false, error.message);
  }
}
