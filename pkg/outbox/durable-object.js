// An outbox in a Durable Object's storage, driven by its alarm.
//
// In: the object's storage. Out: an outbox, whose `alarm` never throws: one that throws is tried again six times, and then
// dropped for good, with all that waits for it.

import { read } from "../read.js";
import { parseRecord } from "./record.js";
import { countingOf, inLanes, letterOf, settle } from "./settle.js";

const DUE = "refport-edge/outbox/due/";
const DEAD = "refport-edge/outbox/dead/";
/** So many at an alarm: with a budget of 10 s each they end well within an alarm's 15 minutes. */
const AT_AN_ALARM = 100;
/** When an alarm comes again that was killed. */
const AGAIN_MS = 10_000;

/** `durableOutbox`, of `deliver`. */
export const durableOutboxWith = (deliver) => function durableOutbox(storage, config, options) {
  return {
    async add(body) {
      const { record } = parseRecord(body);
      if (!record) throw new TypeError("add takes a record of toOutboxRecord's");
      const dueMs = Date.now();
      await storage.put(keyOf(dueMs, record.id), { record, deliveries: 0, isSending: false });
      await wake(storage, dueMs);
    },
    async alarm() {
      try {
        // First of all: whatever ends this alarm, there is another.
        await storage.setAlarm(Date.now() + AGAIN_MS);
        const due = await storage.list({ prefix: DUE, end: keyOf(Date.now() + 1, ""), limit: AT_AN_ALARM });
        await inLanes([...due], options, ([key, row]) => handle(deliver, storage, key, row, config, options));
        await schedule(storage);
      } catch (error) {
        // Only storage can fail here. The alarm that was set first is there still, or this one comes again.
        read(() => console.error(`refport-edge: the outbox's alarm: ${error}`));
      }
    },
    count: async () => ({ waiting: await sizeOf(storage, DUE), dead: await sizeOf(storage, DEAD) }),
    async deadLetters(limit = 100) {
      return [...(await storage.list({ prefix: DEAD, limit })).values()];
    },
    async removeDeadLetter(id) {
      return storage.delete(DEAD + id);
    },
  };
};

/** Keys are sorted by when their record is due. */
const keyOf = (dueMs, id) => `${DUE}${String(dueMs).padStart(15, "0")}/${id}`;
const idOf = (key) => key.slice(DUE.length + 16);

async function handle(deliver, storage, key, row, config, options) {
  const moved = (to, value) => {
    // One write: both or neither.
    storage.put(to, value);
    return storage.delete(key);
  };
  try {
    // A row that is being sent already: the object was killed meanwhile.
    const deliveries = row.isSending ? 2 : 1;
    if (row.deliveries >= countingOf(options).maxDeliveries) {
      const verdict = { reason: "too_many_deliveries", maybeRecorded: true };
      return await moved(DEAD + idOf(key), letterOf(row.record, { record: row.record, error: null }, verdict, row.deliveries));
    }
    await storage.put(key, { ...row, deliveries: row.deliveries + 1, isSending: true });
    const body = { ...row.record, deliveries: row.deliveries + 1 - deliveries };
    const does = await settle(deliver, body, { deliveries, config, options, longestSeconds: Infinity, canRenew: true });
    if (does.letter) await moved(DEAD + idOf(key), does.letter);
    else if (does.ack) await storage.delete(key);
    else await moved(keyOf(Date.now() + does.seconds * 1000, idOf(key)), { ...row, deliveries: row.deliveries + 1, isSending: false });
  } catch (error) {
    // It stays, marked as being sent: the next alarm takes it for one that was killed.
    read(() => console.error(`refport-edge: the outbox's row: ${error}`));
  }
}

/** The next alarm is when the first record is due. */
async function schedule(storage) {
  const [first] = (await storage.list({ prefix: DUE, limit: 1 })).keys();
  if (first === undefined) return storage.deleteAlarm();
  return storage.setAlarm(Math.max(Number(first.slice(DUE.length, DUE.length + 15)), Date.now()));
}

async function wake(storage, dueMs) {
  const set = await storage.getAlarm();
  if (set === null || set > dueMs) await storage.setAlarm(dueMs);
}

async function sizeOf(storage, prefix) {
  let size = 0;
  let start = prefix;
  for (;;) {
    const keys = [...(await storage.list({ prefix, start, limit: 1000 })).keys()];
    size += keys.length;
    if (keys.length < 1000) return size;
    start = `${keys.at(-1)}\0`;
  }
}
