// The results on a terminal. In: results. Out: text.

import { TARGET_HEAD, columns, figure, targetLine, withSpread } from "./text.mjs";

/** One row: a line for each cell, the contenders side by side. */
export function rowTable({ title, cells }) {
  const contenders = Object.keys(cells[0].values);
  const ratios = Object.keys(cells[0].ratios);
  const head = [title, ...contenders, ...ratios, ""];
  const lines = cells.map(({ name, unit, values, ratios: of }) => [
    name,
    ...contenders.map((contender) => figure(values[contender].median)),
    ...ratios.map((ratio) => withSpread(of[ratio])),
    unit,
  ]);
  return columns([head, ...lines]);
}

/** The targets, each with what was measured and `met` or `missed`. */
export const targetTable = (targets) => columns([TARGET_HEAD, ...targets.map(targetLine)]);
