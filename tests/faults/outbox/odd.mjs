// Options, counts and bodies that nobody means: no message may go unheard of, and nothing may throw. In whichever runtime this runs.
//
// In: `refport-edge/outbox`. Out: how many checks passed, and what was wrong with the others.

import { decode } from "../../runtimes/contract/values.mjs";

const NUMBERS = [NaN, "soon", "", {}, [], true, -5, 0, "3", 1.5, Infinity, null];
const OPTIONS = ["concurrency", "firstWaitSeconds", "longestWaitSeconds", "maxDeliveries"];

const record = (more) => ({
  outbox: 1, id: "r1", event: "sale", createdMs: 1, expiresMs: Date.now() + 3 * 24 * 3600_000,
  params: { clickId: "click_abc", customerExternalId: "user_001", amount: 4900, invoiceId: "in_1" }, ...more,
});
const lead = () => record({ event: "lead", params: { clickId: "click_abc", customerExternalId: "user_001", eventName: "Sign Up" } });

const down = { refport: { apiKey: "rk_outbox_test", maxAttempts: 1, fetch: async () => new Response("{}", { status: 503 }) } };

const hostile = () => [decode({ $hostile: 0 }), decode({ $revoked: 0 }), { get outbox() { throw new Error("no"); } }, Symbol("a"), 7n, () => {}];

export async function oddOf(outbox) {
  const wrong = [];
  let passed = 0;
  const check = (name, is) => {
    if (is) passed += 1;
    else wrong.push(name);
  };
  for (const option of OPTIONS) {
    for (const value of NUMBERS) {
      const name = `${option}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`;
      for (const [platform, run] of Object.entries({ queues, vercel, sqs })) {
        const words = await run(outbox, { [option]: value }).catch((error) => [error.message]);
        check(`${platform}, ${name}: ${words}`, words.length === 3 && words.every((word) => WORDS.test(word)));
      }
    }
  }
  check("queues: a delay that the platform refuses", (await queues(outbox, {}, 10)).every((word) => word === "retry"));
  for (const body of hostile()) {
    check("parseRecord of a hostile body", outbox.parseRecord(body).reason === "corrupt");
    check("deliver of a hostile body", (await outbox.deliver(body, down)).outcome === "corrupt");
    check("deliver with hostile options", (await outbox.deliver(record(), body)).misconfigured);
    check("deliver with a service's hostile options", (await outbox.deliver(record(), { refport: body })).misconfigured);
  }
  for (const expiresInSeconds of NUMBERS) {
    const { expiresMs } = outbox.renewRecord(record(), { expiresInSeconds });
    check(`renewRecord, ${String(expiresInSeconds)}: ${expiresMs}`, Number.isFinite(expiresMs) && expiresMs > Date.now());
  }
  const letter = { deadLetter: 1, reason: "refused", maybeRecorded: false, record: record(), body: null };
  for (const given of [letter, JSON.stringify(letter), record(), JSON.stringify(record())]) {
    check("renewRecord of a dead letter or a record, or its JSON text", outbox.renewRecord(given)?.id === "r1");
  }
  for (const given of [...hostile(), undefined, null, "{", {}]) check("renewRecord of what is none", outbox.renewRecord(given) === undefined);
  const sale = { sale: record().params };
  const conversion = { conversion: { amount: 49, currency: "EUR" } };
  for (const options of hostile().slice(0, 2)) {
    const { outcome, error } = await outbox.toOutboxRecord(null, sale, options);
    check(`toOutboxRecord with hostile options: ${outcome}`, outcome === "failed" && error.kind === "validation");
  }
  for (const request of [Promise.reject(new Error("gone")), decode({ $hostile: 0 }), decode({ $revoked: 0 })]) {
    const { outcome, error } = await outbox.toOutboxRecord(request, conversion);
    check(`toOutboxRecord of a conversion, with a hostile request: ${outcome}`, outcome === "failed" && error.issues[0].field === "request");
  }
  for (const queue of [undefined, null, {}]) {
    const message = await outbox.sendToQueue(queue, null, sale).catch((error) => error.message);
    check(`sendToQueue without a binding: ${message}`, /binding/.test(message));
  }
  // A client makes an ID for each call where there is none: a second delivery would count twice.
  for (const [params, isSafe] of [[{}, false], [{ externalId: null }, false], [{ metadata: { orderId: 7 } }, true], [{ externalId: "ord_1" }, true]]) {
    const made = record({ event: "conversion", params: { amount: 49, currency: "EUR", sessionId: "rcs_12345678", ...params } });
    const { replaySafe } = await outbox.deliver(made, {});
    check(`a conversion of somebody's own making is safe: ${JSON.stringify(params)}`, replaySafe === isSafe);
  }
  check("sqs: messages that came early are no deliveries", await waitsUntilItsDeadline(outbox));
  return { passed, wrong };
}

