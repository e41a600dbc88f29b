// The calls of the random suite: each is drawn whole before anything is called.
//
// In: a Random, the package, the shapes of requests. Out: `{ what, act, check }`: `act` makes the call, and `check` says what
// is wrong with how it ended, or undefined. What is sent meanwhile is the transport's to look at (random-cases.mjs).

import { METHODS } from "./hostile-calls.mjs";
import { hidden } from "./random-requests.mjs";
import { anything, members, NAMES } from "./random-things.mjs";

export const KEY = "rk_live_7c1f0a9e5b";
const OUTCOMES = ["recorded", "duplicate", "unattributed", "skipped", "failed"];

/** Short, since many calls wait for something that never comes. */
const LIMITS = { timeoutMs: 40, budgetMs: 80, maxAttempts: 2 };
const ORIGINS = [undefined, "https://shop-a.test", "https://shop-b.test/base", "http://127.0.0.1:9"];

const SALE = { customerExternalId: "user_1", amount: 4900, invoiceId: "in_1" };
const noSending = () => new Promise(() => {});

/** How often each is drawn. */
const CALLS = [
  [4, lookup],
  [2, sessionLookup],
  [1, cookieLookup],
  [1, hash],
  [1, webhook],
  [6, hiddenLookup],
  [6, hiddenSale],
  [5, reported],
  [8, method],
  [2, construction],
];
const DECK = CALLS.flatMap(([times, make]) => Array(times).fill(make));

export const drawCall = (random, world) => random.pick(DECK)(random, world);

const draw = (random) => anything(random);

const isTextOrNull = (value) => (value === null || typeof value === "string" ? undefined : `answered a ${typeof value}`);

function lookup(random, { api }) {
  const args = [draw(random), ...(random.chance(0.3) ? [draw(random)] : [])];
  return { what: "getClickIdFromRequest", act: () => api.getClickIdFromRequest(...args), check: isTextOrNull };
}

function sessionLookup(random, { api }) {
  const request = draw(random);
  return { what: "getSessionIdFromRequest", act: () => api.getSessionIdFromRequest(request), check: isTextOrNull };
}

function cookieLookup(random, { api }) {
  const args = [draw(random), ...(random.chance(0.3) ? [draw(random)] : [])];
  return { what: "getClickIdFromCookie", act: () => api.getClickIdFromCookie(...args), check: isTextOrNull };
}

/** It throws a TypeError, as is documented. */
function hash(random, { api }) {
  const email = draw(random);
  return {
    what: "hashEmail",
    act: () => api.hashEmail(email),
    check: isTextOrNull,
    mayThrow: (error) => error instanceof TypeError && error.message.startsWith("email must be"),
  };
}

function webhook(random, { api }) {
  const from = draw(random);
  return {
    what: "verifyRefCampaignWebhook",
    act: () => api.verifyRefCampaignWebhook(from, "whsec_random"),
    check: (value) => (value?.valid === false && value.message ? undefined : `answered ${JSON.stringify(value)}`),
  };
}

function hiddenLookup(random, { api, shapes }) {
  const { request, cookieName, expected, what } = hidden(random, shapes);
  return {
    what: `getClickIdFromRequest: ${what}`,
    act: () => api.getClickIdFromRequest(request, cookieName),
    async check(value) {
      if (value === expected) return undefined;
      // It can say so on the console alone, once; a sale says it each time.
      const { outcome } = await api.track_sale(request, SALE, { ...LIMITS, apiKey: KEY, fetch: noSending, cookieName });
      return value === null && outcome === "failed" ? undefined : `expected ${expected}, found ${value}`;
    },
  };
}

function hiddenSale(random, world) {
  const { request, cookieName, expected, what } = hidden(random, world.shapes);
  const { config, transport } = options(random, world, []);
  const given = random.chance(0.2) ? Promise.resolve(request) : request;
  return {
    what: `track_sale: ${what}`,
    act: () => world.api.track_sale(given, SALE, { ...config, cookieName }),
    check(result) {
      const wrong = isClear(world)(result);
      if (wrong || result.outcome === "failed") return wrong;
      if (result.outcome !== "recorded") return `the click ID ${expected} was there, and the sale was ${result.outcome}`;
      const { clickId } = JSON.parse(transport.sent.at(-1).init.body);
      return clickId === expected ? undefined : `sent ${clickId} in place of ${expected}`;
    },
  };
}

