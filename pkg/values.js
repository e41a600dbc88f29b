// Parameters and options, read once.
//
// In: what the caller gave. Out: `Given`s for the core, the functions and signals that stay in JavaScript, and an issue for
// each value that could not be read. The caller's code runs here, in JavaScript frames, and never inside wasm.

import { inBrowser } from "./browser.js";
import { read } from "./request.js";
import { core } from "./start.js";

/** The known fields that are objects. They cross as JSON text. */
const JSON_FIELDS = ["metadata", "partner"];

const isObject = (value) => typeof value === "object" && value !== null;

/** The number of each event in the core, its endpoint's in src/proto/provider/mod.rs, and of each provider's options. */
export const LEAD = 0;
export const SALE = 1;
export const EMBED_TOKEN = 2;
export const TRACK = 3;
export const POSTBACK = 4;
export const REFUND = 5;
export const IDENTIFY = 6;
export const PING = 7;
export const REFPORT = 8;
export const REFCAMPAIGN = 9;

/** Where the core looks for the members it does not know, and for the ID of a call: behind the fields of every event. */
const EXTRA = 32;
const OWN_ID = 33;

const knownNames = [];
const namesOf = (of) => (knownNames[of] ??= core.fieldNames(of).split(",").slice(0, -1));

/** A list of primitives, as the core asks for them: `Given` in src/wasm/convert.rs. JSON text is in a list of its own. */
export class Given {
  constructor(values) {
    this.values = values;
  }

  kind(index) {
    const value = this.values[index];
    if (value === undefined || value === null) return 0;
    if (typeof value === "number") return 3;
    if (Array.isArray(value)) return 4;
    if (typeof value !== "string") return 5;
    return value.isWellFormed() ? 1 : 2;
  }

  text(index) {
    return String(this.values[index] ?? "");
  }

  value(index) {
    return this.values[index];
  }

  set(index, number) {
    this.values[index] = number;
  }
}

/** What the core is given for a value that it has no use for but to complain about. */
const OTHER = true;

/** Half of a surrogate pair is written as its escape, which strict parsers refuse: it is mended, as in other texts. */
const toJson = (value, replacer) =>
  JSON.stringify(value, replacer)?.replace(/\\(?:\\|u(d[89a-f]..))/g, (all, lone) => (lone ? "\\ufffd" : all));

/** What is null is left out of the wire; only metadata are the caller's own affair. */
const withoutNulls = (_, value) => value ?? undefined;

/** The parameters of an event: `{ values, issues }`. */
export function readParams(event, params) {
  const reader = new Reader();
  const names = namesOf(event);
  const values = [];
  if (isObject(params)) {
    names.forEach((path, index) => {
      const [name, nested] = path.split(".");
      const value = reader.get(params, name);
      if (nested) values[index] = isObject(value) ? plain(reader.get(value, nested, path)) : undefined;
      else values[index] = JSON_FIELDS.includes(name) ? reader.json(value, name) : plain(value);
    });
    values[EXTRA] = readExtra(reader, params, names);
  } else if (params !== undefined && params !== null) {
    reader.issue("params", "must be an object");
  }
  if (event === TRACK) values[OWN_ID] = globalThis.crypto?.randomUUID?.();
  return { values: new Given(values), issues: reader.issues };
}

/** An object of the caller's never reaches the core: its code would run there. */
const plain = (value) => (isObject(value) ? OTHER : value);

/** The members that the core does not know, as the inside of a JSON object. */
function readExtra(reader, params, names) {
  const members = [];
  for (const name of reader.keys(params)) {
    const json = names.includes(name) ? undefined : reader.json(reader.get(params, name), name);
    if (json !== undefined) members.push(`${toJson(name)}:${json}`);
  }
  return members.join(",");
}

/**
 * The options of a provider: `{ values, issues, transport, signal, onAttempt, cookieName, allowBrowser }`; all but the
 * values stay in JavaScript. What `options` leaves open is taken from `defaults`, options that were read before.
 */
export function readOptions(provider, options, defaults) {
  const reader = new Reader();
  const given = isObject(options) ? options : {};
  const option = (name, isRight, complaint) => reader.option(given, name, isRight, complaint) ?? defaults?.[name];
  const names = namesOf(provider);
  const values = names.map((path, index) => {
    const [name, nested] = path.split(".");
    const owner = nested ? reader.option(given, name, isObject, "must be an object") ?? {} : given;
    return plain(reader.get(owner, nested ?? name, path)) ?? defaults?.values.values[index];
  });
  const [key, baseUrl] = values;
  // Whatever else is wrong with it, the core says.
  if (typeof baseUrl === "string" && !read(() => new URL(baseUrl))) reader.issue(names[1], "must be a URL");
  const dangerouslyAllowBrowser = option("dangerouslyAllowBrowser", isBoolean, "must be a boolean");
  if (key && inBrowser() && !dangerouslyAllowBrowser) reader.issue("apiKey", SECRET);
  return {
    values: new Given(values),
    fetch: reader.transport(given) ?? defaults?.fetch,
    signal: option("signal", isSignal, "must be an AbortSignal"),
    onAttempt: option("onAttempt", isFunction, "must be a function"),
    cookieName: option("cookieName", isName, "must be a string, not empty"),
    dangerouslyAllowBrowser,
    issues: reader.issues,
  };
}

const SECRET =
  "is a secret, and must not be in a browser, where every visitor can read it: report from your server " +
  "(dangerouslyAllowBrowser: true is for tests)";

const isFunction = (value) => typeof value === "function";
const isBoolean = (value) => typeof value === "boolean";
const isName = (value) => typeof value === "string" && value !== "";
const isSignal = (value) => isObject(value) && typeof value.aborted === "boolean" && isFunction(value.addEventListener);

class Reader {
  issues = [];

  issue(field, complaint) {
    this.issues.push({ field, complaint });
  }

  get(owner, name, field = name) {
    try {
      return owner[name];
    } catch {
      this.issue(field, "could not be read");
      return undefined;
    }
  }

  keys(owner) {
    try {
      return Object.keys(owner);
    } catch {
      this.issue("params", "could not be read");
      return [];
    }
  }

  /** The value as JSON text, in a list of its own; undefined where it is absent. */
  json(value, name) {
    if (value === undefined || value === null) return undefined;
    try {
      const text = toJson(value, name === "partner" ? withoutNulls : undefined);
      if (text !== undefined) return [text];
    } catch {
      // Cyclic, too deep, a BigInt, or a `toJSON` that throws.
    }
    this.issue(name, "must be something that JSON can hold");
    return OTHER;
  }

  option(owner, name, isRight, complaint) {
    const value = this.get(owner, name);
    if (value === undefined || value === null) return undefined;
    if (read(() => isRight(value))) return value;
    this.issue(name, complaint);
    return undefined;
  }

  /** A function of `(url, init)`. A service binding refuses to have its `fetch` called as anything but a method. */
  transport(owner) {
    const isTransport = (value) => isFunction(value) || (isObject(value) && isFunction(value.fetch));
    const given = this.option(owner, "fetch", isTransport, "must be a function or have a method fetch");
    return isFunction(given) || given === undefined ? given : (url, init) => given.fetch(url, init);
  }
}
