// The fake RefCampaign service: who asks, is there room, is it well formed, then the ledger's word.
//
// In: a test's wishes. Out: the service as an object with a `fetch`, and its webhooks.
// Not its job: what the answers look like (refcampaign-contract.js), what is recorded (refcampaign-ledger.js).

import { randomId } from "./answer.js";
import { fakeClock } from "./clock.js";
import { known, right, RULES } from "./given.js";
import {
  alreadyExists, BROWSER_NAMES, checkIdentify, checkPostback, checkRefund, identified, invalidRequest, nobodyToCredit,
  noSuchEndpoint, notRefundable, pingAnswer, postbackAnswer, quotaExceeded, rateLimited, REFERENCE_NAMES, refundAnswer,
  refundTooHigh, refused, sealed, unauthorized, unknownConversion, unknownSession,
} from "./refcampaign-contract.js";
import { Ledger, ledgerOf, viewOf } from "./refcampaign-ledger.js";
import { fakeService, holdsKey, parsed } from "./service.js";
import { hex, signRefCampaignWebhook } from "./webhook.js";

const { text } = RULES;
const CLICK = { sessionId: text, clickId: text, code: text };
const LINK = { code: text, url: text };
const NEXT_IDS = { conversion: text, commission: text };
const OPTIONS = {
  sessions: RULES.list((session) => known(session, CLICK, "a session of sessions")),
  script: RULES.anything,
  apiKey: text,
  store: RULES.store,
  webhookSecret: text,
};

/** A public one wants no key, and does not look at one. */
const ENDPOINTS = {
  "POST /api/v1/conversions/postback": { isPublic: false, answer: recordConversion },
  "POST /api/v1/conversions/refund": { isPublic: false, answer: refundConversion },
  "POST /api/v1/track/identify": { isPublic: true, answer: (body, ledger) => identify(body, ledger, REFERENCE_NAMES) },
  "POST /api/track/identify": { isPublic: true, answer: (body, ledger) => identify(body, ledger, BROWSER_NAMES) },
  "GET /api/v1/ping": { isPublic: false, answer: (_, { books }) => pingAnswer(books.links.size) },
};

export function fakeRefCampaign(options = {}) {
  const { sessions, script, apiKey, store, webhookSecret = "whsec_test" } = known(options, OPTIONS, "fakeRefCampaign");
  const clock = fakeClock();
  const ledger = new Ledger({ clock, store, isEverySessionKnown: sessions === undefined });
  const { books } = ledger;
  for (const one of sessions ?? []) ledger.addClick(typeof one === "string" ? { sessionId: one } : one);
  const seal = (answer) => sealed(answer, clock.iso(), randomId("req"));

  async function decide(asked) {
    const endpoint = ENDPOINTS[`${asked.method} ${asked.path}`];
    if (!endpoint) return seal(noSuchEndpoint);
    if (!endpoint.isPublic && !holdsKey(asked, apiKey)) return seal(unauthorized);
    const limited = service.takeRefusal();
    if (limited) return seal(limited);
    const body = asked.method === "GET" ? null : parsed(asked.text);
    if (body === undefined || (body !== null && !saysJson(asked))) return seal(invalidRequest);
    return seal(await endpoint.answer(body, ledger));
  }

  function follow(code) {
    const link = ledger.linkOf(code);
    return link && { url: link.url, parameter: "_rcid", value: ledger.addClick({ code }).sessionId };
  }

  /** Without `data` it is of the newest conversion. */
  function webhook(event, data = lastConversion(books)) {
    right("webhook's event", event, text);
    right("webhook's data", data, RULES.data);
    const about = data.conversionId ?? "none";
    const whole = { event, data, timestamp: clock.iso(), idempotencyKey: `${event}:conversion:${about}` };
    return signRefCampaignWebhook(whole, webhookSecret, { nowMs: clock.now() });
  }

  const rules = { books, clock, decide, follow, limited: rateLimited, refused: (status) => seal(refused(status)) };
  const service = fakeService(rules, script);
  // The members of `fake` are getters, which a spread would read once and for all.
  return Object.assign(service.fake, { ...directions(ledger), ledger: ledgerOf(books), view: () => viewOf(books), webhook, webhookSecret });
}

/** What a test may tell the service. */
const directions = (ledger) => ({
  addLink: (link) => ledger.addLink(withCode(known(link, LINK, "addLink"))),
  addClick: (click = {}) => ledger.addClick(known(click, CLICK, "addClick")),
  approve: (externalId) => ledger.approve(externalId),
  setNextIds: (ids) => ledger.setNextIds(known(ids, NEXT_IDS, "setNextIds")),
  setRepeats: (answer) => ledger.setRepeats(right("setRepeats", answer, RULES.oneOf("conflict", "first"))),
  setQuota: (isUsedUp) => ledger.setQuota(right("setQuota", isUsedUp, RULES.flag)),
  reset: () => ledger.reset(),
});

const withCode = (link) => right("code", link.code, text) && link;

async function recordConversion(body, ledger) {
  if (ledger.books.setting("quota") !== null) return quotaExceeded;
  const postback = checkPostback(body);
  if (postback.answer) return postback.answer;
  // An e-mail address is hashed as the browser SDK hashes it.
  const { customerEmail, customerEmailHash = customerEmail && (await hashEmail(customerEmail)) } = postback.value;
  const row = ledger.recordConversion({ ...postback.value, customerEmailHash }, body);
  if (row === "known") return alreadyExists;
  return row === "unattributed" ? nobodyToCredit : postbackAnswer(row);
}

function refundConversion(body, ledger) {
  const refund = checkRefund(body);
  if (refund.answer) return refund.answer;
  const row = ledger.refundConversion(refund.value);
  if (row === null) return unknownConversion;
  if ("status" in row) return notRefundable(row.status);
  return "most" in row ? refundTooHigh(row.most) : refundAnswer(row);
}

function identify(body, ledger, names) {
  const wanted = checkIdentify(body, names);
  if (wanted.answer) return wanted.answer;
  return ledger.identify(wanted.value) ? identified : unknownSession;
}

function lastConversion(books) {
  const { conversionId, externalId, amount, currency } = books.conversions.newest(() => true) ?? {};
  return conversionId === undefined ? {} : { conversionId, externalId, amount, currency };
}

const saysJson = ({ headers }) => /^application\/json\s*(;|$)/i.test(headers.get("content-type") ?? "");

async function hashEmail(email) {
  return hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(email.trim().toLowerCase())));
}
