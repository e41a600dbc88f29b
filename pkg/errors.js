// The base of all errors, and how one is made.
//
// In: a failure as the core describes it (src/proto/error.rs). Out: an instance of the class that its service has for its kind. An error
// holds what the core says and nothing else: no headers, body, key, e-mail address or request.

import { WasmUnavailable } from "./core.js";

/** The base of every error of this package. */
export class ConversionError extends Error {
  // Its own members, whatever `Object.prototype` has of these names. They are set by toError.
  kind = undefined;
  status = null;
  code = "UNKNOWN";
  serviceMessage = null;
  retryable = false;
  maybeRecorded = false;
  retryAfterMs = null;
  attempts = 0;
  requestId = null;
  issues = [];

  // Written out in each class: a bundler may rename the class itself.
  static name = "ConversionError";

  get name() {
    return this.constructor.name;
  }

  /** For logs, and for wherever an error is copied and only plain data stay: everything but the stack. */
  toJSON() {
    const { name, message, cause } = this;
    return { name, message, ...(cause !== undefined && { cause }), ...this };
  }
}

/**
 * The error that the core's `failure` describes (see src/wasm/failure.rs), of the class that `by.classOf` answers for its kind.
 * `found` are the issues that were found in JavaScript, before the core's. `cause` and `note` are what is known of a connection
 * that failed.
 */
export function toError(by, failure, found, { attempts, requestId, cause, note }) {
  const [kind, text] = [failure.get("kind"), failure.get("message")];
  const issues = issuesOf([...found, ...failure.get("issues").map((issue) => Object.fromEntries(issue))]);
  const isConnection = kind === "connection";
  const what = issues.map((issue) => issue.message).join("; ") || (isConnection && note) || text;
  const message = `${what} (${HELP}${kind})`;
  const Class = by.classOf(kind);
  const error = new Class(message, isConnection && cause ? { cause } : undefined);
  for (const name of MEMBERS) error[name] = failure.get(name);
  Object.assign(error, { __proto__: null, attempts, requestId, issues });
  by.finish?.(error);
  return error;
}

/** Each kind has its section there: its cause, and what to do. */
const HELP = "https://refport-edge.example/errors#";

/** What an error has of a failure. */
const MEMBERS = ["kind", "status", "code", "serviceMessage", "retryable", "maybeRecorded", "retryAfterMs"];

function issuesOf(found) {
  const issues = new Map();
  for (const { field: given, message } of found) {
    const field = plain(given);
    // The first thing wrong with a field is the one to mend first.
    if (!issues.has(field)) issues.set(field, Object.freeze({ field, message: plain(`${field} ${message}`) }));
  }
  return Object.freeze([...issues.values()]);
}

/** A text without control characters, none of which may reach a log: a field may be named by the caller. */
export const plain = (text) => text.replace(/[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, " ");

const DEFECT = "a defect in refport-edge: please report it";

/**
 * The failure where this package itself failed, or cannot run here. Told without the core: it may be the core that failed.
 * Another machine may deliver what this one cannot, so it is retryable.
 */
export function internalFailure(attempts, error) {
  const { code, message } = error instanceof WasmUnavailable ? error : { code: "INTERNAL", message: DEFECT };
  return failureOf({ kind: "internal", message, code, retryable: true, maybeRecorded: attempts > 0 });
}

/** The failure where what was given is refused without the core. */
export const refusal = () => failureOf({ kind: "validation", message: "", code: "VALIDATION_ERROR", retryable: false });

/** The failure of a call whose answer is not what the service documents. It is for what the core does not look at. */
export const unreadable = () =>
  failureOf({ kind: "invalid_response", message: "a success that is not the service's own answer: check the base URL", code: "INVALID_RESPONSE", retryable: true });

/** A failure as the core describes them (src/wasm/failure.rs). */
const failureOf = (known) => new Map(Object.entries({ ...NOTHING_KNOWN, ...known }));

const NOTHING_KNOWN = { status: null, serviceMessage: null, maybeRecorded: false, retryAfterMs: null, issues: [] };
