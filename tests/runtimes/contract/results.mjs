// What holds for every result, whatever it says.
//
// In: a result of track_sale or track_lead. Out: nothing, or a thrown complaint.
// Not its job: which outcome is right for which answer.

import { isRefCampaign, otherOf } from "./calls.mjs";
import { must, same } from "./check.mjs";

export const KEY = "rk_test";

/** The class of each kind; the others are plain RefportErrors. */
const CLASSES = {
  validation: "RefportValidationError",
  invalid_click_id: "RefportInvalidClickIdError",
  auth: "RefportAuthError",
  not_found: "RefportNotFoundError",
  rate_limit: "RefportRateLimitError",
  connection: "RefportConnectionError",
  timeout: "RefportConnectionError",
  aborted: "RefportConnectionError",
};

const ERROR_MEMBERS = [
  "attempts", "code", "issues", "kind", "maybeRecorded", "message", "requestId", "retryAfterMs", "retryable",
  "serviceMessage", "status",
];

/** Throws unless the result of `event` has the shape of index.d.ts and tells no secret. */
export function mustBeSound(api, result, event) {
  same(Object.keys(result).sort(), ["attempts", "data", "error", "outcome", "requestId"], "the members of a result");
  must((result.outcome === "failed") === (result.error !== null), "an error comes with the outcome failed, and only then");
  const has = isRefCampaign(event) ? ["recorded", "duplicate"] : ["recorded"];
  must(has.includes(result.outcome) === (result.data !== null), "data come with a good outcome, and only then");
  if (result.error) mustBeSoundError(api, result, isRefCampaign(event), otherOf(event));
}

function mustBeSoundError(api, { error, attempts, requestId }, isRefCampaigns, other) {
  const className = other?.error ?? (isRefCampaigns ? "RefCampaignError" : (CLASSES[error.kind] ?? "RefportError"));
  const Class = (other ? api[other.name] : api)[className];
  must(error instanceof Class, `${error.kind} is no ${className}`);
  must(error instanceof api.ConversionError && error instanceof Error, "a base is missing");
  same(error instanceof api.RefportError, !isRefCampaigns && !other, "whether it is one of Refport's");
  same(Object.getPrototypeOf(error) === Class.prototype, true, `the class of ${error.kind}`);
  same(error.name, className, "the name of the error");
  same([error.attempts, error.requestId], [attempts, requestId], "what the error and the result both say");
  const members = isRefCampaigns ? [...ERROR_MEMBERS, "details", "externalId"] : ERROR_MEMBERS;
  for (const member of members) must(error[member] !== undefined, `error.${member} is undefined`);
  const known = [...members, "cause", "stack"];
  same(Object.getOwnPropertyNames(error).filter((name) => !known.includes(name)), [], "members nobody documents");
  must(error.message.length > 10, "the message says nothing");
  const told = JSON.stringify(error) + String(error) + error.stack + Object.getOwnPropertyNames(error).map((name) => String(error[name]));
  for (const secret of [KEY, "Bearer", "alice@example.com", "Alice Example"]) {
    must(!told.includes(secret), `the error tells ${secret}`);
  }
}

/** What a vector's `expected` says of a failure, taken from an error. */
export function described(result) {
  const { outcome, error, requestId } = result;
  if (!error) return { outcome, requestId };
  const { kind, status, code, serviceMessage, retryable, maybeRecorded, retryAfterMs } = error;
  return { outcome, kind, status, code, serviceMessage, retryable, maybeRecorded, retryAfterMs, requestId };
}
