// Anything with a `fetch`, on a port of this machine: a fake service, or a handler of a test's own.
//
// In: `{ fetch }`, or a function of a Request. Out: its address, and what ends it. A `fetch` that rejects drops the connection.

import { createServer } from "node:http";

export async function serve(handler, headers = {}) {
  const answer = typeof handler === "function" ? handler : (request) => handler.fetch(request);
  const server = createServer(async (incoming, outgoing) => {
    try {
      const chunks = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
      const url = `http://${incoming.headers.host}${incoming.url}`;
      const response = await answer(new Request(url, { method: incoming.method, headers: headersOf(incoming), body }));
      for (const [name, value] of response.headers) if (name !== "set-cookie") outgoing.setHeader(name, value);
      const cookies = response.headers.getSetCookie();
      if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
      for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
      outgoing.writeHead(response.status).end(Buffer.from(await response.arrayBuffer()));
    } catch {
      incoming.socket.destroy();
    }
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}

const headersOf = ({ headers }) =>
  Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
