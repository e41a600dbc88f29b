// What the fault service may be told to do to an event, and scripts drawn from it.
//
// In: a Random. Out: scripts in the vocabulary of ../answers.mjs.
// Left out: what no service does. One that books an event says neither "429" nor "204" of it, and one that shows a sale
// has booked it.

const LOST = ["reset before headers", "reset after headers", "reset in the body"];
const STUCK = ["silent", "stalls after headers", "stalls in the body"];
const UNREADABLE = ["html", "truncated JSON", "array", "string", "error as text", "wrong shape"];
const WAITS = ["0", "1", { form: "IMF-fixdate", seconds: 1 }, { form: "epoch milliseconds", seconds: 1 }];

/** Nobody can tell from these whether the event is on the books. */
const AMBIGUOUS = [
  ...[...LOST, ...STUCK].map((connection) => ({ connection })),
  ...UNREADABLE.map((body) => ({ status: 200, body })),
  { status: 500, code: "INTERNAL_ERROR" },
  { status: 500, body: "echo" },
  { status: 502, body: "html" },
  { status: 503 },
  { status: 504, body: "nothing" },
];

const BOOKED_ALL_THE_SAME = AMBIGUOUS.map((fault) => ({ ...fault, records: true }));

/** The service says that it did not take the event, and when to come back. */
const LATER = [429, 503].flatMap((status) => WAITS.map((retryAfter) => ({ status, retryAfter, code: "SLOW_DOWN" })));

/** A later attempt may do better. */
const PASSING = [
  ...AMBIGUOUS,
  ...BOOKED_ALL_THE_SAME,
  ...LATER,
  { status: 429, code: "SLOW_DOWN" },
  { status: 429, code: "SLOW_DOWN", retryAfterMs: "40" },
  { connection: "slow", records: true },
];

/** Answers that settle the matter: the event is not booked, and no attempt will change that. */
const FINAL = [
  { status: 302, to: "another origin" },
  { status: 307, to: "another origin" },
  { status: 400, code: "INVALID_CLICK_ID" },
  { status: 401, code: "UNAUTHORIZED" },
  { status: 404, code: "NOT_FOUND" },
  { status: 422, body: "echo" },
  { status: 409, code: "CONFLICT" },
  { status: 429, code: "LIMIT_EXCEEDED" },
  { status: 204 },
  { status: 200, body: "null" },
];

/** Of those, the ones that a shop gets over by telling of the event again: a wrong key, a quota, an address that moved. */
const MENDED = FINAL.filter(({ status }) => status >= 300 && status !== 409);

/** Ten megabytes are a lot of work for everyone: a few are enough. */
const HUGE = { status: 200, body: "10 MB" };
const HUGE_SHARE = 0.01;

const FAULT_SHARE = 0.3;
/** Beyond so many requests for one event the service answers well, so that every delivery ends. */
const LENGTH = 12;

/** A script in which each request fails with a chance of 30 %, in ways that pass. */
export const passingScript = (random) => script(random, PASSING);

/** As {@link passingScript}, answers among them that end a delivery, and not the shop's telling of the event. */
export const mendedScript = (random) => script(random, [...PASSING, ...MENDED]);

/** As {@link passingScript}, final answers among them. */
export const anyScript = (random) => script(random, [...PASSING, ...FINAL]);

function script(random, faults) {
  const entry = () => {
    if (!random.chance(FAULT_SHARE)) return "good";
    return random.chance(HUGE_SHARE) ? { ...HUGE, records: random.chance(0.5) } : random.pick(faults);
  };
  return [...Array.from({ length: LENGTH }, entry), "good"];
}
