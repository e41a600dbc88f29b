// The fault service: it fails on command, and keeps books of what it was sent and what it recorded.
//
// In: scripts, one for each ID; the ID is in the path of the client's `baseUrl` (http://127.0.0.1:PORT/s/ID), so that
// any client can be sent through any script. Each request of an ID gets the script's next entry; the last one repeats.
// Out: its origin, and the books of each ID. What an entry means is answers.mjs's, what the services say endpoints.mjs's.
// The same call made again later goes to /again/ID: there the service is well, and its books are the same.
//
// It listens on loopback only, answers at most so many requests, and stops by itself.

import { createServer } from "node:http";
import { plan } from "./answers.mjs";
import { endpointAt, errorText, UNKNOWN } from "./endpoints.mjs";

const HOST = "127.0.0.1";
const LONGEST_LIFE_MS = 15 * 60_000;
const MOST_REQUESTS = 100_000;
const LONGEST_BODY = 16 * 1024 * 1024;

/** Starts it, with a second origin that answers well and should never hear anything. */
export async function startService({ lifetimeMs = LONGEST_LIFE_MS } = {}) {
  const pages = new Map();
  const pageOf = (id) => {
    if (!pages.has(id)) pages.set(id, new Page());
    return pages.get(id);
  };
  const other = await listen(async (request, response) => {
    const body = await readBody(request);
    pageOf(idOf(request.url)).elsewhere.push({ method: request.method, headers: request.headers, body });
    // It welcomes whoever follows: a client that does must see a success, else the test could not fail.
    response.writeHead(200, { "content-type": "application/json" });
    response.end(endpointAt(pathOf(request.url)).good({}));
  });
  let served = 0;
  const main = await listen(async (request, response) => {
    served += 1;
    if (served > MOST_REQUESTS) return response.destroy();
    const id = idOf(request.url);
    if (request.url.startsWith(AGAIN)) await serveAgain(pageOf(id), request, response);
    else await serve(pageOf(id), other.origin + request.url, request, response);
  });
  const stop = async () => {
    clearTimeout(end);
    await Promise.all([main.close(), other.close()]);
  };
  const end = setTimeout(stop, lifetimeMs);
  end.unref();
  const closed = await closedPort();
  return {
    /**
     * Gives the ID its script; answers the `baseUrl` for it. What it records goes on the books of `booksOf`, another ID, where
     * one is given: a refund has to find its conversion there.
     */
    play(id, script, booksOf = id) {
      const page = pageOf(id);
      page.script = script;
      page.ledger = pageOf(booksOf).ledger;
      return script[0].connection === "refused" ? `http://${HOST}:${closed}/s/${id}` : `${main.origin}/s/${id}`;
    },
    /** Where the ID's call can be made again, as if it were later. */
    again: (id) => `${main.origin}${AGAIN}${id}`,
    /** Puts an event on the books of the ID, as if it had come long ago. */
    record: (id, path, event) => pageOf(id).record(path, event),
    /** What the ID's client did, as plain data. */
    books: (id) => pageOf(id).read(),
    stop,
  };
}

const AGAIN = "/again/";
const idOf = (url) => url.split("/")[2] ?? "";
const pathOf = (url) => `/${url.split("/").slice(3).join("/")}`;

/** The books of one script. */
class Page {
  script = ["good"];
  requests = [];
  ledger = [];
  elsewhere = [];
  /** What was on the books, when the call was made again. */
  recorded;
  #mayReturn = () => true;

