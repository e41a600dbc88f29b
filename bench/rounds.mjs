// Turns: A B C, C B A, A B C, … so that whatever drifts, drifts for all.
//
// In: what to measure of each contender, and how often. Out: a list of samples for each. Not its job: what they mean.

/** Calls `sample(name)` for every name in every round; `warmUp` rounds are thrown away. */
export async function takeTurns(names, { rounds, warmUp = 2 }, sample) {
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    const order = round % 2 === 0 ? names : names.toReversed();
    for (const name of order) {
      const value = await sample(name);
      if (round >= 0) samples[name].push(value);
    }
  }
  return samples;
}
