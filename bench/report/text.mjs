// Figures as people read them. In: numbers. Out: text.

/** `4.2`, `95.6`, `12,345`. */
export function figure(value) {
  if (Number.isInteger(value)) return value.toLocaleString("en");
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString("en");
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}

/** `1.31 (1.22 to 1.40)`: the median and where eight of ten rounds were. */
export const withSpread = ({ median, p10, p90 }) =>
  p10 === p90 ? figure(median) : `${figure(median)} (${figure(p10)} to ${figure(p90)})`;

/** A target's measure or limit, with its unit. */
export const measure = (value, unit) => (unit ? `${figure(value)} ${value === 1 ? unit.replace(/s$/, "") : unit}` : figure(value));

/** A table of text, columns as wide as they need to be; all but the first to the right. */
export function columns(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const pad = (text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]));
  return lines.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}

/** The targets as a table: its head and its lines. */
export const TARGET_HEAD = ["target", "at most", "stretch", "measured", ""];
export const targetLine = ({ name, unit, limit, stretch, measured, verdict }) => [
  name,
  measure(limit, unit),
  stretch === undefined ? "" : measure(stretch, unit),
  measured ? (unit ? measure(measured.median, unit) : withSpread(measured)) : "",
  verdict,
];
