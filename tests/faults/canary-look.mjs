// Looks for canaries in everything a caller can see of a call, and in the memory of the core, in whatever runtime this is. No
// import of any runtime.
//
// In: the package, rows as rows.mjs takes them, and `needles`: a key, an e-mail address and a name that no one may find
// again. Out: for each call where they were found; never the canaries themselves.

import { memoryFindings, spillsInMemory } from "./canary-memory.mjs";
import { runRows } from "./rows.mjs";

const DEEPEST = 10;
const MOST_OBJECTS = 10_000;

/** @param host `{ inspect }`: Node's `util.inspect`, where the runtime has it. */
export async function runCanary(api, job, host = { inspect: () => "" }) {
  const findings = [];
  const search = (title, ...values) =>
    findings.push({
      title,
      hits: [...values.flatMap((value) => hitsIn(value, job.needles, host)), ...spillsInMemory(job.needles)],
    });
  selfTest(job, host, findings);
  await runRows(api, job, (result, reports) => {
    search(
      `${result?.outcome} ${result?.error?.kind ?? ""} ${result?.error?.status ?? ""}`,
      result,
      result?.error,
      reports,
    );
    console.log(result);
    console.error(result?.error);
    console.log("%s %o %j", result?.error, reports, reports);
  });
  for (const [title, result] of await spillingCalls(api, job)) {
    search(title, result, result.error);
    console.log(result);
  }
  for (const [title, value] of [...clients(api, job), ...(await clientCalls(api, job))]) {
    search(title, value, value?.error);
    console.log(value);
    console.log("%s %o %j", value, value, value);
  }
  return [...findings, ...(await memoryFindings(api, job))];
}

/** Clients, and what is left of those that could not be made or copied. */
function clients(api, { apiKey, needles }) {
  const words = needles.join(" ");
  const configs = {
    "a client": { apiKey },
    "a client with everything": {
      apiKey,
      fetch: async () => words,
      onAttempt: () => words,
      timeoutMs: 10,
      signal: undefined,
    },
    "a client with a key that cannot be": { apiKey: `${apiKey}\n` },
    "a client with the key in its address": {
      apiKey,
      baseUrl: `https://${apiKey}@a.test`,
      apiUrl: `https://a.test?${apiKey}`,
    },
    "a client with the key as a time": { apiKey, timeoutMs: apiKey, retry: { replay: words } },
  };
  return ["Refport", "RefCampaign"].flatMap((name) =>
    Object.entries(configs).flatMap(([title, config]) => {
      const client = attempted(() => new api[name](config));
      return [
        [`${name}: ${title}`, client],
        [`${name}: ${title}, its own copy`, attempted(() => structuredClone(client))],
        [`${name}: ${title}, spread`, { ...client }],
        [`${name}: ${title}, all of its properties`, Object.getOwnPropertyDescriptors(client)],
      ];
    }),
  );
}

function attempted(make) {
  try {
    return make();
  } catch (error) {
    return error;
  }
}

