// AdonisJS 7: the HTTP server that its applications run.

import { createServer } from "node:http";
import { AppFactory } from "@adonisjs/application/factories";
import { ServerFactory } from "@adonisjs/http-server/factories";
import { cookies } from "./look.mjs";
import { listen } from "./serve.mjs";

export default {
  name: "AdonisJS 7",
  hooks: { ctx: "/hook", "ctx.request": "/hook", "ctx.request.request": "/hook" },
  async start(look) {
    const app = new AppFactory().create(new URL("./", import.meta.url));
    await app.init();
    const server = new ServerFactory().merge({ app }).create();
    server.use([]);
    const router = server.getRouter();
    router.any("*", async (ctx) => {
      const { request } = ctx;
      const whole = { ctx, "ctx.request": request, "ctx.request.request": request.request };
      await look(request.method() === "POST" ? whole : { ...whole, "ctx.request.headers()": cookies(request.headers()) });
      return "ok";
    });
    await server.boot();
    return listen(createServer(server.handle.bind(server)));
  },
};
