// The classes of errors.
//
// In: a failure as the core describes it (src/proto/error.rs). Out: an instance of the class its kind has. An error
// holds what the core says and nothing else: no headers, body, key, e-mail address or request.

import { REFPORT } from "./values.js";

const named = (name, Base) =>
  class extends Base {
    get name() {
      return name;
    }
  };

/** The base of every error of this package. */
export class ConversionError extends named("ConversionError", Error) {
  /** For logs: everything but the stack. */
  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}

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

/**
 * The error of a provider's that the core's `failure` describes (see src/wasm/convert.rs). `found` are the issues that were
 * found in JavaScript, before the core's: like those, a list of a field and a complaint each.
 */
export function toError(provider, failure, found, { attempts, requestId, cause }) {
  const [kind, text, status, code, serviceMessage, retryable, maybeRecorded, retryAfterMs, ...more] = failure;
  const complaints = [...found, ...more];
  const issues = [];
  for (let at = 0; at < complaints.length; at += 2) {
    const field = complaints[at];
    // The first thing wrong with a field is the one to mend first.
    if (issues.some((issue) => issue.field === field)) continue;
    issues.push(Object.freeze({ field, message: `${field} ${complaints[at + 1]}` }));
  }
  Object.freeze(issues);
  const message = issues.map((issue) => issue.message).join("; ") || text;
  const Class = provider === REFPORT ? (CLASSES[kind] ?? RefportError) : RefCampaignError;
  const error = new Class(message, cause && { cause });
  const known = { kind, status, code, serviceMessage, retryable, maybeRecorded, retryAfterMs, attempts, requestId, issues };
  Object.assign(error, known);
  if (error instanceof RefCampaignError && issues.length > 0) {
    // What the service would have answered: its guide has callers look there.
    error.code = "VALIDATION_FAILED";
    error.details = issues.map(({ field, message }) => ({ path: field.split("."), message }));
  }
  return error;
}

const DEFECT = "a defect in refport-edge: please report it";

/** The failure where this package itself failed. Told without the core: it may be the core that failed. */
export const internalFailure = (attempts) => ["internal", DEFECT, null, "INTERNAL", null, true, attempts > 0, null];