/** Every method of both clients, against services that tell all they were told, and with values that are wrong. */
async function clientCalls(api, { apiKey, customer, customerEmailHash, needles }) {
  const { customerExternalId: customerId, customerEmail, customerName } = customer;
  const words = needles.join(" ");
  const event = { clickId: "abc123", amount: 4900, eventName: "Sign Up", ...customer };
  const conversion = { externalId: "ord_42", amount: 4990, currency: "EUR", sessionId: "rcs_7fKj2" };
  const person = { customerId, customerEmail, customerEmailHash };
  const methods = {
    "track.sale": ["Refport", (client, change) => client.track.sale({ ...event, ...change })],
    "track.lead": ["Refport", (client, change) => client.track.lead({ ...event, ...change })],
    "embedTokens.create": [
      "Refport",
      (client, change) =>
        client.embedTokens.create({ partner: { email: customerEmail, name: customerName }, ...change }),
    ],
    "conversions.track": [
      "RefCampaign",
      (client, change) => client.conversions.track({ ...conversion, ...person, ...change }),
    ],
    "conversions.postback": [
      "RefCampaign",
      (client, change) => client.conversions.postback({ ...conversion, ...person, ...change }),
    ],
    "conversions.refund": [
      "RefCampaign",
      (client, change) => client.conversions.refund({ externalId: "ord_42", ...change }),
    ],
    "tracking.identify": [
      "RefCampaign",
      (client, change) => client.tracking.identify({ sessionId: "rcs_7fKj2", customerEmailHash, ...change }),
    ],
    ping: ["RefCampaign", (client) => client.ping()],
  };
  const told = (init) => `${JSON.stringify(init)} ${new Headers(init.headers).get("authorization")} ${init.body}`;
  const refusal = (said) => ({ code: "NO", message: said, details: [{ field: said, [said]: [said, { deep: said }] }] });
  const answers = {
    "a service that echoes": (said) => ({ status: 400, body: { success: false, error: refusal(said) } }),
    "a service that echoes in capitals": (said) => ({ status: 422, body: { error: refusal(said.toUpperCase()) } }),
    "a service that echoes in a success": (said) => ({ status: 200, body: { success: false, error: refusal(said) } }),
    "a service that echoes percent-encoded": (said) => ({ status: 400, body: { error: refusal(encodeURIComponent(said)) } }),
    "a service that echoes HTML-escaped": (said) => ({ status: 400, body: { error: refusal(htmlOf(said)) } }),
    "a service that echoes in JSON's escapes": (said) => ({ status: 400, body: { error: refusal(escaped(said)) } }),
    "a service whose code and IDs are what it was told": () => ({
      status: 400,
      body: { error: { code: apiKey, message: "no" }, meta: { requestId: `req-${apiKey}` } },
    }),
    "a service whose header is the key": () => ({ status: 401, body: {}, headers: { "x-request-id": `req-${apiKey}` } }),
    "a service that echoes in a 500": (said) => ({ status: 500, body: said }),
  };
  const echoing = (answer) => async (_, init) => {
    const { status, body, headers } = answer(told(init));
    return new Response(JSON.stringify(body), { status, headers });
  };
  const failing = async (_, init) => {
    throw Object.assign(new Error(words + told(init)), { name: words, init, code: apiKey.toUpperCase() });
  };
  const wrong = Object.fromEntries(
    ["clickId", "externalId", "amount", "currency", "partner", "sessionId", "customerEmailHash", "metadata"].map(
      (name) => [name, name === "amount" ? words : { words }],
    ),
  );
  const calls = Object.entries(methods).flatMap(([name, [className, run]]) => [
    ...Object.entries(answers).map(([title, answer]) => [
      `${name}: ${title}`,
      className,
      run,
      { fetch: echoing(answer) },
    ]),
    [`${name}: a transport that throws all it was given`, className, run, { fetch: failing }],
    [`${name}: values that are wrong`, className, (client) => run(client, wrong), { fetch: failing }],
  ]);
  return Promise.all(
    calls.map(async ([title, className, run, config]) => {
      const client = new api[className]({ apiKey, maxAttempts: 1, ...config });
      return [title, await run(client).catch((error) => error)];
    }),
  );
}

