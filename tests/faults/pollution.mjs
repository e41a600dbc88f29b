// `Object.prototype` polluted: a careless merge elsewhere in an app puts members on every object. Nothing may change.
//
// In: the package. Out: `{ name, complaints }` for each polluted member that changed what a call sent, answered or threw.
// Each call is made plain first; then with every name on `Object.prototype`, as values and as accessors. Left out is what the
// language itself looks for in every object: `then`, `toJSON`, and the `get`, `set`, `value` and `writable` of descriptors.

import { calls } from "./pollution-calls.mjs";
import { orNever } from "./rows.mjs";
import { Random } from "./torture/random.mjs";

const words = (text) => text.trim().split(/\s+/);

/** What may stand on `Object.prototype`: names of options, fields, requests, results and errors, and names of our own. */
export const POLLUTED = [
  // Options, and parameters.
  ...words("apiKey baseUrl apiUrl timeoutMs budgetMs maxAttempts signal onAttempt fetch retry replay cookieName"),
  ...words("waitUntil onResult isAwaiting isQuestion"),
  ...words("dangerouslyAllowBrowser dangerouslyAllowHttp toleranceSeconds nowMs secret header other invoiceID base_url"),
  ...words("clickId customerExternalId amount currency invoiceId eventName customerName customerEmail"),
  ...words("paymentProcessor metadata partner email tenantId groupId image externalId sessionId customerId orderId"),
  ...words("customerAvatar enrollmentId cid affiliateCode conversionType identify session_id customer_email_hash"),
  ...words("customerEmailHash reason couponCode type id data meta requestId success message details"),
  ...words("token serverURL customer_id charge_id click_id param link_id partner_id mode eventQuantity leadEventName"),
  // Members of requests, of answers and of their headers.
  ...words("url headers cookies query path request req raw node web event nativeEvent Records cf body rawBody payload"),
  ...words("href rawUrl rawQuery querystring rawQueryString multiValueHeaders multiValueQueryStringParameters append sort"),
  ...words("queryStringParameters requestContext elb multiValue refp_id _rc_sid _rcid rcsid cookie Cookie host next bodyUsed"),
  ...words("isBase64Encoded readable readableEnded arrayBuffer text json entries ok redirected locked getReader length"),
  ...words("buffer byteOffset byteLength x-request-id retry-after accept content-type authorization content-length"),
  // What `fetch` takes.
  ...words("method redirect cache credentials mode integrity keepalive referrer referrerPolicy duplex window dispatcher"),
  // Results and errors.
  ...words("outcome error attempts status statusText code kind name serviceMessage retryable maybeRecorded retryAfterMs"),
  ...words("issues field cause stack identified valid expires conversionId publicToken track conversions tracking ping"),
  // Names of our own.
  ...words("how told note failure refused readRequest defaults params options provider sent privateValues values issues"),
  ...words("stored urls isKnown hasHeaders promise parts complaint attempt delayMs durationMs isNotConnected syscall"),
  ...words("errors navigator userAgent process versions Deno crypto performance unavailable rejected redirected internal"),
  ...words("finish key settings isEncoded valid eventId dub_id tolt_referral"),
  ...words("invalid_response toDo reading isOver left began last clock"),
];

const evil = { url: "https://evil.test", apiKey: "rk_evil", value: "evil_value", data: { id: "evil" }, error: { details: ["evil"] } };

/** What is put there: values, and what answers for itself. A prototype of their own would be the polluted one. */
const WAYS = Object.entries({
  "a URL": { value: "https://evil.test/?refp_id=evil_id" },
  "JSON text": { value: '{"externalId":"evil"}' },
  "a function": { value: () => "evil_value" },
  "an object": { value: evil },
  "a list": { value: ["evil_field", "is evil"] },
  true: { value: true },
  "a getter": { get: () => "https://evil.test" },
  "an accessor": { get: () => evil, set() {} },
}).map(([way, { value, get, set }]) => [
  way,
  Object.assign(Object.create(null), { configurable: true, enumerable: true }, get ? { get, set } : { value, writable: true }),
]);

/** Names that Node.js's own timers and streams set on objects of theirs: a getter there breaks them, and us with them. */
const PLATFORM = ["id"];

const CALL_MS = 15_000;
/** So many names at a time. */
const GROUP = 48;

export async function runPollution(api, job) {
  const { error } = console;
  console.error = () => {};
  const made = calls(api, job);
  const plain = await all(made);
  const wrong = [];
  let played = 0;
  const changesOf = async (names, descriptor) => {
    const found = await polluted(names, descriptor, () => all(made));
    played += made.length;
    return made.flatMap(([what], index) =>
      found[index] === plain[index] ? [] : [`${what}: ${differing(plain[index], found[index])}`],
    );
  };
  for (const [way, descriptor] of WAYS) {
    const names = shuffled(namesFor(way, job), new Random(job.seed));
    // Those that change something are told one by one.
    const look = async (group) => {
      const complaints = await changesOf(group, descriptor);
      if (complaints.length === 0) return;
      if (group.length === 1) return void wrong.push({ name: `Object.prototype.${group[0]} is ${way}`, complaints });
      const before = wrong.length;
      const half = Math.ceil(group.length / 2);
      await look(group.slice(0, half));
      await look(group.slice(half));
      if (wrong.length === before) wrong.push({ name: `Object.prototype has ${group.join(", ")}, each ${way}`, complaints });
    };
    for (let at = 0; at < names.length; at += GROUP) await look(names.slice(at, at + GROUP));
  }
  console.error = error;
  return { played, wrong };
}

const namesFor = (way, { only = "" }) =>
  [...new Set(POLLUTED)].filter(
    (name) => name.includes(only) && !(/getter|accessor/.test(way) && PLATFORM.includes(name)),
  );

async function polluted(names, descriptor, act) {
  for (const name of names) Object.defineProperty(Object.prototype, name, descriptor);
  try {
    return await act();
  } finally {
    for (const name of names) delete Object.prototype[name];
  }
}

/** What each call came to, as text. */
async function all(made) {
  const ended = await Promise.all(made.map(([, act]) => orNever(attempt(act), CALL_MS)));
  return ended.map(String);
}

/** A client that cannot be made is a result too. */
const attempt = async (act) => {
  try {
    return await act();
  } catch (error) {
    return `threw ${error}`;
  }
};

/** Where two texts part. */
function differing(was, is) {
  let at = 0;
  while (was[at] === is[at]) at += 1;
  const part = (text) => text.slice(Math.max(at - 60, 0), at + 80);
  return `${part(was)} became ${part(is)}`;
}

function shuffled(list, random) {
  const left = [...list];
  return list.map(() => left.splice(Math.floor(random.next() * left.length), 1)[0]);
}
