// Judges the rows of the growth suite, one by one.
//
// In: which rows, at which sizes. Out: `{ figures, passed, wrong }`. The calls are made in a process of their own; one that
// takes all the time of its row is ended with its process, and the next row gets a new one. Every row is judged in V8 (Node.js)
// and in JavaScriptCore (Bun), since what is quick in one engine may be slow in the other.

import { fork } from "node:child_process";
import { join } from "node:path";
import { CONTROLS, ROWS } from "./growth-rows.mjs";
import { judgeRow } from "./growth-judge.mjs";
import { FOLDER, programs } from "./install.mjs";

/**
 * In characters. What is round the largest does not carry it over the package's own limit of 1 MiB. The smallest is there to
 * find a bad row soon.
 */
const SIZES = [15_625, 62_500, 250_000, 1_000_000];
/** All that one row may take: a hundred times what a good one does. */
const LIMIT_MS = 60_000;
/** A time below this is the machine's as much as the call's. Bun tells no thread's own time, so its helpers' time is in it. */
const FLOOR_MS = { V8: 1, JavaScriptCore: 4 };
const PROGRESS_MS = 10_000;

/**
 * The short form has the rows marked for it, at all sizes but the largest. `only` is a part of the names of the rows wanted, and
 * `look` is shown each verdict.
 */
export async function growth({ isQuick = false, only = "", look = () => {} } = {}) {
  const engines = { V8: process.execPath, JavaScriptCore: programs.bun() };
  const all = { figures: [], passed: 0, wrong: [] };
  for (const [engine, program] of Object.entries(engines)) {
    if (!program) throw new Error(`no program with ${engine} runs here`);
    const { figure, passed, wrong } = await growthIn(program, FLOOR_MS[engine], { isQuick, only, look });
    all.figures.push(`${engine}: ${figure}`);
    all.passed += passed;
    all.wrong.push(...wrong.map((one) => ({ ...one, name: `${engine}: ${one.name}` })));
  }
  return all;
}

async function growthIn(program, floorMs, { isQuick, only, look }) {
  const rows = ROWS.filter((row) => (!isQuick || row.isQuick) && row.name.includes(only));
  if (rows.length === 0) throw new Error(`no row's name contains "${only}"`);
  const sizes = isQuick ? SIZES.slice(0, -1) : SIZES;
  const bench = new Bench(program);
  const wrong = [];
  let done = 0;
  const progress = setInterval(() => console.error(`     growth: ${done} of ${rows.length}`), PROGRESS_MS);
  try {
    for (const row of [...CONTROLS, ...rows]) {
      const { isFine: isMeant = true, limitMs = LIMIT_MS } = row;
      const verdict = await judgeRow(row, sizes, floorMs, bench.measureWithin(limitMs));
      look(row, verdict);
      if (verdict.isFine !== isMeant) wrong.push({ name: row.name, ...verdict });
      done += 1;
    }
  } finally {
    clearInterval(progress);
    bench.end();
  }
  const figure = `${rows.length} inputs, each of ${sizes.map((size) => Math.round(size / 1000)).join(", ")} thousand characters`;
  return { figure, passed: rows.length + CONTROLS.length - wrong.length, wrong };
}

/** A verdict in one line. */
export function toldOf({ name, why = "", told = "", times }) {
  const each = times.map(([size, time]) => `${Math.round(size / 1000)}k ${time.toFixed(time < 10 ? 2 : 0)} ms`);
  return [name, why, each.join(" "), told && `(${told})`].filter(Boolean).join("  ");
}

/** Where calls are made and their time is taken. */
class Bench {
  #child;
  #program;

  constructor(program) {
    this.#program = program;
  }

  /** A way to measure a row, all of whose calls together may take so long. */
  measureWithin(limitMs) {
    const end = performance.now() + limitMs;
    return ({ name }, sizes, isExact) => this.#measure({ name, sizes, isExact }, end - performance.now());
  }

  #measure(job, leftMs) {
    this.#child ??= fork(join(FOLDER, "growth-child.mjs"), { execPath: this.#program });
    const child = this.#child;
    return new Promise((resolve) => {
      const settle = (answer) => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(answer);
      };
      const giveUp = (threw) => {
        this.end();
        settle({ threw });
      };
      const timer = setTimeout(giveUp, leftMs, "it did not end in time, and was ended");
      child.once("message", settle);
      child.once("error", (error) => giveUp(error.message));
      child.once("exit", (code, signal) => giveUp(`its process ended with ${signal ?? code}`));
      child.send(job);
    });
  }

  end() {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }
}
