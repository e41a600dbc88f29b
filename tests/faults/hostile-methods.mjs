// What every method of both clients is given that nobody should pass, each with what must come of it: parameters, options
// of one call, transports. See hostile-calls.mjs.

import { call, HASH, METHODS, NAMES, WITH_PARAMS } from "./hostile-calls.mjs";
import {
  bad,
  cyclic,
  double,
  fails,
  good,
  is,
  isClear,
  isRefused,
  nested,
  refuses,
  revoked,
  sends,
  shown,
  thrower,
} from "./hostile-tools.mjs";

const each = (names, title, give, expect, more = {}) =>
  names.map((name) => ({
    name: `${name}: ${title}`,
    act: (tools) => call(tools, name, give(METHODS[name].params, tools)),
    expect,
    ...more,
  }));

const paramCases = () => [
  ...each(NAMES, "nothing odd", () => ({}), is("recorded")),
  ...["text", 5, true, 7n, Symbol("no")].flatMap((params) =>
    each(WITH_PARAMS, `parameters that are ${shown(params)}`, () => ({ params }), isRefused),
  ),
  ...WITH_PARAMS.flatMap((name) =>
    METHODS[name].required.flatMap((field) =>
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
    Object.keys(METHODS[name].params)
      .concat("extra")
      .flatMap((field) => [
        ...each([name], `a ${field} whose getter throws`, (params) => ({ params: bad(field, params) }), refuses(field)),
        ...[2n ** 64n, Symbol("no"), () => {}, thrower(), revoked(), cyclic()].flatMap((value, index) =>
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

/** The cases. */
export const methodCases = () => [...paramCases(), ...optionCases(), ...transportCases()];
