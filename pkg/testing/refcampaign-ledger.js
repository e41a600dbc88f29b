// RefCampaign's books: clicks with their sessions, and conversions, each external ID once.
//
// In: checked requests and stage directions. Out: the rows that were written, and the books as a test and as a page see them.
// Not its job: HTTP, validation, the shape of an answer (refcampaign-contract.js).

import { randomId } from "./answer.js";
import { copyOf, openBooks } from "./books.js";
import { moneyOf } from "./refport-ledger.js";

const COMMISSION_PERCENT = 10;
/** The link that always exists. Relative: to the site it was opened on. */
const DEFAULT_LINK = { code: "bob", url: "/" };

export class Ledger {
  books;
  #clock;
  #isEverySessionKnown;

  /** @param {{ isEverySessionKnown: boolean }} options A session that nobody began then counts as one of the default link's. */
  constructor({ clock, store, isEverySessionKnown }) {
    this.books = openBooks(["links", "clicks", "conversions", "refunds"], store);
    this.#clock = clock;
    this.#isEverySessionKnown = isEverySessionKnown;
    if (this.linkOf(DEFAULT_LINK.code) === null) this.addLink(DEFAULT_LINK);
  }

  linkOf(code) {
    return this.books.links.get(code) ?? null;
  }

  addLink(link) {
    return this.books.links.put(link.code, { ...DEFAULT_LINK, ...link });
  }

  addClick({ sessionId = randomId("rcs"), clickId = randomId("clk"), code = DEFAULT_LINK.code } = {}) {
    // A click that takes the place of another is the newest.
    this.books.clicks.delete(sessionId);
    this.books.clicks.put(sessionId, { sessionId, clickId, code, customerEmailHash: null, at: this.#clock.iso() });
    return { sessionId, clickId, code };
  }

  /** Binds an e-mail hash to a session; the first one stays. `false`: no such session. */
  identify({ sessionId, customerEmailHash }) {
    const click = this.#clickOf(sessionId);
    if (click && click.customerEmailHash === null) this.books.clicks.put(sessionId, { ...click, customerEmailHash });
    return click !== undefined;
  }

  /** Once for each external ID: `"known"`. `"unattributed"`: nobody to credit. */
  recordConversion(postback, reported) {
    const { books } = this;
    const first = books.conversions.get(postback.externalId);
    if (first) return books.setting("repeats") === "first" ? first : "known";
    const attribution = this.#attributionOf(postback);
    if (attribution === null) return "unattributed";
    const { externalId, conversionType, amount, currency, customerId = null } = postback;
    return books.conversions.put(externalId, {
      conversionId: books.takeSetting("next_conversion_id") ?? randomId("cnv"),
      externalId, conversionType, amount, currency, customerId,
      affiliateCode: attribution.code,
      attributedBy: attribution.by,
      commissionId: books.takeSetting("next_commission_id") ?? randomId("cmm"),
      commission: commissionOn(amount),
      status: "PENDING",
      refunded: 0,
      at: this.#clock.iso(),
      reported,
    });
  }

  /**
   * Takes a conversion back, whole or in part, once. It has to be approved first, the SDK says (`approve`). Refused: `{ status }`,
   * or `{ most }` where more than its amount was asked for; `null`: no such conversion.
   */
  refundConversion(refund) {
    const conversion = this.books.conversions.get(refund.externalId);
    if (!conversion) return null;
    const { conversionId, amount, status } = conversion;
    if (status === "REFUNDED") return { conversionId, alreadyRefunded: true };
    if (status === "PENDING") return { status };
    const refunded = refund.amount ?? amount;
    if (refunded > amount) return { most: amount };
    const commission = commissionOn(amount - refunded);
    this.books.conversions.put(refund.externalId, { ...conversion, status: "REFUNDED", refunded, commission });
    this.books.refunds.put(refund.externalId, refund);
    return { conversionId, alreadyRefunded: false };
  }

  /** Whether there was a pending conversion to approve. */
  approve(externalId) {
    const conversion = this.books.conversions.get(externalId);
    if (conversion?.status !== "PENDING") return false;
    this.books.conversions.put(externalId, { ...conversion, status: "APPROVED" });
    return true;
  }

  /** The IDs the next answers use, so that a documented example can be answered to the letter. */
  setNextIds({ conversion = null, commission = null }) {
    this.books.setSetting("next_conversion_id", conversion);
    this.books.setSetting("next_commission_id", commission);
  }

  setRepeats(answer) {
    this.books.setSetting("repeats", answer);
  }

  setQuota(isUsedUp) {
    this.books.setSetting("quota", isUsedUp ? "used up" : null);
  }

  /** Empties every table; the default link stays. */
  reset() {
    this.books.empty();
    this.addLink(DEFAULT_LINK);
  }

  #clickOf(sessionId) {
    if (!this.books.clicks.get(sessionId) && this.#isEverySessionKnown) this.addClick({ sessionId });
    return this.books.clicks.get(sessionId);
  }

  /**
   * Who is credited. The first identifier that leads to an affiliate wins: a session comes before a hash, the old documentation
   * says; of the others it says nothing. Of the clicks with one e-mail hash the newest counts.
   */
  #attributionOf({ sessionId, clickId, customerEmailHash, affiliateCode }) {
    const newest = (name, value) => value && this.books.clicks.newest((click) => click[name] === value)?.code;
    const found = [
      ["sessionId", sessionId && this.#clickOf(sessionId)?.code],
      ["clickId", newest("clickId", clickId)],
      ["customerEmailHash", newest("customerEmailHash", customerEmailHash)],
      ["affiliateCode", affiliateCode && this.linkOf(affiliateCode)?.code],
    ].find(([, code]) => code);
    return found ? { by: found[0], code: found[1] } : null;
  }
}

/** As a test compares it: what was reported, as it was reported. */
export const ledgerOf = (books) => ({
  get clicks() {
    return books.clicks.all().map(({ sessionId, clickId, code, customerEmailHash }) => ({
      sessionId, clickId, affiliateCode: code, customerEmailHash,
    }));
  },
  get conversions() {
    return copyOf(books.conversions.all().map(({ reported }) => reported));
  },
  get refunds() {
    return copyOf(books.refunds.all());
  },
  get totals() {
    return totalsOf(books);
  },
});

/** As a page shows it: with IDs, commission, status, times. */
export function viewOf(books) {
  const clicks = books.clicks.all().map(({ sessionId, clickId, code, customerEmailHash, at }) => ({
    sessionId, clickId, affiliateCode: code, customerEmailHash, at,
  }));
  const conversions = books.conversions.all().map(({ reported: _, ...conversion }) => conversion);
  const requests = books.requests.all().map(({ seq: _, ...request }) => request);
  return { totals: { ...totalsOf(books), requests: requests.length }, clicks, conversions, requests };
}

function totalsOf({ clicks, conversions }) {
  const left = conversions.all().map((conversion) => ({ ...conversion, amount: conversion.amount - conversion.refunded }));
  return { clicks: clicks.size, conversions: conversions.size, money: moneyOf(left) };
}

function commissionOn(amount) {
  return Math.round((amount * COMMISSION_PERCENT) / 100);
}
