// Parameters and options, read once.
//
// In: what the caller gave. Out: `Given`s for the core, and the functions and signals that stay in JavaScript. What could not
// be read is added to `issues`: a field and a complaint each, as the core tells of its own. The caller's code runs here, in
// JavaScript frames, and never inside wasm.

import { inBrowser } from "./browser.js";
import { Given, LONGEST_BODY } from "./given.js";
import { TOO_LONG, toJson } from "./json.js";
import { isBoolean, isFunction, isName, isObject, isText, member, read } from "./read.js";
import { core } from "./start.js";
import { ownId } from "./uuid.js";

/** The known fields that are objects. They cross as JSON text. */
const JSON_FIELDS = ["metadata", "partner"];

/** The number of each event in the core, its endpoint's in src/proto/provider/mod.rs, and of each provider's options. */
export const [LEAD, SALE, EMBED_TOKEN, TRACK, POSTBACK, REFUND, IDENTIFY, PING, REFPORT, REFCAMPAIGN] = Array(10).keys();

/** Where the core looks for the ID of a call, and for the members it does not know: behind the fields of every event. */
const OWN_ID = 32;
const EXTRA = 33;

/** Each name whole, and the one or two parts it has: `partner.email` is a member of a member. */
const knownNames = [];
const namesOf = (of) =>
  (knownNames[of] ??= core.fieldNames(of).split(",").slice(0, -1).map((path) => [path, ...path.split(".")]));

/** What the core is given for a value that it has no use for but to complain about. */
const OTHER = {};

/** An object of the caller's never reaches the core: its code would run there. */
const plain = (value) => (isObject(value) || isFunction(value) ? OTHER : value);

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
    refuseTooLong(issues, values, names);
    values = padded(values).concat(readExtra(issues, params, names));
  } else if (params !== undefined && params !== null) {
    issues.push("params", "must be an object");
  }
  if (event === TRACK) values[OWN_ID] = ownId(params, issues);
  return new Given(values);
}

/** A text that no request can hold stays out of the core's memory. Whether all fit together is the core's to say. */
function refuseTooLong(issues, values, names) {
  let left = LONGEST_BODY;
  for (const [index, [path]] of names.entries()) {
    const text = Array.isArray(values[index]) ? values[index][0] : values[index];
    left -= isText(text) ? text.length : 0;
    if (left < 0) {
      issues.push(path, TOO_LONG);
      values[index] = undefined;
      left = LONGEST_BODY;
    }
  }
}

/** As many entries in a list of issues as anybody reads, two for each. */
const MOST_ISSUES = 200;

/** The members that the core does not know: name after name, each with its value as JSON text behind it. */
function readExtra(issues, params, names) {
  const members = [];
  const all = read(Object.keys, params);
  if (!all) issues.push("params", "could not be read");
  let left = LONGEST_BODY;
  for (const name of all ?? []) {
    if (issues.length > MOST_ISSUES) break;
    const [text] = names.some(([, known]) => known === name) ? [] : (json(issues, get(issues, params, name), name) ?? []);
    if (text === undefined) continue;
    left -= name.length + text.length;
    if (left < 0) {
      issues.push("params", TOO_LONG);
      break;
    }
    members.push(name, text);
  }
  return members;
}

/** What stays in JavaScript, and what each of these options has to be. The core knows their names. */
const STAYING = {
  fetch: [(value) => isFunction(value) || isFunction(member(value, "fetch")), "must be a function or have a method fetch"],
  signal: [(value) => isBoolean(member(value, "aborted")) && isFunction(member(value, "addEventListener")), "must be an AbortSignal"],
  onAttempt: [isFunction, "must be a function"],
  cookieName: [isName, "must be a cookie's name: letters, digits and !#$%&'*+-.^_`|~"],
  dangerouslyAllowBrowser: [isBoolean, "must be a boolean"],
};

/**
 * The options of a provider: `{ values, fetch, signal, onAttempt, cookieName, dangerouslyAllowBrowser, budgetMs }`; all but the
 * values, which are the core's, stay in JavaScript. What `options` leaves open is taken from `defaults`, options that were read before.
 */
