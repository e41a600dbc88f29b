// Options that nobody should pass, each with what must come of it. See hostile-tools.mjs.

import { bad, cyclic, is, isClear, KEY, refuses, revoked, SALE, sell, shown, thrower } from "./hostile-tools.mjs";

const config = (name, change, expect) => ({ name, act: (tools) => sell(tools, { config: change(tools) }), expect });
const instead = (name, make, expect) => ({
  name,
  act: (tools) => tools.api.track_sale(undefined, SALE, make(tools)),
  expect,
});
const signal = (change = {}) => ({ aborted: false, addEventListener() {}, removeEventListener() {}, ...change });

/** The cases; a function, since a Worker makes no signal while it loads. */
export const configCases = () => [
  ...[null, undefined, "rk_test", 5, 7n, Symbol("no"), [], {}].map((value) =>
    instead(`options that are ${shown(value)}`, () => value, refuses("apiKey")),
  ),
  instead("options of which every use throws", thrower, is("failed")),
  instead("options that are a revoked Proxy", revoked, refuses("apiKey")),
  instead(
    "options on a prototype",
    ({ transport }) => Object.create({ apiKey: KEY, fetch: transport }),
    is("recorded"),
  ),
  ...["", " ", "a b", "a\nb", "a\0b", "\ud800", "schlüssel\u2028", 5, {}, { toString: () => "rk" }, Symbol("no")].map(
    (apiKey) => config(`apiKey ${shown(apiKey)}`, () => ({ apiKey }), refuses("apiKey")),
  ),
  ...[
    "",
    "app.refport.co",
    "http://shop.test",
    "https://a@b.test",
    "https://a.test?x",
    "javascript:alert(1)",
    5,
    {},
    Symbol("no"),
    "https://\ud800.test",
    "https://a.test:99999",
    "https://[",
    "https://1.2.3.4.5",
    "http://[::1]:x",
  ].map((baseUrl) => config(`baseUrl ${shown(baseUrl)}`, () => ({ baseUrl }), refuses("baseUrl"))),
  ...["timeoutMs", "budgetMs", "maxAttempts"].flatMap((name) =>
    [0, -1, NaN, Infinity, "5", 5n, {}, Symbol("no")].map((value) =>
      config(`${name} ${shown(value)}`, () => ({ [name]: value }), refuses(name)),
    ),
  ),
  config("timers of 2^40 ms", () => ({ timeoutMs: 2 ** 40, budgetMs: 2 ** 40 }), is("recorded")),
  ...["apiKey", "baseUrl", "timeoutMs", "signal", "onAttempt", "fetch", "cookieName"].map((name) =>
    instead(
      `a ${name} whose getter throws`,
      ({ transport }) => bad(name, { apiKey: KEY, fetch: transport }),
      refuses(name),
    ),
  ),
  ...[5, "text", {}, Symbol("no"), { fetch: 5 }, bad("fetch"), revoked()].map((fetch, index) =>
    config(`fetch number ${index} that cannot be called`, () => ({ fetch }), refuses("fetch")),
  ),
  ...[5, "text", {}, Symbol("no"), new EventTarget(), bad("aborted"), revoked()].map((value, index) =>
    config(`signal number ${index} that is none`, () => ({ signal: value }), refuses("signal")),
  ),
  config(
    "a signal that has fired",
    () => ({ signal: AbortSignal.abort(cyclic()) }),
    (result) => (result.attempts === 0 ? undefined : "something was sent"),
  ),
  config(
    "a signal whose addEventListener throws",
    () => ({ signal: signal({ addEventListener: thrower() }) }),
    isClear,
  ),
  config(
    "a signal whose removeEventListener throws",
    () => ({ signal: signal({ removeEventListener: thrower() }) }),
    isClear,
  ),
  config(
    "a signal without removeEventListener",
    () => ({ signal: signal({ removeEventListener: undefined }) }),
    isClear,
  ),
  config(
    "a signal that calls its listener at once",
    () => ({ signal: signal({ addEventListener: (_, listen) => listen() }) }),
    isClear,
  ),
  config(
    "a signal whose `aborted` throws the second time",
    () => {
      let reads = 0;
      return {
        signal: {
          ...signal(),
          get aborted() {
            reads += 1;
            if (reads > 1) throw new Error("no");
            return false;
          },
        },
      };
    },
    // A signal that broke cannot have fired, and must not cost a sale.
    is("recorded"),
  ),
  ...[5, "text", {}, Symbol("no")].map((onAttempt) =>
    config(`onAttempt ${shown(onAttempt)}`, () => ({ onAttempt }), refuses("onAttempt")),
  ),
  config("an onAttempt that throws", () => ({ onAttempt: thrower() }), is("recorded")),
  config("an onAttempt that rejects", () => ({ onAttempt: () => Promise.reject(thrower()) }), is("recorded")),
  config("an onAttempt that never ends", () => ({ onAttempt: () => new Promise(() => {}) }), is("recorded")),
  config("an onAttempt that answers a thenable that throws", () => ({ onAttempt: () => bad("then") }), is("recorded")),
  config(
    "an onAttempt that calls back",
    (tools) => ({ onAttempt: () => tools.api.getClickIdFromRequest(tools.request) }),
    is("recorded"),
  ),
  ...[5, "text", {}, Symbol("no"), { waitUntil: 5 }, revoked()].map((waitUntil, index) =>
    config(`waitUntil number ${index} that holds nothing`, () => ({ waitUntil }), refuses("waitUntil")),
  ),
  // In workerd the platform's own holds the call then.
  config("a waitUntil that throws", () => ({ waitUntil: thrower() }), is("recorded", "pending")),
  config("an object whose waitUntil throws", () => ({ waitUntil: { waitUntil: thrower() } }), is("recorded", "pending")),
  ...[5, "text", {}, Symbol("no")].map((onResult) =>
    config(`onResult ${shown(onResult)}`, () => ({ onResult }), refuses("onResult")),
  ),
  config("an onResult that throws", () => ({ onResult: thrower() }), is("recorded")),
  config("an onResult that rejects", () => ({ onResult: () => Promise.reject(thrower()) }), is("recorded")),
  config("an onResult that never ends", () => ({ onResult: () => new Promise(() => {}) }), is("recorded")),
  config("an onResult that answers a thenable that throws", () => ({ onResult: () => bad("then") }), is("recorded")),
  ...["always", 5, { replay: "never" }, { replay: 5 }, bad("replay"), revoked()].map((retry, index) =>
    config(`retry number ${index} that is none`, () => ({ retry }), index < 2 ? isClear : refuses("retry.replay")),
  ),
  config(
    "100,000 unknown options",
    () => Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`o${index}`, 1])),
    refuses("o0"),
  ),
  ...["", 5, {}, Symbol("no")].map((cookieName) =>
    config(`cookieName ${shown(cookieName)}`, () => ({ cookieName }), refuses("cookieName")),
  ),
  config("cookieName __proto__", () => ({ cookieName: "__proto__" }), is("recorded")),
];
