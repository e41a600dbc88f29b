// The ledger as it is stored and as it is shown: the tables, and the JSON a reader gets.
// In: a way to ask the tables. Out: `CampaignLedgerView`.
// Not its job: writing to the tables (ledger.ts).

import type { RequestRow } from "../../fake-common/books.ts";

export type CampaignLedgerView = {
  totals: {
    clicks: number;
    conversions: number;
    /** What the conversions come to, refunds taken off, and 10 % of it, in the smallest unit of each currency. */
    money: { currency: string; amount: number; commission: number }[];
    requests: number;
  };
  clicks: { sessionId: string; clickId: string; affiliateCode: string; customerEmailHash: string | null; at: string }[];
  conversions: {
    conversionId: string;
    externalId: string;
    conversionType: string;
    amount: number;
    currency: string;
    customerId: string | null;
    affiliateCode: string;
    /** Which of the request's identifiers led to the affiliate. */
    attributedBy: string;
    commissionId: string;
    /** What is left of it after a refund. */
    commission: number;
    status: ConversionStatus;
    refunded: number;
    at: string;
  }[];
  requests: RequestRow[];
};

export type ConversionStatus = "PENDING" | "APPROVED" | "REFUNDED";

export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS links (code TEXT PRIMARY KEY, url TEXT);
  CREATE TABLE IF NOT EXISTS clicks (
    seq INTEGER PRIMARY KEY, session_id TEXT UNIQUE, click_id TEXT UNIQUE, code TEXT, customer_email_hash TEXT, at TEXT);
  CREATE TABLE IF NOT EXISTS conversions (
    seq INTEGER PRIMARY KEY, id TEXT, external_id TEXT UNIQUE, type TEXT, amount INTEGER, currency TEXT,
    customer_id TEXT, code TEXT, attributed_by TEXT, commission_id TEXT, commission INTEGER, status TEXT,
    refunded INTEGER DEFAULT 0, at TEXT);
`;

export const TABLES = ["links", "clicks", "conversions"] as const;

const MONEY = `SELECT currency, sum(amount - refunded) AS amount, sum(commission) AS commission
  FROM conversions GROUP BY currency`;
const CLICKS = `SELECT session_id AS sessionId, click_id AS clickId, code AS affiliateCode,
  customer_email_hash AS customerEmailHash, at FROM clicks ORDER BY seq`;
const CONVERSIONS = `SELECT id AS conversionId, external_id AS externalId, type AS conversionType, amount, currency,
  customer_id AS customerId, code AS affiliateCode, attributed_by AS attributedBy, commission_id AS commissionId,
  commission, status, refunded, at FROM conversions ORDER BY seq`;

export function readView(
  all: (query: string) => Record<string, SqlStorageValue>[],
  requests: RequestRow[],
): CampaignLedgerView {
  const rows = <T>(query: string) => all(query) as unknown as T[];
  const count = (table: (typeof TABLES)[number]) => Number(all(`SELECT count(*) AS n FROM ${table}`)[0]?.n ?? 0);
  return {
    totals: {
      clicks: count("clicks"),
      conversions: count("conversions"),
      money: rows(MONEY),
      requests: requests.length,
    },
    clicks: rows(CLICKS),
    conversions: rows(CONVERSIONS),
    requests,
  };
}
