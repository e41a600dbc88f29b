// Values of every hostile kind, drawn by chance. No import: it runs everywhere.
//
// In: a Random. Out: a value that a caller could hand over, whatever it is used for. None of them holds a click ID, and
// none is without end in itself: what has no end (an iterator, a chain of Proxies) only goes on while it is asked.

/** Members that this package looks for somewhere, and some that the language does. */
export const NAMES = [
  ..."url headers cookies get query path request req raw node web event Records cf body rawBody href rawUrl".split(" "),
  ..."querystring rawQueryString multiValueHeaders queryStringParameters requestContext append sort next".split(" "),
  ..."name value multiValue length constructor toString valueOf toJSON __proto__ status ok text json".split(" "),
  ..."amount currency metadata partner email clickId customerExternalId invoiceId eventName sessionId".split(" "),
  ..."externalId apiKey fetch signal onAttempt timeoutMs budgetMs maxAttempts retry replay cookieName waitUntil".split(" "),
];

const complain = () => {
  throw new Error("no");
};

const TRAPS = ["get", "has", "ownKeys", "getOwnPropertyDescriptor", "getPrototypeOf", "set", "apply", "construct"];

/** A list says that it has so many; nobody may count them. */
const COUNTLESS = 2 ** 32 - 1;

const PLAIN = [undefined, null, true, false, 0, -0, NaN, Infinity, 1e308, 2 ** 53, -1, "", " ", "/", "?", ";", "=", "a=b"];

const TEXTS = [
  () => "x".repeat(70_000),
  () => "; ".repeat(20_000),
  () => "a=b; refp_i=x; refp_idd=x; ".repeat(1000),
  () => "%".repeat(9999),
  () => "\ud800",
  () => "\r\n\0\x1b[2J",
  () => "https://evil.test/",
  () => "//evil.test",
  () => "https://[",
];

/** Every kind; `inner` draws what is inside, less and less deep. */
const KINDS = [
  (random) => random.pick(PLAIN),
  (random) => random.pick(TEXTS)(),
  () => Symbol("no"),
  () => 7n,
  () => 2n ** 70n,
  () => new Date(NaN),
  () => /x/g,
  () => new Map([["url", 1]]),
  () => new WeakMap(),
  () => new Uint8Array(8),
  () => new Error("no"),
  () => complain,
  () => () => undefined,
  () => Promise.resolve("x"),
  () => ({ then: complain }),
  () => ({ then: (resolve) => resolve({}) }),
  () => ({ then() {} }),
  () => Object.create({}, { then: { get: complain } }),
  (random, inner) => () => inner(),
  (random, inner) => settled(inner()),
  (random, inner) => members(random, inner, {}),
  (random, inner) => members(random, inner, Object.create(null)),
  (random, inner) => members(random, inner, new (class Some {})()),
  (random, inner) => members(random, inner, () => inner()),
  (random, inner) => Object.freeze(members(random, inner, {})),
  (random, inner) => Object.create(Object(inner())),
  (random, inner) => getters(random, inner),
  (random, inner) => Array.from({ length: 4 }, inner),
  (random, inner) => members(random, inner, Array.from({ length: 2 }, inner)),
  () => Object.assign([], { length: COUNTLESS }),
  () => Object.assign(["x"], { map: complain, flatMap: complain, filter: complain, slice: complain, constructor: complain }),
  () => Object.assign([[]], { [Symbol.iterator]: endless }),
  () => new Proxy([], { get: (list, name) => (name === "length" ? 2 ** 53 - 1 : list[name]) }),
  (random, inner) => Array(3).fill(inner()),
  cyclic,
  () => ({ [Symbol.iterator]: endless, [Symbol.asyncIterator]: endless }),
  () => Object.fromEntries(["toString", "valueOf", "toJSON"].map((name) => [name, complain])),
  () => ({ [Symbol.toPrimitive]: complain }),
  () => ({ append() {}, sort() {}, toString: complain }),
  () => ({ append() {}, sort() {}, toString: () => ({}) }),
  () => ({ toJSON: grows }),
  () => Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`f${index}`, index])),
  throwing,
  revoked,
  () => new Proxy({}, { getPrototypeOf: (target) => new Proxy(target, {}) }),
  () => forEver(0),
  () => forEver(1),
  (random, inner) => new Proxy({}, { get: inner, has: () => true }),
  (random, inner) => new Proxy(Object(inner()), {}),
  (random, inner) => new Proxy(members(random, inner, {}), { [random.pick(TRAPS)]: complain }),
  (random, inner) => ({ headers: { get: inner }, url: inner() }),
  (random, inner) => ({ cookies: { get: inner } }),
];

/** A value of any kind. */
export function anything(random, depth = 3) {
  const inner = () => (depth > 0 ? anything(random, depth - 1) : random.pick(PLAIN));
  return random.pick(KINDS)(random, inner);
}

/** Puts a few members on an object, which may refuse them. */
export function members(random, inner, object, names = NAMES) {
  for (let count = Math.floor(random.next() * 6); count > 0; count -= 1) {
    const name = random.pick(names);
    const value = inner();
    // A list converts its length to a number at once. Of a hostile value that may never end, before anything is called.
    if (name === "length" && Array.isArray(object)) continue;
    const isGetter = random.chance(0.3);
    const what = isGetter ? { get: random.chance(0.5) ? complain : inner } : { value, writable: true };
    try {
      Object.defineProperty(object, name, { ...what, enumerable: random.chance(0.9), configurable: true });
    } catch {}
  }
  return object;
}

/** A promise of anything; it may reject, and that is nobody's concern. */
function settled(value) {
  const promise = new Promise((resolve) => resolve(value));
  // Not by `catch`, whose own promise would be settled with the value once more.
  promise.then(() => {}, () => {});
  return promise;
}

/** Another value at every read. */
function getters(random, inner) {
  const object = {};
  for (const name of NAMES) if (random.chance(0.2)) Object.defineProperty(object, name, { get: inner, enumerable: true });
  return object;
}

/** A value of which every use throws. */
export function throwing() {
  return new Proxy(function () {}, Object.fromEntries(TRAPS.map((trap) => [trap, complain])));
}

export function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Answers every property, and every call, with another such Proxy. */
function forEver(kind) {
  const target = kind === 0 ? {} : function () {};
  return new Proxy(target, { get: () => forEver(1), apply: () => forEver(kind), construct: () => forEver(0) });
}

function cyclic() {
  const root = { list: [] };
  root.request = root.headers = root.metadata = root;
  root.list.push(root, root.list);
  return root;
}

/** As JSON it holds itself, deeper each time. */
function grows() {
  return { deeper: { toJSON: grows }, deepest: { toJSON: grows } };
}

function* endless() {
  for (;;) yield ["x", "y"];
}