  /** Notes a request; answers the entry of the script that is its. */
  begin(request, body) {
    const answer = this.script[Math.min(this.requests.length, this.script.length - 1)];
    const { url, method } = request;
    const path = pathOf(url);
    const entry = { attempt: this.requests.length + 1, atMs: performance.now(), early: !this.#mayReturn(), seen: null };
    this.requests.push(
      Object.assign(entry, { path, body, wellFormed: isWellFormed(method, path, request.headers, body) }),
    );
    return { answer, entry };
  }

  end(entry, seen, mayReturn) {
    entry.seen = seen;
    this.#mayReturn = mayReturn;
  }

  /** Books the event as the real service does: what has an ID of the caller's once, whatever has none each time. */
  record(path, event) {
    const endpoint = endpointAt(path);
    if (endpoint.refundOf) return this.#refund(path, event, endpoint);
    const { idField, idOf = () => event[idField], duplicate, repeat, status, good } = endpoint;
    const id = idOf(event);
    if (id !== undefined && this.#booked(path, id)) {
      if (repeat) return { status, text: repeat(event) };
      return { status: 409, text: errorText(duplicate, "it was recorded before") };
    }
    this.#book(path, id, event.amount, event.customerExternalId);
    return { status, text: good(event) };
  }

  /** As the real service does: once, and never more than there is to give back. */
  #refund(path, event, { refundOf, status, good }) {
    const { externalId: id, amount } = event;
    const conversion = this.#booked(refundOf, id);
    if (!conversion) return { status: 404, text: errorText("NOT_FOUND", "there is no such conversion") };
    if (this.#booked(path, id)) return { status, text: good(event, true) };
    if (amount > conversion.amount) return { status: 400, text: errorText("VALIDATION_FAILED", "that is too much") };
    this.#book(path, id, amount ?? conversion.amount);
    return { status, text: good(event) };
  }

  #booked(path, id) {
    return this.ledger.find((booked) => booked.path === path && booked.id === id);
  }

  #book(path, id, amount, customer) {
    this.ledger.push({ path, id, amount, customer, page: this });
  }

  /** What of the books this page has put there. */
  #own() {
    return this.ledger.filter(({ page }) => page === this);
  }

  /** The service is well, for the rest of this page. */
  recordAgain(path, event) {
    this.recorded ??= this.#own().length;
    return this.record(path, event);
  }

  read() {
    const { requests, elsewhere } = this;
    const own = this.#own();
    return {
      requests: requests.length,
      recorded: this.recorded ?? own.length,
      recordedAfterRepeat: this.recorded === undefined ? null : own.length,
      amounts: own.map(({ amount }) => amount),
      customers: own.map(({ customer }) => customer),
      elsewhere: elsewhere.length,
      early: requests.filter((request) => request.early).length,
      seen: requests.map((request) => request.seen),
      malformed: requests.filter((request) => !request.wellFormed).length,
      changed: requests.filter((request) => request.body !== requests[0].body || request.path !== requests[0].path)
        .length,
    };
  }
}

async function serve(page, elsewhere, request, response) {
  const body = await readBody(request);
  const { answer, entry } = page.begin(request, body);
  const event = parse(body) ?? {};
  const ours = answer === "good" || answer.records ? page.record(entry.path, event) : undefined;
  // What a broken answer is a piece of. What was refused must not look like a success.
  const whole = ours ?? { status: 200, text: endpointAt(entry.path).good(event) };
  const said = `you sent ${request.headers.authorization} and ${body}, in other words ${body.toUpperCase()}`;
  const { seen, mayReturn, put } = plan(answer, { response, elsewhere, said, good: whole });
  // The books are right before the client can look at them.
  page.end(entry, seen, mayReturn);
  await put();
}

async function serveAgain(page, request, response) {
  const body = await readBody(request);
  const path = pathOf(request.url);
  const isGood = isWellFormed(request.method, path, request.headers, body);
  const { status, text } = isGood ? page.recordAgain(path, parse(body)) : { status: 400, text: "" };
  response.writeHead(status, { "content-type": "application/json" });
  response.end(text);
}

function isWellFormed(method, path, headers, body) {
  const isKnown = endpointAt(path) !== UNKNOWN;
  const isAuthorised = /^Bearer \S+$/.test(headers.authorization ?? "");
  return (
    method === "POST" &&
    isKnown &&
    isAuthorised &&
    /^application\/json/.test(headers["content-type"]) &&
    parse(body) !== null
  );
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function readBody(request) {
  const pieces = [];
  let bytes = 0;
  for await (const piece of request) {
    bytes += piece.length;
    if (bytes > LONGEST_BODY) throw new Error("a body too large");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

async function listen(onRequest) {
  const server = createServer((request, response) => {
    // A client that gives up halfway is one of the things to be tested.
    onRequest(request, response).catch(() => response.destroy());
  });
  // A connection is used again, as with any real service, and never closed under a request that is on its way.
  server.keepAliveTimeout = LONGEST_LIFE_MS;
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, HOST, resolve));
  return {
    origin: `http://${HOST}:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** A port where nobody listens. */
async function closedPort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, HOST, resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
