// Comparing, and counting what was compared.
//
// In: named checks, which throw when they fail. Out: a line for each that failed, and the counts.
// Not its job: knowing what is right.

/** Throws unless both are the same, member by member. `undefined` is not `null`, and not an absent member. */
export function same(actual, expected, what = "the value") {
  const [got, wanted] = [show(actual), show(expected)];
  if (got !== wanted) throw new Error(`${what}\n    expected ${wanted}\n    got      ${got}`);
}

/** Throws unless it is true. */
export function must(condition, what) {
  if (!condition) throw new Error(what);
}

function show(value) {
  if (value === undefined || typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? String(value);
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}: ${show(value[key])}`);
  return `{${members.join(", ")}}`;
}

/** Runs checks one after the other. */
export class Checks {
  passed = 0;
  failed = 0;
  /** How each ended, by `suite: name`. Of two with one name, both must have passed. */
  ended = new Map();

  constructor(print) {
    this.print = print;
  }

  /** A list of `[name, check]`; a list without any is a failure. */
  async run(suite, checks) {
    if (checks.length === 0) checks = [["has checks", () => must(false, "it is empty")]];
    const before = this.failed;
    for (const [name, check] of checks) {
      const full = `${suite}: ${name}`;
      try {
        await check();
        this.passed += 1;
        this.ended.set(full, this.ended.get(full) ?? true);
      } catch (error) {
        this.failed += 1;
        this.ended.set(full, false);
        this.print(`FAIL ${full}: ${error?.message ?? error}`);
      }
    }
    this.print(`${this.failed === before ? "ok  " : "FAIL"} ${suite}: ${checks.length} checks`);
  }
}
