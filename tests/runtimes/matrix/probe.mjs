// What every set-up of the matrix has the package do.
//
// In: the names that it imported, the fake service's address (service.mjs), and whether this is a browser. Out:
// `{ done, failures }`: the names of the checks that passed, and what is wrong with the others.
// Not its job: loading the package. It imports nothing, so that it can be bundled, required or inlined anywhere.

export async function probe(api, service, browser) {
  if (!service.startsWith("http://127.0.0.1:")) throw new Error(`${service} is not the fake service`);
  const done = [];
  const failures = [];
  const check = async (name, run) => {
    try {
      await run();
      done.push(name);
    } catch (error) {
      failures.push(`${name}: ${error?.message ?? error}`);
    }
  };
  const must = (condition, what) => {
    if (!condition) throw new Error(what);
  };
  const show = (result) => JSON.stringify(result) ?? String(result);

  const customer = { customerExternalId: "user_001", amount: 4900, currency: "usd" };
  const keyed = { apiKey: "rk_test", baseUrl: service };
  const config = browser ? { ...keyed, dangerouslyAllowBrowser: true } : keyed;
  const mustBeRecorded = (result) => {
    must(result.outcome === "recorded" && result.attempts === 1, `it came to ${show(result)}`);
    must(result.data.sale.id === "sale_xyz" && result.data.sale.amount === 4900, `the sale is ${show(result.data)}`);
  };

  await check("lookup", () => {
    must(api.getClickIdFromCookie("a=1; refp_id=abc123") === "abc123", "not found in a header");
    must(api.getClickIdFromRequest({ url: "/landing?refp_id=abc123" }) === "abc123", "not found in a URL");
    // Jest's jsdom has none.
    if (typeof Request === "undefined") return;
    const request = new Request("https://shop.test/?refp_id=abc123", { headers: { cookie: "refp_id=older" } });
    must(api.getClickIdFromRequest(request) === "abc123", "not found in a Request");
    must(api.getClickIdFromRequest(new Request("https://shop.test/")) === null, "found where there is none");
  });

  await check("sale", async () => {
    const request = { url: "https://shop.test/thanks?refp_id=abc123" };
    mustBeRecorded(await api.track_sale(request, { ...customer, invoiceId: "inv_001" }, config));
  });

  await check("failed sale", async () => {
    const { outcome, error } = await api.track_sale(null, { ...customer, clickId: "stale" }, config);
    must(outcome === "failed", `it came to ${outcome}`);
    must(error.kind === "invalid_click_id" && error.status === 400 && error.code === "INVALID_CLICK_ID", show(error));
    must(error instanceof api.RefportInvalidClickIdError, "it is no RefportInvalidClickIdError");
    must(error instanceof api.RefportError && error instanceof Error, "it is no RefportError");
  });

  await check("class", async () => {
    const client = new api.Refport(config);
    mustBeRecorded(await client.track.sale({ ...customer, clickId: "abc123", invoiceId: "inv_002" }));
  });

  await check("secret key", async () => {
    let refusal;
    try {
      new api.Refport(keyed);
    } catch (error) {
      refusal = error;
    }
    if (!browser) return must(refusal === undefined, `refused although this is no browser: ${refusal?.message}`);
    must(refusal instanceof api.RefportValidationError, `it is no RefportValidationError: ${refusal}`);
    must(refusal.message.startsWith("apiKey "), `the message is ${show(refusal.message)}`);
    const { outcome, error } = await api.track_sale(null, { ...customer, clickId: "abc123" }, keyed);
    must(outcome === "failed" && error.kind === "validation", `track_sale came to ${outcome}`);
  });

  return { done, failures };
}
