// Rows of the growth suite: parameters and options of any size, and services that repeat what they were sent. See growth.mjs.

import { call, METHODS, NAMES, WITH_PARAMS } from "./hostile-calls.mjs";
import { good, NO_RETRY, SALE } from "./hostile-tools.mjs";
import { FEW_PIECES, fill, members, numbered, PIECES } from "./growth-texts.mjs";

/** Every parameter that may be a text. The path of a member of a member is written with a dot. */
const TEXTS = {
  "track.sale": [
    "clickId", "customerExternalId", "amount", "currency", "eventName", "invoiceId", "paymentProcessor",
    "customerEmail", "customerName", "customerAvatar",
  ],
  "track.lead": ["clickId", "eventName", "customerExternalId", "customerEmail", "customerName", "customerAvatar"],
  "embedTokens.create": ["tenantId", "enrollmentId", "partner.email", "partner.name"],
  "conversions.track": [
    "externalId", "metadata.orderId", "conversionType", "amount", "currency", "sessionId", "rcsid", "clickId", "cid",
    "customerEmailHash", "customerEmail", "affiliateCode", "customerId",
  ],
  "conversions.postback": [
    "externalId", "conversionType", "amount", "currency", "sessionId", "rcsid", "clickId", "cid", "customerEmailHash",
    "customerEmail", "affiliateCode", "customerId",
  ],
  "conversions.refund": ["externalId", "amount", "reason"],
  "tracking.identify": ["sessionId", "customerEmailHash"],
};

/** The parameters that a service must not repeat: they are looked for in all that it says. */
const PRIVATE = {
  "track.sale": ["customerExternalId", "customerEmail", "customerName", "customerAvatar"],
  "track.lead": ["customerExternalId", "customerEmail", "customerName", "customerAvatar"],
  "embedTokens.create": ["partner.email", "partner.name"],
  "conversions.track": ["customerEmail", "customerId"],
  "conversions.postback": ["customerEmail", "customerId"],
};

const OPTIONS = {
  Refport: ["apiKey", "baseUrl", "cookieName", "timeoutMs", "budgetMs", "maxAttempts", "retry.replay", "unknown"],
  RefCampaign: [
    "apiKey", "apiUrl", "timeoutMs", "budgetMs", "maxAttempts", "retry.replay", "identify.path",
    "identify.sessionIdField", "identify.customerEmailHashField", "unknown",
  ],
};
const CALL_OF = { Refport: ["track.sale"], RefCampaign: ["conversions.track", "tracking.identify"] };

/** Values that are no text, and as long in all. */
const OBJECTS = {
  "one long text": (size) => ({ note: fill("a", size) }),
  "one long name": (size) => ({ [fill("a", size)]: 1 }),
  "many members": (size) => members(size, (index) => [`m${index}`, 1]),
  "many long names": (size) => members(size, (index) => [fill(`name${index}_`, 500), 1]),
  "many texts": (size) => members(size, (index) => [`m${index}`, "a text"]),
  "a deep object": (size) => deep(size / 6),
  "a deep list": (size) => ({ list: Array.from({ length: Math.ceil(size / 2) }).reduce((inner) => [inner], 1) }),
  "a long list": (size) => ({ list: Array(Math.ceil(size / 2)).fill(1) }),
  "members that are null": (size) => members(size, (index) => [`m${index}`, null]),
};
/** Of these each member is an issue of its own, where they are members of the parameters themselves. */
const UNREADABLE = {
  "that are no JSON": (size) => members(size, (index) => [`m${index}`, 1n]),
  "that throw": (size) => throwing(Math.ceil(size / 12)),
  "whose names are nearly known": (size) => members(size, (index) => [`invoiceI${index}`, "a"]),
  "whose long name is nearly known": (size) => ({ [fill("invoiceId", size)]: "a" }),
};

function deep(levels) {
  let root = 1;
  for (let level = 0; level < levels; level += 1) root = { a: root };
  return { root };
}

function throwing(count) {
  const get = () => {
    throw new Error("no");
  };
  const all = Array.from({ length: count }, (_, index) => [`m${index}`, { get, enumerable: true }]);
  return Object.defineProperties({}, Object.fromEntries(all));
}

const inDetails = (text) => ({ details: [{ message: text }] });
/** Half of a text, and then something else: a search that begins again at each place looks through all of it each time. */
const half = (text) => `${text.slice(0, text.length / 2)}!`;
const each = (text, share, put) => [...text.slice(0, text.length / share)].map(put).join("");
const hex = (char) => char.charCodeAt(0).toString(16).padStart(4, "0");

