// The plot: what was measured, as a share of what was promised. In: targets. Out: SVG that reads on light and dark.

import { figure, measure } from "./text.mjs";

const WIDTH = 760;
const LEFT = 270;
const RIGHT = 150;
const LINE = 28;
const TOP = 34;
/** Where the axis ends; a longer bar is cut there, and its figure says how far it goes. */
const MOST = 1.5;

const x = (share) => LEFT + (Math.min(share, MOST) / MOST) * (WIDTH - LEFT - RIGHT);
const at = (value) => value.toFixed(1);

export function plot(targets) {
  const bottom = TOP + targets.length * LINE;
  const bars = targets.map(bar).join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 26}" role="img" aria-label="Each target and what was measured">
<style>
text { font: 13px system-ui, sans-serif; fill: #24292f }
.quiet { fill: #6e7781 }
.met { fill: #2da44e }
.missed { fill: #bf8700 }
.limit, .spread { stroke: #6e7781 }
.limit { stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .quiet { fill: #8d96a0 }
  .met { fill: #3fb950 }
  .missed { fill: #d29922 }
  .limit, .spread { stroke: #8d96a0 }
}
</style>
<text x="${at(x(1))}" y="18" text-anchor="middle" class="quiet">target</text>
<line class="limit" x1="${at(x(1))}" y1="24" x2="${at(x(1))}" y2="${bottom}"/>
${bars}
<text x="${LEFT}" y="${bottom + 18}" class="quiet">measured, as a share of its target: shorter is better</text>
</svg>
`;
}

function bar({ name, unit, limit, measured, verdict }, index) {
  const middle = TOP + index * LINE + LINE / 2;
  const label = `<text x="${LEFT - 8}" y="${middle + 4}" text-anchor="end">${name}</text>`;
  if (!measured) return `${label}\n<text x="${LEFT}" y="${middle + 4}" class="quiet">${verdict}</text>`;
  // A target of 0 is met exactly or not at all.
  const share = (value) => (limit === 0 ? (value === 0 ? 0 : MOST) : value / limit);
  const end = x(share(measured.median));
  const spread = [share(measured.p10), share(measured.p90)].map((value) => at(x(value)));
  const whisker = measured.p10 === measured.p90 ? "" : `<line class="spread" x1="${spread[0]}" y1="${middle}" x2="${spread[1]}" y2="${middle}"/>`;
  return `${label}
<rect class="${verdict.startsWith("met") ? "met" : "missed"}" x="${LEFT}" y="${middle - 8}" width="${at(Math.max(end - LEFT, 1))}" height="16" rx="2"/>${whisker}
<text x="${WIDTH - RIGHT + 8}" y="${middle + 4}">${unit ? measure(measured.median, unit) : figure(measured.median)} <tspan class="quiet">of ${figure(limit)}</tspan></text>`;
}
