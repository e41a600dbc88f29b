// What the clients of both services are put through, each with what must come of it. See hostile-tools.mjs.
//
// Refport's methods resolve, whatever they are given; RefCampaign's reject with a RefCampaignError and nothing else, and
// `identify` with that only where the values are wrong. `calling` tells it of both as one result, or throws.

import {
  bad,
  cyclic,
  double,
  fails,
  GOOD_TEXT,
  good,
  is,
  isClear,
  isRefused,
  KEY,
  nested,
  NO_RETRY,
  refuses,
  revoked,
  SALE,
  sends,
  shown,
  thrower,
} from "./hostile-tools.mjs";

const HASH = "a".repeat(64);
const SESSION = "rcs_7fKj2";

/** Every method: whose it is, where it is, what it takes, and which of these fields it must have. */
const METHODS = {
  "track.sale": ["Refport", (client) => client.track.sale, SALE, ["customerExternalId", "amount"]],
  "track.lead": [
    "Refport",
    (client) => client.track.lead,
    { clickId: "abc123", eventName: "Sign Up", customerExternalId: "user_001" },
    ["clickId", "eventName", "customerExternalId"],
  ],
  "embedTokens.create": [
    "Refport",
    (client) => client.embedTokens.create,
    { partner: { email: "partner@shop.test", name: "Robin" } },
    ["tenantId"],
  ],
  "conversions.track": [
    "RefCampaign",
    (client) => client.conversions.track,
    { externalId: "ord_42", amount: 49.9, currency: "EUR", sessionId: SESSION, metadata: { orderId: "ord_42" } },
    ["amount", "currency", "sessionId"],
  ],
  "conversions.postback": [
    "RefCampaign",
    (client) => client.conversions.postback,
    { externalId: "ord_42", amount: 4990, currency: "EUR", sessionId: SESSION },
    ["externalId", "amount", "currency", "sessionId"],
  ],
  "conversions.refund": [
    "RefCampaign",
    (client) => client.conversions.refund,
    { externalId: "ord_42" },
    ["externalId"],
  ],
  "tracking.identify": [
    "RefCampaign",
    (client) => client.tracking.identify,
    { sessionId: SESSION, customerEmailHash: HASH },
    ["sessionId", "customerEmailHash"],
  ],
  ping: ["RefCampaign", (client) => (_, options) => client.ping(options), undefined, []],
};
const NAMES = Object.keys(METHODS);
const CLASSES = ["Refport", "RefCampaign"];
const BASE_URL = { Refport: "baseUrl", RefCampaign: "apiUrl" };
const WITH_PARAMS = NAMES.filter((name) => METHODS[name][2] !== undefined);

const clientOf = ({ api, transport }, name, config = {}) =>
  new api[METHODS[name][0]]({ apiKey: KEY, fetch: transport, ...NO_RETRY, ...config });

/** How a call ended, in one form for all; throws where it ended as it must not. */
async function calling({ api }, name, pending) {
  let value;
  try {
    value = await pending;
  } catch (error) {
    const isRight = METHODS[name][0] === "RefCampaign" && error instanceof api.RefCampaignError;
    if (!isRight) throw new Error(`rejected with ${String(error?.stack ?? error)}`);
    if (name === "tracking.identify" && error.issues.length === 0) throw new Error(`identify rejected: ${error.kind}`);
    return { outcome: "failed", error, attempts: error.attempts };
  }
  if (name === "tracking.identify") {
    const { identified, error } = value;
    if (identified !== (error === null)) throw new Error("identified, and an error all the same");
    return { outcome: identified ? "recorded" : "failed", error, attempts: error?.attempts };
  }
  return { error: null, ...value };
}

/** A call with the client and the parameters as they should be, but for what is given. */
const call = (tools, name, { params = METHODS[name][2], options, config } = {}) =>
  calling(tools, name, METHODS[name][1](clientOf(tools, name, config))(params, options));

const each = (names, title, give, expect, more = {}) =>
  names.map((name) => ({
    name: `${name}: ${title}`,
    act: (tools) => call(tools, name, give(METHODS[name][2], tools)),
    expect,
    ...more,
  }));

