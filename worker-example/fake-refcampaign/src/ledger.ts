// The service's books: clicks with their sessions, and conversions, each external ID once.
// In: checked requests and the stage directions of control.ts. Out: the rows it wrote, and the whole ledger as JSON.
// Not its job: HTTP, validation, the shape of an answer (contract.ts).

import { now, randomId, ServiceBooks } from "../../fake-common/books.ts";
import type {
  ConversionRow, Identifiers, IdentifyRequest, PostbackRequest, RefundRequest, RefundRow,
} from "./contract.ts";
import { readView, SCHEMA, TABLES, type CampaignLedgerView, type ConversionStatus } from "./ledger-view.ts";

/** Why a conversion was not recorded. */
export type Refusal = "known" | "unattributed";
/** Why a refund was not: the conversion's status, or more than its amount was asked for. `null`: no such conversion. */
export type RefundRefusal = { status: ConversionStatus } | { most: number } | null;

export type Link = { code: string; url: string };
export type ClickSeed = { sessionId?: string; clickId?: string; code?: string };
export type NextIds = { conversion?: string; commission?: string };

type Attribution = { code: string; by: string };
type Refundable = { id: string; amount: number; status: ConversionStatus };

const COMMISSION_PERCENT = 10;
/** The link that always exists. Relative: to the site it was opened on. */
const DEFAULT_LINK: Link = { code: "bob", url: "/" };

/**
 * How each identifier leads to an affiliate. The first that does wins: a session comes before a hash, the old
 * documentation says; of the others it says nothing. Of the clicks with one e-mail hash the newest counts.
 */
const ATTRIBUTIONS: [keyof Identifiers, string][] = [
  ["sessionId", "SELECT code FROM clicks WHERE session_id = ?"],
  ["clickId", "SELECT code FROM clicks WHERE click_id = ?"],
  ["customerEmailHash", "SELECT code FROM clicks WHERE customer_email_hash = ? ORDER BY seq DESC"],
  ["affiliateCode", "SELECT code FROM links WHERE code = ?"],
];

