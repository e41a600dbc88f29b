// One fake service: a `fetch`, what goes through it, and the stage directions that every service has.
//
// In: the service's own rules (`refport.js`, `refcampaign.js`). Out: the object that a test gets.
// Not its job: what is recorded and answered.

import { toResponse } from "./answer.js";
import { known, RULES } from "./given.js";
import { isSuccess, readStep } from "./script.js";

const BODY_NOTED = 4_096;
const LINK = /^\/r\/([^/]+)$/;

/**
 * @param {object} rules `{ books, clock, decide(asked), follow(key), refused, limited }`. `decide` answers a request, and `follow`
 *   says where a link leads. `refused` has the answer of each status and of "duplicate" and "unattributed", and `limited` that of
 *   a request over the limit.
 * @param {readonly unknown[]} script The first steps.
 */
export function fakeService(rules, script = []) {
  const { books, clock, follow, limited } = rules;
  const steps = [script].flat().map(readStep);
  const outage = () => (books.setting("outage") === null ? undefined : readStep(books.setting("outage")));

  async function fetch(input, init) {
    const asked = await readAsked(input, init);
    asked.signal?.throwIfAborted?.();
    const link = asked.method === "GET" ? LINK.exec(asked.path) : null;
    if (link) return followed(follow(decodeURIComponent(link[1])), asked.url);
    const done = await answerTo(asked, outage() ?? steps.shift() ?? { record: true }, rules).catch((error) => ({ error }));
    books.note(noteOf(asked, done, clock.iso()));
    return ended(done, asked.signal);
  }

  return {
    takeRefusal: () => takeRefusal(books, limited),
    fake: {
      fetch,
      clock: { now: clock.now, set: clock.set, advance: clock.advance },
      get requests() {
        return books.requests.all().map(({ method, path, status, code, body, at }) => ({
          method, path, status, code, body: parsed(body) ?? body, at,
        }));
      },
      script: (...more) => void steps.push(...more.flat().map(readStep)),
      outage(step) {
        if (typeof step === "function") throw new TypeError("outage takes no function: it may have to be kept; script takes one");
        if (step !== null) readStep(step);
        books.setSetting("outage", step);
      },
      rateLimit(limit = {}) {
        const { refuseNext = 0, retryAfter = null } = known(limit, LIMIT, "rateLimit");
        books.setSetting("refuse_next", refuseNext);
        books.setSetting("retry_after", retryAfter);
      },
    },
  };
}

const LIMIT = {
  refuseNext: RULES.count,
  retryAfter: (value) => (value === null || ["string", "number"].includes(typeof value) ? null : "must be a text, or null"),
};

/** What becomes of a request: `{ said }` an answer, `{ response }` a test's own, or a `fate` that gives none. */
async function answerTo(asked, step, { decide, refused }) {
  const { record, status, headers = {}, body, fate, delayMs, answer: own } = step;
  if (delayMs) await orAborted(asked.signal, (done) => setTimeout(done, delayMs));
  const truth = record ? await decide(asked) : null;
  // Whatever it is: of what is no Response, the client tells.
  if (own) return { isOwn: true, response: await own({ ...asked.said, json: parsed(asked.text) }) };
  if (fate === "drop the connection" || fate === "never answer") return { fate };
  const given = givenBy(truth, status, fate, refused);
  const whole = { ...(given ?? refused(200)), ...(body === undefined ? {} : { body }) };
  return { said: { ...whole, headers: { ...whole.headers, ...headers } }, fate };
}

/** The service's true answer, or the one that a test asks for. */
function givenBy(truth, status, fate, refused) {
  if (fate === "duplicate" || fate === "unattributed") return refused(fate);
  if (status === undefined) return truth;
  if (!truth || !isSuccess(status)) return refused(status);
  return isSuccess(truth.status) ? { ...truth, status } : truth;
}

function noteOf({ method, path, text }, { said, response }, at) {
  const status = response?.status ?? said?.status ?? null;
  return { method, path, status, code: said?.body?.error?.code ?? null, body: text.slice(0, BODY_NOTED), at };
}

/** What `fetch` comes to. */
function ended({ said, isOwn, response, fate, error }, signal) {
  // The caller gave up while the fake took its time, or a function of a test's own threw.
  if (error) throw error;
  if (fate === "drop the connection") throw new TypeError("fetch failed: the fake service dropped the connection");
  if (fate === "never answer") return orAborted(signal, () => {});
  if (fate === "stall in the body") return stalled(said, signal);
  return isOwn ? response : toResponse(said);
}

/** The answer to a request over the limit, or null; it counts. */
function takeRefusal(books, limited) {
  const left = books.setting("refuse_next") ?? 0;
  if (left <= 0) return null;
  books.setSetting("refuse_next", left - 1);
  return limited(books.setting("retry_after"));
}

/** A request of any realm, or what `fetch` takes. */
async function readAsked(input, init = {}) {
  const request = typeof input === "object" && input !== null && "url" in input ? input : null;
  const url = new URL(request?.url ?? String(input));
  const method = String(init.method ?? request?.method ?? "GET").toUpperCase();
  const headers = new Headers(init.headers ?? request?.headers ?? {});
  const text = init.body == null ? ((await request?.text?.()) ?? "") : await textOf(init.body);
  const said = { method, path: url.pathname, headers: Object.fromEntries(headers) };
  return { url, method, headers, path: url.pathname, text, signal: init.signal ?? request?.signal, said };
}

const textOf = (body) => (typeof body === "string" ? body : new Response(body).text());

export const holdsKey = ({ headers }, apiKey) => {
  const given = headers.get("authorization");
  return apiKey === undefined ? /^Bearer \S+$/.test(given ?? "") : given === `Bearer ${apiKey}`;
};

/** Text that is not JSON reads as `undefined`, which JSON cannot say. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a partner's short link does: sends the visitor on. */
function followed(landing, from) {
  if (landing === null) return new Response("No such link\n", { status: 404 });
  const to = new URL(landing.url, from);
  to.searchParams.set(landing.parameter, landing.value);
  return new Response(null, { status: 302, headers: { location: to.href, "cache-control": "no-store" } });
}

/** Its headers come, its body never ends. */
function stalled({ status, headers }, signal) {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("{"));
      signal?.addEventListener("abort", () => controller.error(signal.reason), { once: true });
    },
  });
  return new Response(body, { status, headers: { "content-type": "application/json", ...headers } });
}

function orAborted(signal, start) {
  return new Promise((resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason ?? new Error("aborted")), { once: true });
    start(resolve);
  });
}
