// h3 2, which Nitro 3 hands its handlers.

import { H3, parseCookies, serve } from "h3v2";
import { cookies, jar, url } from "./look.mjs";
import { handled } from "./serve.mjs";

export default [
  {
    name: "h3 2, on Node.js",
    hooks: { event: "/hook", "event.req": "/hook" },
    async start(look) {
      const server = serve(app(look), { port: 0, hostname: "127.0.0.1", silent: true, gracefulShutdown: false });
      await server.ready();
      return { port: Number(new URL(server.url).port), stop: () => server.close(true) };
    },
  },
  {
    name: "h3 2, as a fetch handler",
    hooks: { event: "/hook", "event.req": "/hook" },
    start: (look) => handled(app(look).fetch),
  },
];

const app = (look) => new H3().all("/**", async (event) => {
  await look(event.req.method === "POST" ? { event, "event.req": event.req } : shapesOf(event));
  return "ok";
});

const shapesOf = (event) => ({
  event, "event.req": event.req, "event.req.headers": cookies(event.req.headers), "event.url": url(event.url),
  "parseCookies(event)": jar(parseCookies(event)),
});
