// What a fake service says: an answer, and a request body that is either right or has an answer of its own.
//
// An answer is `{ status, body, headers? }`. What is checked is `{ value }` or `{ answer }`.

/** `retryAfter` is sent as it is; `null` sends no header. */
export const withRetryAfter = (answer, retryAfter) =>
  retryAfter === null ? answer : { ...answer, headers: { ...answer.headers, "retry-after": retryAfter } };

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export const toResponse = ({ status, body, headers }) =>
  new Response(mayHaveBody(status) ? textOf(body) : null, {
    status,
    headers: { "content-type": "application/json", ...headers },
  });

/** A text is sent as it is, so that a proxy's HTML can be. */
const textOf = (body) => (typeof body === "string" ? body : JSON.stringify(body ?? null));

const mayHaveBody = (status) => ![101, 204, 205, 304].includes(status);

export function randomId(prefix) {
  const random = crypto.randomUUID().replaceAll("-", "").slice(0, 12);
  return prefix ? `${prefix}_${random}` : random;
}