const ENTITIES = { "&": "&amp;", '"': "&quot;", "'": "&#39;", "<": "&lt;", ">": "&gt;" };
const htmlOf = (text) => text.replace(/[&"'<>]/g, (character) => ENTITIES[character]);
const escaped = (text) =>
  text.replace(/\W/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The search itself must find what is there, wherever it is hidden. */
function selfTest({ needles }, host, findings) {
  const places = {
    message: new Error(needles[0]),
    "a property that is not enumerable": Object.defineProperty(new Error("no"), "secret", { value: needles[1] }),
    "a symbol": Object.assign(new Error("no"), { [Symbol("secret")]: { deep: [needles[2]] } }),
    "a getter": {
      get secret() {
        return needles[0].toUpperCase();
      },
    },
  };
  for (const [place, value] of Object.entries(places)) {
    const hits = hitsIn(value, needles, host).length > 0 ? [] : [`the search does not find a canary in ${place}`];
    findings.push({ title: `a canary in ${place} is found`, hits });
  }
}

/** Transports and values that hold the canaries where an error could pick them up. */
async function spillingCalls(api, { apiKey, customer, needles }) {
  const sale = { clickId: "abc123", amount: 4900, invoiceId: "inv_001", ...customer };
  // All that a sale has: what was never sent cannot be known when a service says it.
  const words = needles.slice(0, 4).join(" ");
  const spill = (init) =>
    Object.assign(new Error(`${words} ${JSON.stringify(init)}`), { name: words, init, cause: new Error(words) });
  const transports = {
    "a transport that throws all it was given": (url, init) => {
      throw spill(init);
    },
    "a transport that rejects with all it was given": async (url, init) => {
      throw spill(init);
    },
    "a transport that rejects with a text": (url, init) => Promise.reject(words + JSON.stringify(init)),
    "a body that fails with all there is": async (url, init) =>
      new Response(new ReadableStream({ pull: (c) => c.error(spill(init)) })),
  };
  const echo = async (url, { body }) =>
    new Response(JSON.stringify({ error: { message: `no: ${words} ${body}` } }), { status: 400 });
  const values = {
    "deep metadata, and a service that echoes": [{ ...sale, metadata: deep(100) }, { fetch: echo }],
    "a long unknown field, and a service that echoes": [{ ...sale, note: "n".repeat(100_000) }, { fetch: echo }],
    "a wrong amount": [{ ...sale, amount: needles[0] }, {}],
    "a wrong currency": [{ ...sale, currency: needles[1] }, {}],
    "a name that is an object": [{ ...sale, customerName: { words } }, {}],
    "metadata that is a text": [{ ...sale, metadata: words }, {}],
    "a key with a line break": [sale, { apiKey: `${apiKey}\n` }],
    "the key in the address": [sale, { baseUrl: `https://a.test/?key=${apiKey}` }],
    "the key as a user name": [sale, { baseUrl: `https://${apiKey}@a.test` }],
    "the key as a time": [sale, { timeoutMs: apiKey, retry: { replay: words } }],
    "a signal that fired with all there is": [sale, { signal: AbortSignal.abort(spill({})) }],
  };
  const calls = [
    ...Object.entries(transports).map(([title, fetch]) => [title, sale, { fetch }]),
    ...Object.entries(values).map(([title, [params, config]]) => [title, params, config]),
  ];
  const config = { apiKey, maxAttempts: 1, fetch: async () => new Response("", { status: 500 }) };
  return Promise.all(
    calls.map(async ([title, params, change]) => [
      title,
      await api.track_sale(undefined, params, { ...config, ...change }),
    ]),
  );
}

const deep = (levels) => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);

function hitsIn(value, needles, host) {
  const views = {
    "JSON.stringify": () => JSON.stringify(value),
    String: () => String(value),
    "util.inspect": () => host.inspect(value, { depth: DEEPEST, showHidden: true, getters: true }),
    "util.inspect as it is": () => host.inspect(value),
    "Deno.inspect": () => globalThis.Deno?.inspect(value, { depth: DEEPEST, showHidden: true, getters: true }),
    "Bun.inspect": () => globalThis.Bun?.inspect(value, { depth: DEEPEST }),
    message: () => value?.message,
    stack: () => value?.stack,
    "its properties": () => [...textsIn(value)].join("\n"),
  };
  return Object.entries(views).flatMap(([view, show]) => {
    const text = String(show() ?? "").toLowerCase();
    return needles.flatMap((needle, index) =>
      text.includes(needle.toLowerCase()) ? [`canary ${index} in ${view}`] : [],
    );
  });
}

/** Every text reachable from `root`, own properties of any kind and those of its prototypes. */
function* textsIn(root) {
  const seen = new Set();
  const queue = [root];
  for (const value of queue) {
    if (typeof value === "string") yield value;
    const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
    if (!isObject || seen.has(value) || seen.size >= MOST_OBJECTS) continue;
    seen.add(value);
    for (const key of Reflect.ownKeys(value))
      queue.push(typeof key === "symbol" ? key.description : key, read(value, key));
    queue.push(Object.getPrototypeOf(value));
  }
}

function read(object, key) {
  try {
    return object[key];
  } catch {
    // Members of a prototype that only work on an instance.
    return undefined;
  }
}
