// The books of a fake service: its tables, its stage directions, the requests it was sent.
//
// In: where the rows are kept, if not in memory alone. Out: tables, in the order their rows were written. Everything here is
// synchronous: "is this order known?" and "record it" are one step, and can never both be answered "no".

const REQUESTS_KEPT = 1_000;
const IN_MEMORY = { load: () => [], save: () => {} };

/**
 * @param {object} store `{ load, save }`: `load()` answers the rows as `[table, key, row]`, `save(table, key, row)` keeps one, or
 *   forgets it where `row` is `null`. Rows are plain JSON.
 */
export function openBooks(names, { load, save } = IN_MEMORY) {
  const tables = {};
  for (const name of [...names, "requests", "settings"]) tables[name] = openTable(name, save);
  for (const [name, key, row] of load()) tables[name]?.restore(key, row);
  return {
    ...tables,
    note: (request) => note(tables.requests, request),
    setting: (name) => tables.settings.get(name) ?? null,
    takeSetting(name) {
      const value = tables.settings.get(name) ?? null;
      tables.settings.delete(name);
      return value;
    },
    setSetting: (name, value) => (value === null ? tables.settings.delete(name) : tables.settings.put(name, value)),
    empty: () => Object.values(tables).forEach((table) => table.empty()),
  };
}

/** A test may change what it is shown: the books stay as they are. */
export const copyOf = (rows) => JSON.parse(JSON.stringify(rows));

function openTable(name, save) {
  const rows = new Map();
  return {
    get size() {
      return rows.size;
    },
    get: (key) => rows.get(key),
    all: () => [...rows.values()],
    /** The newest row that is so. */
    newest: (isWanted) => [...rows.values()].reverse().find(isWanted),
    keys: () => rows.keys(),
    restore: (key, row) => rows.set(key, row),
    /** A row that is there keeps its place. */
    put(key, row) {
      rows.set(key, row);
      save(name, key, row);
      return row;
    },
    delete(key) {
      if (rows.delete(key)) save(name, key, null);
    },
    empty() {
      for (const key of [...rows.keys()]) this.delete(key);
    },
  };
}

/** The newest requests; the sequence goes on after older ones are gone. */
function note(requests, request) {
  const seq = (requests.newest(() => true)?.seq ?? 0) + 1;
  requests.put(String(seq), { seq, ...request });
  for (const oldest of requests.keys()) {
    if (requests.size <= REQUESTS_KEPT) return;
    requests.delete(oldest);
  }
}
