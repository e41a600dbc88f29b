// Whether a row passes.
//
// In: what its set-up answered, and what the service saw of it. Out: what is wrong, or nothing.
// Not its job: running anything.

const CHECKS = ["lookup", "sale", "failed sale", "class", "secret key"];
/** The sale, the failed one, and the class's. */
const STATUSES = [200, 400, 200];

/** `{ answer }` or `{ error }` of a row; undefined when its set-up never came to it. */
export function complaintAbout(row, outcome, seen) {
  if (outcome === undefined) return "the set-up never came to it";
  if (outcome.error) return outcome.error.stack ?? String(outcome.error);
  // It is no program: a linter has nothing to say, or has thrown.
  if (row.isLint) return undefined;
  const { done = [], failures = [] } = outcome.answer ?? {};
  if (failures.length > 0) return failures.join("\n");
  // The set-up has compared what arrived itself.
  if (row.isCounted) return undefined;
  if (done.join() !== CHECKS.join()) return `only these checks ran: ${done.join(", ") || "none"}`;
  // Whatever a row says of itself, this is what arrived.
  if (seen.join() !== STATUSES.join()) return `the service answered ${seen.join(", ") || "nothing"}, not ${STATUSES.join(", ")}`;
  return undefined;
}
