// Parameters and options, read once.
//
// In: what the caller gave. Out: values for the core, and the functions and signals that stay in JavaScript. What could not be
// read is added to `issues`: `{ field, message }`, as the core tells of its own. The caller's code runs here, in JavaScript
// frames, and never inside wasm.

import { isHolder } from "./background.js";
import { inBrowser } from "./browser.js";
import { TOO_LONG, toJson } from "./json.js";
import { Json, LONGEST_BODY, OTHER } from "./message.js";
import { isBoolean, isFunction, isName, isObject, isText, member, read } from "./read.js";
import { ownId } from "./uuid.js";

/** An object of the caller's never reaches the core: its code would run there. */
const plain = (value) => (isObject(value) || isFunction(value) ? OTHER : value);

/** The parameters of an event: `{ values, unknown, ownId }`, as `begin` in steps.js wants them. */
export function readParams({ fields: names, objects, wantsOwnId }, params, issues) {
  // Each has its path, and the one or two names in it: `partner.email` is a member of a member.
  const found = { values: names.map(() => undefined), unknown: [], ownId: undefined };
  if (isObject(params)) {
    found.values = names.map(({ path, name, nested }) => {
      const value = get(issues, params, name);
      if (nested) return isObject(value) ? plain(get(issues, value, nested, path)) : undefined;
      return objects.includes(path) ? json(issues, value, name) : plain(value);
    });
    refuseTooLong(issues, found.values, names);
    found.unknown = readUnknown(issues, params, names);
  } else if (params !== undefined && params !== null) {
    issues.push({ field: "params", message: "must be an object" });
  }
  if (wantsOwnId) found.ownId = ownId(params, issues);
  return found;
}

/** A text that no request can hold stays out of the core's memory. Whether all fit together is the core's to say. */
function refuseTooLong(issues, values, names) {
  let left = LONGEST_BODY;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    const text = value instanceof Json ? value.text : value;
    left -= isText(text) ? text.length : 0;
    if (left < 0) {
      issues.push({ field: names[index].path, message: TOO_LONG });
      values[index] = undefined;
      left = LONGEST_BODY;
    }
  }
}

/** As many issues as anybody reads. */
const MOST_ISSUES = 100;

/** The members that the core does not know: name after name, each with its value behind it. */
function readUnknown(issues, params, names) {
  const members = [];
  const all = read(Object.keys, params);
  if (!all) issues.push({ field: "params", message: "could not be read" });
  let left = LONGEST_BODY;
  for (const name of all ?? []) {
    if (issues.length > MOST_ISSUES) break;
    const value = names.some((known) => known.name === name) ? undefined : json(issues, get(issues, params, name), name);
    if (value === undefined) continue;
    left -= name.length + value.text.length;
    if (left < 0) {
      issues.push({ field: "params", message: TOO_LONG });
      break;
    }
    members.push(name, value);
  }
  return members;
}

/** What stays in JavaScript, and what each of these options has to be. The core knows their names. */
const STAYING = {
  fetch: [(value) => isFunction(value) || isFunction(member(value, "fetch")), "must be a function or have a method fetch"],
  signal: [(value) => isBoolean(member(value, "aborted")) && isFunction(member(value, "addEventListener")), "must be an AbortSignal"],
  onAttempt: [isFunction, "must be a function"],
  waitUntil: [isHolder, "must be an object with a method waitUntil, such as ctx, or a function that takes a promise"],
  onResult: [isFunction, "must be a function"],
  cookieName: [isName, "must be a cookie's name: letters, digits and !#$%&'*+-.^_`|~"],
  debug: [isBoolean, "must be a boolean"],
  dangerouslyAllowBrowser: [isBoolean, "must be a boolean"],
};

/** The options of a service's client. All members are its own: see Call in client.js. */
class Options {
  /** For the core: the value of each setting, and the members that no setting has. */
  values;
  unknown;
  /** Of the same settings, what stays in JavaScript. */
  fetch;
  signal;
  onAttempt;
  waitUntil;
  onResult;
  cookieName;
  debug;
  dangerouslyAllowBrowser;
  /** What the core has as well, where it is right. */
  budgetMs;

