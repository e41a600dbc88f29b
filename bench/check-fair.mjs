// Whether the fair client does what it is said to do: a baseline that does less would make every ratio to it worse than it is.
//
// In: nothing; the service is a server on loopback. Out: a line for each failure, and `N passed, M failed`.

import { once } from "node:events";
import { createServer } from "node:http";
import { Client, RateLimitError, TimeoutError } from "./contenders/fair-client.mjs";
import { Client as PlainClient } from "./contenders/plain-client.mjs";
import { ANSWER, API_KEY, SALE } from "./job.mjs";

const TIMEOUT_MS = 300;
/** A client that hangs is a failure, not a suite without end. */
const LONGEST_MS = 15_000;

const visits = [];
/** What the service does at each path below its address. */
const ANSWERS = {
  recorded: (response) => response.writeHead(200, { "x-request-id": "req_1" }).end(ANSWER),
  silent: () => {},
  stalled: (response) => response.writeHead(200, { "content-length": ANSWER.length }).write(ANSWER.slice(0, 20)),
  stalledRefusal: (response) => response.writeHead(503, { "content-length": 100 }).write("<h1>"),
  redirect: (response) => response.writeHead(307, { location: "/elsewhere" }).end("moved"),
  elsewhere: (response) => response.writeHead(200).end(ANSWER),
  seconds: (response) => response.writeHead(429, { "retry-after": "7", "request-id": "req_2" }).end('{"error":{"code":"SLOW"}}'),
  date: (response) => response.writeHead(503, { "retry-after": new Date(Date.now() + 60_000).toUTCString() }).end("<h1>503</h1>"),
  nonsense: (response) => response.writeHead(503, { "retry-after": "soon" }).end("null"),
};

const server = createServer((request, response) => {
  const [, path] = request.url.split("/");
  visits.push(path);
  request.resume();
  request.on("end", () => ANSWERS[path](response));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const at = (path) => ({ apiKey: API_KEY, baseUrl: `http://127.0.0.1:${server.address().port}/${path}`, timeoutMs: TIMEOUT_MS });
const patient = (path) => ({ ...at(path), timeoutMs: LONGEST_MS });

async function sell(options, Kind = Client) {
  visits.length = 0;
  return new Kind(options).track.sale({ clickId: "click_1", ...SALE });
}

const isTimeout = async (path) => {
  const { data, error } = await sell(at(path));
  return data === null && error instanceof TimeoutError;
};

const CHECKS = {
  "a call leaves no timer behind": async () => {
    await sell({ ...patient("unused"), fetch: async () => new Response(ANSWER) });
    // The one timer is this check's own.
    return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length <= timersBefore + 1;
  },
  "a sale is recorded, and the request's ID is told": async () => {
    const { data, error, requestId } = await sell(patient("recorded"));
    return data.sale.id === "sale_xyz" && error === null && requestId === "req_1";
  },
  "a service that never answers ends in a timeout": () => isTimeout("silent"),
  "a success whose body stalls ends in a timeout": () => isTimeout("stalled"),
  "a refusal whose body stalls ends in a timeout": () => isTimeout("stalledRefusal"),
  "a redirect is an error, and nothing is sent to where it points": async () => {
    const { data, error } = await sell(patient("redirect"));
    return data === null && error.status === 307 && visits.join() === "redirect";
  },
  "the plain client follows the same redirect": async () => {
    await sell(patient("redirect"), PlainClient);
    return visits.join() === "redirect,elsewhere";
  },
  "Retry-After in seconds and the request's ID are told": async () => {
    const { error, requestId } = await sell(patient("seconds"));
    return error instanceof RateLimitError && error.code === "SLOW" && error.retryAfterMs === 7000 && requestId === "req_2";
  },
  "Retry-After as a date is told, beside a body that is no JSON": async () => {
    const { error } = await sell(patient("date"));
    return error.status === 503 && error.retryAfterMs > 0 && error.retryAfterMs <= 60_000;
  },
  "a Retry-After that means nothing is none": async () => (await sell(patient("nonsense"))).error.retryAfterMs === null,
};

const timersBefore = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
let passed = 0;
const failed = [];
for (const [name, check] of Object.entries(CHECKS)) {
  const verdict = await inTime(check).catch((error) => error);
  if (verdict === true) passed += 1;
  else failed.push(verdict instanceof Error ? `${name} (${verdict.message})` : name);
}
for (const name of failed) console.log(`FAIL ${name}`);
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length > 0 ? 1 : 0);

async function inTime(check) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, LONGEST_MS + 5000, new Error("it hangs"))));
  return Promise.race([check(), late]).finally(() => clearTimeout(timer));
}
