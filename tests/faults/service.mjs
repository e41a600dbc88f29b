// The fault service: it fails on command, and keeps books of what it was sent and what it recorded.
//
// In: scripts, one for each ID; the ID is in the path of the client's `baseUrl` (http://127.0.0.1:PORT/s/ID), so that
// any client can be sent through any script. Each request of an ID gets the script's next entry; the last one repeats.
// Out: its origin, and the books of each ID. What an entry means is answers.mjs's.
//
// It listens on loopback only, answers at most so many requests, and stops by itself.

import { createServer } from "node:http";
import { errorText, plan } from "./answers.mjs";

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
    response.end(goodSale({}));
  });
  let served = 0;
  const main = await listen(async (request, response) => {
    served += 1;
    if (served > MOST_REQUESTS) return response.destroy();
    const id = idOf(request.url);
    await serve(pageOf(id), `${other.origin}/s/${id}/api/track/sale`, request, response);
  });
  const stop = async () => {
    clearTimeout(end);
    await Promise.all([main.close(), other.close()]);
  };
  const end = setTimeout(stop, lifetimeMs);
  end.unref();
  const closed = await closedPort();
  return {
    /** Gives the ID its script; answers the `baseUrl` for it. */
    play(id, script) {
      pageOf(id).script = script;
      return script[0].connection === "refused" ? `http://${HOST}:${closed}/s/${id}` : `${main.origin}/s/${id}`;
    },
    /** What the ID's client did, as plain data. */
    books: (id) => pageOf(id).read(),
    stop,
  };
}

const idOf = (url) => url.split("/")[2] ?? "";

/** The books of one script. */
class Page {
  script = ["good"];
  requests = [];
  ledger = [];
  elsewhere = [];
  #mayReturn = () => true;

  /** Notes a request; answers the entry of the script that is its. */
  begin(request, body) {
    const answer = this.script[Math.min(this.requests.length, this.script.length - 1)];
    const { url, method } = request;
    const path = url.slice(url.indexOf("/api/"));
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

  /** Books the event as the real service does: an invoice once, whatever has none each time. */
  record(path, event) {
    const isSale = path.endsWith("/sale");
    const invoiceId = isSale ? event.invoiceId : undefined;
    if (invoiceId !== undefined && this.ledger.some((booked) => booked.invoiceId === invoiceId)) {
      return { status: 409, text: errorText("DUPLICATE_INVOICE", "a sale with this invoice was recorded before") };
    }
    this.ledger.push({ path, invoiceId });
    return { status: 200, text: isSale ? goodSale(event) : goodLead(event) };
  }

  read() {
    const { requests, ledger, elsewhere } = this;
    return {
      requests: requests.length,
      recorded: ledger.length,
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
  // What a broken answer is a piece of.
  const draft = { status: 200, text: entry.path.endsWith("/sale") ? goodSale(event) : goodLead(event) };
  const said = `you sent ${request.headers.authorization} and ${body}, in other words ${body.toUpperCase()}`;
  const { seen, mayReturn, put } = plan(answer, { response, elsewhere, said, good: answer === "good" ? ours : draft });
  // The books are right before the client can look at them.
  page.end(entry, seen, mayReturn);
  await put();
}

function isWellFormed(method, path, headers, body) {
  const isKnown = path === "/api/track/sale" || path === "/api/track/lead";
  const isAuthorised = /^Bearer \S+$/.test(headers.authorization ?? "");
  return (
    method === "POST" &&
    isKnown &&
    isAuthorised &&
    /^application\/json/.test(headers["content-type"]) &&
    parse(body) !== null
  );
}

// The answers repeat nothing of the customer, so that whatever is found of one in an error was not found here.
const CUSTOMER = { externalId: "known_to_the_service", email: null, name: null };

function goodSale({ amount, currency = "usd", invoiceId = null, paymentProcessor = "custom" }) {
  const sale = {
    id: "sale_xyz",
    amount,
    currency,
    commissionAmount: 490,
    status: "pending",
    invoiceId,
    paymentProcessor,
  };
  return JSON.stringify({ eventName: "Purchase", customer: CUSTOMER, sale });
}

function goodLead({ eventName }) {
  const link = { id: "lnk_abc", domain: "go.shop.test", key: "alice", url: "https://shop.test", programId: null };
  return JSON.stringify({ eventName, click: { id: "clk_xyz" }, link, customer: CUSTOMER });
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
