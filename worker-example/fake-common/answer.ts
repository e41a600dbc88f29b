// What every fake service says: an answer, and a request body that is either right or has one.
// Not its job: what any service's answers look like; each has a contract.ts.

/** An answer of the service before it becomes a Response. */
export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

export type Checked<T> = { value: T; answer: null } | { value: null; answer: Answer };

/** `retryAfter` is sent as it is; `null` sends no header. */
export function withRetryAfter(answer: Answer, retryAfter: string | null): Answer {
  return retryAfter === null ? answer : { ...answer, headers: { "retry-after": retryAfter } };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
