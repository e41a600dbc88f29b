// The picture of a run in the documentation: `node tests/runtimes/doctor/record.mjs` makes docs/doctor.svg.
//
// In: a run of the doctor against a fake service and a page that a cache may keep. Out: what it printed, as SVG. What differs from
// machine to machine (versions, ports, times) is written as on another one.

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { fakeRefCampaign, fakeRefport } from "refport-edge/testing";
import { serve } from "../fake-server.mjs";
import { startNameServer } from "./name-server.mjs";
import { page } from "./pages.mjs";
import { runDoctor } from "./run.mjs";

export const OUTPUT = fileURLToPath(new URL("../../../docs/doctor.svg", import.meta.url));

const [WIDE, HIGH, MARGIN, TOP] = [7.83, 19, 20, 52];
const COLOURS = { ok: "#3fb950", warn: "#d29922", fail: "#f85149", skip: "#8b949e" };
const HOSTS = { "shop.example": { alias: "cname.host.example" }, "cname.host.example": { address: "127.0.0.1" } };

export async function record() {
  const keys = { REFPORT_API_KEY: "rk_picture_1", REFCAMPAIGN_API_KEY: "rc_test_picture_1" };
  const names = await startNameServer(HOSTS);
  const refport = await serve(fakeRefport({ apiKey: keys.REFPORT_API_KEY }));
  const refcampaign = await serve(fakeRefCampaign({ apiKey: keys.REFCAMPAIGN_API_KEY }));
  const attributes = "Max-Age=7776000; Path=/; SameSite=Lax";
  const shop = await serve(page({ attributes, headers: { "cache-control": "s-maxage=31536000" } }));
  try {
    const args = ["doctor", "--base-url", refport.url, "--api-url", refcampaign.url];
    const { stdout } = await runDoctor([...args, "--page", `http://shop.example:${shop.port}/`, "--dns", names.at], keys);
    const text = stdout
      .replace(refport.url + " (instead of https://app.refport.co)", "https://app.refport.co")
      .replace(refcampaign.url + " (instead of https://app.refcampaign.com)", "https://app.refcampaign.com")
      .replace(`http://shop.example:${shop.port}/`, "https://shop.example/")
      // Over http it would be refused.
      .replace("samesite=Lax", "samesite=Lax; secure")
      .replace(/Node\.js [\d.]+, .*/, "Node.js 24.21.0, linux x64")
      .replace(/(refport-edge(?: doctor)?) \d+\.\d+\.\d+/g, "$1 0.1.0")
      .replace(/in \d+ ms/g, "in 38 ms");
    return drawn(["$ npx refport-edge doctor --page https://shop.example/", "", ...text.trimEnd().split("\n")]);
  } finally {
    await Promise.all([names, refport, refcampaign, shop].map(({ stop }) => stop()));
  }
}

function drawn(lines) {
  const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * WIDE + 2 * MARGIN);
  const height = TOP + lines.length * HIGH + 8;
  const rows = lines.map((line, index) => `<text x="${MARGIN}" y="${TOP + index * HIGH}">${coloured(line, index, lines)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="A run of npx refport-edge doctor">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g fill="#30363d"><circle cx="22" cy="20" r="6"/><circle cx="42" cy="20" r="6"/><circle cx="62" cy="20" r="6"/></g>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#e6edf3">
${rows.join("\n")}
</g>
</svg>
`;
}

const STATUS = /^( {2})(ok|warn|fail|skip)( .*)$/;

/** An advice goes on until the next check, or an empty line. */
const isAdvice = (line, index, lines) =>
  line.includes("→ ") && !STATUS.test(line) || (/^ {20}/.test(line) && index > 0 && isAdvice(lines[index - 1], index - 1, lines));

function coloured(line, index, lines) {
  const [, before, status, after] = STATUS.exec(line) ?? [];
  if (status) return `${kept(before)}<tspan fill="${COLOURS[status]}">${status}</tspan>${kept(after)}`;
  return line.startsWith("$") || isAdvice(line, index, lines) ? `<tspan fill="#79c0ff">${kept(line)}</tspan>` : kept(line);
}

/** Blanks in a row would count as one. */
const kept = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replaceAll(" ", "\u00a0");

if (import.meta.filename === process.argv[1]) await writeFile(OUTPUT, await record());
