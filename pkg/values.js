// Parameters and options, read once.
//
// In: what the caller gave. Out: `Given`s for the core, and the functions and signals that stay in JavaScript. What could not
// be read is added to `issues`: a field and a complaint each, as the core tells of its own. The caller's code runs here, in
// JavaScript frames, and never inside wasm.

import { inBrowser } from "./browser.js";
import { Given } from "./given.js";
import { isBoolean, isFunction, isName, isObject, isText, read } from "./read.js";
import { core } from "./start.js";

/** The known fields that are objects. They cross as JSON text. */
const JSON_FIELDS = ["metadata", "partner"];

/** The number of each event in the core, its endpoint's in src/proto/provider/mod.rs, and of each provider's options. */
export const [LEAD, SALE, EMBED_TOKEN, TRACK, POSTBACK, REFUND, IDENTIFY, PING, REFPORT, REFCAMPAIGN] = Array(10).keys();

/** Where the core looks for the members it does not know, and for the ID of a call: behind the fields of every event. */
const EXTRA = 32;
const OWN_ID = 33;

/** Each name whole, and the one or two parts it has: `partner.email` is a member of a member. */
const knownNames = [];
const namesOf = (of) =>
  (knownNames[of] ??= core.fieldNames(of).split(",").slice(0, -1).map((path) => [path, ...path.split(".")]));

/** What the core is given for a value that it has no use for but to complain about. */
const OTHER = true;

/** An object of the caller's never reaches the core: its code would run there. */
const plain = (value) => (isObject(value) ? OTHER : value);

/** The parameters of an event, for the core. */
export function readParams(event, params, issues) {
  const names = namesOf(event);
  let values = [];
  if (isObject(params)) {
    values = names.map(([path, name, nested]) => {
      const value = get(issues, params, name);
      if (nested) return isObject(value) ? plain(get(issues, value, nested, path)) : undefined;
      return JSON_FIELDS.includes(name) ? json(issues, value, name) : plain(value);
    });
    values[EXTRA] = readExtra(issues, params, names);
  } else if (params !== undefined && params !== null) {
    issues.push("params", "must be an object");
  }
  if (event === TRACK) values[OWN_ID] = globalThis.crypto?.randomUUID?.();
  return new Given(values);
}

/** The members that the core does not know, as the inside of a JSON object. */
function readExtra(issues, params, names) {
  const members = [];
  const all = read(Object.keys, params);
  if (!all) issues.push("params", "could not be read");
  for (const name of all ?? []) {
    const text = names.some(([known]) => known === name) ? undefined : json(issues, get(issues, params, name), name);
    if (text !== undefined) members.push(`${toJson(name)}:${text}`);
  }
  return members.join(",");
}

/**
 * The options of a provider: `{ values, fetch, signal, onAttempt, cookieName, dangerouslyAllowBrowser }`; all but the values,
 * which are the core's, stay in JavaScript. What `options` leaves open is taken from `defaults`, options that were read before.
 */
export function readOptions(provider, options, issues, defaults) {
  const given = isObject(options) ? options : {};
  const option = (name, isRight, complaint) => {
    const value = get(issues, given, name) ?? undefined;
    if (value !== undefined && read(isRight, value)) return value;
    if (value !== undefined) issues.push(name, complaint);
    return defaults?.[name];
  };
  const names = namesOf(provider);
  const values = names.map(([path, name, nested], index) => {
    const owner = nested ? option(name, isObject, "must be an object") : given;
    return plain(owner && get(issues, owner, nested ?? name, path)) ?? defaults?.values.values[index];
  });
  const [key, baseUrl] = values;
  // Whatever else is wrong with it, the core says.
  if (isText(baseUrl) && !read(() => new URL(baseUrl))) issues.push(names[1][0], "must be a URL");
  const dangerouslyAllowBrowser = option("dangerouslyAllowBrowser", isBoolean, "must be a boolean");
  if (key && inBrowser() && !dangerouslyAllowBrowser) issues.push("apiKey", SECRET);
  const transport = option("fetch", isTransport, "must be a function or have a method fetch");
  return {
    values: new Given(values),
    // A service binding refuses to have its `fetch` called as anything but a method.
    fetch: isObject(transport) ? (url, init) => transport.fetch(url, init) : transport,
    signal: option("signal", isSignal, "must be an AbortSignal"),
    onAttempt: option("onAttempt", isFunction, "must be a function"),
    cookieName: option("cookieName", isName, "must be a string, not empty"),
    dangerouslyAllowBrowser,
  };
}

const SECRET = "is a secret: report from a server, not a browser (dangerouslyAllowBrowser is for tests)";

const isSignal = (value) => isBoolean(value.aborted) && isFunction(value.addEventListener);
const isTransport = (value) => isFunction(value) || isFunction(value.fetch);

function get(issues, owner, name, field = name) {
  try {
    return owner[name];
  } catch {
    issues.push(field, "could not be read");
    return undefined;
  }
}

/** The value as JSON text, in a list of its own; undefined where it is absent. */
function json(issues, value, name) {
  if (value === undefined || value === null) return undefined;
  // There is none of what is cyclic, too deep, a BigInt, or has a `toJSON` that throws.
  const text = read(toJson, value, name === "partner" ? withoutNulls : undefined);
  if (text !== undefined) return [text];
  issues.push(name, "must be a JSON value");
  return OTHER;
}

/** Half of a surrogate pair is written as its escape, which strict parsers refuse: it is mended, as in other texts. */
const toJson = (value, replacer) =>
  JSON.stringify(value, replacer)?.replace(/\\(?:\\|u(d[89a-f]..))/g, (all, lone) => (lone ? "\\ufffd" : all));

/** What is null is left out of the wire; only metadata are the caller's own affair. */
const withoutNulls = (_, value) => value ?? undefined;
