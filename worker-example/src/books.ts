// The shop's memory: one Durable Object that knows its visitors, their order, and what became of each report of it.
// In: a session ID, an entry, what a delivery did. Out: the visitor, the latest entries, the queue's figures.
// Not its job: the services' books; those are the services' own (the ledger.ts of each fake service).

import { DurableObject } from "cloudflare:workers";
import type { DeadLetter } from "refport-edge/outbox";
import type { Entry, Progress } from "./entry.ts";

export type Visitor = {
  customerId: string;
  /** Of the visitor's order: given when the visitor is first seen, and anew for another order alone. */
  invoiceId: string;
  name: string | null;
  email: string | null;
  signedUp: boolean;
  ordered: boolean;
};

/** What waits in the queue, all that has not come to its end yet, and what will never be delivered. */
export type Backlog = { waiting: number; open: number; dead: number; letters: DeadLetter[] };

const ENTRIES_SHOWN = 8;
const LETTERS_SHOWN = 5;
const EXCHANGES_SHOWN = 3;
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS visitors (
    session TEXT PRIMARY KEY, customer_id TEXT, invoice_id TEXT, name TEXT, email TEXT,
    signed_up INTEGER DEFAULT 0, ordered INTEGER DEFAULT 0);
  CREATE TABLE IF NOT EXISTS reports (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, open INTEGER, entry TEXT);
  CREATE TABLE IF NOT EXISTS letters (seq INTEGER PRIMARY KEY, letter TEXT);
  CREATE TABLE IF NOT EXISTS down (service TEXT PRIMARY KEY);
`;

export class Books extends DurableObject {
  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env);
    this.sql(SCHEMA);
  }

  visitor(session: string): Visitor {
    const [customerId, invoiceId] = [`user_${random()}`, `inv_${random()}`];
    this.sql(
      "INSERT OR IGNORE INTO visitors (session, customer_id, invoice_id) VALUES (?, ?, ?)",
      session, customerId, invoiceId,
    );
    const row = this.sql("SELECT * FROM visitors WHERE session = ?", session)[0];
    return {
      customerId: String(row?.customer_id),
      invoiceId: String(row?.invoice_id),
      name: row?.name as string | null,
      email: row?.email as string | null,
      signedUp: row?.signed_up === 1,
      ordered: row?.ordered === 1,
    };
  }

  signUp(session: string, name: string, email: string | null): Visitor {
    this.visitor(session);
    this.sql("UPDATE visitors SET name = ?, email = ?, signed_up = 1 WHERE session = ?", name, email, session);
    return this.visitor(session);
  }

  order(session: string): Visitor {
    this.visitor(session);
    this.sql("UPDATE visitors SET ordered = 1 WHERE session = ?", session);
    return this.visitor(session);
  }

  /** The visitor buys another one: a new order, a new invoice. */
  orderAnother(session: string): Visitor {
    this.visitor(session);
    this.sql("UPDATE visitors SET invoice_id = ? WHERE session = ?", `inv_${random()}`, session);
    return this.order(session);
  }

  enter(entry: Entry): void {
    this.sql("INSERT INTO reports (id, open, entry) VALUES (?, 1, '')", entry.id);
    this.keep(entry);
    // One without its end is never forgotten.
    this.sql("DELETE FROM reports WHERE open = 0 AND seq <= (SELECT max(seq) FROM reports) - ?", ENTRIES_SHOWN);
  }

  /** What a delivery of the queue's did to a report. */
  note(id: string, { attempts, exchanges, ...progress }: Progress): void {
    const row = this.sql("SELECT entry FROM reports WHERE id = ?", id)[0];
    if (!row) return; // its message came twice, and it is long forgotten
    const entry: Entry = JSON.parse(String(row.entry));
    const all = [...entry.exchanges, ...exchanges].slice(-EXCHANGES_SHOWN);
    this.keep({ ...entry, ...progress, attempts: entry.attempts + attempts, exchanges: all });
  }

  /** Its message has come to the dead letters. */
  bury(letter: DeadLetter): void {
    this.sql("INSERT INTO letters (letter) VALUES (?)", JSON.stringify(letter));
    this.sql("UPDATE reports SET open = 0 WHERE id = ?", letter.record?.id ?? "");
  }

  /** The latest first. */
  entries(): Entry[] {
    const rows = this.sql("SELECT entry FROM reports ORDER BY seq DESC LIMIT ?", ENTRIES_SHOWN);
    return rows.map(({ entry }) => JSON.parse(String(entry)));
  }

  backlog(): Backlog {
    const letters = this.sql("SELECT letter FROM letters ORDER BY seq DESC LIMIT ?", LETTERS_SHOWN);
    const count = (what: string) => Number(this.sql(`SELECT count(*) AS count FROM ${what}`)[0]?.count);
    return {
      waiting: count("reports WHERE json_extract(entry, '$.queue') = 'waiting'"),
      open: count("reports WHERE open = 1"),
      dead: count("letters"),
      letters: letters.map(({ letter }) => JSON.parse(String(letter))),
    };
  }

  /** The services that a visitor has taken down. */
  down(): string[] {
    return this.sql("SELECT service FROM down").map(({ service }) => String(service));
  }

  setDown(service: string, isDown: boolean): void {
    this.sql("DELETE FROM down WHERE service = ?", service);
    if (isDown) this.sql("INSERT INTO down (service) VALUES (?)", service);
  }

  private keep(entry: Entry): void {
    // A dead letter is still on its way to its own queue: `bury` has the end.
    const open = entry.queue === "waiting" || entry.queue === "dead" || entry.outcome === "pending" ? 1 : 0;
    this.sql("UPDATE reports SET open = ?, entry = ? WHERE id = ?", open, JSON.stringify(entry), entry.id);
  }

  private sql(query: string, ...values: SqlStorageValue[]): Record<string, SqlStorageValue>[] {
    return this.ctx.storage.sql.exec(query, ...values).toArray();
  }
}

function random(): string {
  return crypto.randomUUID().slice(0, 8);
}