  constructor(values, unknown) {
    this.values = values;
    this.unknown = unknown;
  }
}

/** Reads the options of a client, or of a call. What they leave open is taken from `defaults`, Options that were read before. */
export function readOptions({ settings: names, key, baseUrl }, options, issues, defaults) {
  const given = isObject(options) ? options : undefined;
  const found = new Options(names.map(() => undefined), given ? unknownOptions(given, names) : []);
  for (let index = 0; index < names.length; index += 1) {
    const { path } = names[index];
    const value = given && optionOf(issues, given, names[index]);
    if (Object.hasOwn(STAYING, path)) found[path] = staying(issues, path, value) ?? defaults?.[path];
    else found.values[index] = plain(value) ?? defaults?.values[index];
  }
  mustBeUsable(issues, names, key, baseUrl, found);
  const { fetch } = found;
  // A service binding refuses to have its `fetch` called as anything but a method.
  if (isObject(fetch)) found.fetch = (url, init) => fetch.fetch(url, init);
  found.budgetMs = budgetOf(valueOf(names, found.values, "budgetMs"));
  return found;
}

const valueOf = (names, values, path) => values[names.findIndex((known) => known.path === path)];

/** No timer holds more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Undefined where it is none: the core says so. */
const budgetOf = (milliseconds) =>
  typeof milliseconds === "number" && milliseconds > 0 ? Math.min(milliseconds, LONGEST_TIMER_MS) : undefined;

function optionOf(issues, given, { path, name, nested }) {
  const value = get(issues, given, name);
  if (!nested || value === undefined) return value;
  if (isObject(value)) return get(issues, value, nested, path);
  issues.push({ field: name, message: "must be an object" });
  return undefined;
}

function staying(issues, name, value) {
  const [isRight, message] = STAYING[name];
  if (value === undefined || read(isRight, value)) return value;
  issues.push({ field: name, message });
  return undefined;
}

const NULL = new Json("null");

/** The names that no option has, nested ones too, each with a value behind it, as the core has it of every member. */
function unknownOptions(given, names) {
  const unknown = [];
  const take = (owner, prefix) => {
    for (const own of read(Object.keys, owner) ?? []) {
      const path = prefix + own;
      if (names.some((known) => known.path === path || known.name === path) || read(member, owner, own) === undefined) continue;
      unknown.push(path, NULL);
      if (unknown.length > MOST_ISSUES) return;
    }
  };
  take(given, "");
  for (const owner of new Set(names.filter(({ nested }) => nested).map(({ name }) => name))) {
    const inner = read(member, given, owner);
    if (isObject(inner)) take(inner, `${owner}.`);
  }
  return unknown;
}

const SECRET = "is a secret: report from a server, not a browser (dangerouslyAllowBrowser is for tests)";

/** What the core cannot see: whether the platform reads the base URL, and whether this is a place for a key. */
function mustBeUsable(issues, names, key, baseUrl, { values, dangerouslyAllowBrowser }) {
  const url = valueOf(names, values, baseUrl);
  // Whatever else is wrong with it, the core says.
  if (isText(url) && !read(() => new URL(url))) issues.push({ field: baseUrl, message: "must be a URL" });
  if (valueOf(names, values, key) && inBrowser() && !dangerouslyAllowBrowser) issues.push({ field: key, message: SECRET });
}

function get(issues, owner, name, field = name) {
  try {
    return member(owner, name);
  } catch {
    issues.push({ field, message: "could not be read" });
    return undefined;
  }
}

/** The value as JSON text; undefined where it is absent. */
function json(issues, value, name) {
  if (value === undefined || value === null) return undefined;
  const { text, path, message } = toJson(value, name, name !== "partner");
  if (message) issues.push({ field: path, message });
  if (text !== undefined) return new Json(text);
  // Its members are fields of their own, and have their say.
  return name === "partner" ? new Json("{}") : undefined;
}
