// A fake Refport service, for every set-up of the matrix at once.
//
// In: requests; the first part of a path is the row's name. Out: 201 with the sale, or 400 for the click ID `stale`, with
// what a browser of another origin wants; and what each row has sent. Node.js only.
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

/** Starts it: `{ urlOf, seen, stop }`. `seen(row)` lists the statuses it answered to a row's sales, in order. */
export async function startService() {
  const answered = new Map();
  const server = createServer(async (request, response) => {
    if (request.method === "OPTIONS") return response.writeHead(204, ANYONE).end();
    let body = "";
    for await (const chunk of request) body += chunk;
    const [, row, ...path] = request.url.split("/");
    const [status, value] = answerTo(request, path.join("/"), body);
    answered.set(row, [...(answered.get(row) ?? []), status]);
    response.writeHead(status, { "content-type": "application/json", ...ANYONE }).end(JSON.stringify(value));
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    urlOf: (row) => `http://127.0.0.1:${server.address().port}/${row}`,
    seen: (row) => answered.get(row) ?? [],
    stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}

function answerTo({ method, headers }, path, body) {
  const sale = read(body);
  const refuse = (code, message) => [400, { success: false, error: { code, message } }];
  if (method !== "POST" || path !== "api/track/sale") return refuse("NOT_FOUND", `${method} ${path}`);
  if (headers.authorization !== "Bearer rk_test") return refuse("UNAUTHORIZED", "the key is missing");
  if (!headers["content-type"]?.startsWith("application/json")) return refuse("VALIDATION_ERROR", "this is no JSON");
  if (sale?.clickId === "stale") return refuse("INVALID_CLICK_ID", "no such click");
  if (sale?.clickId !== "abc123" || sale.amount !== 4900) return refuse("VALIDATION_ERROR", `got ${body}`);
  return [201, { ...RECORDED, sale: { ...RECORDED.sale, invoiceId: sale.invoiceId } }];
}

function read(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
