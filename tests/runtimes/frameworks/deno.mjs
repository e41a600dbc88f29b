// Deno's own server, which Supabase's functions run on.

import { cookies } from "./look.mjs";

export default {
  name: "Deno.serve",
  hooks: { request: "/hook" },
  start(look) {
    const server = globalThis.Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
      await look(request.method === "POST" ? { request } : { request, "request.headers": cookies(request.headers) });
      return new Response("ok");
    });
    return { port: server.addr.port, stop: () => server.shutdown() };
  },
};
