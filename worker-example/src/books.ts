// The shop's memory: one Durable Object that knows its visitors, their order, and what the services said of it.
// In: a session ID, an entry. Out: the visitor, the latest entries.
// Not its job: the services' books; those are the services' own (the ledger.ts of each fake service).

import { DurableObject } from "cloudflare:workers";
import type { Entry } from "./entry.ts";

export type Visitor = {
  customerId: string;
  /** The invoice ID of the visitor's one order, given when the visitor is first seen and never again. */
  invoiceId: string;
  name: string | null;
  email: string | null;
  signedUp: boolean;
  ordered: boolean;
};

const ENTRIES_SHOWN = 8;
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS visitors (
    session TEXT PRIMARY KEY, customer_id TEXT, invoice_id TEXT, name TEXT, email TEXT,
    signed_up INTEGER DEFAULT 0, ordered INTEGER DEFAULT 0);
  CREATE TABLE IF NOT EXISTS entries (seq INTEGER PRIMARY KEY, entry TEXT);
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

  enter(entry: Entry): void {
    this.sql("INSERT INTO entries (entry) VALUES (?)", JSON.stringify(entry));
    this.sql("DELETE FROM entries WHERE seq <= (SELECT max(seq) FROM entries) - ?", ENTRIES_SHOWN);
  }

  /** The latest first. */
  entries(): Entry[] {
    return this.sql("SELECT entry FROM entries ORDER BY seq DESC").map(({ entry }) => JSON.parse(String(entry)));
  }

  private sql(query: string, ...values: SqlStorageValue[]): Record<string, SqlStorageValue>[] {
    return this.ctx.storage.sql.exec(query, ...values).toArray();
  }
}

function random(): string {
  return crypto.randomUUID().slice(0, 8);
}
