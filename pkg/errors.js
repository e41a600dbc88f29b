// The classes of errors, and results as the caller gets them.
//
// In: a failure as the core describes it (src/proto/error.rs). Out: an instance of the class its kind has. An error
// holds what the core says and nothing else: no headers, body, key, e-mail address or request.

/** The base of every error of this package. */
export class ConversionError extends Error {
  constructor({ message, cause, ...known }) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, known);
  }

  get name() {
    return "ConversionError";
  }

  /** For logs: everything but the stack. */
  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}

export class RefportError extends ConversionError {
  get name() {
    return "RefportError";
  }
}

export class RefportValidationError extends RefportError {
  get name() {
    return "RefportValidationError";
  }
}

export class RefportInvalidClickIdError extends RefportValidationError {
  get name() {
    return "RefportInvalidClickIdError";
  }
}

export class RefportAuthError extends RefportError {
  get name() {
    return "RefportAuthError";
  }
}

export class RefportNotFoundError extends RefportError {
  get name() {
    return "RefportNotFoundError";
  }
}

export class RefportRateLimitError extends RefportError {
  get name() {
    return "RefportRateLimitError";
  }
}

export class RefportConnectionError extends RefportError {
  get name() {
    return "RefportConnectionError";
  }
}

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

/** The error that `failure` describes, with the issues that were found in JavaScript before the core's. */
export function toError(failure, found) {
  const issues = [];
  for (const { field, complaint } of [...found, ...failure.issues]) {
    // The first thing wrong with a field is the one to mend first.
    if (issues.some((issue) => issue.field === field)) continue;
    issues.push(Object.freeze({ field, message: `${field} ${complaint}` }));
  }
  const message = issues.map((issue) => issue.message).join("; ") || failure.message;
  return new (CLASSES[failure.kind] ?? RefportError)({ ...failure, message, issues: Object.freeze(issues) });
}

/**
 * The result of a call; `body` is the text of the last answer, which the core has found to be the service's, and `call`
 * has the issues that were found in JavaScript.
 */
export function toResult({ outcome, attempts, requestId, error }, body, { config, params } = {}) {
  const data = outcome === "recorded" ? JSON.parse(body) : null;
  const found = [...(config?.issues ?? []), ...(params?.issues ?? [])];
  return { outcome, data, error: error && toError({ ...error, attempts, requestId }, found), attempts, requestId };
}

/** The result where this package failed, after so many attempts. Told without the core: it may be the core that failed. */
export function internalResult(attempts) {
  const failure = {
    kind: "internal",
    message: "a defect in refport-edge ended the call; it was contained and other calls are not affected; please report it",
    status: null,
    code: "INTERNAL",
    serviceMessage: null,
    retryable: true,
    maybeRecorded: attempts > 0,
    retryAfterMs: null,
    issues: [],
  };
  return toResult({ outcome: "failed", error: failure, attempts, requestId: null });
}
