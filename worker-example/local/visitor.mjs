// A visitor without a browser: follows links over real HTTP, keeps cookies, asks for JSON.
// In: the shop's address. Out: what the shop answered, parsed, and every text it sent.
// Not its job: what the answers should be (journey.mjs).

const REDIRECTS = 5;
const TIMEOUT_MS = 30_000;

export class Visitor {
  #shop;
  #cookies = new Map();
  /** Everything the shop answered to this visitor: addresses, headers and bodies. */
  seen = [];

  constructor(shop) {
    this.#shop = shop;
  }

  cookie(name) {
    return this.#cookies.get(name) ?? null;
  }

  setCookie(name, value) {
    this.#cookies.set(name, value);
  }

  /** Opens a page, redirects included, as a browser would. */
  open(path) {
    return this.#go("GET", path);
  }

  /** Sends a form. */
  submit(path, fields = {}) {
    return this.#go("POST", path, new URLSearchParams(fields));
  }

  async #go(method, path, body) {
    let request = { method, body, url: new URL(path, this.#shop) };
    for (let hop = 0; hop <= REDIRECTS; hop += 1) {
      const { response, text } = await this.#send(request);
      const location = response.headers.get("location");
      if (location === null) return response.ok ? JSON.parse(text) : { httpStatus: response.status, text };
      request = { method: "GET", url: new URL(location, request.url) };
    }
    throw new Error(`more than ${REDIRECTS} redirects from ${path}`);
  }

  async #send({ method, body, url }) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      method,
      body,
      headers: { accept: "application/json", ...(cookie ? { cookie } : {}) },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    this.seen.push([url.href, ...[...response.headers].flat(), text].join("\n"));
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return { response, text };
  }

  #keep(line) {
    const [pair, ...attributes] = line.split(";");
    const at = pair.indexOf("=");
    const gone = attributes.some((attribute) => attribute.trim().toLowerCase() === "max-age=0");
    if (gone) this.#cookies.delete(pair.slice(0, at));
    else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
