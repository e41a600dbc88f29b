// Holds what a runtime showed of a row against what the row expects and what the service has on its books.
//
// In: a row of tests/golden/faults.json, what rows.mjs saw, the service's books. Out: complaints, in words, and which of
// the four promises (no throw, no hang, no false "recorded", status and code kept) are broken.
//
// Times are judged loosely, since the machine may be busy, except where waiting is the point: nothing comes back before
// a Retry-After is over, by the service's own clock.

/** What a busy machine may add to a call, and what a timer may be early by. */
const LATE_MS = 4000;
const EARLY_MS = 20;
const BASE_BACKOFF_MS = 250;

/** What a failed row expects of the error; null in a row with any other outcome. */
const ERROR_FIELDS = ["errorClass", "kind", "status", "code", "retryable", "maybeRecorded", "retryAfterMs"];
/** The service knows these when they come twice: the same call made again must leave one of each on the books. */
const RECOGNISED = ["sale with invoiceId", "RefCampaign conversion", "RefCampaign conversion without externalId", "Tolt transaction", "Dub sale with invoiceId"];
/** The service answers a repeat of these as it answered the first. */
const ANSWERED_AGAIN = ["Dub sale with invoiceId"];
const ELAPSED = ["at once", "backoff", "retry-after", "timeout", "budget"];

/** What is wrong with a row itself; a row that asks for less than everything could not fail. */
export function faultsOf({ name, event, script, expected, requests, recorded, recordedAfterRepeat }, vocabulary) {
  const required = ["outcome", "attempts", "elapsed", ...(expected.outcome === "failed" ? ERROR_FIELDS : [])];
  const entries = script.filter((entry) => entry !== "good");
  const wrong = [
    ...required.filter((field) => expected[field] === undefined).map((field) => `expected.${field} is missing`),
    ...Object.keys(expected)
      .filter((field) => !required.includes(field))
      .map((field) => `expected.${field} is unknown`),
    ...entries.flatMap((entry) => unknownIn(entry, vocabulary)),
    ...(ELAPSED.includes(expected.elapsed) ? [] : ["expected.elapsed is unknown"]),
    ...(requests === undefined || recorded === undefined || script.length === 0
      ? ["requests, recorded or script is missing"]
      : []),
    ...(mustRepeat(event, expected) && recordedAfterRepeat !== 1
      ? ["recordedAfterRepeat has to be 1: made again, this call is to be on the books exactly once"]
      : []),
  ];
  return wrong.map((complaint) => `${event}: ${name}: ${complaint}`);
}

/** What is recognised is always safe to make again; of the rest, what says so and is not in doubt. */
function mustRepeat(event, { retryable, maybeRecorded }) {
  return RECOGNISED.includes(event) || (retryable === true && !maybeRecorded);
}

function unknownIn(entry, { keys, bodies, connections }) {
  const { body, connection } = entry;
  return [
    ...Object.keys(entry).filter((key) => !keys.includes(key)),
    ...(body === undefined || bodies.includes(body) ? [] : [`body ${body}`]),
    ...(connection === undefined || connections.includes(connection) ? [] : [`connection ${connection}`]),
  ].map((what) => `the script's ${what} is unknown`);
}

/** @returns `{ complaints, threw, hung, falseRecorded, kept }` */
export function judge(row, seen, books) {
  const broken = {
    threw: seen?.threw != null,
    hung: seen === undefined || seen.hung,
    falseRecorded: false,
    kept: false,
  };
  if (broken.threw) return { ...broken, complaints: [`threw ${seen.threw}`] };
  if (broken.hung) return { ...broken, complaints: ["did not end"] };
  const claims = ["recorded", "duplicate"].includes(seen.outcome);
  const denies = seen.outcome === "failed" && !seen.maybeRecorded;
  const answered = seen.reports.map((report) => report.status);
  const { requests, recorded } = row;
  const { status = null, code = null } = row.expected;
  return {
    ...broken,
    falseRecorded: claims && books.recorded === 0,
    kept: seen.status === status && seen.code === code && same(answered, statusesOf(row, seen, books)),
    complaints: [
      ...compare("outcome", row.expected.outcome, seen.outcome),
      ...compare("attempts", row.expected.attempts, seen.attempts),
      ...ERROR_FIELDS.flatMap((field) => compare(field, row.expected[field] ?? null, seen[field])),
      ...compare("requests on the books", requests, books.requests),
      ...compare("recorded on the books", recorded, books.recorded),
      ...judgeRepeat(row, seen, books),
      ...compare("statuses told to onAttempt", statusesOf(row, seen, books), answered),
      ...compare("ends told to onResult", `${seen.outcome} after ${seen.attempts}`, seen.ends.join(", ")),
      ...compare("data is there", seen.outcome === "recorded", seen.hasData),
      ...compare("error.attempts", seen.outcome === "failed" ? seen.attempts : null, seen.errorAttempts),
      ...(denies && books.recorded > 0 ? ["says that it is certainly not recorded, but it is on the books"] : []),
      // Where it says nothing, it is not waited for.
      ...(row.ignoresRetryAfter ? [] : compare("requests sent before Retry-After was over", 0, books.early)),
      ...compare("requests to another origin", 0, books.elsewhere),
      ...compare("requests the service could not read", 0, books.malformed),
      ...compare("retries that differ from the first attempt", 0, books.changed),
      ...judgeTime(row, seen),
    ],
  };
}

/** The same call, made again when the service was well. */
function judgeRepeat({ event, recordedAfterRepeat = null }, { repeat = null }, books) {
  const isKnown = recordedAfterRepeat === books.recorded && !ANSWERED_AGAIN.includes(event);
  const expected = recordedAfterRepeat === null ? null : isKnown ? "duplicate" : "recorded";
  return [
    ...compare("recorded on the books, the call made again", recordedAfterRepeat, books.recordedAfterRepeat),
    ...compare("outcome of the call made again", expected, repeat),
  ];
}

/** What each attempt was answered: as on the books, or nothing where nobody listened. */
function statusesOf(row, seen, books) {
  return row.script[0].connection === "refused" ? seen.reports.map(() => null) : books.seen;
}

function judgeTime({ expected }, { durationMs, reports, budgetMs, timeoutMs }) {
  const delays = reports.map((report) => report.delayMs).filter((delay) => delay !== null);
  const waited = delays.reduce((sum, delay) => sum + delay, 0);
  const timeouts = reports.filter((report) => report.kind === "timeout");
  const least = expected.elapsed === "budget" ? budgetMs : waited + (expected.elapsed === "timeout" ? timeoutMs : 0);
  const backedOff = delays.every((delay, index) => delay <= BASE_BACKOFF_MS * 2 ** index);
  const wrong = {
    "at once": delays.length > 0,
    backoff: delays.length === 0 || !backedOff,
    "retry-after": delays.length === 0,
    timeout: timeouts.length === 0 || !backedOff,
    budget: timeouts.length === 0,
  }[expected.elapsed];
  return [
    ...(wrong ? [`waited [${delays.join(", ")}] ms between attempts, expected "${expected.elapsed}"`] : []),
    ...(durationMs < least - EARLY_MS ? [`took ${durationMs} ms, expected ${least} at least`] : []),
    ...(durationMs > budgetMs + LATE_MS ? [`took ${durationMs} ms, more than its budget of ${budgetMs}`] : []),
  ];
}

function compare(what, expected, got) {
  if (expected === "any" || same(expected, got)) return [];
  const inRange = typeof got === "number" && got >= expected?.min && got <= expected?.max;
  return inRange ? [] : [`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`];
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
