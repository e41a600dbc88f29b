// The picture: clicks flow into leads, leads into sales, sales into the partner's commission. As wide as the count.
// In: the service's ledger. Out: the figures, and the stream drawn twice, across (desktop) and down (phone).
// Not its job: counting; every figure is the ledger's own.

import type { RefportView } from "refport-edge/testing";
import { html, Html } from "./html.ts";
import { money } from "./money.ts";

type Stage = { name: "clicks" | "leads" | "sales"; label: string; count: number; caption: string };
type Point = [along: number, across: number];

const STAGE_LENGTH = 100;
const MIDDLE = 50;
const GAP = 0.8;
const HAIRLINE = 0.7;
const SPOUT = 5;
/** Before the first click: the shape to come, pale. */
const GHOST = [100, 60, 36, SPOUT];

export function renderFunnel({ totals }: RefportView): Html {
  const { clicks, leads, sales } = totals;
  const stages: Stage[] = [
    { name: "clicks", label: plural("Click", clicks), count: clicks, caption: "came through a partner’s link" },
    { name: "leads", label: plural("Lead", leads), count: leads, caption: "signed up" },
    { name: "sales", label: plural("Sale", sales), count: sales, caption: "paid, each invoice counted once" },
  ];
  const earned = totals.money.map(({ currency, commission }) => money(commission, currency)).join(" + ");
  const sold = totals.money.map(({ currency, amount }) => money(amount, currency)).join(" + ");
  const label = `${clicks} clicks, ${leads} leads, ${sales} sales, commission ${earned || "none yet"}`;
  return html`<div class="funnel">
    ${stages.map(renderStage)}
    ${renderStream(stages, "across", label)}
    ${renderStream(stages, "down", label)}
    <div class="earned${totals.money.length > 0 ? "" : " nothing"}">
      <p class="label">Commission</p>
      <p class="figure" data-figure="commission">${earned || money(0, "usd")}</p>
      <p class="caption">${sold ? `10 % of ${sold} for the partner` : "for the partner, once somebody pays"}</p>
    </div>
  </div>`;
}

function renderStage({ name, label, count, caption }: Stage): Html {
  return html`<div class="stage ${name}">
      <p class="label">${label}</p>
      <p class="figure" data-figure="${name}">${count}</p>
      <p class="caption">${caption}</p>
    </div>`;
}

function renderStream(stages: Stage[], direction: "across" | "down", label: string): Html {
  const widths = widthsOf(stages.map((stage) => stage.count));
  const empty = widths === GHOST ? "ghost" : "empty";
  const paths = stages.map(({ name, count }, i) => {
    const outline = segment(i * STAGE_LENGTH, (widths[i] ?? 0) / 2, (widths[i + 1] ?? 0) / 2);
    return html`<path class="${count > 0 ? name : empty}" d="${pathOf(outline, direction)}"/>`;
  });
  const length = stages.length * STAGE_LENGTH;
  const box = direction === "across" ? `0 0 ${length} 100` : `0 0 100 ${length}`;
  return html`<svg class="stream ${direction}" viewBox="${box}" preserveAspectRatio="none" role="img"
      aria-label="${label}">${paths}</svg>`;
}

// In percent of the widest stage; one more than there are stages, for what reaches the commission.
function widthsOf(counts: number[]): number[] {
  const most = Math.max(...counts);
  if (most === 0) return GHOST;
  const spout = counts.at(-1) ? SPOUT : HAIRLINE;
  return [...counts.map((count) => Math.max(HAIRLINE, (count / most) * 100)), spout];
}

// One stage: as wide as its own count, then bending to the width of the next.
function segment(start: number, half: number, nextHalf: number): Point[] {
  const [from, bend, to] = [start + GAP, start + STAGE_LENGTH * 0.5, start + STAGE_LENGTH - GAP];
  const turn = (bend + to) / 2;
  return [
    [from, MIDDLE - half], [bend, MIDDLE - half],
    [turn, MIDDLE - half], [turn, MIDDLE - nextHalf], [to, MIDDLE - nextHalf],
    [to, MIDDLE + nextHalf],
    [turn, MIDDLE + nextHalf], [turn, MIDDLE + half], [bend, MIDDLE + half],
    [from, MIDDLE + half],
  ];
}

function pathOf(points: Point[], direction: "across" | "down"): string {
  const commands = ["M", "L", "C", "", "", "L", "C", "", "", "L"];
  const place = ([along, across]: Point) => (direction === "across" ? `${along} ${across}` : `${across} ${along}`);
  return `${points.map((point, i) => `${commands[i]}${place(point)}`).join(" ")}Z`;
}

function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`;
}
