// A fake Refport service, for every set-up of the matrix at once.
//
// In: requests; the first part of a path is the row's name, and what follows up to `api/` is the row's own affair. Out: 200
// with what was reported, or 400 for the click ID `stale`, with what a browser of another origin wants; and what each row has
// sent. No other status than 200 is kept by a cache such as Next.js's. Node.js only.
// Not its job: faults and odd answers (live.mjs, tests/faults).

import { createServer } from "node:http";

const ANYONE = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, content-type",
};

const RECORDED = {
  eventName: "Purchase",
  customer: { externalId: "user_001", email: null, name: null },
  sale: { id: "sale_xyz", amount: 4900, currency: "usd", commissionAmount: 490, status: "pending", paymentProcessor: "custom" },
};

/** What else is answered, by method and path. */
const ANSWERS = {
  "POST api/track/lead": { eventName: "Sign Up", click: { id: "clk_xyz" }, customer: RECORDED.customer },
  "POST api/embed/token": { publicToken: "pt_abc123", expires: "2099-01-01T00:00:00.000Z" },
  "GET api/v1/ping": { success: true, data: { valid: true, merchant: "any", activeCampaigns: 2 }, meta: { timestamp: "any" } },
};

/**
 * Starts it: `{ urlOf, seen, asked, stop }`. `seen(row)` lists the statuses it answered to a row, in order; `asked(row)` the
 * paths below the row's, each as often as it was asked for.
 */
export async function startService() {
  const answered = new Map();
  const server = createServer(async (request, response) => {
    if (request.method === "OPTIONS") return response.writeHead(204, ANYONE).end();
    let body = "";
    for await (const chunk of request) body += chunk;
    const [, row, ...path] = request.url.split("/");
    const [status, value] = answerTo(request, path.join("/").replace(/^.*?(?=api\/)/, ""), body);
    answered.set(row, [...(answered.get(row) ?? []), { status, path: path.join("/") }]);
    response.writeHead(status, { "content-type": "application/json", ...ANYONE }).end(JSON.stringify(value));
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    urlOf: (row) => `http://127.0.0.1:${server.address().port}/${row}`,
    seen: (row) => (answered.get(row) ?? []).map(({ status }) => status),
    asked: (row) => (answered.get(row) ?? []).map(({ path }) => path),
    stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}

function answerTo({ method, headers }, path, body) {
  const sale = read(body);
  const refuse = (code, message) => [400, { success: false, error: { code, message } }];
  if (headers.authorization !== "Bearer rk_test") return refuse("UNAUTHORIZED", "the key is missing");
  const other = ANSWERS[`${method} ${path}`];
  if (other) return [200, other];
  if (method !== "POST" || path !== "api/track/sale") return refuse("NOT_FOUND", `${method} ${path}`);
  if (!headers["content-type"]?.startsWith("application/json")) return refuse("VALIDATION_ERROR", "this is no JSON");
  if (sale?.clickId === "stale") return refuse("INVALID_CLICK_ID", "no such click");
  if (sale?.clickId !== "abc123" || sale.amount !== 4900) return refuse("VALIDATION_ERROR", `got ${body}`);
  return [200, { ...RECORDED, sale: { ...RECORDED.sale, invoiceId: sale.invoiceId } }];
}

function read(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
