// The values of the golden vectors that JSON cannot hold.
//
// In: JSON. Out: the value it stands for: an object with one member whose name begins with `$` is one of those below
// (tests/support/vectors.rs has the list), and a long text is a list of texts and of `[text, times]`.
// Not its job: telling what is expected of a value.

const MAKE = {
  $undefined: () => undefined,
  $number: (text) => Number(text),
  // Each U+FFFD stands for the first half of an emoji.
  $loneSurrogate: (text) => text.replaceAll("\ufffd", "\ud83d"),
  $bigint: (text) => BigInt(text),
  $symbol: () => Symbol("abc123"),
  $function: () => () => "abc123",
  $date: (text) => new Date(text),
  $cyclic: () => {
    const cycle = {};
    cycle.self = cycle;
    return cycle;
  },
  $nested: (levels) => Array.from({ length: levels }).reduce((inner) => [inner], 1),
  $request: ({ url, headers = [] }) => new Request(url, { headers }),
  $headers: (headers) => new Headers(headers),
  $url: (text) => new URL(text),
  $searchParams: (text) => new URLSearchParams(text),
  $pairs: (pairs) => new Map(pairs),
  $returns: (value) => () => decode(value),
  $map: () => new Map([["a", 1]]),
  $set: () => new Set([1]),
  $error: () => Object.assign(new Error("failed"), { code: "E_FAILED" }),
  $promise: (value) => Promise.resolve(decode(value)),
  $rejected: () => rejected(),
  $hostile: () => hostile(),
  $revoked: () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
};

/** The value that `json` stands for. */
export function decode(json) {
  if (Array.isArray(json)) return json.map(decode);
  if (typeof json !== "object" || json === null) return json;
  const [[name, value] = []] = Object.entries(json);
  if (Object.hasOwn(MAKE, name)) return MAKE[name](value);
  const object = {};
  for (const [key, member] of Object.entries(json)) {
    const throws = member?.$throws === true;
    Object.defineProperty(object, key, {
      enumerable: true,
      configurable: true,
      ...(throws ? { get: complain } : { writable: true, value: decode(member) }),
    });
  }
  return object;
}

/** A text, which may be a list of its parts. */
export function text(json) {
  if (!Array.isArray(json)) return json;
  return json.map((part) => (Array.isArray(part) ? part[0].repeat(part[1]) : part)).join("");
}

function rejected() {
  const promise = Promise.reject(new Error("this promise rejects"));
  promise.catch(() => {});
  return promise;
}

function complain() {
  throw new Error("this getter throws");
}

/** Throws whatever is done with it. */
function hostile() {
  const traps = ["get", "has", "ownKeys", "getOwnPropertyDescriptor", "getPrototypeOf", "set", "apply"];
  return new Proxy({}, Object.fromEntries(traps.map((trap) => [trap, complain])));
}