const paramCases = () => [
  ...each(NAMES, "nothing odd", () => ({}), is("recorded")),
  ...["text", 5, true, 7n, Symbol("no")].flatMap((params) =>
    each(WITH_PARAMS, `parameters that are ${shown(params)}`, () => ({ params }), isRefused),
  ),
  ...WITH_PARAMS.flatMap((name) =>
    METHODS[name][3].flatMap((field) =>
      each([name], `parameters that are null, and so no ${field}`, () => ({ params: null }), refuses(field)),
    ),
  ),
  ...each(WITH_PARAMS, "parameters of which every use throws", () => ({ params: thrower() }), isRefused),
  ...each(WITH_PARAMS, "parameters that are a revoked Proxy", () => ({ params: revoked() }), isRefused),
  ...each(
    WITH_PARAMS,
    "parameters that refuse to name their fields",
    (params) => ({ params: new Proxy(params, { ownKeys: thrower() }) }),
    isClear,
  ),
  ...WITH_PARAMS.flatMap((name) =>
    Object.keys(METHODS[name][2])
      .concat("extra")
      .flatMap((field) => [
        ...each([name], `a ${field} whose getter throws`, (params) => ({ params: bad(field, params) }), refuses(field)),
        ...[7n, Symbol("no"), () => {}, thrower(), revoked(), cyclic()].flatMap((value, index) =>
          each(
            [name],
            `a ${field} that is odd thing ${index}`,
            (params) => ({ params: { ...params, [field]: value } }),
            isRefused,
          ),
        ),
      ]),
  ),
  ...each(
    WITH_PARAMS,
    "parameters of another realm",
    (params, { foreign }) => ({ params: foreign(params) }),
    is("recorded"),
  ),
  ...each(WITH_PARAMS, "frozen parameters", (params) => ({ params: Object.freeze({ ...params }) }), is("recorded")),
  ...each(
    WITH_PARAMS,
    "an own field called __proto__",
    (params) => ({ params: JSON.parse(JSON.stringify(params).replace("{", '{"__proto__":{"amount":1},')) }),
    is("recorded"),
  ),
  ...[5, 100_000].flatMap((levels) =>
    each(
      WITH_PARAMS,
      `metadata of ${levels} levels`,
      (params) => ({ params: { ...params, metadata: nested(levels) } }),
      // Some engines refuse to stringify it, others do: either is an answer.
      levels === 5 ? is("recorded") : isClear,
      { mayRecycle: levels > 5 },
    ),
  ),
  ...each(
    ["conversions.track"],
    "a customerEmailHash in the wrong case",
    (params) => ({ params: { ...params, customerEmailHash: HASH.toUpperCase() } }),
    sends((body) => body.customerEmailHash === HASH),
  ),
  ...[
    "1e3",
    "49.9\u0000",
    "٤٩",
    " 49.9",
    "0x10",
    "49,90",
    "-1",
    "0",
    "49.999",
    "9".repeat(400),
    "1".repeat(1 << 20),
  ].flatMap((amount) =>
    each(
      ["conversions.track"],
      `amount ${shown(amount).slice(0, 20)}`,
      (params) => ({ params: { ...params, amount } }),
      refuses("amount"),
      { mayRecycle: amount.length > 1000 },
    ),
  ),
  ...[NaN, Infinity, -0, 1e21, 0.1 + 0.2, Number.MIN_VALUE, Number.MAX_VALUE].flatMap((amount) =>
    each(
      ["conversions.track"],
      `amount ${shown(amount)}`,
      (params) => ({ params: { ...params, amount } }),
      refuses("amount"),
    ),
  ),
  {
    name: "embedTokens.create: a partner whose email throws",
    act: (tools) => call(tools, "embedTokens.create", { params: { partner: bad("email", { name: "Robin" }) } }),
    expect: isRefused,
  },
  {
    name: "embedTokens.create: a partner with a toJSON that hides the e-mail address",
    act: (tools) =>
      call(tools, "embedTokens.create", {
        params: { partner: { email: "partner@shop.test", toJSON: () => ({ name: 5 }) } },
      }),
    expect: isClear,
  },
];

