// The classes of errors.
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
export class RefCampaignError extends named("RefCampaignError", ConversionError) {
  details = null;
  externalId = null;
}

/** The class of each kind of Refport's errors; those that are not here are plain RefportErrors. */
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

/** The class of Refport's errors of a kind. */
export const refportClass = (kind) => CLASSES[kind] ?? RefportError;

/** The class of RefCampaign's errors. */
export const refCampaignClass = () => RefCampaignError;

/**
 * The error that the core's `failure` describes (see src/wasm/convert.rs), of the class that `classOf` answers for its
 * kind. `found` are the issues that were found in JavaScript, before the core's.
 */
export function toError(classOf, failure, found, { attempts = 0, requestId = null, cause } = {}) {
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
  const error = new (classOf(kind))(message, cause === undefined ? undefined : { cause });
  const known = { kind, status, code, serviceMessage, retryable, maybeRecorded, retryAfterMs, attempts, requestId, issues };
  return Object.assign(error, known);
}

const DEFECT = "a defect in refport-edge: please report it";

/** The failure where this package itself failed. Told without the core: it may be the core that failed. */
export const internalFailure = (attempts) => ["internal", DEFECT, null, "INTERNAL", null, true, attempts > 0, null];
