// A plain JavaScript client of the same job by somebody who cares, for comparison: what one writes by hand before the first
// sale is lost in production.
//
// In: parameters as the service takes them. Out: `{ data, error, requestId }`. To the plain client it adds three things: one
// deadline over the whole exchange, the body included; `redirect: "manual"`, so that the key goes to nobody else; and the
// answer's headers, Retry-After and the request's ID. As the plain client it checks nothing and retries nothing.

import { ApiError, AuthError, NotFoundError, RateLimitError, ValidationError } from "./plain-client.mjs";

export * from "./plain-client.mjs";
export class TimeoutError extends Error {
  name = "TimeoutError";
}

const CLASSES = { 400: ValidationError, 401: AuthError, 404: NotFoundError, 422: ValidationError, 429: RateLimitError };

export class Client {
  #apiKey;
  #baseUrl;
  #fetch;
  #timeoutMs;

  constructor({ apiKey, baseUrl = "https://app.refport.co", fetch = globalThis.fetch, timeoutMs = 10_000 }) {
    if (!apiKey) throw new Error("apiKey is required");
    this.#apiKey = apiKey;
    this.#baseUrl = baseUrl;
    this.#fetch = fetch;
    this.#timeoutMs = timeoutMs;
    this.track = {
      sale: (params) => this.#post("/api/track/sale", params),
      lead: (params) => this.#post("/api/track/lead", params),
    };
    this.embedTokens = { create: (params) => this.#post("/api/embed/token", params) };
  }

  async #post(path, params) {
    const fetch = this.#fetch;
    const controller = new AbortController();
    // AbortSignal.timeout would leave its timer armed after the call.
    const timer = setTimeout(() => controller.abort(), this.#timeoutMs);
    try {
      const response = await fetch(this.#baseUrl + path, {
        method: "POST",
        headers: { authorization: `Bearer ${this.#apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(params),
        redirect: "manual",
        signal: controller.signal,
      });
      const { ok, status, headers } = response;
      const requestId = headers.get("x-request-id") ?? headers.get("request-id");
      const retryAfterMs = milliseconds(headers.get("retry-after"));
      if (ok) return { data: await response.json(), error: null, requestId };
      return { data: null, error: await refusal(response, status, retryAfterMs), requestId };
    } catch (error) {
      // The flag tells, not the error's text, which differs from runtime to runtime.
      if (!controller.signal.aborted) throw error;
      return { data: null, error: new TimeoutError(`no answer within ${this.#timeoutMs} ms`), requestId: null };
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A refusal, an outage or a redirect; the last two rarely have JSON. */
async function refusal(response, status, retryAfterMs) {
  const text = await response.text();
  const { message = `the service answered ${status}`, code = "UNKNOWN" } = errorIn(text) ?? {};
  return Object.assign(new (CLASSES[status] ?? ApiError)(message, status, code), { retryAfterMs });
}

function errorIn(text) {
  try {
    return JSON.parse(text)?.error;
  } catch {
    return undefined;
  }
}

/** Retry-After is a number of seconds or a date. */
function milliseconds(retryAfter) {
  if (!retryAfter) return null;
  const wait = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(wait) ? null : Math.max(wait, 0);
}