const optionCases = () => [
  ...[null, undefined, "rk_test", 5, 7n, Symbol("no"), [], {}].flatMap((options) =>
    each(NAMES, `options that are ${shown(options)}`, () => ({ options }), is("recorded")),
  ),
  ...each(
    NAMES,
    "options that are a function, of which every use throws",
    () => ({ options: thrower() }),
    is("recorded"),
  ),
  ...each(
    NAMES,
    "options whose every getter throws",
    () => ({ options: new Proxy({}, { get: thrower() }) }),
    isRefused,
  ),
  ...each(NAMES, "options that are a revoked Proxy", () => ({ options: revoked() }), isRefused),
  ...["timeoutMs", "budgetMs", "maxAttempts", "signal", "onAttempt", "fetch", "apiKey"].flatMap((name) =>
    each(NAMES, `a ${name} whose getter throws`, () => ({ options: bad(name) }), refuses(name)),
  ),
  ...["timeoutMs", "budgetMs", "maxAttempts"].flatMap((name) =>
    [0, NaN, "5", {}, Symbol("no")].flatMap((value) =>
      each(NAMES, `${name} ${shown(value)}`, () => ({ options: { [name]: value } }), refuses(name)),
    ),
  ),
  ...each(
    NAMES,
    "options of another realm",
    (_, { foreign }) => ({ options: foreign({ maxAttempts: 2 }) }),
    is("recorded"),
  ),
  ...each(
    NAMES,
    "a signal that has fired",
    () => ({ options: { signal: AbortSignal.abort(cyclic()) } }),
    fails("aborted"),
  ),
  ...each(
    NAMES,
    "a signal whose addEventListener throws",
    () => ({ options: { signal: { aborted: false, addEventListener: thrower() } } }),
    isClear,
  ),
  ...each(NAMES, "an onAttempt that throws", () => ({ options: { onAttempt: thrower() } }), is("recorded")),
  ...each(
    NAMES,
    "an onAttempt that rejects",
    () => ({ options: { onAttempt: async () => thrower()() } }),
    is("recorded"),
  ),
];

/** Each: the transport of one call, and what comes of it. */
const TRANSPORTS = {
  "a transport that throws": [() => thrower(), fails("connection")],
  "a transport that rejects with nothing": [() => () => Promise.reject(), fails("connection")],
  "a transport that answers nothing": [() => async () => undefined, fails("connection")],
  "a transport that never answers": [() => () => new Promise(() => {}), fails("timeout"), { timeoutMs: 40 }],
  "a Response of another realm": [
    ({ foreignResponse }) =>
      async () =>
        foreignResponse(),
    isClear,
  ],
  "a double with status and text alone": [() => async () => double(), is("recorded")],
  "a Response whose body throws": [() => async () => bad("body", double()), fails("connection")],
  "a body that is a list": [() => async () => double({ text: async () => "[]" }), fails("invalid_response")],
  "a body that is text": [() => async () => double({ text: async () => '"text"' }), fails("invalid_response")],
  "a status that is text": [() => async () => double({ status: "200" }), is("failed")],
  "an error that is a list": [() => async () => answer(400, { error: [] }), fails("validation")],
  "an error whose details are 100,000 levels deep": [
    () => async () => double({ status: 400, text: async () => details(`${"[".repeat(1e5)}${"]".repeat(1e5)}`) }),
    fails("validation"),
  ],
  "an error with details of 200,000 texts": [
    () => async () => double({ status: 400, text: async () => details(`[${'"a",'.repeat(2e5)}"a"]`) }),
    fails("validation"),
  ],
  "an error whose details have odd names": [
    () => async () =>
      double({ status: 400, text: async () => details('{"__proto__":{"a":1},"constructor":"x","":"\\ud800"}') }),
    (result) =>
      fails("validation")(result) ?? (Object.prototype.a === undefined ? undefined : "a prototype was changed"),
  ],
  "a transport that calls the client": [
    (tools) => async () => {
      const inner = await call(tools, "track.sale");
      return inner.outcome === "recorded" ? good() : undefined;
    },
    is("recorded"),
  ],
};

const answer = (status, value) => double({ status, text: async () => JSON.stringify(value) });
const details = (json) => `{"error":{"code":"NO","message":"no","details":${json}}}`;

