// What every fake service's ledger keeps beside its own books: the requests it was sent, and its stage directions.
// In: the tables of a service. Out: a Durable Object with an SQLite store for that service's ledger to extend, in which
// "is this order known?" and "record it" are one step and can never both be answered "no".
// Not its job: what a service records (each has a ledger.ts), HTTP.

import { DurableObject } from "cloudflare:workers";

/** One request to the API. Its headers are left out: the Authorization header is nobody's business afterwards. */
export type RequestNote = { method: string; path: string; status: number; code: string | null; body: string };
export type RequestRow = RequestNote & { at: string };
export type RateLimit = { refuseNext: number; retryAfter: string | null };

const REQUESTS_KEPT = 1_000;
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS requests (
    seq INTEGER PRIMARY KEY, method TEXT, path TEXT, status INTEGER, code TEXT, body TEXT, at TEXT);
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT);
`;

export abstract class ServiceBooks extends DurableObject {
  readonly #tables: readonly string[];

  constructor(ctx: DurableObjectState, env: object, schema: string, tables: readonly string[]) {
    super(ctx, env);
    this.#tables = tables;
    this.sql(SCHEMA + schema);
  }

  /** Whether this request is over the limit; counts it when it is. */
  takeRefusal(): { retryAfter: string | null } | null {
    const left = Number(this.setting("refuse_next") ?? 0);
    if (left <= 0) return null;
    this.setSetting("refuse_next", String(left - 1));
    return { retryAfter: this.setting("retry_after") };
  }

  setRateLimit(limit: RateLimit): void {
    this.setSetting("refuse_next", String(limit.refuseNext));
    this.setSetting("retry_after", limit.retryAfter);
  }

  /** Notes one request to the API and what it was answered. */
  note(request: RequestNote): void {
    this.sql(
      "INSERT INTO requests (method, path, status, code, body, at) VALUES (?, ?, ?, ?, ?, ?)",
      request.method, request.path, request.status, request.code, request.body, now(),
    );
    this.sql("DELETE FROM requests WHERE seq <= (SELECT max(seq) FROM requests) - ?", REQUESTS_KEPT);
  }

  protected requests(): RequestRow[] {
    return this.sql("SELECT method, path, status, code, body, at FROM requests ORDER BY seq") as RequestRow[];
  }

  protected empty(): void {
    for (const table of [...this.#tables, "requests", "settings"]) this.sql(`DELETE FROM ${table}`);
  }

  protected setting(name: string): string | null {
    return (this.sql("SELECT value FROM settings WHERE name = ?", name)[0]?.value as string | undefined) ?? null;
  }

  protected takeSetting(name: string): string | null {
    const value = this.setting(name);
    this.setSetting(name, null);
    return value;
  }

  protected setSetting(name: string, value: string | null): void {
    if (value === null) this.sql("DELETE FROM settings WHERE name = ?", name);
    else this.sql("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", name, value);
  }

  protected sql(query: string, ...values: SqlStorageValue[]): Record<string, SqlStorageValue>[] {
    return this.ctx.storage.sql.exec(query, ...values).toArray();
  }
}

export function randomId(prefix?: string): string {
  const random = crypto.randomUUID().replaceAll("-", "").slice(0, 12);
  return prefix ? `${prefix}_${random}` : random;
}

export function now(): string {
  return new Date().toISOString();
}
