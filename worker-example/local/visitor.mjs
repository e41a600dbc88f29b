// A visitor without a browser: follows links over real HTTP, keeps cookies, asks for JSON.
// In: the shop's address. Out: what the shop answered, parsed, and every text it sent.
// Not its job: what the answers should be (journey.mjs).

import { setTimeout as sleep } from "node:timers/promises";

const REDIRECTS = 5;
const TIMEOUT_MS = 30_000;

export class Visitor {
  #shop;
  #cookies = new Map();
  #setting = new Map();
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

  /** The headers of the answer that set a cookie. */
  headersThatSet(name) {
    return this.#setting.get(name) ?? null;
  }

  /** Opens a page with these headers, and keeps nothing of it: the headers of the answer. */
  async peek(path, headers) {
    const { response } = await this.#send({ method: "GET", url: new URL(path, this.#shop), headers, keeps: false });
    return response.headers;
  }

  /** Waits until each report has its first delivery, or its last one. Resolves what became of them. */
  async settled(entries, isSo = ({ outcome }) => !["queued", "pending"].includes(outcome)) {
    const end = Date.now() + TIMEOUT_MS;
    let latest = entries;
    while (!latest.every(isSo)) {
      if (Date.now() > end) throw new Error(`still not there after ${TIMEOUT_MS / 1000} s: ${JSON.stringify(latest)}`);
      await sleep(100);
      const page = await this.open("/");
      latest = latest.map((entry) => page.entries.find(({ id }) => id === entry.id) ?? entry);
    }
    return latest;
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

  async #send({ method, body, url, headers = {}, keeps = true }) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      method,
      body,
      // As a browser that looks at a page; the shop answers with the facts all the same.
      headers: { accept: "application/json, text/html", ...(cookie ? { cookie } : {}), ...headers },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    this.seen.push([url.href, ...[...response.headers].flat(), text].join("\n"));
    for (const line of response.headers.getSetCookie()) {
      if (keeps) this.#keep(line, response.headers);
    }
    return { response, text };
  }

  #keep(line, headers) {
    const [pair, ...attributes] = line.split(";");
    const at = pair.indexOf("=");
    const gone = attributes.some((attribute) => attribute.trim().toLowerCase() === "max-age=0");
    if (gone) this.#cookies.delete(pair.slice(0, at));
    else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    this.#setting.set(pair.slice(0, at), headers);
  }
}