/** A result that says what became of the call, whatever it is, but not that this package has a defect. */
const isClear = ({ api }) => (result) => {
  const { outcome, error, attempts } = result ?? {};
  if (!OUTCOMES.includes(outcome) || !Number.isInteger(attempts)) return `no result: ${JSON.stringify(result)}`;
  if ((outcome === "failed") !== (error !== null)) return `${outcome}, with an error that is ${error}`;
  if (error && !(error instanceof api.RefportError)) return `an error of another class: ${error?.stack}`;
  return error?.kind === "internal" ? "says that this package has a defect" : undefined;
};

/** The options of a call, with hostile members among them, and the transport that they lead to. */
function options(random, { makeTransport }, names) {
  const config = members(random, () => draw(random), {}, names.length > 0 ? names : ["other"]);
  delete config.other;
  const origin = random.pick(ORIGINS);
  const transport = makeTransport(origin);
  const isGood = random.chance(0.8);
  const good = { ...LIMITS, apiKey: KEY, fetch: isGood || names.length === 0 ? transport.fetch : draw(random) };
  for (const [name, value] of Object.entries(good)) {
    Object.defineProperty(config, name, { value, enumerable: true, writable: true, configurable: true });
  }
  return { config, origin, transport };
}

const OPTION_NAMES = ["signal", "onAttempt", "onResult", "retry", "cookieName", "maxAttempts", "dangerouslyAllowBrowser", "headers"];

/** Parameters: anything, or good ones with hostile members among them. */
function paramsLike(random, good) {
  if (random.chance(0.2)) return draw(random);
  return members(random, () => draw(random), { ...good }, [...Object.keys(good), "metadata", ...NAMES]);
}

function reported(random, world) {
  const name = random.pick(["track_sale", "track_lead"]);
  const { config, origin } = options(random, world, OPTION_NAMES);
  if (origin) config.baseUrl = origin;
  const good = METHODS[name === "track_sale" ? "track.sale" : "track.lead"].params;
  const params = paramsLike(random, good);
  // Without options, a call waits for a request for as long as is documented.
  const args = random.chance(0.9) ? [draw(random), params, config] : [null, params, draw(random)];
  return { what: name, act: () => world.api[name](...args), check: isClear(world) };
}

function method(random, world) {
  const name = random.pick(Object.keys(METHODS));
  const { owner, method: methodOf, params } = METHODS[name];
  const { config, origin } = options(random, world, []);
  if (origin) config[owner === "Refport" ? "baseUrl" : "apiUrl"] = origin;
  const client = new world.api[owner](config);
  const given = params && paramsLike(random, params);
  const extra = random.chance(0.5) ? [members(random, () => draw(random), {}, OPTION_NAMES)] : [];
  const isPublic = name === "tracking.identify";
  return {
    what: name,
    isPublic,
    act: () => methodOf(client)(given, ...extra),
    check: owner === "Refport" ? isClear(world) : () => undefined,
    // Its guide documents that it rejects.
    mayThrow: (error) => owner === "RefCampaign" && isOwn(world.api.RefCampaignError, error),
  };
}

const isOwn = (Class, error) => error instanceof Class && error.kind !== "internal";

/** A client that could send nothing is not made. */
function construction(random, world) {
  const name = random.pick(["Refport", "RefCampaign"]);
  const config = random.chance(0.3) ? draw(random) : options(random, world, OPTION_NAMES).config;
  return {
    what: `new ${name}`,
    act: () => void new world.api[name](config),
    check: () => undefined,
    mayThrow: (error) => isOwn(world.api[name === "Refport" ? "RefportError" : "RefCampaignError"], error),
  };
}
