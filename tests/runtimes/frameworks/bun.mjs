// Bun's own server.

import { cookies } from "./look.mjs";

export default {
  name: "Bun.serve",
  hooks: { request: "/hook" },
  start(look) {
    const answer = (shapesOf) => async (request) => (await look(shapesOf(request)), new Response("ok"));
    const server = globalThis.Bun.serve({
      port: 0, hostname: "127.0.0.1",
      routes: {
        "/hook": answer((request) => ({ request })),
        "/*": answer((request) => ({ request, "request.headers": cookies(request.headers), "request.cookies": cookies(request.cookies) })),
      },
    });
    return { port: server.port, stop: () => server.stop(true) };
  },
};