export function readOptions(provider, options, issues, defaults) {
  const names = namesOf(provider);
  const given = isObject(options) ? options : undefined;
  const found = { __proto__: null, values: [] };
  for (const [index, [path, name, nested]] of names.entries()) {
    const value = given && optionOf(issues, given, path, name, nested);
    if (Object.hasOwn(STAYING, path)) found[path] = staying(issues, path, value) ?? defaults?.[path];
    else found.values[index] = plain(value) ?? defaults?.values.values[index];
  }
  if (given) found.values = padded(found.values).concat(unknownOptions(given, names));
  mustBeUsable(issues, names, found);
  const { fetch } = found;
  // A service binding refuses to have its `fetch` called as anything but a method.
  if (isObject(fetch)) found.fetch = (url, init) => fetch.fetch(url, init);
  found.budgetMs = budgetOf(found.values[names.findIndex(([path]) => path === "budgetMs")]);
  found.values = new Given(found.values);
  return found;
}

/** No timer holds more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Undefined where it is none: the core says so. */
const budgetOf = (milliseconds) =>
  typeof milliseconds === "number" && milliseconds > 0 ? Math.min(milliseconds, LONGEST_TIMER_MS) : undefined;

function optionOf(issues, given, path, name, nested) {
  const value = get(issues, given, name);
  if (!nested || value === undefined) return value;
  if (isObject(value)) return get(issues, value, nested, path);
  issues.push(name, "must be an object");
  return undefined;
}

function staying(issues, name, value) {
  const [isRight, complaint] = STAYING[name];
  if (value === undefined || read(isRight, value)) return value;
  issues.push(name, complaint);
  return undefined;
}

/** The values so far, so long that those which are not known come behind them. */
const padded = (values) => Object.assign(Array(EXTRA).fill(undefined), values);

/** The names that no option has, nested ones too, each with a JSON text behind it as the core has it of every member. */
function unknownOptions(given, names) {
  const unknown = [];
  const take = (owner, prefix) => {
    for (const own of read(Object.keys, owner) ?? []) {
      const path = prefix + own;
      if (names.some(([known, name]) => known === path || name === path) || read(member, owner, own) === undefined) continue;
      unknown.push(path, "null");
      if (unknown.length > MOST_ISSUES) return;
    }
  };
  take(given, "");
  for (const owner of new Set(names.filter(([, , nested]) => nested).map(([, name]) => name))) {
    const inner = read(member, given, owner);
    if (isObject(inner)) take(inner, `${owner}.`);
  }
  return unknown;
}

const SECRET = "is a secret: report from a server, not a browser (dangerouslyAllowBrowser is for tests)";

/** What the core cannot see: whether the platform reads the base URL, and whether this is a place for a key. */
function mustBeUsable(issues, names, { values, dangerouslyAllowBrowser }) {
  const valueOf = (wanted) => values[names.findIndex(([path]) => wanted.includes(path))];
  const [baseUrl] = names.map(([path]) => path).filter((path) => path === "baseUrl" || path === "apiUrl");
  const url = valueOf([baseUrl]);
  // Whatever else is wrong with it, the core says.
  if (isText(url) && !read(() => new URL(url))) issues.push(baseUrl, "must be a URL");
  if (valueOf(["apiKey"]) && inBrowser() && !dangerouslyAllowBrowser) issues.push("apiKey", SECRET);
}

function get(issues, owner, name, field = name) {
  try {
    return member(owner, name);
  } catch {
    issues.push(field, "could not be read");
    return undefined;
  }
}

/** The value as JSON text, in a list of its own; undefined where it is absent. */
function json(issues, value, name) {
  if (value === undefined || value === null) return undefined;
  const { text, path, complaint } = toJson(value, name, name !== "partner");
  if (complaint) issues.push(path, complaint);
  if (text !== undefined) return [text];
  // Its members are fields of their own, and have their say.
  return name === "partner" ? ["{}"] : undefined;
}
