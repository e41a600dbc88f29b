// What the figures were measured on: the kind of machine and the versions, and nothing that names one.

import { readFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";
import { join } from "node:path";
import { FOLDER } from "./folder.mjs";

export function machine() {
  const models = [...new Set(cpus().map(({ model }) => model.replace(/\s+/g, " ").trim()))];
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} cores (${models.join(", ")}), ${gigabytes} GB, ${platform()} ${arch()}`;
}

export function versions() {
  const names = ["workerd", "deno", "bun", "esbuild", "dub", "stripe", "openai", "resend", "cookie"];
  const installed = names.map((name) => {
    const file = join(FOLDER, "node_modules", name, "package.json");
    return [name, JSON.parse(readFileSync(file, "utf8")).version];
  });
  return { node: process.versions.node, ...Object.fromEntries(installed) };
}
