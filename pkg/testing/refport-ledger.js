// Refport's books: clicks, leads and sales, each invoice once.
//
// In: checked requests and stage directions. Out: the rows that were written, and the books as a test and as a page see them.
// Not its job: HTTP, validation, the shape of an answer (refport-contract.js).

import { randomId } from "./answer.js";
import { copyOf, openBooks } from "./books.js";

const COMMISSION_PERCENT = 10;
const DEFAULT_LINK = {
  id: "lnk_alice",
  domain: "go.yoursite.com",
  key: "alice",
  // Relative: to the site the link was opened on. The demo puts the shop's address here.
  url: "/",
  programId: "prog_demo",
};

export class Ledger {
  books;
  #clock;
  #isEveryClickKnown;

  /** @param {{ isEveryClickKnown: boolean }} options A click ID that nobody recorded then counts as a click on the default link. */
  constructor({ clock, store, isEveryClickKnown }) {
    this.books = openBooks(["links", "clicks", "leads", "sales"], store);
    this.#clock = clock;
    this.#isEveryClickKnown = isEveryClickKnown;
    if (this.linkOf(DEFAULT_LINK.key) === null) this.addLink(DEFAULT_LINK);
  }

  linkOf(key) {
    return this.books.links.get(key) ?? null;
  }

  addLink(link) {
    const row = { ...DEFAULT_LINK, id: `lnk_${link.key}`, ...link };
    return this.books.links.put(row.key, row);
  }

  /** `link: null` makes a click that belongs to no link. A link that nobody has made is made. */
  addClick({ id = randomId(), publicId = randomId("clk"), link = null } = {}) {
    if (link !== null && this.linkOf(link) === null) this.addLink({ key: link });
    return this.books.clicks.put(id, { id, publicId, link, at: this.#clock.iso() });
  }

  /** Repeats are recorded again: nothing says otherwise. `null`: credited to nobody. */
  recordLead(lead) {
    const { click, link } = this.#creditOf(lead);
    if (click === null) return "unknown_click";
    if (link === null) return null;
    this.books.leads.put(randomId("lead"), { reported: lead, at: this.#clock.iso() });
    return { eventName: lead.eventName, publicClickId: click.publicId, link, customer: customerOf(lead) };
  }

  /** Once for each invoice ID. `null`: credited to nobody. */
  recordSale(sale) {
    const { books } = this;
    const { click, link } = this.#creditOf(sale);
    if (click === null) return "unknown_click";
    if (link === null) return null;
    const invoiceId = sale.invoiceId ?? null;
    const key = invoiceId === null ? randomId("without-invoice") : `invoice ${invoiceId}`;
    if (books.sales.get(key)) return "duplicate_invoice";
    return books.sales.put(key, {
      id: books.takeSetting("next_sale_id") ?? randomId("sale"),
      eventName: sale.eventName ?? "Purchase",
      customer: customerOf(sale),
      amount: sale.amount,
      currency: sale.currency ?? "usd",
      commission: Math.round((sale.amount * COMMISSION_PERCENT) / 100),
      invoiceId,
      // The documentation states no default; "custom" is the one value that claims nothing.
      paymentProcessor: sale.paymentProcessor ?? "custom",
      reported: sale,
      at: this.#clock.iso(),
    });
  }

  /** A token for the partner dashboard; `null`: no program is active. The 30 minutes it lasts are the fake's own. */
  embedToken() {
    const { books } = this;
    if (books.setting("program") === "off") return null;
    return {
      publicToken: books.takeSetting("next_public_token") ?? randomId("pt"),
      expires: books.takeSetting("next_expires") ?? new Date(this.#clock.now() + 1_800_000).toISOString(),
    };
  }

  /** The IDs the next answers use, so that a documented example can be answered to the letter. */
  setNextIds({ sale = null, publicToken = null, expires = null }) {
    this.books.setSetting("next_sale_id", sale);
    this.books.setSetting("next_public_token", publicToken);
    this.books.setSetting("next_expires", expires);
  }

  setProgram(isActive) {
    this.books.setSetting("program", isActive ? null : "off");
  }

  /** Empties every table; the default link stays. */
  reset() {
    this.books.empty();
    this.addLink(DEFAULT_LINK);
  }

  /** The click of an event, and its link. No click: it is unknown. No link: the event is credited to nobody. */
  #creditOf({ clickId }) {
    const isAdded = this.#isEveryClickKnown && !this.books.clicks.get(clickId);
    const click = isAdded ? this.addClick({ id: clickId, link: DEFAULT_LINK.key }) : (this.books.clicks.get(clickId) ?? null);
    return { click, link: click?.link ? this.linkOf(click.link) : null };
  }
}

/** As a test compares it: what was reported, as it was reported. */
export const ledgerOf = (books) => ({
  get clicks() {
    return books.clicks.all().map(({ id, link }) => ({ id, link }));
  },
  get leads() {
    return copyOf(books.leads.all().map(({ reported }) => reported));
  },
  get sales() {
    return copyOf(books.sales.all().map(({ reported }) => reported));
  },
  get totals() {
    return totalsOf(books);
  },
});

/** As a page shows it: with IDs, commission, times. */
export function viewOf(books) {
  const sales = books.sales.all().map(({ reported, id, amount, currency, commission, invoiceId, at }) => ({
    id, clickId: reported.clickId, customerExternalId: reported.customerExternalId, amount, currency, commission, invoiceId, at,
  }));
  const leads = books.leads.all().map(({ reported: { clickId, eventName, customerExternalId }, at }) => ({
    clickId, eventName, customerExternalId, at,
  }));
  const clicks = books.clicks.all().map(({ id, link, at }) => ({ id, link, at }));
  const requests = books.requests.all().map(({ seq: _, ...request }) => request);
  return { totals: { ...totalsOf(books), requests: requests.length }, clicks, leads, sales, requests };
}

function totalsOf({ clicks, leads, sales }) {
  return { clicks: clicks.size, leads: leads.size, sales: sales.size, money: moneyOf(sales.all()) };
}

/** What rows come to, in the smallest unit of each currency. */
export function moneyOf(rows) {
  const money = new Map();
  for (const { currency, amount, commission } of rows) {
    const sum = money.get(currency) ?? { currency, amount: 0, commission: 0 };
    money.set(currency, { currency, amount: sum.amount + amount, commission: sum.commission + commission });
  }
  return [...money.values()].sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

function customerOf(event) {
  return {
    externalId: event.customerExternalId,
    email: event.customerEmail ?? null,
    name: event.customerName ?? null,
  };
}
