// What is done with the clients of both services that nobody should do, each with what must come of it: wrong
// configurations, methods on their own, many calls at a time. See hostile-calls.mjs.

import { call, calling, clientOf, METHODS, NAMES } from "./hostile-calls.mjs";
import {
  bad,
  cyclic,
  GOOD_TEXT,
  good,
  is,
  isRefused,
  KEY,
  NO_RETRY,
  refuses,
  revoked,
  SALE,
  shown,
  thrower,
} from "./hostile-tools.mjs";

const CLASSES = ["Refport", "RefCampaign"];
const BASE_URL = { Refport: "baseUrl", RefCampaign: "apiUrl" };

/** A client that could send nothing is not made, and says why in an error of its own. */
const refusing = (className, title, make, field) => ({
  name: `new ${className}: ${title}`,
  act: (tools) => {
    try {
      new tools.api[className](make(tools));
    } catch (error) {
      const Wanted = className === "Refport" ? tools.api.RefportValidationError : tools.api.RefCampaignError;
      if (!(error instanceof Wanted)) throw error;
      return { outcome: "failed", error };
    }
    return { outcome: "made" };
  },
  expect: field === undefined ? isRefused : refuses(field),
});

const constructorCases = () =>
  CLASSES.flatMap((name) => {
    const config = (change) => () => ({ apiKey: KEY, ...change });
    const urls = [
      "",
      "shop.test",
      "http://shop.test",
      "https://a@b.test",
      "https://a.test?x",
      5,
      {},
      Symbol("no"),
      "https://[",
    ];
    return [
      ...[null, undefined, "rk_test", 5, 7n, Symbol("no"), [], {}].map((value) =>
        refusing(name, `a config that is ${shown(value)}`, () => value, "apiKey"),
      ),
      refusing(name, "a config of which every use throws", thrower),
      refusing(name, "a config that is a revoked Proxy", revoked),
      ...["", " ", "a b", "a\nb", "\ud800", 5, {}, { toString: () => "rk" }, Symbol("no"), thrower()].map(
        (apiKey, index) => refusing(name, `odd apiKey number ${index}`, config({ apiKey }), "apiKey"),
      ),
      ...urls.map((url) =>
        refusing(name, `${BASE_URL[name]} ${shown(url)}`, config({ [BASE_URL[name]]: url }), BASE_URL[name]),
      ),
      ...["timeoutMs", "budgetMs", "maxAttempts"].flatMap((option) =>
        [0, NaN, "5", 5n, {}].map((value) =>
          refusing(name, `${option} ${shown(value)}`, config({ [option]: value }), option),
        ),
      ),
      ...["apiKey", BASE_URL[name], "timeoutMs", "signal", "onAttempt", "fetch"].map((option) =>
        refusing(name, `a ${option} whose getter throws`, () => bad(option, { apiKey: KEY }), option),
      ),
      ...[5, "text", {}, { fetch: 5 }, bad("fetch"), revoked()].map((fetch, index) =>
        refusing(name, `fetch number ${index} that cannot be called`, config({ fetch }), "fetch"),
      ),
    ];
  });

/** A method of each client, for what is about the client alone. */
const ONE_OF_EACH = ["track.sale", "conversions.track"];
const keyOf = ({ headers }) => new Headers(headers).get("authorization");

