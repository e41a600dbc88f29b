// The service's books: clicks, leads and sales, each invoice once.
// In: checked requests and the stage directions of control.ts. Out: the rows it wrote, and the whole ledger as JSON.
// Not its job: HTTP, validation, the shape of an answer (contract.ts).

import { now, randomId, ServiceBooks } from "../../fake-common/books.ts";
import type { CustomerRow, LeadRequest, LeadRow, LinkRow, SaleRequest, SaleRow } from "./contract.ts";
import { readView, SCHEMA, TABLES, type LedgerView } from "./ledger-view.ts";

/** What a click ID that nobody recorded, or an invoice that somebody did, comes to. */
export type Refusal = "unknown_click" | "duplicate_invoice";

export type ClickSeed = { id?: string; publicId?: string; link?: string | null };
export type NextIds = { sale?: string; publicToken?: string; expires?: string };

type ClickRow = { id: string; public_id: string; link_key: string | null };

const COMMISSION_PERCENT = 10;
const DEFAULT_LINK: LinkRow = {
  id: "lnk_alice",
  domain: "go.yoursite.com",
  key: "alice",
  // Relative: to the site the link was opened on. The demo puts the shop's address here.
  url: "/",
  programId: "prog_demo",
};

export class Ledger extends ServiceBooks {
  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env, SCHEMA, TABLES);
    if (this.linkOf(DEFAULT_LINK.key) === null) this.addLink(DEFAULT_LINK);
  }

  /** Records a click on a partner's link. `null`: no such link. */
  click(linkKey: string): { clickId: string; url: string } | null {
    const link = this.linkOf(linkKey);
    if (link === null) return null;
    return { clickId: this.addClick({ link: linkKey }).id, url: link.url };
  }

  /** Records a lead. `null`: taken, but the click belongs to no link. Repeats are recorded again: nothing says otherwise. */
  recordLead(lead: LeadRequest): LeadRow | Refusal | null {
    const click = this.clickOf(lead.clickId);
    if (click === null) return "unknown_click";
    const link = click.link_key === null ? null : this.linkOf(click.link_key);
    if (link === null) return null;
    const customer = customerOf(lead);
    this.sql(
      "INSERT INTO leads (click_id, event_name, customer_external_id, at) VALUES (?, ?, ?, ?)",
      click.id, lead.eventName, customer.externalId, now(),
    );
    return { eventName: lead.eventName, publicClickId: click.public_id, link, customer };
  }

  /** Records a sale and its commission, once for each invoice ID. `null` as for a lead. */
  recordSale(sale: SaleRequest): SaleRow | Refusal | null {
    const click = this.clickOf(sale.clickId);
    if (click === null) return "unknown_click";
    if (click.link_key === null) return null;
    const invoiceId = sale.invoiceId ?? null;
    const known = invoiceId !== null && this.sql("SELECT 1 FROM sales WHERE invoice_id = ?", invoiceId).length > 0;
    if (known) return "duplicate_invoice";
    const row: SaleRow = {
      id: this.takeSetting("next_sale_id") ?? randomId("sale"),
      eventName: sale.eventName ?? "Purchase",
      customer: customerOf(sale),
      amount: sale.amount,
      currency: sale.currency ?? "usd",
      commission: Math.round((sale.amount * COMMISSION_PERCENT) / 100),
      invoiceId,
      // The documentation states no default; "custom" is the one value that claims nothing.
      paymentProcessor: sale.paymentProcessor ?? "custom",
    };
    this.sql(
      `INSERT INTO sales (id, click_id, customer_external_id, amount, currency, commission, invoice_id, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      row.id, click.id, row.customer.externalId, row.amount, row.currency, row.commission, invoiceId, now(),
    );
    return row;
  }

  /** A token for the partner dashboard; `null`: no program is active. The 30 minutes it lasts are the fake's own. */
  embedToken(): { publicToken: string; expires: string } | null {
    if (this.setting("program") === "off") return null;
    return {
      publicToken: this.takeSetting("next_public_token") ?? randomId("pt"),
      expires: this.takeSetting("next_expires") ?? new Date(Date.now() + 1_800_000).toISOString(),
    };
  }

  view(): LedgerView {
    return readView((query) => this.sql(query), this.requests());
  }

  /** Empties every table; the default link stays. */
  reset(): void {
    this.empty();
    this.addLink(DEFAULT_LINK);
  }

  addLink(link: Partial<LinkRow> & { key: string }): LinkRow {
    const row: LinkRow = { ...DEFAULT_LINK, id: `lnk_${link.key}`, ...link };
    this.sql(
      "INSERT OR REPLACE INTO links (key, id, domain, url, program_id) VALUES (?, ?, ?, ?, ?)",
      row.key, row.id, row.domain, row.url, row.programId,
    );
    return row;
  }

  /** `link: null` makes a click that belongs to no link. */
  addClick(seed: ClickSeed): { id: string; publicId: string; link: string | null } {
    const row = { id: seed.id ?? randomId(), publicId: seed.publicId ?? randomId("clk"), link: seed.link ?? null };
    this.sql(
      "INSERT OR REPLACE INTO clicks (id, public_id, link_key, at) VALUES (?, ?, ?, ?)",
      row.id, row.publicId, row.link, now(),
    );
    return row;
  }

  /** The IDs the next answers use, so that a documented example can be answered to the letter. */
  setNextIds(ids: NextIds): void {
    this.setSetting("next_sale_id", ids.sale ?? null);
    this.setSetting("next_public_token", ids.publicToken ?? null);
    this.setSetting("next_expires", ids.expires ?? null);
  }

  setProgram(active: boolean): void {
    this.setSetting("program", active ? null : "off");
  }

  private linkOf(key: string): LinkRow | null {
    const query = "SELECT id, domain, key, url, program_id AS programId FROM links WHERE key = ?";
    return (this.sql(query, key)[0] as LinkRow | undefined) ?? null;
  }

  private clickOf(id: string): ClickRow | null {
    return (this.sql("SELECT id, public_id, link_key FROM clicks WHERE id = ?", id)[0] as ClickRow | undefined) ?? null;
  }
}

function customerOf(event: LeadRequest | SaleRequest): CustomerRow {
  return {
    externalId: event.customerExternalId,
    email: event.customerEmail ?? null,
    name: event.customerName ?? null,
  };
}
