// The npm packages of the set-ups: who shares a folder, and which version of each.
//
// In: a group's name. Out: its folder under target/matrix, with what its lock file says and the packed tarball beside it.
// Not its job: what is done with them (setups/). Nothing floats: `node tests/runtimes/matrix.mjs --lock` writes the locks
// again after a change here.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const LOCKS = fileURLToPath(new URL("locks", import.meta.url));
export const WORK = fileURLToPath(new URL("../../../target/matrix", import.meta.url));
const INSTALL_MS = 5 * 60_000;

const WRANGLER = { wrangler: "4.156.0" };
const ROLLUP = { rollup: "4.67.4" };
const REACT = { react: "19.3.1", "react-dom": "19.3.1" };

/** The programs of several Node.js versions; npm takes the one of this platform. */
const nodes = (versions) =>
  Object.fromEntries(
    versions.flatMap((version) =>
      ["x64", "arm64"].map((cpu) => [`node${version.split(".")[0]}-${cpu}`, `npm:node-linux-${cpu}@${version}`]),
    ),
  );

/**
 * By group, as package.json says it. A version is the newest that has its packages for every platform: a lock that lacks
 * one is refused by `npm ci`, and so `overrides` hold back what would float.
 */
export const GROUPS = {
  runtimes: {
    dependencies: {
      "@arethetypeswrong/cli": "0.18.5", bun: "1.4.5", deno: "2.9.5", "edge-runtime": "4.0.1", esbuild: "0.28.2",
      miniflare: "5.20261023.3-beta", publint: "0.3.25", workerd: "1.20261023.1",
    },
    optionalDependencies: nodes(["20.20.2", "22.23.3", "24.21.0", "26.10.0"]),
  },
  browser: { dependencies: { "playwright-core": "1.65.1" } },
  bundlers: {
    dependencies: {
      "@rollup/plugin-node-resolve": "16.0.3", ...ROLLUP, vite: "8.3.8", webpack: "5.112.2",
    },
  },
  cloudflare: { dependencies: WRANGLER },
  "cloudflare-vite": { dependencies: { "@cloudflare/vite-plugin": "1.64.0", vite: "8.3.8", wrangler: "4.151.0" } },
  "cloudflare-pool": { dependencies: { "@cloudflare/vitest-pool-workers": "0.23.0", vitest: "4.1.12" } },
  "cloudflare-vitest": { dependencies: { "@cloudflare/vitest-plugin": "1.4.10", vitest: "5.1.1" } },
  "next-14": { dependencies: { next: "14.2.35", react: "18.3.1", "react-dom": "18.3.1" } },
  "next-15": { dependencies: { next: "15.5.28", ...REACT } },
  "next-16": { dependencies: { next: "16.4.5", ...REACT } },
  frameworks: {
    dependencies: {
      "@adonisjs/application": "9.1.0", "@adonisjs/encryption": "6.0.2", "@adonisjs/events": "10.2.0", "@adonisjs/fold": "11.1.0",
      "@adonisjs/http-server": "9.3.1", "@adonisjs/logger": "7.1.1", "@azure/functions": "4.16.5", "@elysiajs/node": "1.4.5",
      "@fastify/cookie": "11.1.5", "@hapi/hapi": "21.4.10", "@hono/node-server": "2.1.9", "@koa/bodyparser": "6.1.0", "@nestjs/common": "12.5.1",
      "@nestjs/core": "12.5.1", "@nestjs/platform-express": "12.5.1", "@oakserver/oak": "14.1.0",
      "@remix-run/server-runtime": "2.17.5", "@trpc/server": "11.25.2", "cookie-parser": "1.4.7", elysia: "1.4.30",
      express4: "npm:express@4.22.3", express5: "npm:express@5.3.0", fastify: "5.12.8", "fastify-raw-body": "6.0.1",
      graphql: "16.14.0", "graphql-yoga": "5.24.1", h3v1: "npm:h3@1.15.11", h3v2: "npm:h3@2.0.8", hono: "4.13.19",
      koa2: "npm:koa@2.16.4", koa3: "npm:koa@3.3.0", "react-router": "7.18.7", ...REACT, "reflect-metadata": "0.2.2",
      rxjs: "7.8.2",
    },
  },
  "frameworks-vite": {
    dependencies: {
      "@sveltejs/kit": "3.2.0", "@sveltejs/vite-plugin-svelte": "7.3.1", astro: "7.3.5", svelte: "5.57.3", vite: "8.3.8",
    },
  },
  nitro: { dependencies: { nitropack: "2.13.6" }, overrides: ROLLUP },
  opennext: { dependencies: { "@opennextjs/cloudflare": "1.20.13", next: "16.4.5", ...REACT, ...WRANGLER } },
  // The recipes: small programs, and those that a framework builds.
  recipes: {
    dependencies: {
      "@hono/node-server": "2.1.9", "@opentelemetry/api": "1.10.0", "@opentelemetry/exporter-trace-otlp-http": "0.301.0",
      "@opentelemetry/sdk-trace": "3.1.0", "@types/bun": "1.4.5", "@types/express": "5.0.6", "@types/node": "26.6.6",
      "@cloudflare/workers-types": "5.20261026.1", "better-auth": "1.7.25", express: "5.3.0", fastify: "5.12.8", hono: "4.13.19",
      stripe: "23.1.0", typescript: "7.0.2",
    },
  },
  "recipes-next": {
    dependencies: { next: "16.4.5", ...REACT, "@types/node": "26.6.6", "@types/react": "19.3.3", typescript: "5.9.3" },
  },
  "recipes-vite": {
    dependencies: {
      "@astrojs/node": "11.1.6", "@react-router/dev": "8.4.0", "@react-router/node": "8.4.0", "@react-router/serve": "8.4.0",
      "@sveltejs/kit": "3.2.0", "@sveltejs/vite-plugin-svelte": "7.3.1", astro: "7.3.5", isbot: "5.2.3", ...REACT,
      "react-router": "8.4.0", svelte: "5.57.3", vite: "8.3.8",
    },
  },
  testers: {
    dependencies: {
      "@edge-runtime/jest-environment": "4.0.0", "@edge-runtime/vm": "5.0.0", "happy-dom": "21.0.4", jest: "30.5.2",
      "jest-environment-jsdom": "30.5.2", "jest-fixed-jsdom": "0.0.11", jsdom: "31.0.1", vitest: "5.1.1",
    },
    overrides: { "unrs-resolver": "1.12.2" },
  },
};

