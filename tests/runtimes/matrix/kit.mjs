// What a set-up may do.
//
// In: the set-up and its folder. Out: programs run, servers started, pages opened; and what they answered, row by row.
// Everything started here is ended here, by its own id, whatever happens. Not its job: judging an answer (judge.mjs).

import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { browse } from "./browser.mjs";
import { binOf, folderOf, importFrom, programOf } from "./groups.mjs";

const PROGRAM_MS = 4 * 60_000;
const READY_MS = 90_000;
const ANSWER_MS = 60_000;
/** What is kept of a program's output. */
const TAIL = 6_000;

const ENVIRONMENT = {
  // What a tool starts by itself runs on this Node.js too.
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), HOME: process.env.HOME, TMPDIR: process.env.TMPDIR ?? "/tmp", CI: "true", NO_COLOR: "1",
  // Nobody's build is to be told of this one.
  NEXT_TELEMETRY_DISABLED: "1", WRANGLER_SEND_METRICS: "false", DO_NOT_TRACK: "1", NITRO_TELEMETRY_DISABLED: "1",
};

export class Kit {
  #ending = [];

  constructor(setup, service, answers, tarball) {
    this.group = setup.group;
    this.folder = setup.atRoot ? folderOf(setup.group) : join(folderOf(setup.group), setup.name);
    this.service = service;
    this.answers = answers;
    this.tarball = tarball;
  }

  /** Writes files, by their paths within the set-up's folder. */
  async write(files) {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, typeof text === "object" && !(text instanceof Uint8Array) ? JSON.stringify(text, null, 2) : text);
    }
  }

  remove(path) {
    return rm(join(this.folder, path), { recursive: true, force: true });
  }

  path(...parts) {
    return join(this.folder, ...parts);
  }

  import(name, group = this.group) {
    return importFrom(group, name);
  }

  /** The command of a package of the group, as arguments for a Node.js. */
  async bin(name, command) {
    return binOf(this.group, name, command);
  }

  program(packages, programs) {
    return programOf("runtimes", packages, programs);
  }

  nodeOf(major) {
    return programOf("runtimes", `node${major}-`, ["bin/node"]);
  }

  /** Answers one row; what goes wrong is that row's alone. */
  async row(name, ask) {
    try {
      this.answers.set(name, { answer: await ask(this.service.urlOf(name)) });
    } catch (error) {
      this.answers.set(name, { error });
    }
  }

  /** Runs a program to its end; what it printed. */
  async run(program, args = [], { env = {}, cwd = this.folder, timeout = PROGRAM_MS } = {}) {
    await mkdir(cwd, { recursive: true });
    const child = this.#spawn(program, args, env, cwd);
    const timer = setTimeout(() => child.end(), timeout);
    const code = await child.ended;
    clearTimeout(timer);
    if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}\n${child.printed()}`);
    return child.printed();
  }

  node(args, options) {
    return this.run(process.execPath, args, options);
  }

  /** Starts a server, which is ready when it answers on its port; its address, and what ends it before the set-up ends. */
  async start(argsFor, { program = process.execPath, env = {}, cwd = this.folder, host = "127.0.0.1" } = {}) {
    const port = await freePort();
    const child = this.#spawn(program, argsFor(port), typeof env === "function" ? env(port) : env, cwd);
    const url = `http://${host}:${port}`;
    const until = Date.now() + READY_MS;
    for (;;) {
      if (child.code !== undefined) throw new Error(`the server ended with ${child.code}\n${child.printed()}`);
      // Any answer will do; a first one may take a build.
      const isUp = await fetch(url, { signal: AbortSignal.timeout(READY_MS) }).then((answer) => (answer.body?.cancel(), true), () => false);
      if (isUp) return { url, printed: child.printed, stop: () => (child.end(), child.ended) };
      if (Date.now() > until) throw new Error(`the server does not answer\n${child.printed()}`);
      await sleep(200);
    }
  }

  /** What a server answers, told the service's address. */
  async ask({ url, printed = () => "" }, path, service) {
    const response = await fetch(`${url}${path}?service=${encodeURIComponent(service)}`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`${path} answered ${response.status}: ${text.slice(0, 1_000)}\n${printed()}`);
    }
  }

  /** What a page in Chromium comes to. */
  browse(url, service) {
    return browse(`${url}?service=${encodeURIComponent(service)}`);
  }

  /** To be ended with the set-up. */
  onEnd(end) {
    this.#ending.push(end);
  }

  async end() {
    for (const end of this.#ending.reverse()) await end();
  }

  #spawn(program, args, env, cwd) {
    // Its own process group, so that what it starts ends with it.
    const child = spawn(program, args, { cwd, env: { ...ENVIRONMENT, ...env }, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (piece) => (text = (text + piece).slice(-64 * 1024)));
    }
    const handle = { printed: () => text, code: undefined };
    handle.ended = new Promise((resolve) => {
      child.once("error", (error) => ((text += error.message), resolve((handle.code = -1))));
      child.once("close", (code, signal) => resolve((handle.code = code ?? signal)));
    });
    handle.end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It and all that it started has ended.
      }
    };
    this.onEnd(() => (handle.end(), handle.ended));
    return handle;
  }
}

/** The answer on the line that a program printed it on. */
export function answerIn(printed) {
  const line = /ANSWER (\{.*\})/.exec(printed);
  if (!line) throw new Error(`it printed no answer\n${printed.slice(-TAIL)}`);
  return JSON.parse(line[1]);
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