const transportCases = () =>
  Object.entries(TRANSPORTS).flatMap(([title, [make, expect, options = {}]]) =>
    NAMES.map((name) => ({
      name: `${name}: ${title}`,
      act: (tools) => call(tools, name, { options: { fetch: make(tools), ...options } }),
      // An identify that was told neither yes nor no is no failure.
      expect: title.startsWith("a body that is") && name === "tracking.identify" ? is("recorded") : expect,
    })),
  );

/** A client that could send nothing is not made, and says why in an error of its own. */
const refusing = (className, title, make, field) => ({
  name: `new ${className}: ${title}`,
  act: (tools) => {
    try {
      new tools.api[className](make(tools));
    } catch (error) {
      const Wanted = className === "Refport" ? tools.api.RefportValidationError : tools.api.RefCampaignError;
      if (!(error instanceof Wanted)) throw error;
      return { outcome: "failed", error };
    }
    return { outcome: "made" };
  },
  expect: field === undefined ? isRefused : refuses(field),
});

const constructorCases = () =>
  CLASSES.flatMap((name) => {
    const config = (change) => () => ({ apiKey: KEY, ...change });
    const urls = [
      "",
      "shop.test",
      "http://shop.test",
      "https://a@b.test",
      "https://a.test?x",
      5,
      {},
      Symbol("no"),
      "https://[",
    ];
    return [
      ...[null, undefined, "rk_test", 5, 7n, Symbol("no"), [], {}].map((value) =>
        refusing(name, `a config that is ${shown(value)}`, () => value, "apiKey"),
      ),
      refusing(name, "a config of which every use throws", thrower),
      refusing(name, "a config that is a revoked Proxy", revoked),
      ...["", " ", "a b", "a\nb", "\ud800", 5, {}, { toString: () => "rk" }, Symbol("no"), thrower()].map(
        (apiKey, index) => refusing(name, `odd apiKey number ${index}`, config({ apiKey }), "apiKey"),
      ),
      ...urls.map((url) =>
        refusing(name, `${BASE_URL[name]} ${shown(url)}`, config({ [BASE_URL[name]]: url }), BASE_URL[name]),
      ),
      ...["timeoutMs", "budgetMs", "maxAttempts"].flatMap((option) =>
        [0, NaN, "5", 5n, {}].map((value) =>
          refusing(name, `${option} ${shown(value)}`, config({ [option]: value }), option),
        ),
      ),
      ...["apiKey", BASE_URL[name], "timeoutMs", "signal", "onAttempt", "fetch"].map((option) =>
        refusing(name, `a ${option} whose getter throws`, () => bad(option, { apiKey: KEY }), option),
      ),
      ...[5, "text", {}, { fetch: 5 }, bad("fetch"), revoked()].map((fetch, index) =>
        refusing(name, `fetch number ${index} that cannot be called`, config({ fetch }), "fetch"),
      ),
    ];
  });

/** A method of each client, for what is about the client alone. */
const ONE_OF_EACH = ["track.sale", "conversions.track"];
const keyOf = ({ headers }) => new Headers(headers).get("authorization");

