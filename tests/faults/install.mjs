// What the suites of this folder run with: its npm packages, the packed tarball installed as a user would, and the
// programs of the runtimes.
//
// In: nothing but the repository. Out: paths of programs. Packing is `cargo xtask pack`'s.

import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const FOLDER = dirname(fileURLToPath(import.meta.url));
const MODULES = join(FOLDER, "node_modules");
const TARBALL = join(FOLDER, "../../target/package/refport-edge.tgz");
const NPM_TIMEOUT_MS = 5 * 60_000;
/** For what is still being closed when a suite is done. */
const HELD_MS = 10_000;
/** The oldest Node.js that the local Workers runtime runs on. */
const MODERN = 22;

/** Installs what is missing or has changed since the last time. */
function install() {
  if (!existsSync(join(MODULES, ".package-lock.json"))) npm("ci");
  if (!existsSync(TARBALL)) throw new Error("there is no packed tarball: run `cargo xtask pack`");
  const integrity = `sha512-${createHash("sha512").update(readFileSync(TARBALL)).digest("base64")}`;
  if (installedIntegrity() === integrity) return;
  // npm takes a tarball of the same name and version for the one it has.
  rmSync(join(MODULES, "refport-edge"), { recursive: true, force: true });
  npm("install", "--no-save", TARBALL);
  if (installedIntegrity() !== integrity) throw new Error(`npm did not install ${TARBALL}`);
}

function installedIntegrity() {
  const lock = JSON.parse(readFileSync(join(MODULES, ".package-lock.json"), "utf8"));
  return existsSync(join(MODULES, "refport-edge/package.json"))
    ? lock.packages["node_modules/refport-edge"]?.integrity
    : null;
}

function npm(...args) {
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  execFileSync("npm", [...args, ...quiet], {
    cwd: FOLDER,
    timeout: NPM_TIMEOUT_MS,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/**
 * Runs the program again under a Node.js that Miniflare runs on, when this one is too old; the old one stays on the
 * PATH, as one of the runtimes to be tested.
 */
function onModernNode() {
  if (major(process.version) >= MODERN) return;
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };
  const { status } = spawnSync(programs.nodeCurrent(), process.argv.slice(1), { stdio: "inherit", env });
  process.exit(status ?? 1);
}

/** Runs a suite's `main` with everything in place; what keeps it from running is one line and a failure. */
export async function runSuite(main) {
  try {
    install();
    onModernNode();
    process.exitCode = await main();
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
  // What did not end, and was told of above, must not hold the process.
  setTimeout(() => process.exit(), HELD_MS).unref();
}

const major = (version) => Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);

/** The runtimes' programs; each undefined when there is none. */
export const programs = {
  node20: () => {
    const onPath = process.env.PATH.split(delimiter).map((folder) => join(folder, "node"));
    return [process.execPath, ...onPath].find((program) => major(versionOf(program)) === 20);
  },
  nodeCurrent: () => {
    const own = join(MODULES, "node/bin/node");
    // npm may be told not to run the script that fetches it.
    if (!existsSync(own)) runQuietly(process.execPath, ["installArchSpecificPackage.js"], join(MODULES, "node"));
    return [own, process.execPath].find((program) => major(versionOf(program)) >= MODERN);
  },
  // These come from the packages of each platform, so that no install script has to run.
  deno: () => platformProgram("@deno", ["deno", "deno.exe"]),
  bun: () => platformProgram("@oven", ["bin/bun", "bin/bun.exe"]),
};

function runQuietly(program, args, cwd) {
  spawnSync(program, args, { cwd, timeout: NPM_TIMEOUT_MS, stdio: "ignore" });
}

/** npm installs the packages of this platform only; of two for one platform (glibc, musl), one runs. */
function platformProgram(scope, names) {
  const lock = JSON.parse(readFileSync(join(MODULES, ".package-lock.json"), "utf8"));
  const packages = Object.keys(lock.packages).filter((path) => path.startsWith(`node_modules/${scope}/`));
  const candidates = packages.flatMap((path) => names.map((name) => join(FOLDER, path, name)));
  return candidates.find((program) => versionOf(program) !== "");
}

/** What `program --version` says, in one line; "" when it does not run. */
export function versionOf(program) {
  if (!program || !existsSync(program)) return "";
  const { status, stdout } = spawnSync(program, ["--version"], { encoding: "utf8", timeout: 20_000 });
  return status === 0 ? stdout.split("\n", 1)[0].trim() : "";
}
