// A report, for people and for programs.

const WIDTH = 84;
const NAME = 11;

export const asJson = (report) => `${JSON.stringify({ ok: report.counts.failed === 0, ...report }, null, 2)}\n`;

export function asText({ version, sections, counts }) {
  const lines = [`refport-edge doctor ${version}`];
  for (const { title, checks } of sections) {
    lines.push("", title);
    for (const { name, status, text, advice } of checks) {
      lines.push(...wrapped(`  ${status.padEnd(4)}  ${name.padEnd(NAME)} `, text));
      if (advice) lines.push(...wrapped(`${" ".repeat(8 + NAME)} → `, advice));
    }
  }
  const { ok, warnings, failed, skipped } = counts;
  lines.push("", `${ok} ok, ${warnings} warning${warnings === 1 ? "" : "s"}, ${failed} failed, ${skipped} skipped`);
  return `${lines.join("\n")}\n`;
}

/** Lines of a text; those after the first are as far in as it is. */
function wrapped(first, text) {
  const lines = [first];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line.length + word.length >= WIDTH && line.trim() !== "" && line.length > first.length) lines.push(`${" ".repeat(first.length)}${word} `);
    else lines[lines.length - 1] += `${word} `;
  }
  return lines.map((line) => line.trimEnd());
}
