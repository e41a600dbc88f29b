// RESULTS.md, and the part of the documentation's page. In: results. Out: Markdown.

import { TARGET_HEAD, figure, measure, targetLine, withSpread } from "./text.mjs";

const table = (head, lines) =>
  [head, head.map((_, column) => (column === 0 ? "---" : "--:")), ...lines].map((line) => `| ${line.join(" | ")} |`).join("\n");

export function resultsPage({ machine, versions, rows, targets, quick }) {
  const parts = [
    "# Results",
    `Measured by \`cargo xtask bench${quick ? " --quick" : ""}\`, which writes this file, [results.json](results.json) with every cell, and the plot. ` +
      "Run it to have your own.",
    `Machine: ${machine}. ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ")}.`,
    "![Each target and what was measured](results.svg)",
    "## Targets",
    targetsTable(targets),
    "A target is met by the median. In brackets is where eight of ten rounds were; contenders take turns within each round, and ratios are taken round by round.",
    ...limits(targets),
    "## What is compared",
    CONTENDERS,
  ];
  for (const { title, about, cells } of Object.values(rows)) parts.push(`## ${title}`, `${capital(about)}.`, rowTable(cells));
  return `${parts.join("\n\n")}\n`;
}

const CONTENDERS = `- **ours**: this package, as packed, with everything it does: checks, timeouts, retries, reading of Retry-After.
- **plain**: a plain JavaScript client of the same job ([plain-client.mjs](contenders/plain-client.mjs)): cookie split, JSON, fetch, five
  error classes; no checks, no timeout, no retry, as published SDKs of this kind are.
- **fair**: the plain client by somebody who cares ([fair-client.mjs](contenders/fair-client.mjs)): one deadline over the whole exchange, the
  body included; redirects left alone; Retry-After and the request's ID read. No checks, no retry.
- **dub**, **stripe**, **openai**, **resend**, **cookie**: the npm packages. Only dub sends the same kind of event; for stripe, openai and resend
  the call is one of their own, and only their weight and their start are compared.
- **floor** reads the Cookie header and does nothing with it; **empty** is a Worker with nothing in it. Neither is a contender: they show
  what the platform itself costs.

The gain in lookups over the plain client is the algorithm: it does not take the header apart. Plain JavaScript of the same algorithm is as
fast. Times in workerd are taken from outside, since clocks stand still inside a Worker.`;

/** What stands in the way of the targets that were missed. */
function limits(targets) {
  const missed = targets.filter(({ verdict, found }) => verdict === "missed" && found);
  if (missed.length === 0) return [];
  return ["## Missed: the limits found, and what was tried", missed.map(({ name, found }) => `- **${name}.** ${found}`).join("\n")];
}

/** What docs/performance.md shows. */
export function pagePart({ machine, targets, rows }) {
  const parts = [];
  const weights = rows.bytes?.cells.find(({ name }) => name === "both, gzip")?.values;
  if (weights) {
    const kilobytes = Object.entries(weights).map(([name, { median }]) => `${name === "ours" ? "**ours**" : name} ${(median / 1000).toFixed(1)}`);
    parts.push(`Bundled for Workers, kB after gzip: ${kilobytes.join(" · ")}`);
  }
  parts.push("![Each target and what was measured](../bench/results.svg)", targetsTable(targets));
  parts.push(`On ${machine}; every cell is in \`bench/RESULTS.md\`.`);
  return parts.join("\n\n");
}

const targetsTable = (targets) => table(TARGET_HEAD, targets.map(targetLine));

function rowTable(cells) {
  const contenders = Object.keys(cells[0].values);
  const ratios = Object.keys(cells[0].ratios);
  const lines = cells.map(({ name, unit, values, ratios: of }) => [
    unit ? `${name}, ${unit}` : name,
    ...contenders.map((contender) => figure(values[contender].median)),
    ...ratios.map((ratio) => withSpread(of[ratio])),
  ]);
  return table(["", ...contenders, ...ratios.map((ratio) => ratio.replace("/", "÷"))], lines);
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);
