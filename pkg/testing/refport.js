// The fake Refport service: who asks, is there room, is it well formed, then the ledger's word.
//
// In: a test's wishes. Out: the service as an object with a `fetch`.
// Not its job: what the answers look like (refport-contract.js), what is recorded (refport-ledger.js).

import { fakeClock } from "./clock.js";
import { known, right, RULES } from "./given.js";
import {
  checkEmbed, checkLead, checkSale, duplicateInvoice, embedAnswer, invalidClickId, leadAnswer, noProgram, noSuchEndpoint,
  rateLimited, refused, saleAnswer, unauthorized,
} from "./refport-contract.js";
import { Ledger, ledgerOf, viewOf } from "./refport-ledger.js";
import { fakeService, holdsKey, parsed } from "./service.js";

const { text, textOrNull, anything } = RULES;
const CLICK = { id: text, publicId: text, link: textOrNull };
const LINK = { key: text, id: text, domain: text, url: text, programId: textOrNull };
const NEXT_IDS = { sale: text, publicToken: text, expires: text };
const OPTIONS = {
  clicks: RULES.list((click) => known(click, CLICK, "a click of clicks")),
  script: anything,
  apiKey: text,
  store: RULES.store,
};

const REFUSED = { unknown_click: invalidClickId, duplicate_invoice: duplicateInvoice };
const ENDPOINTS = {
  "POST /api/track/lead": (body, ledger) => told(checkLead(body), (lead) => ledger.recordLead(lead), leadAnswer),
  "POST /api/track/sale": (body, ledger) => told(checkSale(body), (sale) => ledger.recordSale(sale), saleAnswer),
  "POST /api/embed/token": (body, ledger) =>
    told(checkEmbed(body), () => ledger.embedToken(), (token) => (token ? embedAnswer(token.publicToken, token.expires) : noProgram)),
};

export function fakeRefport(options = {}) {
  const { clicks, script, apiKey, store } = known(options, OPTIONS, "fakeRefport");
  const clock = fakeClock();
  const ledger = new Ledger({ clock, store, isEveryClickKnown: clicks === undefined });
  const { books } = ledger;
  for (const click of clicks ?? []) ledger.addClick(typeof click === "string" ? { id: click, link: "alice" } : click);

  async function decide(asked) {
    const endpoint = ENDPOINTS[`${asked.method} ${asked.path}`];
    if (!endpoint) return noSuchEndpoint;
    if (!holdsKey(asked, apiKey)) return unauthorized;
    return service.takeRefusal() ?? endpoint(parsed(asked.text), ledger);
  }

  function follow(key) {
    const link = ledger.linkOf(key);
    return link && { url: link.url, parameter: "refp_id", value: ledger.addClick({ link: key }).id };
  }

  const service = fakeService({ books, clock, decide, follow, refused, limited: rateLimited }, script);
  // The members of `fake` are getters, which a spread would read once and for all.
  return Object.assign(service.fake, {
    ledger: ledgerOf(books),
    view: () => viewOf(books),
    addLink: (link) => ledger.addLink(withKey(known(link, LINK, "addLink"))),
    addClick: (click = {}) => withoutTime(ledger.addClick(known(click, CLICK, "addClick"))),
    setNextIds: (ids) => ledger.setNextIds(known(ids, NEXT_IDS, "setNextIds")),
    setProgram: (isActive) => ledger.setProgram(right("setProgram", isActive, RULES.flag)),
    reset: () => ledger.reset(),
  });
}

const withKey = (link) => right("key", link.key, text) && link;

const withoutTime = ({ at: _, ...row }) => row;

/** What is recorded of a request that is well formed, as an answer. */
function told({ value, answer }, record, answerOf) {
  if (answer) return answer;
  const row = record(value);
  return REFUSED[row] ?? answerOf(row);
}