export class Ledger extends ServiceBooks {
  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env, SCHEMA, TABLES);
    if (this.urlOf(DEFAULT_LINK.code) === null) this.addLink(DEFAULT_LINK);
  }

  /** Records a click on an affiliate's link, and begins a session with it. `null`: no such link. */
  click(code: string): { sessionId: string; url: string } | null {
    const url = this.urlOf(code);
    return url === null ? null : { sessionId: this.addClick({ code }).sessionId, url };
  }

  /** Binds an e-mail hash to a session; the first one stays. `false`: no such session. */
  identify({ sessionId, customerEmailHash }: IdentifyRequest): boolean {
    const first = "UPDATE clicks SET customer_email_hash = ? WHERE session_id = ? AND customer_email_hash IS NULL";
    this.sql(first, customerEmailHash, sessionId);
    return this.sql("SELECT 1 FROM clicks WHERE session_id = ?", sessionId).length > 0;
  }

  /** Records a conversion and its commission, once for each external ID. */
  recordConversion(postback: PostbackRequest): ConversionRow | Refusal {
    const { externalId, conversionType, amount, currency, customerId } = postback;
    const first = this.conversionOf(externalId);
    if (first !== null) return this.setting("repeats") === "first" ? first : "known";
    const attribution = this.attribute(postback);
    if (attribution === null) return "unattributed";
    const row: ConversionRow = {
      conversionId: this.takeSetting("next_conversion_id") ?? randomId("cnv"),
      commissionId: this.takeSetting("next_commission_id") ?? randomId("cmm"),
      commission: commissionOn(amount),
    };
    this.sql(
      `INSERT INTO conversions (id, external_id, type, amount, currency, customer_id, code, attributed_by,
       commission_id, commission, status, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', ?)`,
      row.conversionId, externalId, conversionType, amount, currency, customerId ?? null, attribution.code,
      attribution.by, row.commissionId, row.commission, now(),
    );
    return row;
  }

  /** Takes a conversion back, whole or in part, once. It has to be approved first, the SDK says (`approve`). */
  refundConversion({ externalId, amount }: RefundRequest): RefundRow | RefundRefusal {
    const query = "SELECT id, amount, status FROM conversions WHERE external_id = ?";
    const conversion = this.sql(query, externalId)[0] as Refundable | undefined;
    if (!conversion) return null;
    if (conversion.status === "REFUNDED") return { conversionId: conversion.id, alreadyRefunded: true };
    if (conversion.status === "PENDING") return { status: conversion.status };
    const refunded = amount ?? conversion.amount;
    if (refunded > conversion.amount) return { most: conversion.amount };
    this.sql(
      "UPDATE conversions SET status = 'REFUNDED', refunded = ?, commission = ? WHERE external_id = ?",
      refunded, commissionOn(conversion.amount - refunded), externalId,
    );
    return { conversionId: conversion.id, alreadyRefunded: false };
  }

  activeCampaigns(): number {
    return Number(this.sql("SELECT count(*) AS n FROM links")[0]?.n ?? 0);
  }

  isQuotaUsedUp(): boolean {
    return this.setting("quota") === "used up";
  }

  view(): CampaignLedgerView {
    return readView((query) => this.sql(query), this.requests());
  }

  /** Empties every table; the default link stays. */
  reset(): void {
    this.empty();
    this.addLink(DEFAULT_LINK);
  }

  addLink(link: Partial<Link> & { code: string }): Link {
    const row = { ...DEFAULT_LINK, ...link };
    this.sql("INSERT OR REPLACE INTO links (code, url) VALUES (?, ?)", row.code, row.url);
    return row;
  }

  addClick(seed: ClickSeed): Required<ClickSeed> {
    const row = {
      sessionId: seed.sessionId ?? randomId("rcs"),
      clickId: seed.clickId ?? randomId("clk"),
      code: seed.code ?? DEFAULT_LINK.code,
    };
    this.sql(
      "INSERT OR REPLACE INTO clicks (session_id, click_id, code, at) VALUES (?, ?, ?, ?)",
      row.sessionId, row.clickId, row.code, now(),
    );
    return row;
  }

  /** Whether there was a pending conversion to approve. */
  approve(externalId: string): boolean {
    const query = "UPDATE conversions SET status = 'APPROVED' WHERE external_id = ? AND status = 'PENDING' RETURNING 1";
    return this.sql(query, externalId).length > 0;
  }

  /** The IDs the next answers use, so that a documented example can be answered to the letter. */
  setNextIds(ids: NextIds): void {
    this.setSetting("next_conversion_id", ids.conversion ?? null);
    this.setSetting("next_commission_id", ids.commission ?? null);
  }

  setRepeats(answer: "conflict" | "first"): void {
    this.setSetting("repeats", answer);
  }

  setQuota(usedUp: boolean): void {
    this.setSetting("quota", usedUp ? "used up" : null);
  }

  private attribute(identifiers: Identifiers): Attribution | null {
    for (const [by, query] of ATTRIBUTIONS) {
      const value = identifiers[by];
      const code = value === undefined ? undefined : this.sql(query, value)[0]?.code;
      if (code !== undefined) return { code: String(code), by };
    }
    return null;
  }

  private conversionOf(externalId: string): ConversionRow | null {
    const query = `SELECT id AS conversionId, commission_id AS commissionId, commission
      FROM conversions WHERE external_id = ?`;
    return (this.sql(query, externalId)[0] as ConversionRow | undefined) ?? null;
  }

  private urlOf(code: string): string | null {
    return (this.sql("SELECT url FROM links WHERE code = ?", code)[0]?.url as string | undefined) ?? null;
  }
}

function commissionOn(amount: number): number {
  return Math.round((amount * COMMISSION_PERCENT) / 100);
}
