// Where a fake service keeps its books in a Durable Object: in SQLite, so that they outlast the object in memory.
// In: the object's storage. Out: the `store` that a fake of refport-edge/testing takes.
// Not its job: what a row means.

import type { FakeStore } from "refport-edge/testing";

const SCHEMA = `CREATE TABLE IF NOT EXISTS rows (
  seq INTEGER PRIMARY KEY, book TEXT, key TEXT, row TEXT, UNIQUE (book, key))`;
const SAVE = `INSERT INTO rows (book, key, row) VALUES (?, ?, ?)
  ON CONFLICT (book, key) DO UPDATE SET row = excluded.row`;

export function storeIn({ sql }: DurableObjectStorage): FakeStore {
  sql.exec(SCHEMA);
  return {
    load() {
      const rows = sql.exec<{ book: string; key: string; row: string }>("SELECT book, key, row FROM rows ORDER BY seq");
      return [...rows].map(({ book, key, row }) => [book, key, JSON.parse(row)]);
    },
    save(book, key, row) {
      if (row === null) sql.exec("DELETE FROM rows WHERE book = ? AND key = ?", book, key);
      else sql.exec(SAVE, book, key, JSON.stringify(row));
    },
  };
}