/** Nothing was delivered, so nothing may be acknowledged but what is a dead letter. */
const WORDS = /^(retry( [1-9]\d*)?|dead too_many_deliveries|dead expired)$/;

const bodies = () => [record(), record({ id: "r2" }), record({ id: "r3" })];

/** One word for each message. A platform refuses a delay that is none, or beyond its longest. */
async function queues(outbox, options, longest = 86_400) {
  const words = [];
  const messages = bodies().map((body) => {
    let heard = 0;
    const say = (word) => words.push(heard++ ? `heard of ${heard} times` : word);
    const retry = ({ delaySeconds } = {}) => {
      if (delaySeconds !== undefined && !(delaySeconds >= 1 && delaySeconds <= longest)) throw new TypeError(`a delay of ${delaySeconds}`);
      say(delaySeconds === undefined ? "retry" : `retry ${delaySeconds}`);
    };
    const message = { body, attempts: 2, retry, ack: () => (message.letter ? say(message.letter) : say("ack")) };
    return message;
  });
  const deadLetters = { send: async ({ reason, record: { id } }) => void (messages.find(({ body }) => body.id === id).letter = `dead ${reason}`) };
  await outbox.handleQueueBatch({ messages }, down, { ...options, deadLetters });
  return words;
}

async function vercel(outbox, options) {
  const words = [];
  for (const body of bodies()) {
    const { handler, retry } = outbox.vercelConsumer(down, { ...options, deadLetters: ({ reason }) => words.push(`dead ${reason}`) });
    const count = words.length;
    try {
      await handler(body, { deliveryCount: 2 });
      if (words.length === count) words.push("ack");
    } catch (error) {
      words.push(`retry ${retry(error, { deliveryCount: 2 }).afterSeconds}`);
    }
  }
  return words;
}

async function sqs(outbox, options) {
  const words = [];
  const Records = bodies().map((body) => ({ messageId: body.id, receiptHandle: body.id, body: JSON.stringify(body), attributes: { ApproximateReceiveCount: "2" } }));
  const deadLetters = (letter) => words.push(`dead ${JSON.parse(letter).reason}`);
  const changeVisibility = (_, seconds) => words.push(`retry ${seconds}`);
  await outbox.handleSqsBatch({ Records }, down, { ...options, deadLetters, changeVisibility });
  return words;
}

/** A new message of SQS's waits 15 minutes at most, so that one comes many times before its wait of hours is over. */
async function waitsUntilItsDeadline(outbox) {
  let body = JSON.stringify({ ...lead(), deliveries: 50, notBeforeMs: Date.now() + 3600_000 });
  for (let message = 0; message < 60; message += 1) {
    const Records = [{ messageId: "m1", receiptHandle: "h1", body, attributes: { ApproximateReceiveCount: "1" } }];
    body = undefined;
    await outbox.handleSqsBatch({ Records }, down, { send: (next) => void (body = next), deadLetters: () => {} });
    if (body === undefined) return false;
  }
  return JSON.parse(body).deliveries === 50;
}
