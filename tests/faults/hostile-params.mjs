// Parameters that no form sends and some code passes, each with what must come of it. See hostile-tools.mjs.

import {
  bad,
  cyclic,
  is,
  isClear,
  isRefused,
  KEY,
  nested,
  refuses,
  revoked,
  SALE,
  sell,
  sends,
  shown,
  thrower,
} from "./hostile-tools.mjs";

const sale = (name, change, expect, more = {}) => ({
  name,
  act: (tools) => sell(tools, { sale: change() }),
  expect,
  ...more,
});
const whole = (name, params, expect) => ({
  name,
  act: ({ api, transport }) => api.track_sale(undefined, params(), { apiKey: KEY, fetch: transport }),
  expect,
});

/** The cases. */
export const paramCases = () => [
  ...["text", 5, true, 7n, Symbol("no")].map((params) =>
    whole(`parameters that are ${shown(params)}`, () => params, isRefused),
  ),
  ...[null, undefined].map((params) =>
    whole(`parameters that are ${params}`, () => params, refuses("customerExternalId")),
  ),
  whole("parameters of which every use throws", thrower, isRefused),
  whole("parameters that are a revoked Proxy", revoked, refuses("amount")),
  whole("parameters that refuse to name their fields", () => new Proxy(SALE, { ownKeys: thrower() }), isClear),
  ...Object.keys(SALE)
    .concat("metadata", "customerEmail")
    .map((field) => whole(`a ${field} whose getter throws`, () => bad(field, SALE), refuses(field))),
  ...[
    NaN,
    Infinity,
    -Infinity,
    49.9,
    2 ** 53,
    -1,
    "4900",
    4900n,
    Symbol("no"),
    {},
    [4900],
    true,
    null,
    undefined,
    new Number(4900),
  ].map((amount) => sale(`amount ${shown(amount)}`, () => ({ amount }), refuses("amount"))),
  sale(
    "amount -0",
    () => ({ amount: -0 }),
    sends((body, text) => Object.is(body.amount, 0) && text.includes('"amount":0')),
  ),
  sale(
    "amount 2^53 - 1",
    () => ({ amount: 2 ** 53 - 1 }),
    sends((body) => body.amount === 2 ** 53 - 1),
  ),
  whole(
    "an amount that changes its mind",
    () => {
      let reads = 0;
      return {
        ...SALE,
        get amount() {
          reads += 1;
          return reads === 1 ? 4900 : "x";
        },
      };
    },
    sends((body) => body.amount === 4900),
  ),
  ...[
    ["a BigInt", () => 7n],
    ["a Symbol", () => Symbol("no")],
    ["a function", () => () => {}],
    ["text", () => "text"],
    ["a list", () => [1]],
    ["of which every use throws", thrower],
    ["a revoked Proxy", revoked],
    ["with a toJSON that throws", () => ({ toJSON: thrower() })],
    ["with a toJSON that answers text", () => ({ toJSON: () => "text" })],
  ].map(([what, make]) => sale(`metadata ${what}`, () => ({ metadata: make() }), refuses("metadata"))),
  sale("cyclic metadata", () => ({ metadata: cyclic() }), refuses("metadata.root")),
  sale("metadata with a BigInt beyond 2^53 in it", () => ({ metadata: { a: 2n ** 64n } }), refuses("metadata.a")),
  sale("metadata with a BigInt in it", () => ({ metadata: { a: 7n } }), sends((body) => body.metadata.a === 7)),
  // Some engines refuse to stringify it, others do: either is an answer.
  sale("metadata of 100,000 levels", () => ({ metadata: nested(100_000) }), isClear, { mayRecycle: true }),
  sale("metadata of 1,000 levels", () => ({ metadata: nested(1000) }), isClear),
  sale(
    "metadata of 900 kB",
    () => ({ metadata: { text: "x".repeat(900_000) } }),
    sends((body) => body.metadata.text.length === 900_000),
    { mayRecycle: true },
  ),
  sale("metadata of 5 MB", () => ({ metadata: { text: "x".repeat(5 << 20) } }), refuses("metadata")),
  ...[
    ["that grows", grows],
    ["that holds one list 2^40 times", () => Array.from({ length: 40 }).reduce((list) => [list, list], [1])],
    ["that says it has 2^32 - 1 items", () => Object.assign([], { length: 2 ** 32 - 1 })],
  ].map(([what, make]) => sale(`metadata ${what}`, () => ({ metadata: { part: make() } }), isRefused)),
  sale("100,000 members that are functions", () => many(() => () => {}), isRefused),
  sale("metadata that calls back", () => ({ metadata: {} }), is("recorded")),
  sale(
    "a customerName of nearly 1 MB",
    () => ({ customerName: "é".repeat(500_000) }),
    sends((body) => body.customerName.length === 500_000),
    { mayRecycle: true },
  ),
  sale("a customerName of more than 1 MB", () => ({ customerName: "é".repeat(1 << 19) }), refuses("customerName"), {
    mayRecycle: true,
  }),
  sale(
    "a customerName cut in an emoji",
    () => ({ customerName: "Robin \ud83d" }),
    sends((body) => body.customerName === "Robin \ufffd"),
  ),
  sale(
    "a customerExternalId cut in an emoji",
    () => ({ customerExternalId: "u\ud83d" }),
    refuses("customerExternalId"),
  ),
  sale(
    "halves of surrogate pairs in JSON",
    () => ({ metadata: { name: "a\ud83d", "\udfff": "\\ud83d \ud83d\ude00" }, "x\ud83d": 1 }),
    sends(({ metadata, "x\ufffd": extra }) => {
      return metadata.name === "a\ufffd" && metadata["\ufffd"] === "\\ud83d \ud83d\ude00" && extra === 1;
    }),
  ),
  ...[5, {}, [], 7n, Symbol("no"), () => {}, new String("abc"), { toString: () => "abc" }, thrower()].map(
    (clickId, index) => sale(`clickId number ${index} that is no text`, () => ({ clickId }), refuses("clickId")),
  ),
  ...[
    ["a Symbol", () => Symbol("no")],
    ["a function", () => () => {}],
    ["a BigInt beyond 2^53", () => 2n ** 64n],
  ].map(([what, make]) => sale(`an unknown field that is ${what}`, () => ({ extra: make() }), refuses("extra"))),
  sale("an unknown field that is a BigInt", () => ({ extra: 7n }), sends((body) => body.extra === 7)),
  sale("an unknown field that is cyclic", () => ({ extra: cyclic() }), refuses("extra.root")),
  sale(
    "unknown fields with odd names",
    () => ({ 'a":1,"amount': 1, "\ud800": 1, "\n": 1, "": 1 }),
    sends((body) => body.amount === 4900 && body[""] === 1),
  ),
  whole(
    "an own field called __proto__",
    () => JSON.parse(JSON.stringify(SALE).replace("{", '{"__proto__":{"amount":1},')),
    sends((body) => body.amount === 4900),
  ),
  sale(
    "10,000 unknown fields",
    () => Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`f${index}`, index])),
    sends((body) => body.f9999 === 9999),
    { mayRecycle: true },
  ),
  whole(
    "a frozen instance of a class",
    () => Object.freeze(Object.assign(new (class Sale {})(), SALE)),
    is("recorded"),
  ),
];

/** As JSON it holds itself, deeper each time. */
const grows = () => ({ toJSON: () => [grows(), grows()] });

const many = (make) => Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`f${index}`, make()]));
