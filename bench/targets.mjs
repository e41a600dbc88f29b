// What was promised, beside what was measured.
//
// In: the rows' cells. Out: a line for each target. A target is met by the median; its stretch is what would be better still.

const cellOf = (rows, row, name) => rows[row]?.cells.find((cell) => cell.name === name);
const value = (row, name) => (rows) => cellOf(rows, row, name)?.values.ours;
const against = (row, name, whom) => (rows) => cellOf(rows, row, name)?.ratios[`ours / ${whom}`];

/** The size at which the lookup compares worst. */
function worstLookup(rows) {
  const ratios = rows.lookup?.cells.filter(({ size }) => size).map(({ ratios }) => ratios["ours / plain"]);
  return ratios?.reduce((worst, ratio) => (ratio.median > worst.median ? ratio : worst));
}

const TARGETS = [
  { name: "Workers bundle, JS and wasm, gzip", unit: "B", limit: 20_000, stretch: 12_000, of: value("bytes", "both, gzip") },
  { name: "lookup ÷ plain JS, worst header size", limit: 0.9, stretch: 0.6, of: worstLookup },
  {
    name: "lookup ÷ plain JS, 4 kB",
    limit: 0.4,
    stretch: 0.2,
    of: against("lookup", "4096 B, mean of the three", "plain"),
  },
  { name: "sale in workerd ÷ plain JS, CPU", limit: 1.2, stretch: 1.05, of: against("sale", "in workerd", "plain") },
  { name: "sale in workerd ÷ dub, CPU", limit: 0.16, of: against("sale", "in workerd", "dub") },
  {
    name: "cold start in workerd ÷ plain JS",
    limit: 1.3,
    stretch: 1.15,
    of: against("cold", "isolate and first request", "plain"),
  },
  { name: "cold start in workerd ÷ dub", limit: 0.12, of: against("cold", "isolate and first request", "dub") },
  { name: "linear memory at start", unit: "pages", limit: 3, stretch: 1, of: value("memory", "at start") },
  { name: "linear memory growth over the calls", unit: "B", limit: 0, of: (rows) => rows.memory?.cells[2].values.ours },
];

/** Each target whose row was measured: `{ name, unit, limit, stretch, measured, verdict }`. */
export function judge(rows) {
  return TARGETS.flatMap(({ of, ...target }) => {
    const measured = of(rows);
    if (!measured) return [];
    const { limit, stretch } = target;
    const isMet = measured.median <= limit;
    const verdict = isMet ? (measured.median <= stretch ? "met, and the stretch" : "met") : "missed";
    return [{ ...target, measured, verdict }];
  });
}