/** What the service answers, of what the caller sent. */
const ANSWERS = {
  "repeated in details": inDetails,
  "repeated in the message": (said) => ({ message: said }),
  "half repeated in details": (said) => inDetails(half(said)),
};
/** The same in other spellings. */
const SPELT = {
  "half repeated in capitals": (said) => inDetails(half(said.toUpperCase())),
  "half repeated with backslashes": (said) => inDetails(`${each(said, 2, (char) => `\\${char}`)}!`),
  "half repeated with percent signs": (said) => inDetails(`${each(said, 3, (char) => `%${hex(char).slice(2)}`)}!`),
  "half repeated with escapes": (said) => inDetails(`${each(said, 6, (char) => `\\u${hex(char)}`)}!`),
  "half repeated with entities": (said) => inDetails(`${each(said, 6, (char) => `&#x${hex(char)};`)}!`),
  "half repeated again and again": (said) => inDetails(fill(half(said.slice(0, said.length / 20)), said.length)),
};

const refusal = (error) => JSON.stringify({ success: false, error: { code: "ECHO", ...error } });

/** A transport that answers always the same, with Responses of its own. */
const answering = (status, text) => async () =>
  new Response(text, { status, headers: { "content-type": "application/json" } });

const told = ({ outcome, error }) =>
  [outcome, error?.kind, error?.issues.length > 0 ? `issue on ${error.issues[0].field.slice(0, 20)}` : ""].join(" ").trim();

/** One call of a method with `change` in its parameters. */
const making = (api, name, change, { transport = async () => good(), options } = {}) => {
  const params = change === undefined ? undefined : { ...METHODS[name].params, ...change };
  return async () => told(await call({ api, transport }, name, { params, options }));
};

/** `{ a: { b: value } }` for `a.b`, beside what the method has in `a`. */
function at(name, path, value) {
  const [outer, inner] = path.split(".");
  return inner === undefined ? { [outer]: value } : { [outer]: { ...METHODS[name].params[outer], [inner]: value } };
}

export const callRows = () => [
  ...NAMES.flatMap((name) => (TEXTS[name] ?? []).flatMap((field) => textRows(name, field))),
  ...Object.entries(PRIVATE).flatMap(([name, fields]) => privateRows(name, fields)),
  ...WITH_PARAMS.flatMap(objectRows),
  ...trackRows(),
  ...Object.entries(OPTIONS).flatMap(([owner, names]) => optionRows(owner, names)),
];

/** One method of each service is tried with every text: the others take the same ways. */
const piecesFor = (name) =>
  Object.entries(["track.lead", "conversions.track"].includes(name) ? FEW_PIECES : { letters: PIECES.letters });

const textRows = (name, field) =>
  piecesFor(name).map(([pieces, piece]) => ({
    name: `${name}: ${field} of ${pieces}`,
    isQuick: piece === "a",
    make: (api, size) => making(api, name, at(name, field, fill(piece, size))),
  }));

/** Each private field repeated by the service in each way; several of them at once; and one of them in many small texts. */
const privateRows = (name, fields) => [
  ...fields.flatMap((field) => [
    ...Object.entries(ANSWERS).flatMap(([answer, errorOf]) =>
      piecesFor(name).map((piece) => repeatedRow(name, field, piece, [answer, errorOf])),
    ),
    ...Object.entries(SPELT).map((answer) => repeatedRow(name, field, ["letters", PIECES.letters], answer)),
  ]),
  ...fields.map((field) => ({
    name: `${name}: ${field} beside many short details`,
    isQuick: true,
    make: (api, size) => {
      const details = Array(Math.ceil(size / 16)).fill({ m: "a" });
      const transport = answering(400, refusal({ details }));
      return making(api, name, at(name, field, fill("ab", size / 2)), { transport });
    },
  })),
  {
    name: `${name}: all private fields nearly the same, repeated in details`,
    isQuick: true,
    make: (api, size) => {
      const value = fill("a", size / 8);
      const change = fields.map((field, index) => at(name, field, `${value}${index}`)).reduce(merged);
      const transport = answering(400, refusal({ details: [fill("a", size / 2)] }));
      return making(api, name, change, { transport });
    },
  },
];

const repeatedRow = (name, field, [pieces, piece], [answer, errorOf]) => ({
  name: `${name}: ${field} of ${pieces}, ${answer}`,
  isQuick: piece === PIECES.letters,
  make: (api, size) => {
    const value = fill(piece, size);
    const transport = answering(400, refusal(errorOf(value)));
    return making(api, name, at(name, field, value), { transport });
  },
});

const merged = (one, other) => {
  const both = { ...one, ...other };
  if (one.partner && other.partner) both.partner = { ...one.partner, ...other.partner };
  return both;
};

const objectRows = (name) => [
  ...Object.entries(OBJECTS).flatMap(([what, valueOf]) => [
    {
      name: `${name}: metadata with ${what}`,
      isQuick: true,
      make: (api, size) => making(api, name, { metadata: valueOf(size) }),
    },
    {
      name: `${name}: unknown members, ${what}`,
      isQuick: true,
      make: (api, size) => making(api, name, valueOf(size)),
    },
    ...(name === "embedTokens.create"
      ? [
          {
            name: `${name}: partner with ${what}`,
            isQuick: true,
            make: (api, size) => making(api, name, { partner: { email: "partner@shop.test", ...valueOf(size) } }),
          },
        ]
      : []),
  ]),
  ...Object.entries(UNREADABLE).map(([what, valueOf]) => ({
    name: `${name}: unknown members ${what}`,
    isQuick: true,
    make: (api, size) => {
      const all = Object.defineProperties(valueOf(size), Object.getOwnPropertyDescriptors(METHODS[name].params));
      return async () => told(await call({ api, transport: async () => good() }, name, { params: all }));
    },
  })),
  {
    name: `${name}: long metadata repeated in details`,
    isQuick: true,
    make: (api, size) => {
      const note = fill("a", size);
      const transport = answering(400, refusal({ details: [{ message: note }] }));
      return making(api, name, { metadata: { note } }, { transport });
    },
  },
];

/** The functions that look for the click ID in a request. */
const trackRows = () =>
  ["track_sale", "track_lead"].flatMap((name) =>
    Object.entries({
      "an encoded ID in a long Cookie header": (size) => ({ headers: { cookie: `${fill("a=b; ", size)}; refp_id=a%20b` } }),
      "a long ID in the Cookie header": (size) => ({ headers: { cookie: `refp_id=${fill("a", size)}` } }),
      "a long ID in the URL": (size) => ({ url: `https://shop.test/?refp_id=${fill("a%20", size)}` }),
      "many parameters in the URL": (size) => ({ url: `https://shop.test/?${fill("a=b&", size)}refp_id=abc` }),
    }).map(([what, requestOf]) => ({
      name: `${name}: ${what}`,
      isQuick: true,
      make: (api, size) => {
        const request = requestOf(size);
        const { clickId, ...sale } = SALE;
        const params = name === "track_lead" ? { eventName: "Sign Up", customerExternalId: "user_001" } : sale;
        const config = { ...NO_RETRY, apiKey: "rk_growth", fetch: async () => good() };
        return async () => told(await api[name](request, params, config));
      },
    })),
  );

const optionRows = (owner, names) =>
  CALL_OF[owner].flatMap((name) => [
    ...names.flatMap((option) =>
      Object.entries(FEW_PIECES).map(([pieces, piece]) => ({
        name: `${name}: option ${option} of ${pieces}`,
        isQuick: piece === "a",
        make: (api, size) => making(api, name, {}, { options: optionsWith(option, fill(piece, size)) }),
      })),
    ),
    {
      name: `${name}: an option apiKey that is repeated in the message`,
      isQuick: true,
      make: (api, size) => {
        const apiKey = fill("k", size);
        return making(api, name, {}, { options: { apiKey }, transport: answering(400, refusal({ message: apiKey })) });
      },
    },
    {
      name: `${name}: an address with a long path`,
      isQuick: true,
      make: (api, size) => {
        const address = `https://shop.test/${numbered(size, (index) => `${index}/`)}`;
        return making(api, name, {}, { options: { baseUrl: address, apiUrl: address } });
      },
    },
    ...Object.entries({ ...OBJECTS, ...UNREADABLE }).map(([what, valueOf]) => ({
      name: `${name}: unknown options, ${what}`,
      isQuick: true,
      make: (api, size) => making(api, name, {}, { options: valueOf(size) }),
    })),
  ]);

function optionsWith(path, value) {
  const [outer, inner] = path.split(".");
  return inner === undefined ? { [outer]: value } : { [outer]: { [inner]: value } };
}
