// What a caller may choose about the click cookie.
//
// In: the caller's options. Out: every option by name, with its default where it was left out.
// Throws a TypeError that names the option: a wrong option is a mistake of the program, not of a visitor.

import { isBoolean, isFunction, isList, isName, isObject, isText, member, read } from "../read.js";
import { DEFAULT_NAME } from "./services.js";

/** RFC 6265bis: browsers cut a longer life down to this. */
const LONGEST_SECONDS = 400 * 24 * 60 * 60;
/** As long as the services' browser scripts have it. */
const NINETY_DAYS = 90 * 24 * 60 * 60;

const isOneOf = (...values) => (value) => values.includes(value);
const isSeconds = (value) => Number.isSafeInteger(value) && value > 0 && value <= LONGEST_SECONDS;
const isHostText = (value) => isText(value) && value.length <= 253 && /^\.?[\w.:[\]-]+$/.test(value);
const NAME = [isName, "must be a cookie's name: letters, digits and !#$%&'*+-.^_`|~"];

/** Of each option: a check of its value, the words for a wrong one, and the default. */
const RULES = {
  service: [isOneOf("refport", "refcampaign"), 'must be "refport" or "refcampaign"'],
  cookieName: [...NAME, DEFAULT_NAME],
  paramName: NAME,
  domain: [isHostText, "must be a host's name in ASCII, such as shop.example"],
  maxAge: [isSeconds, `must be a whole number of seconds, from 1 to ${LONGEST_SECONDS} (400 days)`, NINETY_DAYS],
  sameSite: [isOneOf("lax", "strict", "none"), 'must be "lax", "strict" or "none"', "lax"],
  secure: [isBoolean, "must be a boolean"],
  httpOnly: [isBoolean, "must be a boolean", false],
  click: [isOneOf("first", "last"), 'must be "first" or "last"', "last"],
  renew: [isBoolean, "must be a boolean", false],
  cleanUrl: [isBoolean, "must be a boolean"],
  consent: [isFunction, "must be a function"],
};

export function readOptions(options) {
  const given = options ?? undefined;
  if (given !== undefined && (!isObject(given) || isList(given))) refuse("options", "must be an object");
  if (given) refuseUnknown(given);
  const found = { __proto__: null };
  for (const [name, [isRight, complaint, standard]] of Object.entries(RULES)) {
    const value = given && valueOf(given, name);
    if (value !== undefined && !isRight(value)) refuse(name, complaint);
    found[name] = value ?? standard;
  }
  refuseTogether(found);
  return found;
}

function refuseUnknown(given) {
  for (const name of read(Object.keys, given) ?? refuse("options", "could not be read")) {
    if (Object.hasOwn(RULES, name)) continue;
    const meant = Object.keys(RULES).find((known) => plain(known) === plain(name));
    refuse(name, `is no option: ${meant ? `did you mean ${meant}?` : `there are ${Object.keys(RULES).join(", ")}`}`);
  }
}

/** A name without what is easily mistaken in one. */
const plain = (name) => name.replace(/[_-]/g, "").toLowerCase();

/** What two options cannot have together. */
function refuseTogether({ cookieName, domain, secure, sameSite }) {
  if (/^__host-/i.test(cookieName) && domain) refuse("domain", "must be left out: a cookie with the prefix __Host- has none");
  if (secure !== false) return;
  if (/^__(host|secure)-/i.test(cookieName)) refuse("secure", "must not be false: the cookie's prefix asks for Secure");
  if (sameSite === "none") refuse("secure", 'must not be false: browsers refuse sameSite "none" without Secure');
}

function valueOf(given, name) {
  try {
    return member(given, name);
  } catch {
    return refuse(name, "could not be read");
  }
}

function refuse(name, complaint) {
  throw new TypeError(`${name} ${complaint}`);
}
