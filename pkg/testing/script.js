// What a fake service is told to do with its next requests, one step a request.
//
// In: steps as a test writes them. Out: `{ record, status?, headers?, body?, fate?, delayMs?, answer? }`: whether the request goes
// on the books, and what is said or done instead of the true answer.

import { isPlain, known, RULES, shown } from "./given.js";

const ENDS = ["drop the connection", "never answer", "stall in the body"];
const HOW_TO = `a step is "recorded", "duplicate", "unattributed", a status (429), ${ENDS.map((end) => `"${end}"`).join(", ")}, ` +
  `any of the last four after "record, then " ("record, then 502"), { status, headers, body, record, delayMs }, or a function`;

/** @throws {TypeError} where a step is none, with the list of what is one. */
export const readStep = (step) => {
  const read = asStep(step);
  if (!read) throw new TypeError(`${isPlain(step) ? "an object whose status is not from 200 to 599" : shown(step)} is no step: ${HOW_TO}`);
  return read;
};

function asStep(step) {
  if (typeof step === "number") return isStatus(step) ? { record: isSuccess(step), status: step } : null;
  if (typeof step === "function") return { record: false, answer: step };
  if (typeof step === "string") return asWords(step);
  // A Response is one: a step that answers with it is a function.
  if (!isPlain(step)) return null;
  if (step.status !== undefined && !isStatus(step.status)) return null;
  const { record = step.status === undefined, status, headers, body, delayMs } = known(step, DETAILS, "a step");
  return { record, status, headers, body, delayMs };
}

function asWords(words) {
  if (words === "recorded") return { record: true };
  if (words === "duplicate" || words === "unattributed") return { record: false, fate: words };
  const [, first, then] = /^(record, then )?(.+)$/.exec(words) ?? [];
  const record = first !== undefined;
  if (ENDS.includes(then)) return { record, fate: then };
  if (!/^\d{3}$/.test(then) || !isStatus(Number(then))) return null;
  return { record: record || isSuccess(Number(then)), status: Number(then) };
}

/** A success with a body: the service says what it has recorded. */
export const isSuccess = (status) => status >= 200 && status < 300 && status !== 204 && status !== 205;

const DETAILS = { status: RULES.anything, headers: RULES.headers, body: RULES.anything, record: RULES.flag, delayMs: RULES.ms };

const isStatus = (status) => Number.isInteger(status) && status >= 200 && status <= 599;
