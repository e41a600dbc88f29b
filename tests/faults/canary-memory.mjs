// Looks for canaries in the memory of the core: a step leaves nothing of what it was told.
//
// In: the package, imported after watch.mjs, and a job as canary-look.mjs takes it. Out: for each call where a canary was
// found; never the canaries themselves.

import { inMemory, whileStepsRun } from "./watch.mjs";

/** Which canaries are in memory now. In any case: an answer is compared in lower case. */
export function spillsInMemory(needles, memory = inMemory().toLowerCase()) {
  return needles.flatMap((needle, index) =>
    memory.includes(needle.toLowerCase()) ? [`canary ${index} in the core's memory`] : [],
  );
}

/** What calls of every kind leave there, one after the other. */
export async function memoryFindings(api, job) {
  const { needles } = job;
  const findings = [];
  for (const [title, call] of Object.entries(calls(api, job))) {
    // What it comes to is its own affair.
    await (async () => call())().catch(() => {});
    findings.push({ title: `${title}: the core's memory`, hits: spillsInMemory(needles) });
  }
  return [...findings, ...(await selfTests(api, job))];
}

function calls(api, { apiKey, customer, customerEmailHash, needles }) {
  const [, email, name] = needles;
  const words = needles.join(" ");
  const mark = needles.at(-1);
  const sale = { clickId: `click_${mark}`, amount: 4900, invoiceId: `inv_${mark}`, ...customer };
  const conversion = { externalId: `ord_${mark}`, amount: "49.90", currency: "EUR", sessionId: `rcs_${mark}` };
  const everything = { ...sale, note: words, metadata: { words, deep: { email, name } } };
  const told = (init) => `${words} ${new Headers(init.headers).get("authorization")} ${init.body}`;
  const answering = (status, bodyOf) => ({
    apiKey,
    maxAttempts: 1,
    fetch: async (_, init) => {
      const headers = { "x-request-id": mark, "retry-after": mark };
      return new Response(JSON.stringify(bodyOf(told(init))), { status, headers });
    },
  });
  const good = answering(200, (said) => ({ success: true, sale: { id: said }, data: { success: true, id: said } }));
  const refused = answering(400, (said) => ({ error: { code: mark, message: said, details: [{ field: said }] } }));
  const request = { url: `https://shop.test/?refp_id=${mark}%20a`, headers: { cookie: `a=${mark}; refp_id=${mark}` } };
  return {
    "a sale recorded": () => api.track_sale(null, everything, good),
    "a sale of a request": () => api.track_sale(request, { ...everything, clickId: undefined }, good),
    "a sale refused": () => api.track_sale(null, everything, refused),
    "a lead refused": () => api.track_lead(null, { ...customer, clickId: mark, eventName: name }, refused),
    "a sale with issues": () => api.track_sale(null, { ...everything, amount: words, currency: email }, good),
    "a sale that is too large": () => api.track_sale(null, { ...everything, note: words.repeat(100_000) }, good),
    "a sale that is sent again": () =>
      api.track_sale(null, everything, { ...answering(503, (said) => said), maxAttempts: 3, budgetMs: 1000 }),
    "an embed token": () => new api.Refport(good).embedTokens.create({ partner: { email, name } }),
    "a conversion": () => new api.RefCampaign(good).conversions.track({ ...conversion, customerEmail: email }),
    "a conversion refused": () => new api.RefCampaign(refused).conversions.track({ ...conversion, customerEmail: email }),
    "an identification": () =>
      new api.RefCampaign(refused).tracking.identify({ sessionId: `rcs_${mark}`, customerEmailHash }),
    "options that are wrong": () => new api.Refport({ apiKey: `${apiKey}\n`, baseUrl: `http://${mark}.test` }),
    "a click ID that is looked for": () => api.getClickIdFromRequest(request),
    "a click ID in a long header": () => api.getClickIdFromCookie(`${`refp_idx=${mark}; `.repeat(2000)}refp_id=${mark}`),
    "a session that is looked for": () => api.getSessionIdFromRequest({ headers: { cookie: `_rc_sid=rcs_${mark}` } }),
    "an address that is hashed": () => api.hashEmail(email),
    "a webhook": () =>
      api.verifyRefCampaignWebhook(
        { payload: words, header: `t=${Math.floor(Date.now() / 1000)},v1=${"0".repeat(64)},${mark}` },
        `whsec_${mark}`,
      ),
  };
}

/** The search must find what is there, in the middle of a step; and what a step leaves that does not come to its end. */
async function selfTests(api, { apiKey, customer, needles }) {
  const sale = { clickId: "abc123", amount: 4900, ...customer };
  const sell = () => api.track_sale(null, sale, { apiKey, maxAttempts: 1, fetch: async () => new Response("{}") });
  let seen = 0;
  await whileStepsRun(() => {
    seen ||= spillsInMemory([apiKey]).length;
  }, sell);
  let thrown = 0;
  const result = await whileStepsRun(() => {
    if (thrown || spillsInMemory([apiKey]).length === 0) return;
    thrown += 1;
    throw new Error("a step ends halfway");
  }, sell);
  const after = await sell();
  const told = [result.error?.code, after.error?.code].join(", ");
  return [
    { title: "the key is found in memory while a step runs", hits: seen ? [] : ["it is not"] },
    {
      title: "a step that ends halfway leaves no canary",
      hits: thrown ? spillsInMemory(needles) : ["no step ended halfway"],
    },
    { title: "and the next call gets another instance", hits: told === "INTERNAL, INVALID_RESPONSE" ? [] : [told] },
  ];
}