const useCases = () => [
  ...NAMES.map((name) => ({
    name: `${name}: a method without its client`,
    act: (tools) => {
      const method = METHODS[name].method(clientOf(tools, name));
      return calling(tools, name, Reflect.apply(method, thrower(), [METHODS[name].params]));
    },
    expect: is("recorded"),
  })),
  ...ONE_OF_EACH.map((name) => ({
    name: `${name}: a config that is changed afterwards`,
    act: (tools) => {
      const config = { apiKey: KEY, fetch: tools.transport, ...NO_RETRY };
      const client = new tools.api[METHODS[name].owner](config);
      Object.assign(config, { apiKey: "rk_other", fetch: thrower(), maxAttempts: "x" });
      return calling(tools, name, METHODS[name].method(client)(METHODS[name].params));
    },
    expect: (result, { sent }) =>
      is("recorded")(result) ?? (keyOf(sent.at(-1)) === `Bearer ${KEY}` ? undefined : "another key was sent"),
  })),
  ...ONE_OF_EACH.map((name) => ({
    name: `${name}: a config of another realm, on a prototype`,
    act: (tools) => {
      const config = Object.create(tools.foreign({ apiKey: KEY, ...NO_RETRY }), { fetch: { value: tools.transport } });
      return calling(
        tools,
        name,
        METHODS[name].method(new tools.api[METHODS[name].owner](config))(METHODS[name].params),
      );
    },
    expect: is("recorded"),
  })),
  ...CLASSES.map((className) => ({
    name: `${className}: a subclass may have members of its own, and a test may replace a method`,
    act: ({ api, transport }) => {
      class Shop extends api[className] {
        name = "ours";
      }
      const client = new Shop({ apiKey: KEY, fetch: transport });
      const part = client.track ?? client.conversions;
      const [method] = Object.keys(part);
      part[method] = () => "replaced";
      return { outcome: `${client.name} ${part[method]()}` };
    },
    expect: is("ours replaced"),
  })),
  {
    name: "tracking.identify: the key is not sent",
    act: (tools) => call(tools, "tracking.identify"),
    expect: (result, { sent }) =>
      is("recorded")(result) ?? (keyOf(sent.at(-1)) === null ? undefined : "a public endpoint was sent the key"),
  },
  ...NAMES.map((name) => ({
    name: `${name}: a client whose core was reset`,
    act: async (tools) => {
      const client = clientOf(tools, name);
      const before = tools.instances();
      await call(tools, "track.sale", { params: { ...SALE, metadata: { text: "x".repeat(900_000) } } });
      const result = await calling(tools, name, METHODS[name].method(client)(METHODS[name].params));
      return tools.instances() > before ? result : { outcome: "the core was not reset" };
    },
    expect: is("recorded"),
    mayRecycle: true,
  })),
  { name: "100 calls at a time on one client of each", act: crowd, expect: is("nothing crossed") },
];

/** Many calls at a time on the same clients, each with an end of its own; none may get another's. */
async function crowd(tools) {
  const clients = {
    Refport: clientOf(tools, "track.sale", { fetch: service }),
    RefCampaign: clientOf(tools, "conversions.track", { fetch: service }),
  };
  const crossed = await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const name = ["track.sale", "conversions.track", "conversions.postback"][index % 3];
      const { owner, method, params } = METHODS[name];
      const id = `${index % 5 === 0 ? "refused" : "good"}_${index}`;
      const told = [];
      const options = index % 2 ? { onAttempt: () => told.push(index), timeoutMs: 3000 - index } : undefined;
      const pending = method(clients[owner])({ ...params, invoiceId: id, externalId: id }, options);
      const result = await calling(tools, name, pending);
      if (told.length !== index % 2) return `${name} was told of ${told.length} attempts`;
      if (result.outcome === "failed")
        return result.error.serviceMessage === `no ${id}` ? undefined : "another's error";
      if (id.startsWith("refused")) return "another's success";
      return (result.data?.sale.id ?? result.conversionId) === `of ${id}` ? undefined : "another's answer";
    }),
  );
  return { outcome: crossed.find((complaint) => complaint !== undefined) ?? "nothing crossed" };
}

/** Answers each event in its own time, with its own ID. */
async function service(_, { body }) {
  const { invoiceId, externalId } = JSON.parse(await new Response(body).text());
  const id = externalId ?? invoiceId;
  await new Promise((resolve) => setTimeout(resolve, (id.length * 7 + id.charCodeAt(id.length - 1)) % 23));
  if (id.startsWith("refused"))
    return new Response(JSON.stringify({ error: { message: `no ${id}` } }), { status: 400 });
  return new Response(JSON.stringify({ ...JSON.parse(GOOD_TEXT), sale: { id: `of ${id}` }, conversionId: `of ${id}` }));
}

const sessionCases = () =>
  [
    null,
    undefined,
    0,
    "_rc_sid=abc",
    7n,
    Symbol("no"),
    {},
    cyclic(),
    thrower(),
    revoked(),
    bad("url"),
    bad("cookies"),
    bad("headers"),
  ].map((request, index) => ({
    name: `getSessionIdFromRequest: odd request number ${index}`,
    act: ({ api }) => ({ outcome: String(api.getSessionIdFromRequest(request)) }),
    expect: is("null"),
  }));

/** The cases. */
export const clientCases = () => [...constructorCases(), ...useCases(), ...sessionCases()];
