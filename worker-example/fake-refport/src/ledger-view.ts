// The ledger as it is stored and as it is shown: the tables, and the JSON a reader gets.
// In: a way to ask the tables. Out: `LedgerView`.
// Not its job: writing to the tables (ledger.ts).

import type { RequestRow } from "../../fake-common/books.ts";

export type LedgerView = {
  totals: {
    clicks: number;
    leads: number;
    sales: number;
    /** What the sales come to, and 10 % of it, in the smallest unit of each currency. */
    money: { currency: string; amount: number; commission: number }[];
    requests: number;
  };
  clicks: { id: string; link: string | null; at: string }[];
  leads: { clickId: string; eventName: string; customerExternalId: string; at: string }[];
  sales: {
    id: string;
    clickId: string;
    customerExternalId: string;
    amount: number;
    currency: string;
    commission: number;
    invoiceId: string | null;
    at: string;
  }[];
  requests: RequestRow[];
};

export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS links (key TEXT PRIMARY KEY, id TEXT, domain TEXT, url TEXT, program_id TEXT);
  CREATE TABLE IF NOT EXISTS clicks (id TEXT PRIMARY KEY, public_id TEXT, link_key TEXT, at TEXT);
  CREATE TABLE IF NOT EXISTS leads (
    seq INTEGER PRIMARY KEY, click_id TEXT, event_name TEXT, customer_external_id TEXT, at TEXT);
  CREATE TABLE IF NOT EXISTS sales (
    seq INTEGER PRIMARY KEY, id TEXT, click_id TEXT, customer_external_id TEXT, amount REAL, currency TEXT,
    commission REAL, invoice_id TEXT UNIQUE, at TEXT);
`;

export const TABLES = ["links", "clicks", "leads", "sales"] as const;

const MONEY = "SELECT currency, sum(amount) AS amount, sum(commission) AS commission FROM sales GROUP BY currency";
const CLICKS = "SELECT id, link_key AS link, at FROM clicks ORDER BY at";
const LEADS = `SELECT click_id AS clickId, event_name AS eventName, customer_external_id AS customerExternalId, at
  FROM leads ORDER BY seq`;
const SALES = `SELECT id, click_id AS clickId, customer_external_id AS customerExternalId, amount, currency, commission,
  invoice_id AS invoiceId, at FROM sales ORDER BY seq`;

export function readView(
  all: (query: string) => Record<string, SqlStorageValue>[],
  requests: RequestRow[],
): LedgerView {
  const rows = <T>(query: string) => all(query) as unknown as T[];
  const count = (table: (typeof TABLES)[number]) => Number(all(`SELECT count(*) AS n FROM ${table}`)[0]?.n ?? 0);
  return {
    totals: {
      clicks: count("clicks"),
      leads: count("leads"),
      sales: count("sales"),
      money: rows(MONEY),
      requests: requests.length,
    },
    clicks: rows(CLICKS),
    leads: rows(LEADS),
    sales: rows(SALES),
    requests,
  };
}
