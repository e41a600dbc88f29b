// What the package does where WebAssembly cannot run. No import: it runs everywhere.
//
// In: the package's API. Out: a list of what was looked at, each `[title, complaint]`, the latter null where all is well.

const SALE = { clickId: "abc123", customerExternalId: "user_001", amount: 4900 };
const CONVERSION = { externalId: "ord_42", amount: "49.90", currency: "EUR", sessionId: "rcs_7fKj2" };
const LEAD = { clickId: "abc123", customerExternalId: "user_001" };
const WAYS_OUT = ["'wasm-unsafe-eval'", "--jitless", "refport-edge/slim"];

export async function findings(api) {
  let sent = 0;
  const config = {
    apiKey: "rk_test",
    dangerouslyAllowBrowser: true,
    fetch: async () => {
      sent += 1;
      return new Response("{}");
    },
  };
  const printed = [];
  const print = console.error;
  console.error = (...words) => printed.push(words.join(" "));
  try {
    const looked = [
      ...(await refport(api, config)),
      ...(await refcampaign(api, config)),
      ...lookups(api, printed),
      ...(await others(api)),
    ];
    return [...looked, is("nothing is sent", sent, 0)];
  } finally {
    console.error = print;
  }
}

const is = (title, actual, wanted) => {
  const [got, right] = [actual, wanted].map((value) => JSON.stringify(value));
  return [title, got === right ? null : `${got} instead of ${right}`];
};

const advises = (title, message) => {
  const missing = WAYS_OUT.filter((way) => !String(message).includes(way));
  return [title, missing.length === 0 ? null : `${missing.join(", ")} is not in: ${message}`];
};

const saysSo = (title, error, Class) => {
  const { kind, code, status, retryable, maybeRecorded, attempts } = error ?? {};
  const wanted = ["internal", "WASM_UNAVAILABLE", null, true, false, 0, true];
  return [
    is(title, [kind, code, status, retryable, maybeRecorded, attempts, error instanceof Class], wanted),
    advises(`${title}, and what to do`, error?.message),
  ];
};

async function refport(api, config) {
  const client = new api.Refport(config);
  const calls = {
    track_sale: () => api.track_sale(null, SALE, config),
    track_lead: () => api.track_lead(null, LEAD, config),
    "track.sale": () => client.track.sale(SALE),
    "track.lead": () => client.track.lead(LEAD, { timeoutMs: 10 }),
    "embedTokens.create": () => client.embedTokens.create({ partner: { email: "a@shop.test" } }),
    "a client without a key": () => new api.Refport({}).track.sale(SALE),
  };
  const looked = [];
  for (const [name, call] of Object.entries(calls)) {
    const { outcome, data, error, attempts } = await call();
    looked.push(is(`${name}: the result`, [outcome, data, attempts], ["failed", null, 0]));
    looked.push(...saysSo(name, error, api.RefportError));
  }
  return looked;
}

async function refcampaign(api, config) {
  const client = new api.RefCampaign(config);
  const calls = {
    "conversions.track": () => client.conversions.track(CONVERSION),
    "conversions.postback": () => client.conversions.postback({ ...CONVERSION, amount: 4990 }),
    "conversions.refund": () => client.conversions.refund({ externalId: "ord_42" }),
    ping: () => client.ping(),
  };
  const looked = [];
  for (const [name, call] of Object.entries(calls)) {
    const error = await call().then(() => undefined, (reason) => reason);
    looked.push(...saysSo(name, error, api.RefCampaignError));
  }
  const { identified, error } = await client.tracking.identify({ sessionId: "rcs_7fKj2", customerEmailHash: "a".repeat(64) });
  return [...looked, is("identify", identified, false), ...saysSo("identify", error, api.RefCampaignError)];
}

/** They answer what they answer to a visitor whom nobody sent: that must not be all that is said. */
function lookups(api, printed) {
  const url = "https://shop.test/?refp_id=a%20b&rcsid=rcs_7fKj2";
  const found = [
    api.getClickIdFromRequest({ url, headers: {} }),
    api.getClickIdFromRequest({ url, headers: {} }),
    api.getClickIdFromCookie("other=1; refp_id=a%20b"),
    api.getSessionIdFromRequest({ url, headers: {} }),
  ];
  return [
    is("lookups find nothing", found, [null, null, null, null]),
    is("and say so, once", printed.filter((line) => line.startsWith("refport-edge")).length, 1),
    advises("and what to do", printed[0]),
  ];
}

async function others(api) {
  const thrown = (() => {
    try {
      return api.hashEmail("a@shop.test");
    } catch (error) {
      return error;
    }
  })();
  const webhook = await api.verifyRefCampaignWebhook({ payload: "{}", header: "t=1,v1=0" }, "whsec_test");
  return [
    is("hashEmail throws", [thrown instanceof Error, thrown.code], [true, "WASM_UNAVAILABLE"]),
    advises("hashEmail, and what to do", thrown.message),
    is("a webhook is not valid", [webhook.valid, webhook.reason], [false, "wasm_unavailable"]),
    advises("a webhook, and what to do", webhook.message),
  ];
}
