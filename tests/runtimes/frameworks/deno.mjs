// Deno's own server, which Supabase's functions run on.

import { cookies } from "./look.mjs";
import { handled } from "./serve.mjs";

const served = {
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

/** Deno's headers join two lines with a comma where a program appends them. */
const made = {
  name: "Deno, a Request made by hand",
  hooks: { request: "/hook" },
  start: (look) => handled(async (request) => (await look({ request }), new Response("ok"))),
};

export default [served, made];
