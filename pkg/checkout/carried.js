// What a checkout carries from the visitor's request to the vendor's webhook.
//
// In: a request and a customer; later, the objects in which a vendor gives it back. Out: texts by key.

import { isList, isObject, isText, member, read } from "../read.js";
import { warnOnce } from "../warn.js";
import { textAt } from "./fields.js";

/** Refport's own keys, which its integration of Stripe reads, and RefCampaign's. */
const CLICK = "refportClickId";
const CUSTOMER = "refportExternalCustomerId";
const SESSION = "refcampaign_session";

/** Stripe's and Polar's limit for a value, and more than any ID needs with the others. */
const LONGEST_VALUE = 500;

const OPTIONS = ["customerExternalId", "clickId", "sessionId"];

/**
 * What is to be carried: `{ clickId, values, mode }`, where `values` are texts by key; undefined for an organic visitor.
 * Throws a TypeError that names the option which is wrong.
 */
export function carriedFrom({ getClickIdFromRequest, getSessionIdFromRequest }, request, options, more = {}) {
  const { customerExternalId, ...given } = readOptions(options, more);
  const clickId = short(CLICK, given.clickId ?? getClickIdFromRequest(request));
  const sessionId = short(SESSION, given.sessionId ?? getSessionIdFromRequest(request));
  if (clickId === undefined && sessionId === undefined) return undefined;
  const customer = short(CUSTOMER, customerExternalId);
  const values = Object.entries({ [CLICK]: clickId, [CUSTOMER]: customer, [SESSION]: sessionId });
  return { clickId, values: Object.fromEntries(values.filter(([, value]) => value !== undefined)), mode: given.mode };
}

/** The options by name, each checked. `more` are the vendor's own: what a value of each may be. */
function readOptions(options, more) {
  const given = options ?? {};
  if (!isObject(given) || isList(given)) throw new TypeError("options must be an object");
  const known = [...OPTIONS, ...Object.keys(more)];
  for (const name of read(Object.keys, given) ?? []) {
    const meant = known.find((one) => plain(one) === plain(name));
    if (!known.includes(name)) throw new TypeError(`${name} is no option: ${meant ? `did you mean ${meant}?` : `there are ${known.join(", ")}`}`);
  }
  return Object.fromEntries(known.map((name) => [name, valueOf(given, name, more[name])]));
}

const plain = (name) => name.replace(/[_-]/g, "").toLowerCase();

function valueOf(given, name, choices) {
  let value;
  try {
    value = member(given, name);
  } catch {
    throw new TypeError(`${name} could not be read`);
  }
  if (value === undefined) return undefined;
  if (choices && !choices.includes(value)) throw new TypeError(`${name} must be one of ${choices.join(", ")}`);
  if (!isText(value) || value.trim() === "") throw new TypeError(`${name} must be a string, not empty: leave it out where there is none`);
  return value;
}

/** A vendor refuses the whole checkout for a value that is too long. */
function short(key, value) {
  if (value === undefined || value === null) return undefined;
  if (value.length <= LONGEST_VALUE) return value;
  warnOnce(`${key} is longer than ${LONGEST_VALUE} characters and is not carried through the checkout`);
  return undefined;
}

/** The IDs in the objects that a vendor gives back, the first that has one: `{ clickId, customerExternalId, sessionId }`. */
export function carriedIn(objects) {
  const find = (key, isRight) => objects.map((one) => textAt(one, key)).find((text) => text !== undefined && !isPlaceholder(text) && isRight(text));
  return {
    clickId: find(CLICK, (text) => text.length <= LONGEST_ID),
    customerExternalId: find(CUSTOMER, () => true),
    sessionId: find(SESSION, (text) => IS_SESSION.test(text)),
  };
}

const LONGEST_ID = 512;
const IS_SESSION = /^[\w-]{8,512}$/;

/** What a program writes where it has no value, and what a template leaves. */
const isPlaceholder = (text) =>
  /^\s*(null|undefined|nan|none|nil|true|false|\[object .*\])\s*$/i.test(text) || /\{\{|\$\{|#\{|\{%|<%|%7b%7b/i.test(text);