const clientCases = () => [
  ...NAMES.map((name) => ({
    name: `${name}: a method without its client`,
    act: (tools) => {
      const method = METHODS[name][1](clientOf(tools, name));
      return calling(tools, name, Reflect.apply(method, thrower(), [METHODS[name][2]]));
    },
    expect: is("recorded"),
  })),
  ...ONE_OF_EACH.map((name) => ({
    name: `${name}: a config that is changed afterwards`,
    act: (tools) => {
      const config = { apiKey: KEY, fetch: tools.transport, ...NO_RETRY };
      const client = new tools.api[METHODS[name][0]](config);
      Object.assign(config, { apiKey: "rk_other", fetch: thrower(), maxAttempts: "x" });
      return calling(tools, name, METHODS[name][1](client)(METHODS[name][2]));
    },
    expect: (result, { sent }) =>
      is("recorded")(result) ?? (keyOf(sent.at(-1)) === `Bearer ${KEY}` ? undefined : "another key was sent"),
  })),
  ...ONE_OF_EACH.map((name) => ({
    name: `${name}: a config of another realm, on a prototype`,
    act: (tools) => {
      const config = Object.create(tools.foreign({ apiKey: KEY, ...NO_RETRY }), { fetch: { value: tools.transport } });
      return calling(tools, name, METHODS[name][1](new tools.api[METHODS[name][0]](config))(METHODS[name][2]));
    },
    expect: is("recorded"),
  })),
  ...CLASSES.map((className) => ({
    name: `${className}: nothing of a client can be replaced`,
    act: ({ api, transport }) => {
      const client = new api[className]({ apiKey: KEY, fetch: transport });
      const parts = [client, ...Object.values(client).filter((part) => typeof part === "object")];
      return { outcome: parts.length > 1 && parts.every(Object.isFrozen) ? "frozen" : "open" };
    },
    expect: is("frozen"),
  })),
  {
    name: "tracking.identify: the key is not sent",
    act: (tools) => call(tools, "tracking.identify"),
    expect: (result, { sent }) =>
      is("recorded")(result) ?? (keyOf(sent.at(-1)) === null ? undefined : "a public endpoint was sent the key"),
  },
  ...NAMES.map((name) => ({
    name: `${name}: a client whose core was reset`,
    act: async (tools) => {
      const client = clientOf(tools, name);
      const before = tools.instances();
      await call(tools, "track.sale", { params: { ...SALE, metadata: { text: "x".repeat(5 << 20) } } });
      const result = await calling(tools, name, METHODS[name][1](client)(METHODS[name][2]));
      return tools.instances() > before ? result : { outcome: "the core was not reset" };
    },
    expect: is("recorded"),
    mayRecycle: true,
  })),
  { name: "100 calls at a time on one client of each", act: crowd, expect: is("nothing crossed") },
];

/** Many calls at a time on the same clients, each with an end of its own; none may get another's. */
async function crowd(tools) {
  const clients = {
    Refport: clientOf(tools, "track.sale", { fetch: service }),
    RefCampaign: clientOf(tools, "conversions.track", { fetch: service }),
  };
  const crossed = await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const name = ["track.sale", "conversions.track", "conversions.postback"][index % 3];
      const [className, of, params] = METHODS[name];
      const id = `${index % 5 === 0 ? "refused" : "good"}_${index}`;
      const told = [];
      const options = index % 2 ? { onAttempt: () => told.push(index), timeoutMs: 3000 - index } : undefined;
      const pending = of(clients[className])({ ...params, invoiceId: id, externalId: id }, options);
      const result = await calling(tools, name, pending);
      if (told.length !== index % 2) return `${name} was told of ${told.length} attempts`;
      if (result.outcome === "failed")
        return result.error.serviceMessage === `no ${id}` ? undefined : "another's error";
      if (id.startsWith("refused")) return "another's success";
      return (result.data?.sale.id ?? result.conversionId) === `of ${id}` ? undefined : "another's answer";
    }),
  );
  return { outcome: crossed.find((complaint) => complaint !== undefined) ?? "nothing crossed" };
}

/** Answers each event in its own time, with its own ID. */
async function service(_, { body }) {
  const { invoiceId, externalId } = JSON.parse(await new Response(body).text());
  const id = externalId ?? invoiceId;
  await new Promise((resolve) => setTimeout(resolve, (id.length * 7 + id.charCodeAt(id.length - 1)) % 23));
  if (id.startsWith("refused"))
    return new Response(JSON.stringify({ error: { message: `no ${id}` } }), { status: 400 });
  return new Response(JSON.stringify({ ...JSON.parse(GOOD_TEXT), sale: { id: `of ${id}` }, conversionId: `of ${id}` }));
}

const sessionCases = () =>
  [
    null,
    undefined,
    0,
    "_rc_sid=abc",
    7n,
    Symbol("no"),
    {},
    cyclic(),
    thrower(),
    revoked(),
    bad("url"),
    bad("cookies"),
    bad("headers"),
  ].map((request, index) => ({
    name: `getSessionIdFromRequest: odd request number ${index}`,
    act: ({ api }) => ({ outcome: String(api.getSessionIdFromRequest(request)) }),
    expect: is("null"),
  }));

/** The cases. */
export const clientAndMethodCases = () => [
  ...paramCases(),
  ...optionCases(),
  ...transportCases(),
  ...constructorCases(),
  ...clientCases(),
  ...sessionCases(),
];