export const folderOf = (group) => join(WORK, group);

/** Installs what is missing or has changed since the last time. */
export async function install(group, tarball) {
  const folder = folderOf(group);
  const lock = join(LOCKS, `${group}.json`);
  const manifest = manifestOf(group);
  const locked = digest(manifest, await readFile(lock));
  if ((await read(join(folder, "installed"))) !== locked) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), manifest);
    await copyFile(lock, join(folder, "package-lock.json"));
    await npm(folder, "ci");
    await writeFile(join(folder, "installed"), locked);
  }
  const packed = digest(await readFile(tarball));
  const own = join(folder, "node_modules/refport-edge");
  if ((await read(join(own, ".packed"))) === packed) return;
  // npm takes a tarball of the same name and version for the one it has.
  await rm(own, { recursive: true, force: true });
  await npm(folder, "install", "--no-save", "--no-package-lock", tarball);
  await writeFile(join(own, ".packed"), packed);
}

/** Writes the locks again: of the groups named, or of all. */
export async function lock(names) {
  const folder = join(WORK, "lock");
  for (const group of names.length > 0 ? names : Object.keys(GROUPS)) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), manifestOf(group));
    // A lock that names a registry's host ties whoever installs to it.
    await npm(folder, "install", "--omit-lockfile-registry-resolved");
    await copyFile(join(folder, "package-lock.json"), join(LOCKS, `${group}.json`));
    console.log(`locked ${group}`);
  }
  await rm(folder, { recursive: true, force: true });
}

function manifestOf(group) {
  return `${JSON.stringify({ name: `matrix-${group}`, private: true, type: "module", ...GROUPS[group] }, null, 2)}\n`;
}

/** Without install scripts: what they fetch is in packages of its own, one for each platform, anyway. */
async function npm(cwd, ...args) {
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  try {
    await run("npm", [...args, ...quiet], { cwd, timeout: INSTALL_MS });
  } catch ({ code, stderr }) {
    // Its beginning says what is wrong; npm's manual follows.
    throw new Error(`npm ${args[0]} in ${cwd} ended with ${code}\n${stderr.split("\n").slice(0, 15).join("\n")}`);
  }
}

const read = (file) => readFile(file, "utf8").catch(() => undefined);

function digest(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** The version of a package that a group pins; without the alias, when it has one. */
export function versionOf(group, name) {
  const { dependencies, optionalDependencies = {} } = GROUPS[group];
  return (dependencies[name] ?? optionalDependencies[name]).replace(/^npm:.*@/, "");
}

/** A package of a group, imported. */
export function importFrom(group, name) {
  return import(pathToFileURL(createRequire(join(folderOf(group), "package.json")).resolve(name)).href);
}

/** The script of a package's command. */
export async function binOf(group, name, command = name) {
  const folder = join(folderOf(group), "node_modules", name);
  const { bin } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

/** A program that comes in one package for each platform; of two for one platform (glibc, musl), one runs. */
export async function programOf(group, packages, programs) {
  const modules = join(folderOf(group), "node_modules");
  const scope = packages.startsWith("@") ? packages : "";
  const names = (await readdir(join(modules, scope))).filter((name) => scope || name.startsWith(packages));
  for (const program of names.flatMap((name) => programs.map((file) => join(modules, scope, name, file)))) {
    if (await runs(program)) return program;
  }
  throw new Error(`no package of ${packages} has a program that runs here`);
}

const runs = (program) => run(program, ["--version"]).then(() => true, () => false);
