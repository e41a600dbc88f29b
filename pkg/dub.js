// Dub: the client of its SDK's names, the functions that take a request, and its webhooks.
//
// In: the caller's values. Out: results, always: nothing of what reports rejects. Each export is a function of the core that
// decides; the files in entries/ say which core that is.

import { sender } from "./client.js";
import { DUB, DUB_COMMISSION, DUB_COMMISSIONS, DUB_LEAD, DUB_OPEN, DUB_SALE, DUB_VISITOR } from "./dist/services/dub.js";
import { ConversionError, toError, unreadable } from "./errors.js";
import { getClickIdOf } from "./lookup.js";
import { ifText, isList, ownOf } from "./read.js";
import { readVisitor } from "./request.js";
import { verifyBareWebhook } from "./steps.js";
import { resultOf, track } from "./track.js";
import { verify } from "./webhook.js";

export class DubError extends ConversionError {
  static name = "DubError";
}

const byOf = (core) => ({ __proto__: null, core, service: DUB, classOf: () => DubError });

const readParts = (request) => readVisitor(request, DUB_VISITOR);

export const getClickIdFromRequestWith = (core) => getClickIdOf(core, DUB_VISITOR);

export const trackSaleWith = (core) =>
  function trackSale(request, sale, config) {
    return track(byOf(core), readParts, DUB_SALE, request, sale, config);
  };

export const trackLeadWith = (core) =>
  function trackLead(request, lead, config) {
    return track(byOf(core), readParts, DUB_LEAD, request, lead, config);
  };

export const DubWith = (core) =>
  class Dub {
    track;
    commissions;

    constructor(config) {
      const by = byOf(core);
      const deliver = sender(by, config);
      const call = (endpoint, isQuestion) => async (params, options) => resultOf(await deliver(endpoint, params, options, isQuestion));
      this.track = { lead: call(DUB_LEAD), sale: call(DUB_SALE), open: call(DUB_OPEN, true) };
      this.commissions = { refund: (params, options) => refund(by, deliver, params, options) };
    }
  };

/**
 * The service has no refund of its own: the commissions of an invoice are looked up, and each is marked. One that is refused, such as
 * one that is paid out, keeps no other from being marked.
 */
async function refund(by, deliver, params, options) {
  const listed = await deliver(DUB_COMMISSIONS, params, options, true);
  if (listed.error) return resultOf(listed);
  const { body } = listed;
  // To take anything else for "no commission" would lose the refund without a word.
  if (!isList(body)) return resultOf({ ...listed, outcome: "failed", error: toError(by, unreadable(), [], listed) });
  if (body.length === 0) return resultOf({ ...listed, outcome: "unattributed" });
  const open = body.filter((commission) => ownOf(commission, "status") !== REFUNDED);
  const ended = { ...listed, outcome: open.length > 0 ? "recorded" : "duplicate", body: [] };
  for (const commission of open) {
    const { error, attempts, requestId, body: marked } = await deliver(DUB_COMMISSION, { id: ownOf(commission, "id"), status: REFUNDED }, options, true);
    ended.attempts += attempts;
    ended.requestId = requestId;
    if (!error) ended.body.push(marked);
    else if (ended.error === null || error.retryable) Object.assign(ended, { outcome: "failed", error });
    // The next would meet the same.
    if (error?.retryable) break;
  }
  if (ended.error) ended.error.attempts = ended.attempts;
  return resultOf(ended);
}

const REFUNDED = "refunded";

/** It has no time in it, so whoever keeps one can send it again: what tells it from others is returned beside it. */
export const verifyDubWebhookWith = (core) =>
  async function verifyDubWebhook(from, secret) {
    const verdict = await verify(core, { header: "Dub-Signature", check: verifyBareWebhook }, from, secret);
    return verdict.valid ? { ...verdict, eventId: ifText(ownOf(verdict.event, "id")) ?? null } : verdict;
  };
