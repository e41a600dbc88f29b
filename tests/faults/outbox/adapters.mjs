// What the adapters for Vercel Queues and SQS ask of their platforms, and what all of them do with an event that must not be
// sent twice. In whichever runtime this runs.
//
// In: `refport-edge/outbox`. Out: how many checks passed, and what was wrong with the others.

const config = (answer) => ({ refport: { apiKey: "rk_outbox_test", maxAttempts: 1, fetch: async () => answer() } });

const good = () => new Response('{"sale":{"id":"sale_xyz"},"click":{"id":"clk_xyz"}}');
const down = () => new Response("{}", { status: 503, headers: { "retry-after": "40" } });
const downForDays = () => new Response("{}", { status: 503, headers: { "retry-after": "100000" } });
const broken = () => new Response("{}", { status: 500 });
const refused = () => new Response('{"error":{"code":"INVALID_CLICK_ID"}}', { status: 400 });

const record = (more) => ({
  outbox: 1, id: "r1", event: "sale", createdMs: 1, expiresMs: Date.now() + 5 * 24 * 3600_000,
  params: { clickId: "click_abc", customerExternalId: "user_001", amount: 4900, invoiceId: "in_1" }, ...more,
});
const lead = () => record({ event: "lead", params: { clickId: "click_abc", customerExternalId: "user_001", eventName: "Sign Up" } });

/** Each: a name, a record, an answer of the service's, the platform's count, and what comes of it. In a Worker it is 1970 outside of a call. */
const casesOf = () => [
  { name: "a sale, recorded", body: record(), answer: good, does: ["ack"] },
  { name: "a sale, and the service is down", body: record(), answer: down, does: ["retry 40"] },
  { name: "a sale that may be recorded", body: record(), answer: broken, does: ["retry 60"] },
  { name: "a sale in its second delivery", body: record(), answer: good, deliveries: 2, does: ["ack"] },
  { name: "a lead, recorded", body: lead(), answer: good, does: ["ack"] },
  { name: "a lead, and the service is down", body: lead(), answer: down, does: ["send 40 after 1", "ack"] },
  { name: "a lead that may be recorded", body: lead(), answer: broken, does: ["dead maybe_recorded true", "ack"] },
  { name: "a lead in its second delivery is not sent", body: lead(), answer: () => { throw new Error("it was sent"); }, deliveries: 2, does: ["dead maybe_recorded true", "ack"] },
  { name: "a lead in its second delivery, where counting twice is better", body: lead(), answer: good, deliveries: 2, replay: "always", does: ["ack"] },
  { name: "a lead that was sent anew counts all its deliveries", body: { ...lead(), deliveries: 99 }, answer: down, does: ["dead too_many_deliveries false", "ack"] },
  { name: "a sale that the service refuses", body: record(), answer: refused, does: ["dead refused false", "ack"] },
  { name: "no record", body: "{", answer: good, does: ["dead corrupt false", "ack"] },
  { name: "a record of a future version", body: { outbox: 3 }, answer: good, does: ["dead future_version false", "ack"] },
  { name: "a record that is too old", body: record({ expiresMs: 5 }), answer: good, does: ["dead expired false", "ack"] },
];

/** Beyond the platform's longest delay. */
const longOf = () => ({ name: "a sale, and the service asks for 27 hours", body: record(), answer: downForDays });

export async function adaptersOf(outbox) {
  const wrong = [];
  let passed = 0;
  const check = (name, seen, expected) => {
    if (JSON.stringify(seen) === JSON.stringify(expected)) passed += 1;
    else wrong.push(`${name}: ${JSON.stringify(seen)}, and not ${JSON.stringify(expected)}`);
  };
  for (const [platform, run] of Object.entries({ queues, vercel, sqs })) {
    for (const one of casesOf()) check(`${platform}, ${one.name}`, await run(outbox, one), one.does);
  }
  const long = longOf();
  check(`queues, ${long.name}`, await queues(outbox, long), ["send 86400 after 1", "ack"]);
  check(`sqs, ${long.name}`, await sqs(outbox, long), ["send 900 after 1", "ack"]);
  check(`vercel, ${long.name}`, await vercel(outbox, long), ["retry 100000"]);
  return { passed, wrong };
}

const optionsOf = (log) => ({
  send: (body, delay) => log.push(sent(body, delay?.delaySeconds ?? delay)),
  deadLetters: (letter) => log.push(buried(letter)),
});
const parsed = (body) => (typeof body === "string" ? JSON.parse(body) : body);
const sent = (body, seconds) => `send ${seconds} after ${parsed(body).deliveries}`;
const buried = (letter) => `dead ${parsed(letter).reason} ${parsed(letter).maybeRecorded}`;
/** A wait of our own is up to a quarter longer by chance. */
const waits = (seconds) => `retry ${seconds >= 60 && seconds <= 75 ? 60 : seconds}`;
const settings = ({ answer, replay }) => {
  const { refport } = config(answer);
  return { refport: { ...refport, retry: { replay } } };
};

async function queues(outbox, one) {
  const log = [];
  const message = { body: one.body, attempts: one.deliveries ?? 1, ack: () => log.push("ack"), retry: ({ delaySeconds }) => log.push(waits(delaySeconds)) };
  const queue = { send: async (body, { delaySeconds }) => log.push(sent(body, delaySeconds)) };
  const deadLetters = { send: async (letter) => log.push(buried(letter)) };
  await outbox.handleQueueBatch({ messages: [message] }, settings(one), { queue, deadLetters });
  return log;
}

async function vercel(outbox, one) {
  const log = [];
  const { handler, retry } = outbox.vercelConsumer(settings(one), optionsOf(log));
  const metadata = { deliveryCount: one.deliveries ?? 1 };
  try {
    await handler(one.body, metadata);
    log.push("ack");
  } catch (error) {
    log.push(waits(retry(error, metadata).afterSeconds));
  }
  return log;
}

async function sqs(outbox, one) {
  const log = [];
  const body = typeof one.body === "string" ? one.body : JSON.stringify(one.body);
  const message = { messageId: "m1", receiptHandle: "h1", body, attributes: { ApproximateReceiveCount: String(one.deliveries ?? 1) } };
  const changeVisibility = (_, seconds) => log.push(waits(seconds));
  const { batchItemFailures } = await outbox.handleSqsBatch({ Records: [message] }, settings(one), { ...optionsOf(log), changeVisibility });
  if (batchItemFailures.length === 0) log.push("ack");
  return log;
}
