// The golden vectors of the outbox, in whichever runtime this runs.
//
// In: `refport-edge/outbox`, and tests/golden/outbox.json. Out: how many passed, and what was wrong with the others.

const KINDS = ["sale", "lead", "conversion", "postback", "refund"];
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** `has` says of which kinds of event an entry takes records. */
export async function goldenOf(outbox, golden, has = () => true) {
  const wrong = [];
  let passed = 0;
  const check = (suite, name, seen, expected) => {
    if (sorted(seen) === sorted(expected)) passed += 1;
    else wrong.push(`${suite}, ${name}: ${sorted(seen)}, and not ${sorted(expected)}`);
  };
  for (const { name, result, options, expect } of golden.disposition) {
    check("disposition", name, outbox.disposition(result, { nowMs: golden.now, random: 0, ...options }), expect);
  }
  for (const { name, body, expect } of golden.parse) {
    const { record, reason, body: kept } = outbox.parseRecord(body);
    check("parse", name, record ? "record" : reason, expect);
    if (!record) check("parse", `${name}, and keeps the body`, kept, body);
    const delivery = await outbox.deliver(body, {}, { nowMs: golden.now });
    const outcome = expect === "record" ? "expired" : expect;
    check("deliver", name, delivery.outcome, outcome);
  }
  const isElsewhere = ([kind]) => KINDS.includes(kind) && !has(kind);
  for (const { name, url, event, options, expect: expected } of golden.record) {
    const kinds = Object.keys(event ?? {}).filter((kind) => event[kind] !== null);
    const expect = kinds.length === 1 && isElsewhere(kinds) ? { outcome: "failed", fields: kinds } : expected;
    const request = url === null ? null : new Request(url);
    const entry = await outbox.toOutboxRecord(request, event, { nowMs: golden.now, ...options });
    check("record", name, told(entry, expect), expect);
    if (!entry.record) continue;
    const again = outbox.parseRecord(JSON.stringify(entry.record));
    check("record", `${name}, and is read again`, again.record, entry.record);
    check("record", `${name}, and is due within 3 days`, entry.record.expiresMs, expect.expiresMs ?? golden.now + 3 * 24 * 3600_000);
  }
  return { passed, wrong };
}

/** What is expected of an entry, as the vectors have it. */
function told({ outcome, record, error }, expect) {
  if (error) return { outcome, fields: error.issues.map(({ field }) => field) };
  if (!record) return { outcome };
  const { event, params, expiresMs } = record;
  const externalId = UUID.test(params.externalId) ? { externalId: "a UUID" } : {};
  return { outcome, event, params: { ...params, ...externalId }, ...(expect.expiresMs && { expiresMs }) };
}

const sorted = (value) =>
  JSON.stringify(value, (_, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
