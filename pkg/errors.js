// The classes of errors, and results as the caller gets them.
//
// In: a failure as the core describes it (src/proto/error.rs). Out: an instance of the class its kind has. An error
// holds what the core says and nothing else: no headers, body, key, e-mail address or request.

/** The base of every error of this package. */
export class ConversionError extends Error {
  get name() {
    return "ConversionError";
  }

  /** For logs: everything but the stack. */
  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}

const named = (name, Base) =>
  class extends Base {
    get name() {
      return name;
    }
  };

export const RefportError = named("RefportError", ConversionError);
export const RefportValidationError = named("RefportValidationError", RefportError);
export const RefportInvalidClickIdError = named("RefportInvalidClickIdError", RefportValidationError);
export const RefportAuthError = named("RefportAuthError", RefportError);
export const RefportNotFoundError = named("RefportNotFoundError", RefportError);
export const RefportRateLimitError = named("RefportRateLimitError", RefportError);
export const RefportConnectionError = named("RefportConnectionError", RefportError);

/** The class of each kind; those that are not here are plain RefportErrors. */
const CLASSES = {
  validation: RefportValidationError,
  invalid_click_id: RefportInvalidClickIdError,
  auth: RefportAuthError,
  not_found: RefportNotFoundError,
  rate_limit: RefportRateLimitError,
  connection: RefportConnectionError,
  timeout: RefportConnectionError,
  aborted: RefportConnectionError,
};

/**
 * The error that the core's `failure` describes (see src/wasm/convert.rs), after the attempts so far. `found` are the
 * issues that were found in JavaScript, before the core's.
 */
export function toError(failure, found, attempts, requestId, cause) {
  const [kind, text, status, code, serviceMessage, retryable, maybeRecorded, retryAfterMs, ...pairs] = failure;
  const issues = [];
  const add = (field, complaint) => {
    // The first thing wrong with a field is the one to mend first.
    if (issues.some((issue) => issue.field === field)) return;
    issues.push(Object.freeze({ field, message: `${field} ${complaint}` }));
  };
  for (const { field, complaint } of found) add(field, complaint);
  for (let at = 0; at < pairs.length; at += 2) add(pairs[at], pairs[at + 1]);
  Object.freeze(issues);
  const message = issues.map((issue) => issue.message).join("; ") || text;
  const error = new (CLASSES[kind] ?? RefportError)(message, cause === undefined ? undefined : { cause });
  const known = { kind, status, code, serviceMessage, retryable, maybeRecorded, retryAfterMs, attempts, requestId, issues };
  return Object.assign(error, known);
}

/** The result of a call: `outcome` and `failure` are the core's, `body` and `cause` the last attempt's. */
export function toResult(outcome, failure, { attempts, config, params }, requestId, { body, cause }) {
  const data = outcome === "recorded" ? body[1] : null;
  const found = config && params ? [...config.issues, ...params.issues] : [];
  const error = failure ? toError(failure, found, attempts, requestId, cause) : null;
  return { outcome, data, error, attempts, requestId };
}

const DEFECT = "a defect in refport-edge: please report it";

/** The result where this package failed. Told without the core: it may be the core that failed. */
export function internalResult(call) {
  const failure = ["internal", DEFECT, null, "INTERNAL", null, true, call.attempts > 0, null];
  return toResult("failed", failure, { attempts: call.attempts }, null, {});
}
