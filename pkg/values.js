// Reads the caller's parameters and options, once.
//
// In: objects of the caller's, whose getters and Proxies may throw or change their mind. Out: lists of primitives for the
// core, in the order it names its fields in, and an issue for what could not be read. The caller's code runs here, in
// JavaScript frames, and never inside wasm.

import { read } from "./request.js";
import { core } from "./start.js";

/** The one known field that is an object. It crosses as JSON text. */
const JSON_FIELD = "metadata";

const isObject = (value) => typeof value === "object" && value !== null;

/** The number of each event in the core: its endpoint's, in src/proto/provider/mod.rs. */
export const LEAD = 0;
export const SALE = 1;
const CONFIG = 2;

/** Where the core looks for the members it does not know: behind the fields of every event. */
const EXTRA = 32;

const knownNames = [];
const namesOf = (of) => (knownNames[of] ??= core.fieldNames(of).split(",").slice(0, -1));

/** A list of primitives, as the core asks for them: `Given` in src/wasm/convert.rs. */
export class Given {
  constructor(values, jsonIndex) {
    this.values = values;
    this.jsonIndex = jsonIndex;
  }

  kind(index) {
    const value = this.values[index];
    if (value === undefined || value === null) return 0;
    if (typeof value === "number") return 3;
    if (typeof value !== "string") return 5;
    if (index === this.jsonIndex) return 4;
    return LONE_SURROGATE.test(value) ? 2 : 1;
  }

  text(index) {
    return this.values[index] ?? "";
  }

  number(index) {
    return this.values[index];
  }

  set(index, number) {
    this.values[index] = number;
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Half of a surrogate pair is written as its escape, which strict parsers refuse: it is mended, as in other texts. */
const toJson = (value) => JSON.stringify(value)?.replace(/\\(?:\\|u(d[89a-f]..))/g, (all, lone) => (lone ? "\\ufffd" : all));

/** The parameters of a lead or a sale: `{ values, issues }`. */
export function readParams(event, params) {
  const reader = new Reader();
  const names = namesOf(event);
  const values = [];
  values[EXTRA] = "";
  if (isObject(params)) {
    names.forEach((name, index) => {
      values[index] = name === JSON_FIELD ? reader.json(params, name) : reader.get(params, name);
    });
    values[EXTRA] = readExtra(reader, params, names);
  } else if (params !== undefined && params !== null) {
    reader.issue("params", "must be an object");
  }
  return { values: new Given(values, names.indexOf(JSON_FIELD)), issues: reader.issues };
}

/** The members that the core does not know, as the inside of a JSON object. */
function readExtra(reader, params, names) {
  const members = [];
  for (const name of reader.keys(params)) {
    const json = names.includes(name) ? undefined : reader.json(params, name);
    if (json !== undefined) members.push(`${toJson(name)}:${json}`);
  }
  return members.join(",");
}

/** The options: `{ values, issues, transport, signal, onAttempt, cookieName }`; the last four stay in JavaScript. */
export function readConfig(config) {
  const reader = new Reader();
  const options = isObject(config) ? config : {};
  const retry = reader.option(options, "retry", isObject, "must be an object") ?? {};
  const values = namesOf(CONFIG).map((path) => {
    const [name, nested] = path.split(".");
    return nested ? reader.get(retry, nested, path) : reader.get(options, name);
  });
  const [, baseUrl] = values;
  // Whatever else is wrong with it, the core says.
  if (typeof baseUrl === "string" && !read(() => new URL(baseUrl))) reader.issue("baseUrl", "must be a URL");
  return {
    values: new Given(values),
    transport: reader.transport(options),
    signal: reader.option(options, "signal", isSignal, "must be an AbortSignal"),
    onAttempt: reader.option(options, "onAttempt", isFunction, "must be a function"),
    cookieName: reader.option(options, "cookieName", isName, "must be a string, not empty"),
    issues: reader.issues,
  };
}

const isFunction = (value) => typeof value === "function";
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

  /** The field as JSON text, or undefined where it is absent. */
  json(owner, name) {
    const value = this.get(owner, name);
    if (value === undefined || value === null) return undefined;
    try {
      const text = toJson(value);
      if (text !== undefined) return text;
    } catch {
      // Cyclic, too deep, a BigInt, or a `toJSON` that throws.
    }
    this.issue(name, "must be something that JSON can hold");
    return undefined;
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
