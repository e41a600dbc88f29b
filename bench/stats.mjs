// Numbers out of rounds.
//
// In: samples, one list for each contender, all taken in the same rounds. Out: medians, ratios with their spread, and the
// cell of a row that they make.

/** The value below which a share of the values lies. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** `{ median, p10, p90 }`. */
export const spread = (values) => ({
  median: quantile(values, 0.5),
  p10: quantile(values, 0.1),
  p90: quantile(values, 0.9),
});

/**
 * How one contender compares with another: each round's samples were taken within the same moment, so the ratio is taken
 * round by round. What slows the machine down slows both down.
 */
export const ratio = (ours, theirs) => spread(ours.map((value, round) => value / theirs[round]));

/** A cell of figures that no round changes. */
export const exact = (name, unit, figures) => ({
  name,
  unit,
  values: Object.fromEntries(Object.entries(figures).map(([contender, value]) => [contender, { median: value, p10: value, p90: value }])),
  ratios: {},
});

/** A cell: what each contender took, and ours beside some of them. `samples` has the contenders in the order of the table. */
export const cell = (name, unit, samples, beside) => ({
  name,
  unit,
  values: Object.fromEntries(Object.entries(samples).map(([contender, values]) => [contender, spread(values)])),
  ratios: Object.fromEntries(beside.map((other) => [`ours / ${other}`, ratio(samples.ours, samples[other])])),
});
