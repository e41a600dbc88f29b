// Hapi 21. Its `request.state` is left out: a plain object that looks like any parser's, with cookies that are not decoded.

import Hapi from "@hapi/hapi";
import { cookies, url } from "./look.mjs";

export default {
  name: "Hapi 21",
  hooks: { "request, payload.parse: false": "/raw", "request.raw.req, payload.output: \"stream\"": "/stream" },
  async start(look) {
    const server = Hapi.server({ port: 0, host: "127.0.0.1" });
    const handler = (shapesOf) => async (request) => (await look(shapesOf(request)), "ok");
    server.route([
      { method: "GET", path: "/{any*}", handler: handler(shapesOf) },
      {
        method: "POST", path: "/raw", options: { payload: { parse: false } },
        handler: handler((request) => ({ "request, payload.parse: false": request })),
      },
      {
        method: "POST", path: "/stream", options: { payload: { parse: false, output: "stream" } },
        handler: handler((request) => ({ "request.raw.req, payload.output: \"stream\"": request.raw.req })),
      },
    ]);
    await server.start();
    return { port: server.info.port, stop: () => server.stop({ timeout: 0 }) };
  },
};

const shapesOf = (request) => ({
  request, "request.raw.req": request.raw.req, "request.headers": cookies(request.headers), "request.url": url(request.url),
});
