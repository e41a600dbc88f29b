// A real service on a real socket, for what no script can show: stalled bodies, lost connections, redirects.
//
// In: nothing. Out: its address; the first part of a path names how it behaves, and `/seen/<behaviour>` says how often it
// was asked. Node.js only; the launchers start it.
// Not its job: being like the real service (that is worker-example's fake one).

import { createServer } from "node:http";

const SALE = { sale: { id: "sale_xyz" }, city: "Zürich 😀" };

const BEHAVIOURS = {
  ok: (response) => json(response, SALE),
  echo: (response, request, body) => json(response, { ...SALE, request: { method: request.method, headers: request.headers, body } }),
  silent: () => {},
  stall(response) {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"sale":');
  },
  reset: (_, request) => request.socket.destroy(),
  redirect(response, request) {
    response.writeHead(302, { location: `http://${request.headers.host}/stolen/api/track/sale` }).end();
  },
  stolen: (response) => json(response, SALE),
  busy: (response) => response.writeHead(503, { "retry-after": "5" }).end(),
  // One byte at a time, so that characters come in pieces.
  drip(response) {
    const bytes = Buffer.from(JSON.stringify(SALE));
    response.writeHead(200);
    const next = (at) => (at < bytes.length ? response.write(bytes.subarray(at, at + 1), () => setImmediate(next, at + 1)) : response.end());
    next(0);
  },
  huge(response) {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ...SALE, padding: "x".repeat(4 * 1024 * 1024) }));
  },
};

/** Starts it: `{ url, stop }`. */
export async function startLiveService() {
  const seen = {};
  const server = createServer(async (request, response) => {
    // Whoever hangs up in the middle is no error of the service's.
    response.on("error", () => {});
    request.on("error", () => {});
    const [, name, of] = request.url.split("/");
    if (name === "seen") return json(response, { count: seen[of] ?? 0 });
    seen[name] = (seen[name] ?? 0) + 1;
    let body = "";
    try {
      for await (const chunk of request) body += chunk;
    } catch {
      return undefined;
    }
    return BEHAVIOURS[name](response, request, body);
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}

function json(response, value) {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}
