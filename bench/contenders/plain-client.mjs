// A plain JavaScript client of the same job, for comparison: what one writes in an afternoon, and what services publish.
//
// In: parameters as the service takes them. Out: `{ data, error }`. It splits the Cookie header, stringifies, fetches and
// parses, and has a class for each of five errors. On purpose it has nothing else: no check of what it is given, no
// timeout, no retry, no reading of Retry-After. Written to be fast where that costs no line; what it leaves out is
// listed in RESULTS.md, since every ratio there is against it.

export class ApiError extends Error {
  constructor(message, status, code) {
    super(message);
    this.name = new.target.name;
    this.status = status;
    this.code = code;
  }
}
export class AuthError extends ApiError {}
export class NotFoundError extends ApiError {}
export class ValidationError extends ApiError {}
export class RateLimitError extends ApiError {}

const CLASSES = { 400: ValidationError, 401: AuthError, 404: NotFoundError, 422: ValidationError, 429: RateLimitError };

export class Client {
  #apiKey;
  #baseUrl;
  #fetch;

  constructor({ apiKey, baseUrl = "https://app.refport.co", fetch = globalThis.fetch }) {
    if (!apiKey) throw new Error("apiKey is required");
    this.#apiKey = apiKey;
    this.#baseUrl = baseUrl;
    this.#fetch = fetch;
    this.track = {
      sale: (params) => this.#post("/api/track/sale", params),
      lead: (params) => this.#post("/api/track/lead", params),
    };
    this.embedTokens = { create: (params) => this.#post("/api/embed/token", params) };
  }

  async #post(path, params) {
    const fetch = this.#fetch;
    const response = await fetch(this.#baseUrl + path, {
      method: "POST",
      headers: { authorization: `Bearer ${this.#apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(params),
    });
    const body = await response.json();
    if (response.ok) return { data: body, error: null };
    const { message = "Unknown error", code = "UNKNOWN" } = body.error ?? {};
    return { data: null, error: new (CLASSES[response.status] ?? ApiError)(message, response.status, code) };
  }
}

export function getClickIdFromRequest(request, cookieName = "refp_id") {
  if (request.cookies && cookieName in request.cookies) return request.cookies[cookieName];
  const { headers } = request;
  return getClickIdFromCookie(headers instanceof Headers ? headers.get("cookie") : headers.cookie, cookieName);
}

export function getClickIdFromCookie(header, cookieName = "refp_id") {
  if (!header) return null;
  for (const cookie of header.split(";")) {
    const [name, ...value] = cookie.split("=");
    if (name.trim() === cookieName) return value.join("=").trim() || null;
  }
  return null;
}
